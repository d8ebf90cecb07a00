#pragma once
// The uses of an app's files, those too that hang on classes of other files: calls whose receiver's
// superclasses are elsewhere, classes that override what the catalogue lists.
#include <cstdint>
#include <vector>

#include "behaviour/app_classes.h"
#include "behaviour/method_uses.h"

namespace sdkprint {

/// A use, before it is put into words.
struct SettledUse {
  std::uint32_t class_index;  ///< where: class of AppClasses
  std::uint32_t method;       ///< method of AppClasses; kNone when the class as a whole is meant
  std::uint32_t line;         ///< or kNone
  std::uint64_t offset;       ///< in the file; kNoOffset: none
  Sighting sighting;          ///< UseVia::override: `member` is an override target
  static constexpr std::uint64_t kNoOffset = UINT64_MAX;
};

/// Borrows its arguments; belongs to one thread.
class UseSettler {
 public:
  static constexpr std::uint32_t kNone = AppClasses::kNone;

  UseSettler(const CatalogueIndex& index, const AppClasses& classes);
  /// By class, a class's overrides first; then by method, pc and behaviour.
  std::vector<SettledUse> settle();

 private:
  struct Role {
    std::uint32_t member;
    std::uint16_t role;
  };
  void add_uses(const AppClasses::Unit& unit);
  void add_pending(const AppClasses::Unit& unit);
  void add_pending(const AppClasses::Unit& unit, const DexFacts::PendingMethod& row, std::uint32_t begin);
  void climb(const AppClasses::Unit& unit, const DexFacts::PendingCall& call);
  void add_roles(std::uint32_t class_id, const DexFacts::PendingCall& call, bool is_past_platform);
  bool is_told(const UseEvent& candidate) const;
  void add_overrides();
  void spread(std::uint32_t target, std::uint32_t index);
  void add_class_override(std::uint32_t index, std::uint32_t target);
  void add_method_overrides(std::uint32_t index, std::uint32_t target);

  const CatalogueIndex& index_;
  const AppClasses& classes_;
  MethodUses meanings_;
  std::vector<Role> roles_;  // of the pending call being settled
  std::vector<UseEvent> events_;
  std::vector<SettledUse> result_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> overriding_;  // class, override class
  std::vector<std::uint32_t> seen_;                                  // by class: the last override class
};

}  // namespace sdkprint
