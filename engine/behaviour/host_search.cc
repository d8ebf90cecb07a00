#include "behaviour/host_search.h"

#include <algorithm>
#include <utility>

namespace sdkprint {
namespace {

constexpr std::uint32_t kPublic = 0x1, kSynthetic = 0x1000;

}  // namespace

void HostSearch::open(std::uint32_t method) {
  if (rows_[method] != kNone) return;
  rows_[method] = static_cast<std::uint32_t>(methods_.size());
  methods_.push_back({method});
}

void HostSearch::run() {
  walk_back();
  walk_on();
}

/// All that may lead to a goal. Rows are the queue of their own; those that one of them opens come in the
/// order of their numbers.
void HostSearch::walk_back() {
  for (std::uint32_t i = 0; i < methods_.size(); ++i) {
    const std::uint32_t method = methods_[i].method;
    calls_.sources(method, sources_);
    if (!is_called_by_others(method) && is_offered(method)) {
      methods_[i].is_reached = true;
      queue_.push_back(i);
    }
    callers_.clear();
    for (const CallIndex::Source& source : sources_) {
      std::uint32_t& last = targets_of_[source.list];
      if (last == kNone) find_new_callers(source.list);
      targets_.push_back({i, source.kind, last});
      last = static_cast<std::uint32_t>(targets_.size() - 1);
    }
    std::sort(callers_.begin(), callers_.end());
    for (const std::uint32_t caller : callers_) open(caller);
  }
}

/// Of a list that led to nothing until now; those of others were opened then.
void HostSearch::find_new_callers(std::uint32_t list) {
  for (const CallIndex::Caller& caller : calls_.callers(list)) {
    // A way over reached code was not open when that was walked: the object it takes is never made.
    if (rows_[caller.method] == kNone && !reach_.is_reached(caller.method)) callers_.push_back(caller.method);
  }
}

bool HostSearch::is_called_by_others(std::uint32_t method) const {
  return std::any_of(sources_.begin(), sources_.end(), [&](const CallIndex::Source& source) {
    const std::span<const CallIndex::Caller> callers = calls_.callers(source.list);
    return callers.front().method != method || callers.back().method != method;
  });
}

bool HostSearch::is_offered(std::uint32_t method) {
  const AppClasses::Class& row = classes_.at(classes_.class_of_method(method));
  const std::uint32_t flags = classes_.method(method).flags;
  if (row.is_shadowed || (row.access_flags & kPublic) == 0) return false;
  if ((flags & kPublic) == 0 || (flags & kSynthetic) != 0) return false;
  // What the platform calls back of an object that nobody makes is no interface for a host.
  return calls_.callback(method) == Callback::none;
}

/// Breadth first, until all goals are reached. From one method on in the order of rows.
void HostSearch::walk_on() {
  const auto is_open = [&](std::uint32_t row) { return row < goals_ && !methods_[row].is_reached; };
  std::size_t open = 0;
  for (std::uint32_t row = 0; row < goals_; ++row) open += is_open(row) ? 1 : 0;
  for (std::size_t i = 0; i < queue_.size() && open > 0; ++i) {
    const std::uint32_t from = queue_[i];
    find_steps(methods_[from].method);
    for (const Step& step : steps_) {
      Row& to = methods_[step.row];
      if (to.is_reached) continue;
      open -= is_open(step.row) ? 1 : 0;
      to.is_reached = true;
      to.from = from;
      to.kind = step.kind;
      queue_.push_back(step.row);
    }
  }
}

/// Where a list leads to has been reached once one of its callers was here.
void HostSearch::find_steps(std::uint32_t method) {
  steps_.clear();
  calls_.for_each_list(method, [&](std::uint32_t list) {
    std::uint32_t target = std::exchange(targets_of_[list], kNone);
    for (; target != kNone; target = targets_[target].next) {
      if (!methods_[targets_[target].row].is_reached) {
        steps_.push_back({targets_[target].row, targets_[target].kind});
      }
    }
  });
  std::sort(steps_.begin(), steps_.end());
}

std::vector<ReachStep> HostSearch::path(std::uint32_t method) const {
  std::vector<ReachStep> result;
  for (std::uint32_t row = rows_[method]; row != kNone; row = methods_[row].from) {
    result.push_back({methods_[row].method, methods_[row].kind});
  }
  std::reverse(result.begin(), result.end());
  return result;
}

}  // namespace sdkprint
