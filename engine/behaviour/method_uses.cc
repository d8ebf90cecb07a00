#include "behaviour/method_uses.h"

#include <algorithm>
#include <tuple>

namespace sdkprint {
namespace {

template <typename Row>
void sort_by_behaviour(std::vector<Row>& rows) {
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tuple(a.behaviour, a.pc, a.rank()) < std::tuple(b.behaviour, b.pc, b.rank());
  });
}

/// The rows of one behaviour, of rows sorted by it.
template <typename Row>
std::span<const Row> of_behaviour(const std::vector<Row>& rows, std::uint32_t behaviour) {
  const auto first = std::partition_point(rows.begin(), rows.end(),
                                          [&](const Row& row) { return row.behaviour < behaviour; });
  const auto last =
      std::partition_point(first, rows.end(), [&](const Row& row) { return row.behaviour == behaviour; });
  return {first, last};
}

}  // namespace

MethodUses::MethodUses(const CatalogueIndex& index) : index_(index), classes_(index.class_count()) {}

void MethodUses::clear() {
  ++method_;
  sightings_.clear(), contexts_.clear(), proofs_.clear();
  method_lookups_.clear(), field_lookups_.clear(), named_.clear(), class_strings_.clear();
  looks_up_classes_ = false;
}

std::span<const Sighting> MethodUses::find(std::span<const UseEvent> events) {
  clear();
  for (const UseEvent& event : events) {
    switch (event.kind) {
      case UseEvent::Kind::call:
        read_call(event);
        break;
      case UseEvent::Kind::field:
        read_field(event);
        break;
      case UseEvent::Kind::text:
        read_text(event);
        break;
      case UseEvent::Kind::class_literal:  // a class literal is a class looked up
        name_class(event.id, Naming::looked_up);
        break;
      case UseEvent::Kind::cast:  // a cast tells only that the class is about
        name_class(event.id, Naming::nearby);
        break;
      case UseEvent::Kind::pending_call:
        break;
    }
  }
  if (!method_lookups_.empty() || !field_lookups_.empty()) find_reflection();
  find_contexts();
  finish();
  return sightings_;
}

/// A behaviour's own rule may make less of what was seen, never more.
void MethodUses::add(std::uint32_t behaviour, UseStrength strength, Sighting sighting) {
  sighting.behaviour = behaviour;
  sighting.strength = index_.rules()[behaviour].lead_only ? UseStrength::lead : strength;
  sightings_.push_back(sighting);
}

void MethodUses::read_call(const UseEvent& event) {
  const CatalogueIndex::Role& role = index_.member(event.id).roles[event.role];
  Sighting sighting;
  sighting.pc = event.pc;
  sighting.member = event.id;
  sighting.via = event.through_subclass ? UseVia::subclass_call : UseVia::call;
  if (event.through_subclass) sighting.item_kind = Sighting::Item::method, sighting.item = event.method_idx;
  switch (role.role) {
    case MemberRole::method:
      return add(role.behaviour, UseStrength::confirmed, sighting);
    case MemberRole::weak_method:
      return add(role.behaviour, UseStrength::lead, sighting);
    case MemberRole::context_method:
      return read_context(event, role.behaviour);
    case MemberRole::class_lookup:
      looks_up_classes_ = true;
      break;
    case MemberRole::method_lookup:
      method_lookups_.push_back(event.pc);
      break;
    case MemberRole::field_lookup:
      field_lookups_.push_back(event.pc);
      break;
    case MemberRole::object_maker:
    case MemberRole::field:
    case MemberRole::context_field:
      break;
  }
}

void MethodUses::read_context(const UseEvent& event, std::uint32_t behaviour) {
  contexts_.push_back({behaviour, event.pc, event.id, UseVia::context});
  if (!event.has_constant) return;
  Sighting sighting;
  sighting.pc = event.pc;
  sighting.member = event.id;
  sighting.via = UseVia::context;
  sighting.item_kind = Sighting::Item::integer;
  sighting.item = event.constant;
  add(behaviour, UseStrength::confirmed, sighting);
}

void MethodUses::read_field(const UseEvent& event) {
  for (const CatalogueIndex::Role& role : index_.member(event.id).roles) {
    if (role.role == MemberRole::context_field) {
      proofs_.push_back({role.behaviour, event.pc, Sighting::Item::member, event.id});
    } else {
      Sighting sighting;
      sighting.pc = event.pc;
      sighting.member = event.id;
      sighting.via = UseVia::field;
      add(role.behaviour, UseStrength::confirmed, sighting);
    }
  }
}

