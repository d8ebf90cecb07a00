#include "behaviour/use_settler.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace sdkprint {
namespace {

constexpr std::uint32_t kInterface = 0x200;  // access flag

}  // namespace

UseSettler::UseSettler(const CatalogueIndex& index, const AppClasses& classes)
    : index_(index), classes_(classes), meanings_(index), seen_(classes.size(), kNone) {}

std::vector<SettledUse> UseSettler::settle() {
  add_overrides();
  for (const AppClasses::Unit& unit : classes_.units()) {
    add_uses(unit);
    add_pending(unit);
  }
  std::stable_sort(result_.begin(), result_.end(), [](const SettledUse& a, const SettledUse& b) {
    const auto key = [](const SettledUse& use) {
      const bool is_override = use.sighting.via == UseVia::override;
      return std::tuple(use.class_index, !is_override, is_override ? 0 : use.method);
    };
    return key(a) < key(b);
  });
  return std::move(result_);
}

void UseSettler::add_uses(const AppClasses::Unit& unit) {
  for (const DexFacts::UseRow& row : unit.facts->uses) {
    const std::uint32_t method = unit.first_method + row.method;
    result_.push_back({classes_.class_of_method(method), method, row.line, row.offset, row.sighting});
  }
}

void UseSettler::add_pending(const AppClasses::Unit& unit) {
  std::uint32_t begin = 0;
  for (const DexFacts::PendingMethod& row : unit.facts->pending_methods) {
    add_pending(unit, row, begin);
    begin = row.events_end;
  }
}

/// Of the candidates those stay that the call really leads to.
void UseSettler::add_pending(const AppClasses::Unit& unit, const DexFacts::PendingMethod& row,
                             std::uint32_t begin) {
  const DexFacts& facts = *unit.facts;
  events_.clear();
  for (std::uint32_t i = begin; i < row.events_end; ++i) {
    const UseEvent& event = facts.events[i];
    if (event.kind == UseEvent::Kind::pending_call) climb(unit, facts.pending_calls[event.id]);
    if (event.kind == UseEvent::Kind::pending_call || (event.is_candidate && !is_told(event))) continue;
    events_.push_back(event);
  }
  const std::uint32_t method = unit.first_method + row.method;
  for (const Sighting& sighting : meanings_.find(events_)) {
    const auto at = std::partition_point(facts.events.begin() + begin, facts.events.begin() + row.events_end,
                                         [&](const UseEvent& event) { return event.pc < sighting.pc; });
    const std::uint32_t line = facts.event_lines[static_cast<std::size_t>(at - facts.events.begin())];
    result_.push_back({classes_.class_of_method(method), method, line,
                       std::uint64_t{row.insns_off} + std::uint64_t{sighting.pc} * 2, sighting});
  }
}

/// The climb of DexReferences, from where the file ended.
void UseSettler::climb(const AppClasses::Unit& unit, const DexFacts::PendingCall& call) {
  roles_.clear();
  const std::uint64_t signature = classes_.signature(unit, call.id);
  std::uint32_t at = unit.class_of_type[call.type];
  std::uint64_t steps = 0;
  for (int depth = 0; at != kNone && depth < AppClasses::kMaxDepth; ++depth) {
    if (classes_.declared(at, signature, steps) != kNone) return;
    const AppClasses::Class& row = classes_.at(at);
    const std::uint32_t class_id = index_.class_by_hash(row.superclass_hash);
    if (class_id != kNone) add_roles(class_id, call, false);
    at = row.superclass;
    if (at != kNone) continue;
    std::uint32_t platform = index_.platform_by_hash(row.superclass_hash);
    if (platform == kNone) return;
    for (platform = index_.platform(platform).superclass; platform != kNone;) {
      const CatalogueIndex::PlatformNode& node = index_.platform(platform);
      if (node.class_id != kNone) add_roles(node.class_id, call, true);
      platform = node.superclass;
    }
  }
}

