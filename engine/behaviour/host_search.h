#pragma once
// Ways to what no entry point reaches: backwards from the uses, up to public methods of public classes that
// nothing in the app calls. Such a method is there for somebody else, the host app or its successor.
#include <cstdint>
#include <vector>

#include "behaviour/call_index.h"
#include "behaviour/reach_search.h"

namespace sdkprint {

/// Borrows its arguments; belongs to one thread. Everything throws OverBudget.
class HostSearch {
 public:
  static constexpr std::uint32_t kNone = AppClasses::kNone;

  HostSearch(const AppClasses& classes, CallIndex& calls, const ReachSearch& reach)
      : classes_(classes),
        calls_(calls),
        reach_(reach),
        rows_(classes.method_count(), kNone),
        targets_of_(calls.list_count(), kNone) {}

  /// A method to which a way is wanted.
  void add_goal(std::uint32_t method) {
    open(method);
    goals_ = methods_.size();
  }
  void run();

  /// Of goals.
  bool is_reached(std::uint32_t method) const {
    return rows_[method] != kNone && methods_[rows_[method]].is_reached;
  }
  /// From the public method to this goal, both included. A shortest one.
  std::vector<ReachStep> path(std::uint32_t method) const;

 private:
  struct Row {
    std::uint32_t method;
    std::uint32_t from = kNone;  // row
    StepKind kind = StepKind::entry;
    bool is_reached = false;
  };
  /// A method that the callers of a list lead to.
  struct Target {
    std::uint32_t row;
    StepKind kind;
    std::uint32_t next;  // of the same list, or kNone
  };
  struct Step {
    std::uint32_t row;
    StepKind kind;
    auto operator<=>(const Step&) const = default;
  };

  void open(std::uint32_t method);
  bool is_called_by_others(std::uint32_t method) const;
  bool is_offered(std::uint32_t method);
  void walk_back();
  void find_new_callers(std::uint32_t list);
  void walk_on();
  void find_steps(std::uint32_t method);

  const AppClasses& classes_;
  CallIndex& calls_;
  const ReachSearch& reach_;
  std::vector<std::uint32_t> rows_;  // by method; kNone: not looked at
  std::vector<Row> methods_;         // goals first
  std::size_t goals_ = 0;
  std::vector<std::uint32_t>
      targets_of_;  // by list: its last target. kNone: not looked at, or walked already
  std::vector<Target> targets_;
  std::vector<std::uint32_t> queue_;  // rows
  std::vector<CallIndex::Source> sources_;
  std::vector<std::uint32_t> callers_;
  std::vector<Step> steps_;
};

}  // namespace sdkprint
