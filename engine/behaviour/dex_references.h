#pragma once
// Which rows of a dex file's tables mean something to the catalogue. Found once per file, so that the walk
// over the code asks a bitmap for each instruction and nothing else.
#include <array>
#include <span>
#include <unordered_map>
#include <vector>

#include "behaviour/class_hierarchy.h"
#include "behaviour/dex_names.h"
#include "format/bytecode.h"

namespace sdkprint {

/// Borrows its arguments; belongs to one thread.
class DexReferences {
 public:
  static constexpr std::uint32_t kNone = CatalogueIndex::kNone;

  /// What a call of a method means to one behaviour.
  struct MethodRole {
    std::uint32_t member;
    CatalogueIndex::Role role;
    bool through_subclass;  ///< the code names a subclass of the member's class
  };

  DexReferences(const CatalogueIndex& index, const DexFile& dex, const ClassHierarchy& hierarchy,
                ReadBudget& budget);

  /// Cheap, without a branch that depends on the code, and true for few instructions. Does not look at the
  /// opcode.
  bool is_marked(const Instruction& instruction) const {
    const std::uint64_t bit =
        first_bit_[static_cast<std::size_t>(instruction.index_kind)] + instruction.index;
    return bit < bit_count_ && (bits_[bit / 64] >> (bit % 64) & 1) != 0;
  }

  std::span<const MethodRole> method(std::uint32_t method_idx) const;
  std::uint32_t field(std::uint32_t field_idx) const;  ///< member, or kNone
  DexNames& names() { return names_; }
  const DexNames& names() const { return names_; }

 private:
  struct Start {
    std::uint32_t node,
        platform;  // of a type: where its superclasses begin, both kNone when nothing is known
  };

  void lay_out_marks();
  void mark(IndexKind kind, std::uint32_t index);
  void mark_strings();
  void mark_types();
  void mark_methods();
  void mark_fields();
  void resolve(std::uint32_t method_idx, const DexMethodId& row, std::uint32_t name);
  void add_roles(std::uint32_t class_id, const DexMethodId& row, std::uint32_t name, bool is_subclass,
                 bool is_past_platform);
  Start start_of(std::uint32_t type_idx);
  void climb(const DexMethodId& row, std::uint32_t name);

  const CatalogueIndex& index_;
  const DexFile& dex_;
  const ClassHierarchy& hierarchy_;
  DexNames names_;
  // One bit for each index that an instruction can have, kind by kind: 65536, and for strings, which come
  // last, as many as there are. All kinds that are never marked share one range.
  std::array<std::uint64_t, static_cast<std::size_t>(IndexKind::method_handle) + 1> first_bit_{};
  std::vector<std::uint64_t> bits_;
  std::uint64_t bit_count_ = 0;
  std::unordered_map<std::uint32_t, std::pair<std::uint32_t, std::uint32_t>> methods_;  // range of roles_
  std::unordered_map<std::uint32_t, std::uint32_t> fields_;                             // member
  std::vector<MethodRole> roles_;
  std::size_t first_role_ = 0;  // of the method being resolved
  std::vector<Start> starts_;   // by type; see kUnknown
};

}  // namespace sdkprint
