#pragma once
// Which rows of a dex file's tables mean something: to the catalogue, or to the call graph. Found once per
// file, so that the walk over the code asks a bitmap for each instruction and nothing else.
#include <array>
#include <span>
#include <unordered_map>
#include <vector>

#include "behaviour/dex_names.h"
#include "behaviour/dex_tables.h"

namespace sdkprint {

/// Borrows its arguments; belongs to one thread. Fills `facts.pending_calls`.
class DexReferences {
 public:
  static constexpr std::uint32_t kNone = CatalogueIndex::kNone;
  static constexpr std::uint32_t kIndexes = 65536;  ///< that an instruction's 16 bits can name

  /// What a call of a method means to one behaviour.
  struct MethodRole {
    std::uint32_t member;
    std::uint16_t role;     ///< of the member's roles
    bool through_subclass;  ///< the code names a subclass of the member's class
  };
  struct Calls {
    std::span<const MethodRole> roles;
    std::uint32_t pending;  ///< of `facts.pending_calls`, or kNone
  };

  DexReferences(const CatalogueIndex& index, const DexFile& dex, DexTables& tables, DexFacts& facts,
                ReadBudget& budget);

  /// By opcode.
  struct Marks {
    static constexpr std::uint32_t kNoWidth = std::uint32_t{1} << 30;  ///< runs past the end of any code
    /// Of the first two units: what is left is the first, and above it the index.
    std::array<std::uint32_t, 256> mask;
    /// Bit `first_bit` + index of bits() tells whether an instruction is marked, without a branch that
    /// depends on the code; few are. A const-string/jumbo is always marked, as its index does not fit.
    std::array<std::uint32_t, 256> first_bit;
    /// As bytecode::Brief has it; kNoWidth where that is 0.
    std::array<std::uint32_t, 256> width;
  };
  const Marks& marks() const { return marks_; }
  const std::vector<std::uint64_t>& bits() const { return bits_; }
  /// A string that matters for another reason.
  void mark_string(std::uint32_t string_idx) {
    if (string_idx < dex_.string_count()) mark(kStrings, string_idx);
  }

  /// A call is an edge of the call graph.
  bool is_edge(std::uint32_t method_idx) const {
    return method_idx < facts_.method_ids.size() && tables_.may_be_of_app(facts_.method_ids[method_idx].type);
  }
  /// calls() has something. Any index will do.
  bool is_known_call(std::uint32_t method_idx) const {
    return method_idx < kIndexes && (known_calls_[method_idx / 64] >> (method_idx % 64) & 1) != 0;
  }
  /// Nothing for most methods.
  Calls calls(std::uint32_t method_idx) const;
  std::uint32_t field(std::uint32_t field_idx) const;  ///< member, or kNone
  DexNames& names() { return names_; }
  const DexNames& names() const { return names_; }

 private:
  struct MethodRow {
    std::uint32_t begin, end, pending;
  };
  /// One row of indexes for each group of opcodes that mean the same.
  enum Group : std::uint32_t {
    kNever,
    kCalls,
    kInstanceFields,
    kStaticFields,
    kNew,
    kTypes,
    kAlways,
    kStrings
  };

  void lay_out_marks();
  void use(std::uint8_t first_opcode, std::uint8_t last_opcode, Group group);
  void mark(Group group, std::uint32_t index);
  void mark_strings();
  void mark_types();
  void mark_methods();
  void mark_fields();
  bool declares(std::uint32_t type, std::uint32_t name, std::uint32_t proto) const;
  void resolve(std::uint32_t method_idx, const DexMethodId& row, std::uint32_t name);
  void add_roles(std::uint32_t class_id, const DexMethodId& row, std::uint32_t name, bool is_subclass,
                 bool is_past_platform);
  std::uint32_t climb(const DexMethodId& row, std::uint32_t name);
  void climb_platform(std::uint32_t type, const DexMethodId& row, std::uint32_t name);
  bool has_role(const CatalogueIndex::Role& role) const;
  std::uint32_t add_pending(std::uint32_t method_idx, std::uint32_t type, std::uint32_t name);

  const CatalogueIndex& index_;
  const DexFile& dex_;
  DexTables& tables_;
  DexFacts& facts_;
  DexNames names_;
  Marks marks_{};
  std::vector<std::uint64_t> bits_;
  std::array<std::uint64_t, kIndexes / 64> known_calls_{};  // by method; they are in methods_
  std::unordered_map<std::uint32_t, MethodRow> methods_;
  std::unordered_map<std::uint32_t, std::uint32_t> fields_;  // member
  std::vector<MethodRole> roles_;
  std::size_t first_role_ = 0;  // of the method being resolved
  struct Declared {
    std::uint32_t type, name, proto;
    auto operator<=>(const Declared&) const = default;
  };
  std::vector<Declared> declared_;  // methods of this file's classes that the catalogue knows by name
};

}  // namespace sdkprint
