#pragma once
// Ways to what no entry point reaches: from a method backwards to the nearest public method of a public class
// that nothing in the app calls. Such a method is there for somebody else, the host app or its successor.
//
// Breadth first from each method that is asked for, so that most searches end within a few calls of it. What
// one search found out serves the next: a method that no public one leads to, and how far the nearest one is
// from each method on a way.
#include <cstdint>
#include <vector>

#include "behaviour/call_index.h"
#include "behaviour/reach_search.h"

namespace sdkprint {

/// Borrows its arguments; belongs to one thread. Everything throws OverBudget.
class HostSearch {
 public:
  static constexpr std::uint32_t kNone = AppClasses::kNone;

  HostSearch(const AppClasses& classes, CallIndex& calls, const ReachSearch& reach, StepCounter& counter)
      : classes_(classes),
        calls_(calls),
        reach_(reach),
        counter_(counter),
        rows_(classes.method_count(), kNone),
        seen_(calls.list_count()) {}

  /// Whether a public method leads to this one, which ReachSearch did not reach.
  bool is_reached(std::uint32_t method);
  /// From the public method to this one, both included: a shortest one. Of methods that is_reached() told.
  std::vector<ReachStep> path(std::uint32_t method) const;

 private:
  static constexpr std::uint32_t kUnknown = 0xffffffff, kNever = 0xfffffffe;

  struct Row {
    std::uint32_t method;
    std::uint32_t distance = kUnknown;  // from the nearest public method, in steps
    // On the way from it: the row before this one (kNone: it is public itself) and how that leads here.
    std::uint32_t from = kNone;
    StepKind kind = StepKind::entry;
    // In this search: how far it is from the goal, the row before it, and how it leads there.
    std::uint32_t search = 0, depth = 0, to = kNone;
    StepKind kind_to = StepKind::entry;
    // What leads to it.
    bool is_asked = false, is_public = false;
    std::uint32_t sources_begin = 0, sources_end = 0;
  };
  /// What a search has found: the row from which on the way is known, and the length of the whole.
  struct Best {
    std::uint32_t row = kNone;
    std::uint32_t length = kNever;
  };

  std::uint32_t open(std::uint32_t method);
  void ask(Row& row);
  bool is_called_by_others(std::uint32_t method) const;
  bool is_offered(std::uint32_t method);
  void search(std::uint32_t goal);
  void look_at_callers(std::uint32_t row, Best& best);
  void keep_way(const Best& best);

  const AppClasses& classes_;
  CallIndex& calls_;
  const ReachSearch& reach_;
  StepCounter& counter_;
  std::vector<std::uint32_t> rows_;  // by method; kNone: not looked at
  std::vector<Row> methods_;
  std::vector<CallIndex::Source> sources_, found_sources_;
  std::vector<std::uint32_t> seen_;  // by list: the last search that walked it
  std::vector<std::uint32_t> queue_;
  std::uint32_t search_ = 0;
};

}  // namespace sdkprint
