#include "behaviour/host_search.h"

#include <algorithm>
#include <utility>

namespace sdkprint {
namespace {

constexpr std::uint32_t kPublic = 0x1, kSynthetic = 0x1000;

}  // namespace

std::uint32_t HostSearch::open(std::uint32_t method) {
  std::uint32_t& row = rows_[method];
  if (row == kNone) {
    row = static_cast<std::uint32_t>(methods_.size());
    methods_.push_back({method});
  }
  return row;
}

bool HostSearch::is_reached(std::uint32_t method) {
  const std::uint32_t row = open(method);
  if (methods_[row].distance == kUnknown) search(row);
  return methods_[row].distance != kNever;
}

/// Once for each method, whichever searches come across it.
void HostSearch::ask(Row& row) {
  if (std::exchange(row.is_asked, true)) return;
  calls_.sources(row.method, found_sources_);
  row.sources_begin = static_cast<std::uint32_t>(sources_.size());
  sources_.insert(sources_.end(), found_sources_.begin(), found_sources_.end());
  row.sources_end = static_cast<std::uint32_t>(sources_.size());
  row.is_public = !is_called_by_others(row.method) && is_offered(row.method);
}

bool HostSearch::is_called_by_others(std::uint32_t method) const {
  return std::any_of(found_sources_.begin(), found_sources_.end(), [&](const CallIndex::Source& source) {
    const std::span<const std::uint32_t> callers = calls_.callers(source.list);
    return callers.front() != method || callers.back() != method;
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

void HostSearch::search(std::uint32_t goal) {
  ++search_;
  queue_.assign(1, goal);
  methods_[goal].search = search_, methods_[goal].depth = 0, methods_[goal].to = kNone;
  Best best;
  for (std::size_t i = 0; i < queue_.size() && methods_[queue_[i]].depth < best.length; ++i) {
    Row& row = methods_[queue_[i]];
    ask(row);
    if (row.is_public) {
      best = {queue_[i], row.depth};
    } else {
      look_at_callers(queue_[i], best);
    }
  }
  if (best.row != kNone) return keep_way(best);
  for (const std::uint32_t row : queue_) methods_[row].distance = kNever;
}

/// A list that was walked before led to rows that are no farther from the goal.
void HostSearch::look_at_callers(std::uint32_t row, Best& best) {
  for (std::uint32_t i = methods_[row].sources_begin; i < methods_[row].sources_end; ++i) {
    const CallIndex::Source source = sources_[i];
    if (std::exchange(seen_[source.list], search_) == search_) continue;
    for (const std::uint32_t caller : calls_.callers(source.list)) {
      // A way over reached code was not open when that was walked: the object it takes is never made.
      if (reach_.is_reached(caller)) continue;
      const std::uint32_t number = open(caller);
      Row& from = methods_[number];
      if (from.distance == kNever || std::exchange(from.search, search_) == search_) continue;
      from.depth = methods_[row].depth + 1, from.to = row, from.kind_to = source.kind;
      if (from.distance == kUnknown) {
        queue_.push_back(number);
      } else if (from.depth + from.distance < best.length) {
        best = {number, from.depth + from.distance};
      }
    }
    counter_.steps() += calls_.callers(source.list).size();
  }
  counter_.check();
}

/// Each part of a shortest way is one itself.
void HostSearch::keep_way(const Best& best) {
  Row& first = methods_[best.row];
  if (first.distance == kUnknown) first.distance = 0;
  for (std::uint32_t at = best.row; methods_[at].to != kNone; at = methods_[at].to) {
    Row& next = methods_[methods_[at].to];
    next.distance = methods_[at].distance + 1;
    next.from = at, next.kind = methods_[at].kind_to;
  }
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
