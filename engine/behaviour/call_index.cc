#include "behaviour/call_index.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

namespace sdkprint {
namespace {

constexpr std::uint32_t kStatic = 0x8, kInterface = 0x200;
constexpr std::size_t kMaxClasses = 4096;  // looked at for one method
constexpr std::uint32_t kPcMask = (std::uint32_t{1} << DexFacts::kPcBits) - 1;

}  // namespace

CallIndex::CallIndex(const AppClasses& classes, CallbackTable& callbacks, StepCounter& counter)
    : classes_(classes),
      counter_(counter),
      callbacks_(callbacks),
      seen_(classes.size()),
      named_(classes.size()) {
  number_lists();
  build_lists();
  build_called();
  build_types();
  counter_.check();
}

void CallIndex::number_lists() {
  for (const AppClasses::Unit& unit : classes_.units()) {
    const std::uint32_t methods = static_cast<std::uint32_t>(unit.facts->method_ids.size());
    const std::uint32_t types = static_cast<std::uint32_t>(unit.facts->type_hashes.size());
    std::array<std::uint32_t, kEdgeKindCount>& first = first_lists_.emplace_back();
    const auto set = [&](EdgeKind kind, std::uint32_t list) { first[static_cast<std::size_t>(kind)] = list; };
    set(EdgeKind::dispatch, no_list_);
    for (const EdgeKind kind : {EdgeKind::direct, EdgeKind::static_call, EdgeKind::super}) {
      set(kind, no_list_ + methods);
    }
    set(EdgeKind::make, no_list_ + 2 * methods);
    set(EdgeKind::initialize, no_list_ + 2 * methods + types);
    no_list_ += 2 * (methods + types);
  }
  // Reflection leads to no method that is looked for.
  for (std::array<std::uint32_t, kEdgeKindCount>& first : first_lists_) {
    for (const EdgeKind kind : {EdgeKind::reflect, EdgeKind::reflect_make}) {
      first[static_cast<std::size_t>(kind)] = no_list_;
    }
  }
}

/// What the loops look up is held in variables of their own: members would be read anew for each edge.
void CallIndex::build_lists() {
  // The counts go one row further than where each begins, so that filling in moves them into place.
  begin_.assign(std::size_t{no_list_} + 3, 0);
  std::uint32_t* const begin = begin_.data();
  const std::uint32_t no_list = no_list_;
  for (std::uint32_t unit = 0; unit < classes_.units().size(); ++unit) {
    const ListOfEdge list_of(first_lists_[unit], *classes_.units()[unit].facts);
    const std::size_t edges = classes_.units()[unit].facts->edge_places.size();
    for (std::size_t edge = 0; edge < edges; ++edge) ++begin[std::min(list_of(edge), no_list) + 2];
  }
  begin_.pop_back();  // of the edges that are in no list
  for (std::size_t i = 2; i < begin_.size(); ++i) begin[i] += begin[i - 1];
  callers_.resize(begin_.back());
  counter_.steps() += callers_.size();
  std::uint32_t* const callers = callers_.data();
  for (std::uint32_t unit = 0; unit < classes_.units().size(); ++unit) {
    const DexFacts& facts = *classes_.units()[unit].facts;
    const ListOfEdge list_of(first_lists_[unit], facts);
    std::uint32_t method = classes_.units()[unit].first_method;
    std::uint32_t edge = 0;
    for (const DexFacts::Method& row : facts.methods) {
      for (const std::uint32_t end = row.edges_end; edge < end; ++edge) {
        const std::uint32_t list = list_of(edge);
        if (list < no_list) callers[begin[list + 1]++] = method;
      }
      ++method;
    }
  }
}

/// Rows of methods that their class defines, and that no class below could override, are left out: whoever
/// asks for such a method has its row.
void CallIndex::build_called() {
  std::vector<Called> rows;
  signatures_.assign(kSignatureWords, 0);
  for (std::uint32_t unit = 0; unit < classes_.units().size(); ++unit) {
    const AppClasses::Unit& row = classes_.units()[unit];
    const std::span<const DexFacts::MethodId> ids = row.facts->method_ids;
    const std::span<const std::uint32_t> class_of_type = row.class_of_type;
    const std::uint32_t dispatches = list_of(unit, EdgeKind::dispatch, 0);
    const std::uint32_t calls = list_of(unit, EdgeKind::direct, 0);
    for (std::uint32_t id = 0; id < ids.size(); ++id) {
      const std::uint16_t type = ids[id].type;
      const std::uint32_t index = type < class_of_type.size() ? class_of_type[type] : kNone;
      if (index == kNone) continue;
      Called one{0, index, dispatches + id, calls + id};
      const std::uint32_t method = row.method_of_id[id];
      const bool is_defined = method != kNone && classes_.class_of_method(method) == index;
      if (callers(one.dispatches).empty() && (is_defined || callers(one.calls).empty())) continue;
      if (is_defined && classes_.subclasses(index).empty()) continue;
      one.signature = classes_.signature(row, id);
      if (one.signature == 0) continue;
      const std::uint64_t bit = one.signature % (64 * kSignatureWords);
      signatures_[bit / 64] |= std::uint64_t{1} << (bit % 64);
      rows.push_back(one);
    }
  }
  counter_.steps() += rows.size();
  const int bits = static_cast<int>(std::bit_width(rows.size()));
  signature_shift_ = std::min(64 - bits, 63);
  called_begin_.assign((std::size_t{1} << (64 - signature_shift_)) + 2, 0);
  for (const Called& one : rows) ++called_begin_[bucket(one.signature) + 2];
  for (std::size_t i = 2; i < called_begin_.size(); ++i) called_begin_[i] += called_begin_[i - 1];
  called_.resize(rows.size());
  for (const Called& one : rows) called_[called_begin_[bucket(one.signature) + 1]++] = one;
  for (std::size_t i = 0; i + 2 < called_begin_.size(); ++i) {
    if (called_begin_[i + 1] - called_begin_[i] < 2) continue;
    std::sort(called_.begin() + called_begin_[i], called_.begin() + called_begin_[i + 1]);
  }
}

void CallIndex::build_types() {
  types_begin_.assign(classes_.size() + 2, 0);
  const auto for_each_type = [&](auto visit) {
    for (std::uint32_t unit = 0; unit < classes_.units().size(); ++unit) {
      const std::vector<std::uint32_t>& of_type = classes_.units()[unit].class_of_type;
      for (std::uint32_t type = 0; type < of_type.size(); ++type) {
        if (of_type[type] != kNone) visit(of_type[type], Named{unit, type});
      }
    }
  };
  for_each_type([&](std::uint32_t index, const Named&) { ++types_begin_[index + 2]; });
  for (std::size_t i = 2; i < types_begin_.size(); ++i) types_begin_[i] += types_begin_[i - 1];
  types_.resize(types_begin_.back());
  for_each_type([&](std::uint32_t index, const Named& named) { types_[types_begin_[index + 1]++] = named; });
}

/// What names the signature, by class.
std::span<const CallIndex::Called> CallIndex::called(std::uint64_t signature) const {
  const auto begin = called_.begin() + called_begin_[bucket(signature)];
  const auto end = called_.begin() + called_begin_[bucket(signature) + 1];
  const auto first =
      std::partition_point(begin, end, [&](const Called& one) { return one.signature < signature; });
  const auto last =
      std::partition_point(first, end, [&](const Called& one) { return one.signature == signature; });
  return {first, last};
}

/// The classes that run this very method when they are told its signature: its own and those below that
/// inherit it.
void CallIndex::add_inheriting(std::uint32_t method) {
  const std::uint32_t flags = classes_.method(method).flags;
  // Constructors and private methods are called as what they are.
  if ((flags & DexFacts::kIsDirect) != 0 && (flags & kStatic) == 0) return;
  for (std::size_t i = 0; i < named_classes_.size(); ++i) {
    for (const std::uint32_t below : classes_.subclasses(named_classes_[i])) {
      ++counter_.steps();
      if (named_classes_.size() == kMaxClasses || std::exchange(seen_[below], question_) == question_)
        continue;
      if (classes_.resolve(below, classes_.signature(method), counter_.steps()) != method) continue;
      named_classes_.push_back(below);
    }
    counter_.check();
  }
}

void CallIndex::find_named_classes(std::uint32_t method) {
  ++question_;
  named_classes_.assign(1, classes_.class_of_method(method));
  seen_[named_classes_.front()] = question_;
  add_inheriting(method);
  inheriting_ = named_classes_.size();
  if ((classes_.method(method).flags & DexFacts::kIsDirect) == 0) add_ancestors();
}

/// Whose overrides a call may lead to.
void CallIndex::add_ancestors() {
  for (std::size_t i = 0; i < named_classes_.size(); ++i) {
    classes_.for_each_supertype(named_classes_[i], [&](std::uint64_t, std::uint32_t above) {
      ++counter_.steps();
      if (above == kNone || named_classes_.size() == 2 * kMaxClasses) return;
      if (std::exchange(seen_[above], question_) != question_) named_classes_.push_back(above);
    });
  }
  counter_.check();
}

void CallIndex::add_source(std::uint32_t list, StepKind kind, std::vector<Source>& out) const {
  if (begin_[list] != begin_[list + 1]) out.push_back({list, kind});
}

void CallIndex::add_called(std::span<const Called> called, bool is_exact, std::vector<Source>& out) {
  for (const Called& one : called) {
    add_source(one.dispatches, is_exact ? StepKind::call : StepKind::dispatch, out);
    if (is_exact) add_source(one.calls, StepKind::call, out);
  }
  counter_.steps() += called.size();
}

void CallIndex::add_calls(std::uint32_t method, std::vector<Source>& out) {
  const std::uint64_t signature = classes_.signature(method);
  if (signature == 0) return;
  const auto& [own, unit, id, flags] = classes_.method(method);
  if (classes_.units()[unit].class_of(classes_.units()[unit].facts->method_ids[id].type) == own) {
    add_source(list_of(unit, EdgeKind::dispatch, id), StepKind::call, out);
    add_source(list_of(unit, EdgeKind::direct, id), StepKind::call, out);
  }
  if (!may_be_called(signature)) return;
  const std::span<const Called> called = this->called(signature);
  if (called.empty()) return;
  // Most methods are called by their own class's name only: no need to know who is above and below it.
  if (called.front().index == own && called.back().index == own) return add_called(called, true, out);
  if (is_simple(own, called)) {
    add_calls_of_relatives(method, called, out);
  } else {
    find_named_classes(method);
    add_calls_of_named(called, out);
  }
  counter_.check();
}

/// Each of those who are named can be told for itself. Not so where a class below may be one of an interface
/// that the own class knows nothing of, or where many are named.
bool CallIndex::is_simple(std::uint32_t own, std::span<const Called> called) const {
  constexpr std::size_t kMany = 32;
  if (called.size() > kMany || (classes_.at(own).access_flags & kInterface) != 0) return false;
  if (classes_.subclasses(own).empty()) return true;
  return std::none_of(called.begin(), called.end(), [&](const Called& one) {
    return (classes_.at(one.index).access_flags & kInterface) != 0;
  });
}

void CallIndex::add_calls_of_relatives(std::uint32_t method, std::span<const Called> called,
                                       std::vector<Source>& out) {
  const std::uint32_t own = classes_.class_of_method(method), flags = classes_.method(method).flags;
  ++question_;
  named_classes_.assign(1, own);
  seen_[own] = question_;
  if ((flags & DexFacts::kIsDirect) == 0) add_ancestors();
  const bool is_inherited = (flags & DexFacts::kIsDirect) == 0 || (flags & kStatic) != 0;
  for (const Called& one : called) {
    const bool is_above = seen_[one.index] == question_;
    const bool is_exact = one.index == own || (is_inherited && !is_above && inherits(one.index, own, method));
    if (is_above || is_exact) add_called({&one, 1}, is_exact, out);
  }
}

/// Whether the class, one below `from`, runs the method when it is told so.
bool CallIndex::inherits(std::uint32_t index, std::uint32_t from, std::uint32_t method) {
  std::uint32_t at = index;
  for (int depth = 0; at != from; ++depth) {
    if (at == kNone || depth == AppClasses::kMaxDepth) return false;
    ++counter_.steps();
    at = classes_.at(at).superclass;
  }
  return classes_.resolve(index, classes_.signature(method), counter_.steps()) == method;
}

void CallIndex::add_calls_of_named(std::span<const Called> called, std::vector<Source>& out) {
  constexpr std::size_t kSearch = 8;  // steps of a binary search, about
  const auto before = [](const Called& one, std::uint32_t index) { return one.index < index; };
  if (called.size() > kSearch * named_classes_.size()) {
    for (std::size_t i = 0; i < named_classes_.size(); ++i) {
      const std::uint32_t index = named_classes_[i];
      const auto first = std::lower_bound(called.begin(), called.end(), index, before);
      const auto last = std::lower_bound(first, called.end(), index + 1, before);
      add_called({first, last}, i < inheriting_, out);
      counter_.steps() += kSearch;
    }
    return;
  }
  for (std::size_t i = 0; i < named_classes_.size(); ++i) {
    named_[named_classes_[i]] = 2 * question_ + (i < inheriting_ ? 1 : 0);
  }
  for (const Called& one : called) {
    const std::uint32_t named = named_[one.index];
    if (named / 2 == question_) add_called({&one, 1}, named % 2 != 0, out);
  }
}

/// Those who make objects of the class, or use its static fields and methods.
void CallIndex::add_initializers(std::uint32_t method, std::vector<Source>& out) {
  const std::uint32_t index = classes_.class_of_method(method);
  add_makers(index, true, StepKind::initializer, out);
  const AppClasses::Class& row = classes_.at(index);
  const std::size_t first = out.size();
  for (std::uint32_t other = row.methods_begin; other < row.methods_end; ++other) {
    if (other != method && (classes_.method(other).flags & kStatic) != 0) add_calls(other, out);
  }
  for (std::size_t i = first; i < out.size(); ++i) out[i].kind = StepKind::initializer;
}

void CallIndex::add_makers(std::uint32_t index, bool initializes, StepKind kind, std::vector<Source>& out) {
  for (std::uint32_t i = types_begin_[index]; i < types_begin_[index + 1]; ++i) {
    add_source(list_of(types_[i].unit, EdgeKind::make, types_[i].type), kind, out);
    if (initializes) add_source(list_of(types_[i].unit, EdgeKind::initialize, types_[i].type), kind, out);
  }
  counter_.steps() += types_begin_[index + 1] - types_begin_[index];
}

/// Those who make objects of the class or of one below it that inherits the method.
void CallIndex::add_callbacks(std::uint32_t method, StepKind kind, std::vector<Source>& out) {
  std::vector<std::uint32_t> open(1, classes_.class_of_method(method));
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (i > 0 && classes_.resolve(open[i], classes_.signature(method), counter_.steps()) != method) continue;
    add_makers(open[i], false, kind, out);
    for (const std::uint32_t below : classes_.subclasses(open[i])) {
      if (open.size() == kMaxClasses) break;
      if (std::find(open.begin(), open.end(), below) == open.end()) open.push_back(below);
      counter_.steps() += open.size() / 16;
    }
    counter_.check();
  }
}

