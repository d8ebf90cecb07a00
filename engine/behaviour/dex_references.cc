#include "behaviour/dex_references.h"

#include <algorithm>

#include "base/error.h"
#include "format/bytecode.h"

namespace sdkprint {
namespace {

/// Chains of superclasses in apps are a dozen long; a longer one than this is a circle or made to cost time.
constexpr int kMaxDepth = 256;

}  // namespace

DexReferences::DexReferences(const CatalogueIndex& index, const DexFile& dex, DexTables& tables,
                             DexFacts& facts, ReadBudget& budget)
    : index_(index), dex_(dex), tables_(tables), facts_(facts), names_(index, dex, budget) {
  lay_out_marks();
  mark_strings();
  mark_types();
  mark_methods();
  mark_fields();
}

void DexReferences::use(std::uint8_t first_opcode, std::uint8_t last_opcode, Group group) {
  for (std::uint32_t opcode = first_opcode; opcode <= last_opcode; ++opcode) {
    marks_.first_bit[opcode] = group * kIndexes;
    marks_.mask[opcode] = group == kAlways ? 0xffff : 0xffffffff;
  }
}

/// Opcodes as in "Dalvik bytecode", the summary of its instruction set.
void DexReferences::lay_out_marks() {
  marks_.mask.fill(0xffff);
  for (std::size_t i = 0; i < marks_.width.size(); ++i) {
    const std::uint8_t width = bytecode::kBriefs[i].width;
    marks_.width[i] = width == 0 ? Marks::kNoWidth : width;
  }
  use(0x1a, 0x1a, kStrings);
  use(0x1b, 0x1b, kAlways);
  use(0x1c, 0x1c, kTypes);           // const-class
  use(0x1f, 0x1f, kTypes);           // check-cast
  use(0x22, 0x22, kNew);             // new-instance
  use(0x52, 0x58, kInstanceFields);  // iget…
  use(0x60, 0x6d, kStaticFields);    // sget…, sput…
  use(0x6e, 0x72, kCalls);           // invoke-kind
  use(0x74, 0x78, kCalls);           // invoke-kind/range
  use(0xfa, 0xfd, kAlways);          // invoke-polymorphic, invoke-custom
  const std::uint32_t strings = std::max(dex_.string_count(), kIndexes);
  bits_.resize((std::size_t{kStrings} * kIndexes + strings) / 64 + 1);
  mark(kAlways, 0);
}

/// Rows that no instruction can name are left alone.
void DexReferences::mark(Group group, std::uint32_t index) {
  if (index >= kIndexes && group != kStrings) return;
  const std::uint64_t bit = std::uint64_t{group} * kIndexes + index;
  bits_[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

/// The catalogue's strings, and the names that reflection may look up.
void DexReferences::mark_strings() {
  for (const DexNames::Found& found : names_.found()) {
    const CatalogueIndex::Text& text = index_.texts()[found.text];
    if (!text.behaviours.empty() || text.names_method || text.names_field || text.class_name != kNone) {
      mark(kStrings, found.string);
    }
  }
}

void DexReferences::mark_types() {
  for (std::uint32_t i = 0; i < dex_.type_count(); ++i) {
    if (names_.class_of_type(i) != kNone) mark(kTypes, i);
    if (tables_.may_be_of_app(i)) mark(kNew, i);
  }
}

bool DexReferences::declares(std::uint32_t type, std::uint32_t name, std::uint32_t proto) const {
  return std::binary_search(declared_.begin(), declared_.end(), Declared{type, name, proto});
}

void DexReferences::mark_methods() {
  struct Row {
    std::uint32_t method_idx, name;
  };
  std::vector<Row> known;  // methods that the catalogue knows by name
  dex_.for_each_method([&](std::uint32_t i, const DexMethodId& row) {
    if (tables_.may_be_of_app(row.class_idx)) mark(kCalls, i);
    const std::uint32_t name = names_.text(row.name_idx);
    if (name == kNone || !index_.texts()[name].names_method) return;
    known.push_back({i, name});
    if (tables_.defines(i)) declared_.push_back({row.class_idx, name, row.proto_idx});
  });
  // As method_ids and the catalogue's texts are, in files that ART would load.
  if (!std::is_sorted(declared_.begin(), declared_.end())) std::sort(declared_.begin(), declared_.end());
  for (const Row& row : known) resolve(row.method_idx, dex_.method(row.method_idx), row.name);
}

void DexReferences::resolve(std::uint32_t method_idx, const DexMethodId& row, std::uint32_t name) {
  first_role_ = roles_.size();
  const std::uint32_t class_id = names_.class_of_type(row.class_idx);
  if (class_id != kNone) add_roles(class_id, row, name, false, false);
  // A constructor is not inherited.
  std::uint32_t waits_for = kNone;
  if (index_.texts()[name].text != "<init>") waits_for = climb(row, name);
  const std::uint32_t pending = waits_for == kNone ? kNone : add_pending(method_idx, waits_for, name);
  if (roles_.size() == first_role_ && pending == kNone) return;
  if (method_idx < kIndexes) known_calls_[method_idx / 64] |= std::uint64_t{1} << (method_idx % 64);
  methods_.emplace(method_idx, MethodRow{static_cast<std::uint32_t>(first_role_),
                                         static_cast<std::uint32_t>(roles_.size()), pending});
  for (std::size_t i = first_role_; i < roles_.size(); ++i) {
    if (roles_[i].through_subclass) tables_.keep_name(method_idx);
  }
  mark(kCalls, method_idx);
}

/// From the class that the code names up its superclasses: those that the file defines, then those of the
/// platform. A class on the way that defines the method itself ends it: the call runs the app's code, which
/// is walked, too. Returns the class that another file may define, when that is where the file's end.
std::uint32_t DexReferences::climb(const DexMethodId& row, std::uint32_t name) {
  std::uint32_t type = row.class_idx;
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    const std::uint32_t class_id = names_.class_of_type(type);
    if (depth > 0 && class_id != kNone) add_roles(class_id, row, name, true, false);
    const std::uint32_t index = tables_.class_of_type(type);
    if (index == kNone) {
      climb_platform(type, row, name);
      return tables_.may_be_of_app(type) ? type : kNone;
    }
    if (declares(type, name, row.proto_idx)) return kNone;
    type = facts_.classes[index].superclass;
    if (type == kNone) return kNone;
  }
  return kNone;
}

void DexReferences::climb_platform(std::uint32_t type, const DexMethodId& row, std::uint32_t name) {
  if (type >= facts_.type_hashes.size()) return;
  std::uint32_t at = index_.platform_by_hash(facts_.type_hashes[type]);
  if (at == kNone) return;
  for (at = index_.platform(at).superclass; at != kNone;) {
    const CatalogueIndex::PlatformNode& node = index_.platform(at);
    if (node.class_id != kNone) add_roles(node.class_id, row, name, true, true);
    at = node.superclass;
  }
}

/// The method has that role already, from a nearer class.
bool DexReferences::has_role(const CatalogueIndex::Role& role) const {
  const auto same = [&](const MethodRole& other) {
    const CatalogueIndex::Role& there = index_.member(other.member).roles[other.role];
    return there.behaviour == role.behaviour && there.role == role.role;
  };
  return std::any_of(roles_.begin() + static_cast<std::ptrdiff_t>(first_role_), roles_.end(), same);
}

/// A call that can mean no more than it does already waits for nobody.
std::uint32_t DexReferences::add_pending(std::uint32_t method_idx, std::uint32_t type, std::uint32_t name) {
  const auto [begin, end] = index_.methods_named(name);
  const std::uint64_t proto = names_.proto_hash(dex_.method(method_idx).proto_idx);
  for (std::uint32_t member = begin; member < end; ++member) {
    const std::vector<CatalogueIndex::Role>& roles = index_.member(member).roles;
    if (!index_.member(member).fits(proto)) continue;
    if (std::all_of(roles.begin(), roles.end(), [&](const auto& role) { return has_role(role); })) continue;
    tables_.keep_name(method_idx);
    facts_.pending_calls.push_back({method_idx, type, name, proto});
    return static_cast<std::uint32_t>(facts_.pending_calls.size() - 1);
  }
  return kNone;
}

/// The nearest class that gives a role to a behaviour counts; those above it add nothing.
void DexReferences::add_roles(std::uint32_t class_id, const DexMethodId& row, std::uint32_t name,
                              bool is_subclass, bool is_past_platform) {
  const auto [begin, end] = index_.of_class(index_.methods_named(name), class_id);
  for (std::uint32_t member = begin; member < end; ++member) {
    const CatalogueIndex::Member& entry = index_.member(member);
    if (!entry.fits(entry.descriptor.empty() ? 0 : names_.proto_hash(row.proto_idx))) continue;
    for (std::uint16_t i = 0; i < entry.roles.size(); ++i) {
      const CatalogueIndex::Role& role = entry.roles[i];
      if (is_past_platform && !role.through_subtypes) continue;
      if (has_role(role)) continue;
      roles_.push_back({member, i, is_subclass});
    }
  }
}

/// Fields of the catalogue, and those of classes that are initialised before they are read or written.
void DexReferences::mark_fields() {
  dex_.for_each_field([&](std::uint32_t i, const DexFieldId& row) {
    if (tables_.may_initialize(row.class_idx)) mark(kStaticFields, i);
    const std::uint32_t name = names_.text(row.name_idx);
    if (name == kNone || !index_.texts()[name].names_field) return;
    const std::uint32_t class_id = names_.class_of_type(row.class_idx);
    if (class_id == kNone) return;
    const auto [begin, end] = index_.of_class(index_.fields_named(name), class_id);
    for (std::uint32_t member = begin; member < end; ++member) {
      if (!index_.member(member).fits(names_.type_hash(row.type_idx))) continue;
      fields_.emplace(i, member);
      mark(kStaticFields, i), mark(kInstanceFields, i);
      break;
    }
  });
}

DexReferences::Calls DexReferences::calls(std::uint32_t method_idx) const {
  if (!is_known_call(method_idx)) return {{}, kNone};
  const MethodRow& row = methods_.at(method_idx);
  return {std::span(roles_).subspan(row.begin, row.end - row.begin), row.pending};
}

std::uint32_t DexReferences::field(std::uint32_t field_idx) const {
  const auto it = fields_.find(field_idx);
  return it == fields_.end() ? kNone : it->second;
}

}  // namespace sdkprint
