#pragma once
// A new signature database over a corpus whose apps are not opened again: facts come from the images of
// entries, once for each content, reports from those facts by the same functions as in a scan. What no
// changed signature can match (signature_change.h) is not even looked at. A report made so is the one that a
// scan with the same database would make, or there is none: what the archive cannot answer is left as it is
// and said.
#include <functional>
#include <map>
#include <string>

#include "base/limits.h"
#include "match/matcher.h"
#include "store/store.h"

namespace sdkprint {

struct RematchOptions {
  Limits limits;  ///< of a scan of one entry
  unsigned threads = 0;
  std::uint64_t cache_bytes = std::uint64_t{4} << 30;
  std::function<bool()> should_stop = [] { return false; };
};

struct RematchTotals {
  std::uint64_t current = 0;  ///< apps whose report is of this database already
  std::uint64_t untouched =
      0;  ///< in which nothing can match that changed: the report is the new one already
  std::uint64_t rematched = 0;
  std::uint64_t left = 0;     ///< apps that need a scan
  std::uint64_t entries = 0;  ///< that were matched anew
  bool stopped = false;
  /// Why apps were left, and how many for each reason; one app may have several.
  std::map<std::string, std::uint64_t> reasons;

  std::uint64_t apps() const { return current + untouched + rematched + left; }
};

/// `observe` is told after each app, by one thread at a time. Throws Error; batches written before stay.
RematchTotals rematch_corpus(Store& store, const Matcher& matcher, const RematchOptions& options,
                             const std::function<void(const RematchTotals&)>& observe);

}  // namespace sdkprint
