#pragma once
// A corpus of apps into a store: what the store has is not done again, what is done is kept in batches.
#include <atomic>
#include <chrono>
#include <functional>
#include <optional>

#include "match/matcher.h"
#include "scan/app_scanner.h"
#include "store/store.h"

namespace sdkprint {

struct CorpusOptions {
  Limits limits;
  unsigned threads = 0;  ///< 0 = as many as the machine has
  /// Believe that a file is the one read before when size, times and inode are those; else every file is
  /// hashed.
  bool trust_stamps = true;
  /// Scan apps again of which content was lost (a limit, an unreadable part).
  bool retry = false;
  /// Keep what `sdkprint corpus rematch` needs.
  bool keep_archive = true;
  std::uint64_t cache_bytes = std::uint64_t{4} << 30;  ///< bound of the content cache
  /// Asked before each app; true: no more are begun, those in flight are finished and kept.
  std::function<bool()> should_stop = [] { return false; };
};

/// What became of the apps so far.
struct CorpusTotals {
  std::uint64_t known_paths = 0;     ///< of unchanged files, not opened
  std::uint64_t known_contents = 0;  ///< hashed, and in the store already
  std::uint64_t scanned = 0;
  std::uint64_t unreadable = 0;  ///< nothing of it could be read
  std::uint64_t with_loss = 0;   ///< scanned, and part of the content was lost
  std::uint64_t bytes = 0;       ///< of files that were opened
  std::uint64_t batches = 0;
  std::uint64_t cache_hits = 0, cache_misses = 0;  ///< entries whose facts were there, and were not
  bool stopped = false;                            ///< by should_stop

  std::uint64_t apps() const { return known_paths + known_contents + scanned + unreadable; }
};

/// Scans what `next` yields (called by one thread at a time). `observe` is told after each app, by one thread
/// at a time; `problem` is a message of the app as a whole, or empty. What the store then says does not
/// depend on threads, order or interruptions. Throws Error (full disk …): batches written before stay.
CorpusTotals scan_corpus(Store& store, const Matcher& matcher, const CorpusOptions& options,
                         const std::function<std::optional<AppInput>()>& next,
                         const std::function<void(const CorpusTotals&, const std::string& problem)>& observe);

}  // namespace sdkprint
