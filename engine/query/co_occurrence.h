#pragma once
// Which SDKs stand in the same apps more often than chance would have it.
#include <string>
#include <vector>

#include "query/term.h"

namespace sdkprint {

struct SdkPair {
  std::string a, b;  ///< ids, a < b; when one SDK was asked for it is `a`
  std::uint64_t apps_a = 0, apps_b = 0, both = 0;
};

struct CoOccurrenceQuery {
  std::string sdk;               ///< pairs of this one; empty: all pairs
  Grade grade = Grade::defined;  ///< at least, of both
  std::uint64_t least = 2;       ///< apps that have both
};

/// Pairs in at least `least` apps; most apps first, then ids.
std::vector<SdkPair> co_occurrences(const StoreView& view, const CoOccurrenceQuery& query);

/// How many times as often as if they had nothing to do with each other: both·all / (a·b).
double lift(const SdkPair& pair, std::uint64_t all_apps);

}  // namespace sdkprint