Callback CallIndex::callback(std::uint32_t method) {
  if ((classes_.method(method).flags & DexFacts::kIsDirect) != 0) return Callback::none;
  if (!callbacks_.may_be_callback(method)) return Callback::none;
  for (const CallbackTable::Found& found :
       callbacks_.of_class(classes_.class_of_method(method), counter_.steps())) {
    if (found.method == method) return found.kind;
  }
  return Callback::none;
}

void CallIndex::sources(std::uint32_t method, std::vector<Source>& out) {
  out.clear();
  if (classes_.signature(method) == initializer_) return add_initializers(method, out);
  add_calls(method, out);
  const Callback kind = callback(method);
  if (kind == Callback::none) return;
  add_callbacks(method, kind == Callback::user ? StepKind::user_callback : StepKind::callback, out);
}

/// Where in the code of a method that stands in the list.
std::uint32_t CallIndex::pc(std::uint32_t caller, std::uint32_t list) {
  const std::uint32_t unit = classes_.method(caller).unit;
  const DexFacts& facts = *classes_.units()[unit].facts;
  const std::uint32_t row = caller - classes_.units()[unit].first_method;
  const std::uint32_t begin = facts.edges_begin(row), end = facts.methods[row].edges_end;
  counter_.steps() += (end - begin) / 16;
  const ListOfEdge list_of(first_lists_[unit], facts);
  for (std::uint32_t edge = begin; edge < end; ++edge) {
    if (list_of(edge) == list) return facts.edge_places[edge] & kPcMask;
  }
  return kNone;
}

