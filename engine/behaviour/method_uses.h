#pragma once
// What one method's references mean together: which calls count alone, which only with a string, field or
// integer of the same method, and which names are looked up by reflection.
#include <span>
#include <vector>

#include "behaviour/constant_tracker.h"
#include "behaviour/dex_references.h"
#include "result/use.h"

namespace sdkprint {

/// An instruction of interest.
struct CodeReference {
  std::uint32_t pc, index;
  IndexKind kind;
  std::uint8_t opcode;
};

/// A use, before it is put into words.
struct Sighting {
  enum class Item : std::uint8_t { none, text, member, method, integer };
  std::uint32_t pc = 0, behaviour = 0;
  UseStrength strength = UseStrength::lead;
  UseVia via = UseVia::call;
  std::uint32_t member = CatalogueIndex::kNone;
  Item item_kind = Item::none;
  std::int64_t item = 0;  ///< text, member or method index, or the integer
};

/// Borrows its arguments; memory is reused from method to method. Belongs to one thread.
class MethodUses {
 public:
  static constexpr std::uint32_t kNone = CatalogueIndex::kNone;

  MethodUses(const CatalogueIndex& index, const DexReferences& references);

  /// Sorted by pc, then behaviour; of one behaviour at one place the strongest. Valid until the next call.
  std::span<const Sighting> find(const DexCode& code, std::span<const CodeReference> references);

 private:
  struct Context {
    std::uint32_t behaviour, pc, member, method_idx;
    UseVia via;
  };
  struct Proof {
    std::uint32_t behaviour, pc;
    Sighting::Item kind;
    std::uint32_t item;
  };
  struct NamedMember {
    std::uint32_t pc, text;
  };
  /// How surely a class is meant that reflection looks into.
  enum class Naming : std::uint8_t { none, nearby, looked_up };

  void clear();
  void read_call(const CodeReference& reference);
  void read_field(const CodeReference& reference);
  void read_string(const CodeReference& reference);
  void read_type(const CodeReference& reference);
  void name_class(std::uint32_t class_id, Naming naming);
  void find_reflection();
  void reflect(std::uint32_t name_pc, CatalogueIndex::Range range, const std::vector<std::uint32_t>& lookups);
  void reflect_member(std::uint32_t member, std::uint32_t pc, Naming naming);
  void find_contexts();
  void prove(std::span<const Context> contexts, std::span<const Proof> proofs);
  void find_constants(const DexCode& code);
  bool takes_constant(const Context& context, const std::vector<std::int64_t>& constants,
                      std::int64_t& found);
  void add(std::uint32_t behaviour, UseStrength strength, Sighting sighting);
  void finish();

  const CatalogueIndex& index_;
  const DexReferences& references_;
  ConstantTracker tracker_;
  std::vector<Sighting> sightings_;
  std::vector<Context> contexts_;
  std::vector<Proof> proofs_;
  std::vector<std::uint32_t> method_lookups_, field_lookups_;  // pc
  std::vector<NamedMember> named_;
  struct NamedClass {
    std::uint64_t method = 0;
    Naming naming = Naming::none;
  };
  std::vector<NamedClass> classes_;  // by class
  std::vector<std::uint32_t> class_strings_;
  std::uint64_t method_ = 0;
  bool looks_up_classes_ = false;
};

}  // namespace sdkprint
