#pragma once
// All uses of the catalogue in one app, linked: what its code, native libraries and manifest say. Knows
// nothing of SDKs, so that other signatures change nothing of it.
#include <chrono>
#include <vector>

#include "behaviour/linked_use.h"
#include "match/pattern_database.h"
#include "scan/container_scan.h"

namespace sdkprint {

struct AppUses {
  std::vector<LinkedUse> uses;  ///< with their entries: of code unit by unit, native libraries, the manifest
  CallWays ways;                ///< of them
  bool is_reach_known = true;   ///< false: the call graph was over its budget
  std::vector<Problem> problems;
};

/// `main` is the archive that speaks for the app, or null. Deterministic but for the deadline.
AppUses find_app_uses(const PatternDatabase& database, const std::vector<ContainerFacts>& containers,
                      const std::vector<EntryFacts>& singles, const ContainerFacts* main,
                      std::chrono::steady_clock::time_point deadline);

}  // namespace sdkprint
