#include "behaviour/reach_search.h"

#include <algorithm>
#include <utility>

namespace sdkprint {
namespace {

constexpr std::uint32_t kInterface = 0x200, kAbstract = 0x400, kPrivate = 0x2, kStatic = 0x8;

std::string descriptor_of(std::string_view dotted) {
  std::string descriptor = "L" + std::string(dotted) + ";";
  std::replace(descriptor.begin(), descriptor.end(), '.', '/');
  return descriptor;
}

}  // namespace

ReachSearch::ReachSearch(const AppClasses& classes, CallbackTable& callbacks, StepCounter& counter)
    : classes_(classes),
      counter_(counter),
      callbacks_(callbacks),
      states_(classes.method_count()),
      is_made_(classes.size()),
      is_made_somewhere_(classes.size()),
      is_initialized_(classes.size()),
      calls_(classes.size()),
      seen_(classes.size()),
      initializer_(AppClasses::signature(descriptor_hash("<clinit>"), "()V")),
      constructor_(AppClasses::signature(descriptor_hash("<init>"), "()V")) {
  for (const AppClasses::Unit& unit : classes.units()) {
    is_dispatched_.emplace_back(unit.facts->method_ids.size());
  }
  find_made_classes();
}

/// Objects of the others come from layouts, parsers and native code: calls of their methods are believed.
void ReachSearch::find_made_classes() {
  for (const AppClasses::Unit& unit : classes_.units()) {
    const DexFacts& facts = *unit.facts;
    for (std::size_t i = 0; i < facts.edge_places.size(); ++i) {
      if (facts.edge_places[i] >> DexFacts::kPcBits != static_cast<std::uint32_t>(EdgeKind::make)) continue;
      const std::uint32_t index = unit.class_of_type[facts.edge_targets[i]];
      if (index != kNone) is_made_somewhere_[index] = 1;
    }
  }
}

void ReachSearch::run(std::span<const EntryPoint> entry_points) {
  constexpr Reach kLevels[] = {Reach::provider_start, Reach::application_start, Reach::background,
                               Reach::screen};
  for (const Reach level : kLevels) {
    level_ = level;
    for (const EntryPoint& entry : entry_points) {
      if (entry.kind == level) enter(entry);
    }
    std::vector<Seed>* waiting = level == Reach::background ? &background_ : &screen_;
    if (level == Reach::background || level == Reach::screen) {
      for (const Seed& seed : std::exchange(*waiting, {})) reach(seed.method, seed.from, seed.kind);
    }
    finish_level();
  }
}

bool ReachSearch::is_provider(std::uint32_t index) const {
  static const std::uint64_t kProvider = descriptor_hash("Landroid/content/ContentProvider;");
  for (int depth = 0; depth < AppClasses::kMaxDepth; ++depth) {
    const AppClasses::Class& row = classes_.at(index);
    if (row.superclass == kNone) return row.superclass_hash == kProvider;
    index = row.superclass;
  }
  return false;
}

/// Android makes an object of the class and calls the methods of its kind, those of superclasses too.
void ReachSearch::enter(const EntryPoint& entry) {
  const std::uint32_t index = classes_.find(descriptor_hash(descriptor_of(entry.class_name)));
  if (index == kNone) return;
  initialize(index, kNone, StepKind::entry);
  const std::uint32_t constructor = classes_.declared(index, constructor_, counter_.steps());
  if (constructor != kNone) reach(constructor, kNone, StepKind::entry);
  const bool provides = is_provider(index);
  std::vector<std::uint64_t> overridden;
  std::uint32_t at = index;
  for (int depth = 0; at != kNone && depth < AppClasses::kMaxDepth; ++depth) {
    const AppClasses::Class& row = classes_.at(at);
    for (std::uint32_t method = row.methods_begin; method < row.methods_end; ++method) {
      if ((classes_.method(method).flags & (kPrivate | kStatic | DexFacts::kIsDirect)) != 0) continue;
      if (!is_entry_method(entry.kind, provides, classes_.name(method))) continue;
      if (!callbacks_.takes_platform_types(method)) continue;
      const std::uint64_t signature = classes_.signature(method);
      if (std::find(overridden.begin(), overridden.end(), signature) != overridden.end()) continue;
      overridden.push_back(signature);
      counter_.steps() += overridden.size();
      counter_.check();
      reach(method, kNone, StepKind::entry);
    }
    at = row.superclass;
  }
  make(index, constructor);
}

void ReachSearch::finish_level() {
  while (next_ < queue_.size()) follow(queue_[next_++]);
}

void ReachSearch::reach(std::uint32_t method, std::uint32_t from, StepKind kind) {
  State& state = states_[method];
  if (state.reach != Reach::not_established) return;
  state = {from, level_, kind};
  queue_.push_back(method);
}

void ReachSearch::follow(std::uint32_t method) {
  const AppClasses::Unit& unit = classes_.unit_of_method(method);
  const DexFacts& facts = *unit.facts;
  const std::uint32_t row = method - unit.first_method;
  const std::uint32_t begin = facts.edges_begin(row);
  counter_.steps() += 1 + facts.methods[row].edges_end - begin;
  for (std::uint32_t i = begin; i < facts.methods[row].edges_end; ++i) {
    follow_edge(method, unit, static_cast<EdgeKind>(facts.edge_places[i] >> DexFacts::kPcBits),
                facts.edge_targets[i]);
  }
  counter_.check();
}

void ReachSearch::follow_edge(std::uint32_t method, const AppClasses::Unit& unit, EdgeKind kind,
                              std::uint32_t target) {
  switch (kind) {
    case EdgeKind::direct:
    case EdgeKind::static_call:
    case EdgeKind::super:
      return call_exactly(method, unit, kind, target);
    case EdgeKind::dispatch:
      return dispatch(method, unit, target);
    case EdgeKind::make:
    case EdgeKind::initialize: {
      const std::uint32_t index = unit.class_of_type[target];
      if (index == kNone) return;
      initialize(index, method, StepKind::initializer);
      if (kind == EdgeKind::make) make(index, method);
      return;
    }
    case EdgeKind::reflect:
    case EdgeKind::reflect_make: {
      const std::uint32_t index = classes_.find(unit.facts->reflected[target]);
      if (index != kNone) reflect(index, method, kind == EdgeKind::reflect_make);
      return;
    }
  }
}

void ReachSearch::call_exactly(std::uint32_t method, const AppClasses::Unit& unit, EdgeKind kind,
                               std::uint32_t id) {
  const std::uint16_t type = unit.facts->method_ids[id].type;
  std::uint32_t index = type < unit.class_of_type.size() ? unit.class_of_type[type] : kNone;
  if (index == kNone) return;
  std::uint32_t target = unit.method_of_id[id];
  const bool is_own = index == classes_.class_of_method(method);
  if (kind == EdgeKind::super && is_own) {
    index = classes_.at(index).superclass;
    if (index == kNone) return;
    target = kNone;
  }
  if (target == kNone || classes_.class_of_method(target) != index) {
    target = classes_.resolve(index, classes_.signature(unit, id), counter_.steps());
  }
  if (target == kNone) return;
  if (kind == EdgeKind::static_call && !is_own) {
    initialize(classes_.class_of_method(target), method, StepKind::initializer);
  }
  reach(target, method, StepKind::call);
}

/// A virtual call, once for each row of method_ids: whoever names it first is the predecessor.
void ReachSearch::dispatch(std::uint32_t method, const AppClasses::Unit& unit, std::uint32_t id) {
  std::uint8_t& is_known = is_dispatched_[static_cast<std::size_t>(&unit - classes_.units().data())][id];
  if (std::exchange(is_known, 1) != 0) return;
  const std::uint16_t type = unit.facts->method_ids[id].type;
  const std::uint32_t index = type < unit.class_of_type.size() ? unit.class_of_type[type] : kNone;
  if (index == kNone) return;
  const Call call{classes_.signature(unit, id), method};
  if (call.signature == 0) return;
  calls_[index].push_back(call);
  const std::uint32_t named = classes_.resolve(index, call.signature, counter_.steps());
  const bool may_be_made = (classes_.at(index).access_flags & (kInterface | kAbstract)) == 0;
  if (may_be_made && is_made_somewhere_[index] == 0 && named != kNone) reach(named, method, StepKind::call);
  for_each_descendant(index, [&](std::uint32_t at) {
    if (is_made_[at] != 0) dispatch_to(at, call, named);
  });
}

void ReachSearch::dispatch_to(std::uint32_t index, const Call& call, std::uint32_t named) {
  const std::uint32_t target = classes_.resolve(index, call.signature, counter_.steps());
  if (target == kNone) return;
  reach(target, call.from, target == named ? StepKind::call : StepKind::dispatch);
}

/// An object of the class exists from now on: virtual calls that were reached lead to its methods, too.
void ReachSearch::make(std::uint32_t index, std::uint32_t from) {
  if (std::exchange(is_made_[index], 1) != 0) return;
  for_each_ancestor(index, [&](std::uint32_t at) {
    for (std::size_t i = 0; i < calls_[at].size(); ++i) {
      const Call call = calls_[at][i];
      const std::uint32_t named =
          at == index ? kNone : classes_.declared(at, call.signature, counter_.steps());
      const std::uint32_t target = classes_.resolve(index, call.signature, counter_.steps());
      if (target == kNone || is_reached(target)) continue;
      reach(target, call.from, at == index || target == named ? StepKind::call : StepKind::dispatch);
    }
  });
  call_back(index, from);
}

void ReachSearch::call_back(std::uint32_t index, std::uint32_t from) {
  const std::vector<CallbackTable::Found>& found = callbacks_.of_class(index, counter_.steps());
  for (const CallbackTable::Found& callback : found) {
    if (!is_reached(callback.method)) call_back(callback, from);
  }
}

void ReachSearch::call_back(const CallbackTable::Found& found, std::uint32_t from) {
  const StepKind kind = found.kind == Callback::user ? StepKind::user_callback : StepKind::callback;
  if (found.kind == Callback::user && level_ > Reach::screen) {
    screen_.push_back({found.method, from, kind});
  } else if (found.kind == Callback::background && level_ > Reach::background) {
    background_.push_back({found.method, from, kind});
  } else {
    reach(found.method, from, kind);
  }
}

void ReachSearch::initialize(std::uint32_t index, std::uint32_t from, StepKind kind) {
  for (int depth = 0; index != kNone && depth < AppClasses::kMaxDepth; ++depth) {
    if (std::exchange(is_initialized_[index], 1) != 0) return;
    const std::uint32_t method = classes_.declared(index, initializer_, counter_.steps());
    if (method != kNone) reach(method, from, kind);
    index = classes_.at(index).superclass;
  }
}

void ReachSearch::reflect(std::uint32_t index, std::uint32_t from, bool makes_object) {
  initialize(index, from, StepKind::reflection);
  if (!makes_object) return;
  const std::uint32_t constructor = classes_.declared(index, constructor_, counter_.steps());
  if (constructor == kNone) return;
  reach(constructor, from, StepKind::reflection);
  make(index, from);
}

std::uint32_t ReachSearch::stamp() { return ++walk_; }

template <typename Visit>
void ReachSearch::for_each_ancestor(std::uint32_t index, Visit visit) {
  const std::uint32_t walk = stamp();
  open_.assign(1, index);
  seen_[index] = walk;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const std::uint32_t at = open_[i];
    visit(at);
    classes_.for_each_supertype(at, [&](std::uint64_t, std::uint32_t to) {
      ++counter_.steps();
      if (to != kNone && std::exchange(seen_[to], walk) != walk) open_.push_back(to);
    });
  }
  counter_.check();
}

template <typename Visit>
void ReachSearch::for_each_descendant(std::uint32_t index, Visit visit) {
  const std::uint32_t walk = stamp();
  open_.assign(1, index);
  seen_[index] = walk;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const std::uint32_t at = open_[i];
    visit(at);
    counter_.steps() += 1 + classes_.subclasses(at).size();
    for (const std::uint32_t to : classes_.subclasses(at)) {
      if (std::exchange(seen_[to], walk) != walk) open_.push_back(to);
    }
  }
  counter_.check();
}

std::vector<ReachStep> ReachSearch::path(std::uint32_t method) const {
  std::vector<ReachStep> result;
  for (; method != kNone; method = states_[method].from) result.push_back({method, states_[method].kind});
  std::reverse(result.begin(), result.end());
  return result;
}

}  // namespace sdkprint
