#include "behaviour/call_index.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace sdkprint {
namespace {

constexpr std::uint32_t kStatic = 0x8;
constexpr std::size_t kMaxClasses = 4096;  // looked at for one method
constexpr std::uint32_t kPcMask = (std::uint32_t{1} << DexFacts::kPcBits) - 1;

/// Where the edges of a kind lie among those of a unit: its methods, the types it makes, those it
/// initialises.
std::size_t target_row(const DexFacts& facts, EdgeKind kind, std::uint32_t target) {
  switch (kind) {
    case EdgeKind::make:
      return facts.method_ids.size() + target;
    case EdgeKind::initialize:
      return facts.method_ids.size() + facts.type_hashes.size() + target;
    default:
      return target;
  }
}

std::uint64_t call_key(std::uint32_t index, std::uint64_t signature) {
  return signature ^ (std::uint64_t{index} + 1) * 0x9e3779b97f4a7c15;
}

bool is_reflection(EdgeKind kind) { return kind == EdgeKind::reflect || kind == EdgeKind::reflect_make; }

}  // namespace

void CallIndex::build() {
  if (std::exchange(is_built_, true)) return;
  for (std::uint32_t unit = 0; unit < classes_.units().size(); ++unit) build_unit(unit);
  build_calls();
  build_types();
  counter_.check();
}

EdgeKind CallIndex::edge_kind(std::uint32_t unit, std::uint32_t edge) const {
  return static_cast<EdgeKind>(classes_.units()[unit].facts->edge_places[edge] >> DexFacts::kPcBits);
}

void CallIndex::build_unit(std::uint32_t unit) {
  const DexFacts& facts = *classes_.units()[unit].facts;
  Incoming& in = incoming_.emplace_back();
  in.begin.assign(facts.method_ids.size() + 2 * facts.type_hashes.size() + 2, 0);
  const std::uint32_t count = static_cast<std::uint32_t>(facts.edge_targets.size());
  counter_.steps() += count;
  // The counts go one row further than where each begins, so that filling in moves them into place.
  for (std::uint32_t edge = 0; edge < count; ++edge) {
    const EdgeKind kind = edge_kind(unit, edge);
    if (!is_reflection(kind)) ++in.begin[target_row(facts, kind, facts.edge_targets[edge]) + 2];
  }
  for (std::size_t i = 2; i < in.begin.size(); ++i) in.begin[i] += in.begin[i - 1];
  in.edges.resize(in.begin.back());
  for (std::uint32_t edge = 0; edge < count; ++edge) {
    const EdgeKind kind = edge_kind(unit, edge);
    if (!is_reflection(kind))
      in.edges[in.begin[target_row(facts, kind, facts.edge_targets[edge]) + 1]++] = edge;
  }
}

std::span<const std::uint32_t> CallIndex::incoming(std::uint32_t unit, std::size_t target) const {
  const Incoming& in = incoming_[unit];
  return std::span(in.edges).subspan(in.begin[target], in.begin[target + 1] - in.begin[target]);
}

