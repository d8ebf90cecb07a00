#pragma once
// What every scanning function of one app shares.
#include <chrono>

#include "base/error.h"
#include "base/limits.h"
#include "match/matcher.h"

namespace sdkprint {

class EntryCache;

struct ScanContext {
  const Matcher& matcher;
  const Limits& limits;
  std::chrono::steady_clock::time_point deadline;
  bool capture_surfaces = false;  ///< keep every item of every surface (EntryFacts::surfaces)
  EntryCache* cache = nullptr;    ///< asked before an entry is inflated; or null
  bool keep_names = false;        ///< keep ContainerFacts::names and texts

  const PatternDatabase& database() const { return matcher.database(); }

  bool is_out_of_time() const { return std::chrono::steady_clock::now() >= deadline; }

  /// Throws InputError (limit) once the app's time is up.
  void check_time() const {
    if (!is_out_of_time()) return;
    throw InputError(InputError::Kind::limit, "the app's time limit of " +
                                                  std::to_string(limits.time.count() / 1000) +
                                                  " s was reached; this entry was not scanned");
  }
};

}  // namespace sdkprint
