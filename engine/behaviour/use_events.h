#pragma once
// One method's references to what the catalogue knows, told in the catalogue's own numbers.
#include <span>
#include <vector>

#include "behaviour/code_walk.h"
#include "behaviour/constant_tracker.h"
#include "behaviour/use_event.h"

namespace sdkprint {

/// Borrows its arguments; memory is reused from method to method. Belongs to one thread.
class EventReader {
 public:
  EventReader(const CatalogueIndex& index, const DexReferences& references, const DexFacts& facts)
      : index_(index), references_(references), facts_(facts) {}

  void clear() { events_.clear(), is_pending_ = looks_up_classes_ = makes_objects_ = false; }
  void add_call(const CodeHit& hit);
  void add_field(const CodeHit& hit);
  void add_string(std::uint32_t pc, std::uint32_t string_idx);
  void add_type(const CodeHit& hit);
  /// Tells which calls receive constants of their behaviours.
  void find_constants(const DexCode& code);

  std::span<const UseEvent> events() const { return events_; }
  bool is_pending() const { return is_pending_; }
  bool looks_up_classes() const { return looks_up_classes_; }
  bool makes_objects() const { return makes_objects_; }  ///< of classes that were looked up

 private:
  void add_candidates(const CodeHit& hit, std::uint32_t pending);
  bool wants_constant(const UseEvent& event) const;
  void find_constant(UseEvent& event);

  const CatalogueIndex& index_;
  const DexReferences& references_;
  const DexFacts& facts_;
  ConstantTracker tracker_;
  std::vector<UseEvent> events_;
  bool is_pending_ = false, looks_up_classes_ = false, makes_objects_ = false;
};

}  // namespace sdkprint
