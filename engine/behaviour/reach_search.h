#pragma once
// The walk from an app's entry points over its call graph, by rapid type analysis (Bacon and Sweeney, OOPSLA
// 1996): a virtual call leads to the overrides of classes that code already reached makes objects of. Level
// by level from the strongest kind of entry, breadth first, so that a method's predecessor lies on a short
// way from the strongest entry that reaches it. See docs/decisions/0005-code-facts-then-links.md.
#include <cstdint>
#include <span>
#include <vector>

#include "behaviour/app_classes.h"
#include "behaviour/app_code.h"
#include "behaviour/callback_table.h"
#include "behaviour/step_counter.h"

namespace sdkprint {

/// A method on a way, and how the one before it leads to it.
struct ReachStep {
  std::uint32_t method;
  StepKind kind;
};

/// Borrows its arguments; belongs to one thread.
class ReachSearch {
 public:
  static constexpr std::uint32_t kNone = AppClasses::kNone;

  /// How a method was reached.
  struct State {
    std::uint32_t from = kNone;  ///< method, or kNone for an entry
    Reach reach = Reach::not_established;
    StepKind kind = StepKind::entry;
  };

  ReachSearch(const AppClasses& classes, CallbackTable& callbacks, StepCounter& counter);
  /// Throws OverBudget.
  void run(std::span<const EntryPoint> entry_points);

  const State& state(std::uint32_t method) const { return states_[method]; }
  bool is_reached(std::uint32_t method) const { return states_[method].reach != Reach::not_established; }
  /// From the entry to the method, both included.
  std::vector<ReachStep> path(std::uint32_t method) const;

 private:
  struct Seed {
    std::uint32_t method, from;
    StepKind kind;
  };
  struct Call {
    std::uint64_t signature;
    std::uint32_t from;
  };

  void find_made_classes();
  void enter(const EntryPoint& entry);
  bool is_provider(std::uint32_t index) const;
  void finish_level();
  void reach(std::uint32_t method, std::uint32_t from, StepKind kind);
  void follow(std::uint32_t method);
  void follow_edge(std::uint32_t method, const AppClasses::Unit& unit, EdgeKind kind, std::uint32_t target);
  void call_exactly(std::uint32_t method, const AppClasses::Unit& unit, EdgeKind kind, std::uint32_t id);
  void dispatch(std::uint32_t method, const AppClasses::Unit& unit, std::uint32_t id);
  void dispatch_to(std::uint32_t index, const Call& call, std::uint32_t named);
  void make(std::uint32_t index, std::uint32_t from);
  void initialize(std::uint32_t index, std::uint32_t from, StepKind kind);
  void reflect(std::uint32_t index, std::uint32_t from, bool makes_object);
  void call_back(std::uint32_t index, std::uint32_t from);
  void call_back(const CallbackTable::Found& found, std::uint32_t from);
  template <typename Visit>
  void for_each_ancestor(std::uint32_t index, Visit visit);
  template <typename Visit>
  void for_each_descendant(std::uint32_t index, Visit visit);
  std::uint32_t stamp();

  const AppClasses& classes_;
  StepCounter& counter_;
  CallbackTable& callbacks_;
  std::vector<State> states_;
  std::vector<std::uint32_t> queue_;
  std::size_t next_ = 0;
  Reach level_ = Reach::not_established;
  std::vector<Seed> background_, screen_;                 // callbacks that wait for their level
  std::vector<std::vector<std::uint8_t>> is_dispatched_;  // by unit, then row of method_ids
  std::vector<std::uint8_t> is_made_, is_made_somewhere_, is_initialized_;  // by class
  std::vector<std::vector<Call>> calls_;                                    // virtual ones, by class named
  std::vector<std::uint32_t> seen_;                                         // by class: the last walk
  std::uint32_t walk_ = 0;
  std::vector<std::uint32_t> open_;
  std::uint64_t initializer_, constructor_;  // signatures
};

}  // namespace sdkprint
