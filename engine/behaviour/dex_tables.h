#pragma once
// The tables of one dex file as CodeFacts keep them: types, protos, method_ids and classes, each read once.
#include <vector>

#include "behaviour/code_facts.h"
#include "behaviour/read_budget.h"
#include "behaviour/read_log.h"

namespace sdkprint {

/// Borrows its arguments; belongs to one thread. Fills the tables of `facts`.
class DexTables {
 public:
  static constexpr std::uint32_t kNone = CatalogueIndex::kNone;

  /// `methods` may be null.
  DexTables(const DexFile& dex, const DexMethods* methods, DexFacts& facts, ReadBudget& budget, ReadLog& log);

  /// The class that this file defines, or kNone. Any type will do.
  std::uint32_t class_of_type(std::uint32_t type) const {
    return type < class_of_type_.size() ? class_of_type_[type] : kNone;
  }
  /// A class that the app may define, here or in another file: not one of the platform by its name.
  bool may_be_of_app(std::uint32_t type) const { return type < of_app_.size() && of_app_[type] != 0; }
  bool defines(std::uint32_t method_idx) const { return method_of_id_[method_idx] != kNone; }
  /// Row of `facts.methods`, or kNone.
  std::uint32_t method_of_id(std::uint32_t method_idx) const { return method_of_id_[method_idx]; }
  /// By row of `facts.methods`; 0: no code.
  const std::vector<std::uint32_t>& code_offsets() const { return code_offsets_; }

  /// Keeps the name of a method of the platform, too.
  void keep_name(std::uint32_t method_idx);
  /// Runs a method's initialiser or that of a superclass, as far as this file tells.
  bool may_initialize(std::uint32_t type) const;

 private:
  void read_types();
  void read_protos();
  void read_classes();
  void read_class(std::uint32_t number, const DexClassDef& def);
  void add_methods(std::span<const DexMethod> methods, bool is_direct);
  void read_method_ids();
  std::uint32_t name_id(std::uint32_t string_idx);
  std::uint64_t add_text(std::string_view text, std::vector<std::uint32_t>& ends);
  void find_initializers();

  const DexFile& dex_;
  const DexMethods* known_;
  DexFacts& facts_;
  ReadBudget& budget_;
  ReadLog& log_;
  std::vector<std::uint32_t> class_of_type_, method_of_id_, code_offsets_;
  std::vector<std::uint8_t> of_app_;           // by type
  std::vector<std::uint8_t> has_initializer_;  // by class
  std::vector<std::uint32_t> name_ids_;        // by string_idx
  DexMethods decoded_;                         // of one class
};

/// Whether a class of that descriptor belongs to Android or Java, unless the app defines it itself.
bool is_platform_name(std::string_view descriptor);

}  // namespace sdkprint
