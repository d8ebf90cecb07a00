#pragma once
// What one method's references mean together: which calls count alone, which only with a string, field or
// integer of the same method, and which names are looked up by reflection.
#include <span>
#include <vector>

#include "behaviour/use_event.h"

namespace sdkprint {

/// Borrows the index; memory is reused from method to method. Belongs to one thread.
class MethodUses {
 public:
  static constexpr std::uint32_t kNone = CatalogueIndex::kNone;

  explicit MethodUses(const CatalogueIndex& index);

  /// Events of one method in the order of its code; pending calls are passed over. Sorted by pc, then
  /// behaviour; of one behaviour at one place the strongest. Valid until the next call.
  std::span<const Sighting> find(std::span<const UseEvent> events);

 private:
  struct Context {
    std::uint32_t behaviour, pc, member;
    UseVia via;
    std::uint64_t rank() const { return member; }
  };
  struct Proof {
    std::uint32_t behaviour, pc;
    Sighting::Item kind;
    std::uint32_t item;
    std::uint64_t rank() const { return std::uint64_t{item} << 8 | static_cast<std::uint8_t>(kind); }
  };
  struct NamedMember {
    std::uint32_t pc, text;
  };
  /// How surely a class is meant that reflection looks into.
  enum class Naming : std::uint8_t { none, nearby, looked_up };

  void clear();
  void read_call(const UseEvent& event);
  void read_context(const UseEvent& event, std::uint32_t behaviour);
  void read_field(const UseEvent& event);
  void read_text(const UseEvent& event);
  void name_class(std::uint32_t class_id, Naming naming);
  void find_reflection();
  void reflect(std::uint32_t name_pc, CatalogueIndex::Range range, const std::vector<std::uint32_t>& lookups);
  void reflect_member(std::uint32_t member, std::uint32_t pc, Naming naming);
  void find_contexts();
  void prove(std::span<const Context> contexts, std::span<const Proof> proofs);
  void add(std::uint32_t behaviour, UseStrength strength, Sighting sighting);
  void finish();

  const CatalogueIndex& index_;
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