/// Those that call the method itself, each once, by number.
void CallIndex::find_callers(std::uint32_t method) {
  sources_.clear(), sites_.clear();
  if (classes_.signature(method) == initializer_) return;
  add_calls(method, sources_);
  for (const Source& source : sources_) {
    for (const std::uint32_t caller : callers(source.list)) {
      sites_.push_back({caller, pc(caller, source.list), source.kind, 1, method});
    }
    counter_.steps() += callers(source.list).size();
  }
  counter_.check();
  const auto key = [](const CallSite& site) { return std::tuple(site.method, site.kind, site.pc); };
  const auto before = [&](const CallSite& a, const CallSite& b) { return key(a) < key(b); };
  if (sources_.size() > 1) std::sort(sites_.begin(), sites_.end(), before);
  const auto same = [](const CallSite& a, const CallSite& b) { return a.method == b.method; };
  sites_.erase(std::unique(sites_.begin(), sites_.end(), same), sites_.end());
}

void CallIndex::callers(std::uint32_t method, std::uint32_t depth, std::size_t limit,
                        std::vector<CallSite>& out) {
  out.clear();
  std::size_t begin = 0;
  for (std::uint32_t level = 1; level <= depth && out.size() < limit; ++level) {
    const std::size_t end = out.size();
    for (std::size_t i = begin; i < std::max<std::size_t>(end, 1) && out.size() < limit; ++i) {
      if (level > 1 && i >= end) break;
      find_callers(level == 1 ? method : out[i].method);
      for (CallSite site : sites_) {
        const auto is_it = [&](const CallSite& other) { return other.method == site.method; };
        if (site.method == method || std::any_of(out.begin(), out.end(), is_it)) continue;
        if (out.size() == limit) break;
        site.depth = level;
        out.push_back(site);
      }
    }
    begin = end;
  }
}

}  // namespace sdkprint
