#include "behaviour/method_uses.h"

#include <algorithm>
#include <tuple>

namespace sdkprint {
namespace {

constexpr std::uint8_t kConstClass = 0x1c, kCheckCast = 0x1f;
constexpr std::uint8_t kInvokeStatic = 0x71, kInvokeStaticRange = 0x77;

template <typename Row>
void sort_by_behaviour(std::vector<Row>& rows) {
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tuple(a.behaviour, a.pc) < std::tuple(b.behaviour, b.pc);
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

MethodUses::MethodUses(const CatalogueIndex& index, const DexReferences& references)
    : index_(index), references_(references), classes_(index.class_count()) {}

void MethodUses::clear() {
  ++method_;
  sightings_.clear(), contexts_.clear(), proofs_.clear();
  method_lookups_.clear(), field_lookups_.clear(), named_.clear(), class_strings_.clear();
  looks_up_classes_ = false;
}

std::span<const Sighting> MethodUses::find(const DexCode& code, std::span<const CodeReference> references) {
  clear();
  for (const CodeReference& reference : references) {
    switch (reference.kind) {
      case IndexKind::method:
        read_call(reference);
        break;
      case IndexKind::field:
        read_field(reference);
        break;
      case IndexKind::string:
        read_string(reference);
        break;
      case IndexKind::type:
        read_type(reference);
        break;
      default:
        break;
    }
  }
  if (!method_lookups_.empty() || !field_lookups_.empty()) find_reflection();
  find_contexts();
  find_constants(code);
  finish();
  return sightings_;
}

/// A behaviour's own rule may make less of what was seen, never more.
void MethodUses::add(std::uint32_t behaviour, UseStrength strength, Sighting sighting) {
  sighting.behaviour = behaviour;
  sighting.strength = index_.rules()[behaviour].lead_only ? UseStrength::lead : strength;
  sightings_.push_back(sighting);
}

void MethodUses::read_call(const CodeReference& reference) {
  for (const DexReferences::MethodRole& row : references_.method(reference.index)) {
    const std::uint32_t behaviour = row.role.behaviour;
    Sighting sighting;
    sighting.pc = reference.pc;
    sighting.member = row.member;
    sighting.via = row.through_subclass ? UseVia::subclass_call : UseVia::call;
    if (row.through_subclass) sighting.item_kind = Sighting::Item::method, sighting.item = reference.index;
    switch (row.role.role) {
      case MemberRole::method:
        add(behaviour, UseStrength::confirmed, sighting);
        break;
      case MemberRole::weak_method:
        add(behaviour, UseStrength::lead, sighting);
        break;
      case MemberRole::context_method:
        contexts_.push_back({behaviour, reference.pc, row.member, reference.index, UseVia::context});
        break;
      case MemberRole::class_lookup:
        looks_up_classes_ = true;
        break;
      case MemberRole::method_lookup:
        method_lookups_.push_back(reference.pc);
        break;
      case MemberRole::field_lookup:
        field_lookups_.push_back(reference.pc);
        break;
      case MemberRole::field:
      case MemberRole::context_field:
        break;
    }
  }
}

void MethodUses::read_field(const CodeReference& reference) {
  const std::uint32_t member = references_.field(reference.index);
  if (member == kNone) return;
  for (const CatalogueIndex::Role& role : index_.member(member).roles) {
    if (role.role == MemberRole::context_field) {
      proofs_.push_back({role.behaviour, reference.pc, Sighting::Item::member, member});
    } else {
      Sighting sighting;
      sighting.pc = reference.pc;
      sighting.member = member;
      sighting.via = UseVia::field;
      add(role.behaviour, UseStrength::confirmed, sighting);
    }
  }
}

void MethodUses::read_string(const CodeReference& reference) {
  const std::uint32_t id = references_.names().text(reference.index);
  if (id == kNone) return;
  const CatalogueIndex::Text& text = index_.texts()[id];
  for (const std::uint32_t behaviour : text.behaviours) {
    proofs_.push_back({behaviour, reference.pc, Sighting::Item::text, id});
  }
  if (text.names_method || text.names_field) named_.push_back({reference.pc, id});
  if (text.class_name != kNone) class_strings_.push_back(text.class_name);
}

/// A class literal is a class looked up; a cast tells only that the class is about.
void MethodUses::read_type(const CodeReference& reference) {
  const std::uint32_t class_id = references_.names().class_of_type(reference.index);
  if (class_id == kNone) return;
  if (reference.opcode == kConstClass) name_class(class_id, Naming::looked_up);
  if (reference.opcode == kCheckCast) name_class(class_id, Naming::nearby);
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
      contexts_.push_back({role.behaviour, pc, member, kNone, UseVia::reflection});
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

void MethodUses::find_constants(const DexCode& code) {
  std::erase_if(contexts_, [&](const Context& context) {
    return context.method_idx == kNone || index_.rules()[context.behaviour].constants.empty();
  });
  if (contexts_.empty()) return;
  std::sort(contexts_.begin(), contexts_.end(), [](const Context& a, const Context& b) {
    return std::tuple(a.pc, a.behaviour) < std::tuple(b.pc, b.behaviour);
  });
  tracker_.begin(code);
  for (const Context& context : contexts_) {
    if (!tracker_.advance_to(context.pc)) return;
    Sighting sighting;
    if (!takes_constant(context, index_.rules()[context.behaviour].constants, sighting.item)) continue;
    sighting.pc = context.pc;
    sighting.member = context.member;
    sighting.via = UseVia::context;
    sighting.item_kind = Sighting::Item::integer;
    add(context.behaviour, UseStrength::confirmed, sighting);
  }
}

bool MethodUses::takes_constant(const Context& context, const std::vector<std::int64_t>& constants,
                                std::int64_t& found) {
  const Instruction& call = tracker_.instruction();
  const bool is_static = call.opcode == kInvokeStatic || call.opcode == kInvokeStaticRange;
  const std::vector<bool>& is_integer = index_.member(context.member).integer_arguments;
  const bool knows_types = !index_.member(context.member).descriptor.empty();
  for (std::uint32_t i = is_static ? 0 : 1; i < call.arg_count; ++i) {
    const std::uint32_t argument = is_static ? i : i - 1;
    if (knows_types && (argument >= is_integer.size() || !is_integer[argument])) continue;
    const std::uint32_t reg = call.is_range ? call.args[0] + i : call.args[i];
    const std::optional<std::int64_t> value = tracker_.value(reg);
    if (!value || !std::binary_search(constants.begin(), constants.end(), *value)) continue;
    found = *value;
    return true;
  }
  return false;
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