void CallIndex::build_calls() {
  std::vector<std::uint64_t> keys;
  for (std::uint32_t unit = 0; unit < classes_.units().size(); ++unit) {
    const AppClasses::Unit& row = classes_.units()[unit];
    for (std::uint32_t id = 0; id < row.facts->method_ids.size(); ++id) {
      const std::uint16_t type = row.facts->method_ids[id].type;
      if (incoming(unit, id).empty() || type >= row.class_of_type.size()) continue;
      const std::uint32_t index = row.class_of_type[type];
      if (index == kNone) continue;
      called_.push_back({unit, id});
      keys.push_back(call_key(index, classes_.signature(row, id)));
    }
  }
  counter_.steps() += called_.size();
  by_call_ = HashIndex(keys);
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

CallSite CallIndex::site(std::uint32_t unit, std::uint32_t edge, StepKind kind) const {
  const AppClasses::Unit& row = classes_.units()[unit];
  const auto it =
      std::partition_point(row.facts->methods.begin(), row.facts->methods.end(),
                           [&](const DexFacts::Method& method) { return method.edges_end <= edge; });
  return {row.first_method + static_cast<std::uint32_t>(it - row.facts->methods.begin()),
          row.facts->edge_places[edge] & kPcMask, kind, 1, kNone};
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
  if ((classes_.method(method).flags & DexFacts::kIsDirect) != 0) return;
  for (std::size_t i = 0; i < named_classes_.size(); ++i) {
    classes_.for_each_supertype(named_classes_[i], [&](std::uint64_t, std::uint32_t above) {
      ++counter_.steps();
      if (above == kNone || named_classes_.size() == 2 * kMaxClasses) return;
      if (std::exchange(seen_[above], question_) != question_) named_classes_.push_back(above);
    });
  }
  counter_.check();
}

void CallIndex::add_calls(std::uint32_t method, std::vector<CallSite>& out) {
  const std::uint64_t signature = classes_.signature(method);
  if (signature == 0) return;
  find_named_classes(method);
  for (std::size_t i = 0; i < named_classes_.size(); ++i) {
    const std::uint32_t index = named_classes_[i];
    const bool is_exact = i < inheriting_;
    for (const HashIndex::Entry& entry : by_call_.all(call_key(index, signature))) {
      const Named& named = called_[entry.row];
      const std::span<const std::uint32_t> edges = incoming(named.unit, named.row);
      counter_.steps() += 1 + edges.size();
      for (const std::uint32_t edge : edges) {
        const bool is_virtual = edge_kind(named.unit, edge) == EdgeKind::dispatch;
        if (is_exact || is_virtual) {
          out.push_back(site(named.unit, edge, is_exact ? StepKind::call : StepKind::dispatch));
        }
      }
    }
    counter_.check();
  }
}

/// Those who make objects of the class, or use its static fields and methods.
void CallIndex::add_initializers(std::uint32_t method, std::vector<CallSite>& out) {
  const std::uint32_t index = classes_.class_of_method(method);
  add_makers(index, true, StepKind::initializer, out);
  const AppClasses::Class& row = classes_.at(index);
  const std::size_t first = out.size();
  for (std::uint32_t other = row.methods_begin; other < row.methods_end; ++other) {
    if (other != method && (classes_.method(other).flags & kStatic) != 0) add_calls(other, out);
  }
  for (std::size_t i = first; i < out.size(); ++i) out[i].kind = StepKind::initializer;
}

void CallIndex::add_makers(std::uint32_t index, bool initializes, StepKind kind, std::vector<CallSite>& out) {
  for (std::uint32_t i = types_begin_[index]; i < types_begin_[index + 1]; ++i) {
    const Named& named = types_[i];
    const DexFacts& facts = *classes_.units()[named.unit].facts;
    for (const EdgeKind edges : {EdgeKind::make, EdgeKind::initialize}) {
      if (edges == EdgeKind::initialize && !initializes) continue;
      for (const std::uint32_t edge : incoming(named.unit, target_row(facts, edges, named.row))) {
        ++counter_.steps();
        out.push_back(site(named.unit, edge, kind));
      }
    }
  }
}

/// Those who make objects of the class or of one below it that inherits the method.
void CallIndex::add_callbacks(std::uint32_t method, StepKind kind, std::vector<CallSite>& out) {
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
  if (!callbacks_.may_be_callback(method)) return Callback::none;
  for (const CallbackTable::Found& found :
       callbacks_.of_class(classes_.class_of_method(method), counter_.steps())) {
    if (found.method == method) return found.kind;
  }
  return Callback::none;
}

void CallIndex::callers(std::uint32_t method, std::vector<CallSite>& out) {
  build();
  out.clear();
  if (classes_.signature(method) == initializer_) {
    add_initializers(method, out);
  } else {
    add_calls(method, out);
    const Callback kind = callback(method);
    if (kind != Callback::none) {
      add_callbacks(method, kind == Callback::user ? StepKind::user_callback : StepKind::callback, out);
    }
  }
  const auto key = [](const CallSite& site) { return std::tuple(site.method, site.kind, site.pc); };
  std::sort(out.begin(), out.end(), [&](const CallSite& a, const CallSite& b) { return key(a) < key(b); });
  const auto same = [](const CallSite& a, const CallSite& b) { return a.method == b.method; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
}

void CallIndex::callers(std::uint32_t method, std::uint32_t depth, std::size_t limit,
                        std::vector<CallSite>& out) {
  build();
  out.clear();
  std::vector<CallSite> sites;
  std::size_t begin = 0;
  for (std::uint32_t level = 1; level <= depth && out.size() < limit; ++level) {
    const std::size_t end = out.size();
    for (std::size_t i = begin; i < std::max<std::size_t>(end, 1) && out.size() < limit; ++i) {
      if (level > 1 && i >= end) break;
      const std::uint32_t callee = level == 1 ? method : out[i].method;
      callers(callee, sites);
      for (const CallSite& site : sites) {
        if (site.kind != StepKind::call && site.kind != StepKind::dispatch) continue;
        const auto is_it = [&](const CallSite& other) { return other.method == site.method; };
        if (site.method == method || std::any_of(out.begin(), out.end(), is_it)) continue;
        if (out.size() == limit) break;
        out.push_back({site.method, site.pc, site.kind, level, callee});
      }
    }
    begin = end;
  }
}

}  // namespace sdkprint
