#pragma once
// What every scanning function of one app shares.
#include <chrono>

#include "base/error.h"
#include "base/limits.h"
#include "match/matcher.h"

namespace sdkprint {

class EntryCache;

/// What a scan keeps besides facts, for signature authors.
enum class Capture : std::uint8_t {
  nothing,
  surfaces,  ///< every item of every surface
  members,   ///< also what fields, methods and version entries hold
};

struct ScanContext {
  const Matcher& matcher;
  const Limits& limits;
  std::chrono::steady_clock::time_point deadline;
  Capture capture = Capture::nothing;  ///< into EntryFacts::surfaces
  EntryCache* cache = nullptr;         ///< asked before an entry is inflated; or null
  bool keep_names = false;             ///< keep ContainerFacts::names and texts

  bool captures_surfaces() const { return capture != Capture::nothing; }
  bool captures_members() const { return capture == Capture::members; }

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
