#pragma once
// Reports of a store's apps for another database, without an app and without writing: what `rematch_corpus`
// would put into the store.
#include <optional>
#include <set>
#include <string>

#include "base/limits.h"
#include "match/matcher.h"
#include "store/entry_store.h"
#include "store/store.h"

namespace sdkprint {

/// The report of one app, or why there is none.
struct RematchedReport {
  std::optional<AppReport> report;  ///< as a scan with the database would give it
  bool is_current = false;          ///< the report in the store is of this database already: read it there
  /// Nothing of what changed since can match in the app: its report in the store is the new one, but for the
  /// database's fingerprint.
  bool is_untouched = false;
  std::set<std::string> gaps;  ///< what the archive could not answer; empty when there is a report
  std::uint64_t matched = 0;   ///< entries whose facts had to be made
};

/// Safe to share between threads. Borrows all that it is given; facts of entries are looked up in and kept by
/// `entries`, whose owner writes or drops them.
class ReportRematch {
 public:
  ReportRematch(const Store& store, const Matcher& matcher, const Limits& limits, EntryStore& entries);

  /// The calling thread must not hold a StoreView or ReadView.
  RematchedReport report_of(AppNumber app) const;

 private:
  bool is_touched(const StoreView& view, AppNumber app, const SignatureChange& change) const;
  void check_uses(AppNumber app, const AppFacts& facts) const;

  const Store& store_;
  const Matcher& matcher_;
  const Limits& limits_;
  EntryStore& entries_;
  const std::string fingerprint_, catalogue_;
};

}  // namespace sdkprint
