#include "behaviour/host_search.h"

#include <algorithm>
#include <tuple>

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

void HostSearch::run() {
  walk_back();
  walk_on();
}

/// All that may lead to a goal. Rows are the queue of their own.
void HostSearch::walk_back() {
  std::vector<CallSite> callers;
  for (std::uint32_t i = 0; i < methods_.size(); ++i) {
    calls_.callers(methods_[i].method, callers);
    if (is_offered(methods_[i].method, callers)) {
      methods_[i].is_reached = true;
      queue_.push_back(i);
    }
    for (const CallSite& site : callers) {
      // A way over reached code was not open when that was walked: the object it takes is never made.
      if (site.method == methods_[i].method || reach_.is_reached(site.method)) continue;
      const std::uint32_t from = open(site.method);
      edges_.push_back({from, i, site.kind});
    }
  }
}

bool HostSearch::is_offered(std::uint32_t method, const std::vector<CallSite>& callers) {
  const auto is_other = [&](const CallSite& site) { return site.method != method; };
  if (std::any_of(callers.begin(), callers.end(), is_other)) return false;
  const AppClasses::Class& row = classes_.at(classes_.class_of_method(method));
  const std::uint32_t flags = classes_.method(method).flags;
  if (row.is_shadowed || (row.access_flags & kPublic) == 0) return false;
  if ((flags & kPublic) == 0 || (flags & kSynthetic) != 0) return false;
  // What the platform calls back of an object that nobody makes is no interface for a host.
  return calls_.callback(method) == Callback::none;
}

void HostSearch::walk_on() {
  std::sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) {
    return std::tuple(a.from, a.to, a.kind) < std::tuple(b.from, b.to, b.kind);
  });
  for (std::size_t i = 0; i < queue_.size(); ++i) {
    const std::uint32_t from = queue_[i];
    auto edge = std::partition_point(edges_.begin(), edges_.end(),
                                     [&](const Edge& other) { return other.from < from; });
    for (; edge != edges_.end() && edge->from == from; ++edge) {
      Row& to = methods_[edge->to];
      if (to.is_reached) continue;
      to.is_reached = true;
      to.from = from;
      to.kind = edge->kind;
      queue_.push_back(edge->to);
    }
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