/// The nearest class that gives a role to a behaviour counts.
void UseSettler::add_roles(std::uint32_t class_id, const DexFacts::PendingCall& call, bool is_past_platform) {
  const auto [begin, end] = index_.of_class(index_.methods_named(call.text), class_id);
  for (std::uint32_t member = begin; member < end; ++member) {
    const CatalogueIndex::Member& entry = index_.member(member);
    if (!entry.fits(call.proto)) continue;
    for (std::uint16_t i = 0; i < entry.roles.size(); ++i) {
      const CatalogueIndex::Role& role = entry.roles[i];
      if (is_past_platform && !role.through_subtypes) continue;
      const auto same = [&](const Role& other) {
        const CatalogueIndex::Role& there = index_.member(other.member).roles[other.role];
        return there.behaviour == role.behaviour && there.role == role.role;
      };
      if (std::none_of(roles_.begin(), roles_.end(), same)) roles_.push_back({member, i});
    }
  }
}

/// The call before it leads to this role, and no nearer class gave the behaviour the same one.
bool UseSettler::is_told(const UseEvent& candidate) const {
  const auto is_it = [&](const Role& role) {
    return role.member == candidate.id && role.role == candidate.role;
  };
  if (std::none_of(roles_.begin(), roles_.end(), is_it)) return false;
  const CatalogueIndex::Role& role = index_.member(candidate.id).roles[candidate.role];
  return std::none_of(events_.rbegin(), events_.rend(), [&](const UseEvent& event) {
    if (event.kind != UseEvent::Kind::call || event.pc != candidate.pc) return false;
    const CatalogueIndex::Role& there = index_.member(event.id).roles[event.role];
    return there.behaviour == role.behaviour && there.role == role.role;
  });
}

/// From each override class along the classes that extend or implement it. A class is entered once for each,
/// so that circles end.
void UseSettler::add_overrides() {
  if (index_.override_targets().empty()) return;
  for (std::uint32_t i = 0; i < classes_.size(); ++i) {
    classes_.for_each_supertype(i, [&](std::uint64_t hash, std::uint32_t) {
      const std::uint32_t target = index_.override_class_by_hash(hash);
      if (target != kNone) overriding_.emplace_back(target, i);
    });
  }
  std::sort(overriding_.begin(), overriding_.end());
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> direct = std::exchange(overriding_, {});
  for (const auto& [target, index] : direct) spread(target, index);
  std::sort(overriding_.begin(), overriding_.end());
  const std::span<const CatalogueIndex::OverrideTarget> targets = index_.override_targets();
  for (const auto& [index, override_class] : overriding_) {
    if ((classes_.at(index).access_flags & kInterface) != 0) continue;
    for (std::uint32_t target = 0; target < targets.size(); ++target) {
      if (targets[target].override_class != override_class) continue;
      if (targets[target].name == kNone) {
        add_class_override(index, target);
      } else {
        add_method_overrides(index, target);
      }
    }
  }
}

void UseSettler::spread(std::uint32_t target, std::uint32_t index) {
  std::vector<std::uint32_t> open(1, index);
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    if (std::exchange(seen_[at], target) == target) continue;
    overriding_.emplace_back(at, target);
    const std::span<const std::uint32_t> below = classes_.subclasses(at);
    open.insert(open.end(), below.begin(), below.end());
  }
}

void UseSettler::add_class_override(std::uint32_t index, std::uint32_t target) {
  Sighting sighting;
  sighting.via = UseVia::override;
  sighting.member = target;
  const AppClasses::Class& row = classes_.at(index);
  const DexFacts::Class& facts = classes_.units()[row.unit].facts->classes[row.row];
  result_.push_back({index, kNone, kNone, facts.descriptor_off, sighting});
}

void UseSettler::add_method_overrides(std::uint32_t index, std::uint32_t target) {
  const CatalogueIndex::OverrideTarget& wanted = index_.override_targets()[target];
  const AppClasses::Class& row = classes_.at(index);
  const AppClasses::Unit& unit = classes_.units()[row.unit];
  const std::vector<DexFacts::OverrideRow>& rows = unit.facts->overrides;
  const auto begin = std::partition_point(rows.begin(), rows.end(), [&](const DexFacts::OverrideRow& r) {
    return unit.first_method + r.method < row.methods_begin;
  });
  for (auto it = begin; it != rows.end() && unit.first_method + it->method < row.methods_end; ++it) {
    if (it->text != wanted.name) continue;
    if (!wanted.descriptor.empty() && it->proto != wanted.descriptor_hash) continue;
    Sighting sighting;
    sighting.via = UseVia::override;
    sighting.member = target;
    result_.push_back({index, unit.first_method + it->method, it->line,
                       it->insns_off == 0 ? SettledUse::kNoOffset : it->insns_off, sighting});
  }
}

}  // namespace sdkprint
