#include "query/co_occurrence.h"

#include <algorithm>
#include <tuple>

namespace sdkprint {
namespace {

/// SDKs in the order of their ids, and which of them stand in each app.
struct Incidence {
  std::vector<std::string> sdks;
  std::vector<std::uint64_t> apps;                 ///< by SDK
  std::vector<std::vector<std::uint32_t>> of_app;  ///< by app: SDKs, ascending
};

Incidence incidence(const StoreView& view, Grade least) {
  Incidence result;
  view.for_each_term(Index::sdk, "", [&](const std::string& text, std::uint64_t) {
    const std::optional<SdkTerm> term = read_sdk_term(text);
    if (!term || term->grade < least) return true;
    if (result.sdks.empty() || result.sdks.back() != term->sdk) {
      result.sdks.emplace_back(term->sdk);
      result.apps.push_back(0);
    }
    const auto sdk = static_cast<std::uint32_t>(result.sdks.size() - 1);
    for (const AppNumber app : view.apps_of(Index::sdk, text)) {
      if (app >= result.of_app.size()) result.of_app.resize(app + std::size_t{1});
      std::vector<std::uint32_t>& sdks = result.of_app[app];
      if (!sdks.empty() && sdks.back() == sdk) continue;
      sdks.push_back(sdk);
      result.apps[sdk] += 1;
    }
    return true;
  });
  return result;
}

/// How often `sdk` stands beside each other one.
std::vector<std::uint32_t> partners(const Incidence& all, std::uint32_t sdk) {
  std::vector<std::uint32_t> counts(all.sdks.size());
  for (const std::vector<std::uint32_t>& sdks : all.of_app) {
    if (!std::binary_search(sdks.begin(), sdks.end(), sdk)) continue;
    for (const std::uint32_t other : sdks) counts[other] += 1;
  }
  counts[sdk] = 0;
  return counts;
}

/// The upper triangle of the matrix, row by row: some thousand SDKs are some million counters.
std::vector<std::uint32_t> all_pairs(const Incidence& all) {
  const std::size_t n = all.sdks.size();
  std::vector<std::uint32_t> counts(n * n);
  for (const std::vector<std::uint32_t>& sdks : all.of_app) {
    for (std::size_t i = 0; i < sdks.size(); ++i) {
      std::uint32_t* row = counts.data() + sdks[i] * n;
      for (std::size_t j = i + 1; j < sdks.size(); ++j) row[sdks[j]] += 1;
    }
  }
  return counts;
}

}  // namespace

std::vector<SdkPair> co_occurrences(const StoreView& view, const CoOccurrenceQuery& query) {
  const Incidence all = incidence(view, query.grade);
  const std::uint64_t least = std::max<std::uint64_t>(query.least, 1);
  std::vector<SdkPair> pairs;
  const auto add = [&](std::size_t a, std::size_t b, std::uint64_t both) {
    if (both >= least) pairs.push_back({all.sdks[a], all.sdks[b], all.apps[a], all.apps[b], both});
  };
  if (!query.sdk.empty()) {
    const auto found = std::lower_bound(all.sdks.begin(), all.sdks.end(), query.sdk);
    if (found == all.sdks.end() || *found != query.sdk) return {};
    const auto sdk = static_cast<std::uint32_t>(found - all.sdks.begin());
    const std::vector<std::uint32_t> counts = partners(all, sdk);
    for (std::size_t other = 0; other < counts.size(); ++other) add(sdk, other, counts[other]);
  } else {
    const std::vector<std::uint32_t> counts = all_pairs(all);
    for (std::size_t a = 0; a < all.sdks.size(); ++a) {
      for (std::size_t b = a + 1; b < all.sdks.size(); ++b) add(a, b, counts[a * all.sdks.size() + b]);
    }
  }
  std::sort(pairs.begin(), pairs.end(), [](const SdkPair& a, const SdkPair& b) {
    return std::tie(b.both, a.a, a.b) < std::tie(a.both, b.a, b.b);
  });
  return pairs;
}

double lift(const SdkPair& pair, std::uint64_t all_apps) {
  return static_cast<double>(pair.both) * static_cast<double>(all_apps) /
         (static_cast<double>(pair.apps_a) * static_cast<double>(pair.apps_b));
}

}  // namespace sdkprint
