#pragma once
// The same apps under two signature databases.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "match/pattern_database.h"
#include "review/report_changes.h"
#include "scan/bulk_scan.h"

namespace sdkprint::cli {

struct Comparison {
  explicit Comparison(std::size_t examples) : changes(examples) {}

  ReportChanges changes;
  bool has_problems = false;  ///< each was complained of on stderr
  /// Why apps of a store could not be compared, and how many for each reason.
  std::map<std::string, std::uint64_t> left_out;
};

/// Apps below the paths, scanned with both, in their order. Memory holds the apps in flight.
void compare_apps(const std::vector<std::string>& paths, const PatternDatabase& before,
                  const PatternDatabase& after, const BulkOptions& options, Comparison& comparison);

/// The apps of a store, from what it keeps of them: no app is opened, nothing is written. Throws Error when
/// there is no store.
void compare_store(const std::string& directory, const PatternDatabase& before, const PatternDatabase& after,
                   const BulkOptions& options, Comparison& comparison);

}  // namespace sdkprint::cli
