#include "behaviour/dex_references.h"

#include <algorithm>

#include "base/error.h"

namespace sdkprint {
namespace {

constexpr std::uint32_t kIndexes = 65536;  // of 16 bits

constexpr std::uint32_t kUnknown = 0xfffffffe;  // a start that was not looked for yet

/// Chains of superclasses in apps are a dozen long; a longer one than this is a circle or made to cost time.
constexpr int kMaxDepth = 256;

}  // namespace

DexReferences::DexReferences(const CatalogueIndex& index, const DexFile& dex, const ClassHierarchy& hierarchy,
                             ReadBudget& budget)
    : index_(index), dex_(dex), hierarchy_(hierarchy), names_(index, dex, budget) {
  lay_out_marks();
  mark_strings();
  mark_types();
  mark_methods();
  mark_fields();
}

void DexReferences::lay_out_marks() {
  std::uint64_t next = kIndexes;
  for (const IndexKind kind : {IndexKind::type, IndexKind::field, IndexKind::method, IndexKind::string}) {
    first_bit_[static_cast<std::size_t>(kind)] = next;
    next += kIndexes;
  }
  bit_count_ = next + std::max<std::uint64_t>(dex_.string_count(), kIndexes) - kIndexes;
  bits_.resize(bit_count_ / 64 + 1);
}

/// Rows that no instruction can name are left alone.
void DexReferences::mark(IndexKind kind, std::uint32_t index) {
  if (index >= kIndexes && kind != IndexKind::string) return;
  const std::uint64_t bit = first_bit_[static_cast<std::size_t>(kind)] + index;
  bits_[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

/// The catalogue's strings, and the names that reflection may look up.
void DexReferences::mark_strings() {
  for (std::uint32_t i = 0; i < dex_.string_count(); ++i) {
    const std::uint32_t id = names_.text(i);
    if (id == kNone) continue;
    const CatalogueIndex::Text& text = index_.texts()[id];
    if (!text.behaviours.empty() || text.names_method || text.names_field || text.class_name != kNone) {
      mark(IndexKind::string, i);
    }
  }
}

void DexReferences::mark_types() {
  for (std::uint32_t i = 0; i < dex_.type_count(); ++i) {
    if (names_.class_of_type(i) != kNone) mark(IndexKind::type, i);
  }
}

void DexReferences::mark_methods() {
  for (std::uint32_t i = 0; i < dex_.method_count(); ++i) {
    const DexMethodId row = dex_.method(i);
    const std::uint32_t name = names_.text(row.name_idx);
    if (name != kNone && index_.texts()[name].names_method) resolve(i, row, name);
  }
}

void DexReferences::resolve(std::uint32_t method_idx, const DexMethodId& row, std::uint32_t name) {
  first_role_ = roles_.size();
  const std::uint32_t class_id = names_.class_of_type(row.class_idx);
  if (class_id != kNone) add_roles(class_id, row, name, false, false);
  // A constructor is not inherited.
  if (index_.texts()[name].text != "<init>") climb(row, name);
  if (roles_.size() == first_role_) return;
  methods_.emplace(method_idx, std::pair(static_cast<std::uint32_t>(first_role_),
                                         static_cast<std::uint32_t>(roles_.size())));
  mark(IndexKind::method, method_idx);
}

DexReferences::Start DexReferences::start_of(std::uint32_t type_idx) {
  if (type_idx >= dex_.type_count()) return {kNone, kNone};
  if (starts_.empty()) starts_.resize(dex_.type_count(), {kUnknown, kUnknown});
  Start& start = starts_[type_idx];
  if (start.node != kUnknown) return start;
  const std::uint64_t hash = names_.type_hash(type_idx);
  start.node = hierarchy_.find(hash);
  start.platform = start.node == kNone ? index_.platform_by_hash(hash) : kNone;
  return start;
}

/// From the class that the code names up its superclasses: those that the app defines, then those of the
/// platform. A class on the way that defines the method itself ends it: the call runs the app's code, which
/// is walked, too.
void DexReferences::climb(const DexMethodId& row, std::uint32_t name) {
  Start at = start_of(row.class_idx);
  for (int depth = 0; at.node != kNone && depth < kMaxDepth; ++depth) {
    const ClassHierarchy::Node& node = hierarchy_.node(at.node);
    if (depth > 0 && node.class_id != kNone) add_roles(node.class_id, row, name, true, false);
    if (hierarchy_.declares(node, name, names_.proto_hash(row.proto_idx))) return;
    at.node = node.superclass;
    if (at.node != kNone) continue;
    const std::uint32_t class_id = index_.class_by_hash(node.superclass_hash);
    if (class_id != kNone) add_roles(class_id, row, name, true, false);
    at.platform = index_.platform_by_hash(node.superclass_hash);
  }
  if (at.platform == kNone) return;
  for (at.platform = index_.platform(at.platform).superclass; at.platform != kNone;) {
    const CatalogueIndex::PlatformNode& node = index_.platform(at.platform);
    if (node.class_id != kNone) add_roles(node.class_id, row, name, true, true);
    at.platform = node.superclass;
  }
}

/// The nearest class that gives a role to a behaviour counts; those above it add nothing.
void DexReferences::add_roles(std::uint32_t class_id, const DexMethodId& row, std::uint32_t name,
                              bool is_subclass, bool is_past_platform) {
  const auto [begin, end] = index_.of_class(index_.methods_named(name), class_id);
  for (std::uint32_t member = begin; member < end; ++member) {
    const CatalogueIndex::Member& entry = index_.member(member);
    if (!entry.fits(entry.descriptor.empty() ? 0 : names_.proto_hash(row.proto_idx))) continue;
    for (const CatalogueIndex::Role& role : entry.roles) {
      if (is_past_platform && !role.through_subtypes) continue;
      const auto same = [&](const MethodRole& other) {
        return other.role.behaviour == role.behaviour && other.role.role == role.role;
      };
      if (std::any_of(roles_.begin() + static_cast<std::ptrdiff_t>(first_role_), roles_.end(), same))
        continue;
      roles_.push_back({member, role, is_subclass});
    }
  }
}

void DexReferences::mark_fields() {
  for (std::uint32_t i = 0; i < dex_.field_count(); ++i) {
    const DexFieldId row = dex_.field(i);
    const std::uint32_t name = names_.text(row.name_idx);
    if (name == kNone || !index_.texts()[name].names_field) continue;
    const std::uint32_t class_id = names_.class_of_type(row.class_idx);
    if (class_id == kNone) continue;
    const auto [begin, end] = index_.of_class(index_.fields_named(name), class_id);
    for (std::uint32_t member = begin; member < end; ++member) {
      if (!index_.member(member).fits(names_.type_hash(row.type_idx))) continue;
      fields_.emplace(i, member);
      mark(IndexKind::field, i);
      break;
    }
  }
}

std::span<const DexReferences::MethodRole> DexReferences::method(std::uint32_t method_idx) const {
  const auto it = methods_.find(method_idx);
  if (it == methods_.end()) return {};
  return std::span(roles_).subspan(it->second.first, it->second.second - it->second.first);
}

std::uint32_t DexReferences::field(std::uint32_t field_idx) const {
  const auto it = fields_.find(field_idx);
  return it == fields_.end() ? kNone : it->second;
}

}  // namespace sdkprint