void MethodUses::read_text(const UseEvent& event) {
  const CatalogueIndex::Text& text = index_.texts()[event.id];
  for (const std::uint32_t behaviour : text.behaviours) {
    proofs_.push_back({behaviour, event.pc, Sighting::Item::text, event.id});
  }
  if (text.names_method || text.names_field) named_.push_back({event.pc, event.id});
  if (text.class_name != kNone) class_strings_.push_back(text.class_name);
}

void MethodUses::name_class(std::uint32_t class_id, Naming naming) {
  NamedClass& row = classes_[class_id];
  if (row.method != method_) row = {method_, Naming::none};
  row.naming = std::max(row.naming, naming);
}

void MethodUses::find_reflection() {
  for (const std::uint32_t class_id : class_strings_) {
    name_class(class_id, looks_up_classes_ ? Naming::looked_up : Naming::nearby);
  }
  for (const NamedMember& named : named_) {
    reflect(named.pc, index_.methods_named(named.text), method_lookups_);
    reflect(named.pc, index_.fields_named(named.text), field_lookups_);
  }
}

/// The names' members of the classes that the method names, at the lookup that follows the name.
void MethodUses::reflect(std::uint32_t name_pc, CatalogueIndex::Range range,
                         const std::vector<std::uint32_t>& lookups) {
  const auto at = std::lower_bound(lookups.begin(), lookups.end(), name_pc);
  if (at == lookups.end()) return;
  for (std::uint32_t member = range.first; member < range.second; ++member) {
    const NamedClass& row = classes_[index_.member(member).class_id];
    if (row.method == method_ && row.naming != Naming::none) reflect_member(member, *at, row.naming);
  }
}

void MethodUses::reflect_member(std::uint32_t member, std::uint32_t pc, Naming naming) {
  const UseStrength best = naming == Naming::looked_up ? UseStrength::confirmed : UseStrength::lead;
  for (const CatalogueIndex::Role& role : index_.member(member).roles) {
    if (role.behaviour == kNone) continue;
    if (role.role == MemberRole::context_method) {
      contexts_.push_back({role.behaviour, pc, member, UseVia::reflection});
      continue;
    }
    if (role.role == MemberRole::context_field) {
      proofs_.push_back({role.behaviour, pc, Sighting::Item::member, member});
      continue;
    }
    Sighting sighting;
    sighting.pc = pc;
    sighting.member = member;
    sighting.via = UseVia::reflection;
    add(role.behaviour, role.role == MemberRole::weak_method ? UseStrength::lead : best, sighting);
  }
}

void MethodUses::find_contexts() {
  if (proofs_.empty()) return;
  sort_by_behaviour(contexts_);
  sort_by_behaviour(proofs_);
  for (std::size_t i = 0; i < proofs_.size();) {
    const std::span<const Proof> proofs = of_behaviour(proofs_, proofs_[i].behaviour);
    prove(of_behaviour(contexts_, proofs_[i].behaviour), proofs);
    i += proofs.size();
  }
}

/// Each string or field with the first call after it that it gives a meaning to, or else with the last before
/// it. Both are sorted by pc.
void MethodUses::prove(std::span<const Context> contexts, std::span<const Proof> proofs) {
  for (const Proof& proof : proofs) {
    Sighting sighting;
    sighting.item_kind = proof.kind;
    sighting.item = proof.item;
    if (contexts.empty()) {
      if (proof.kind != Sighting::Item::text) continue;
      sighting.pc = proof.pc;
      sighting.via = UseVia::string;
      add(proof.behaviour, UseStrength::lead, sighting);
      continue;
    }
    auto at = std::partition_point(contexts.begin(), contexts.end(),
                                   [&](const Context& context) { return context.pc < proof.pc; });
    if (at == contexts.end()) --at;
    sighting.pc = at->pc;
    sighting.member = at->member;
    sighting.via = at->via;
    add(proof.behaviour, UseStrength::confirmed, sighting);
  }
}

void MethodUses::finish() {
  const auto order = [](const Sighting& s) {
    const int weakness = s.strength == UseStrength::confirmed ? 0 : 1;
    return std::tuple(s.pc, s.behaviour, weakness, s.via, s.member, s.item_kind, s.item);
  };
  std::sort(sightings_.begin(), sightings_.end(),
            [&](const Sighting& a, const Sighting& b) { return order(a) < order(b); });
  const auto same = [](const Sighting& a, const Sighting& b) {
    return a.pc == b.pc && a.behaviour == b.behaviour;
  };
  sightings_.erase(std::unique(sightings_.begin(), sightings_.end(), same), sightings_.end());
}

}  // namespace sdkprint
