#pragma once
// The facts of one app from what a store keeps of it.
#include <set>
#include <string>

#include "scan/app_scanner.h"
#include "scan/scan_context.h"
#include "store/entry_store.h"

namespace sdkprint {

/// Fills in the facts of all entries of an app out of the archive. For one thread.
class AppRematch {
 public:
  /// The calling thread must not hold a ReadView.
  AppRematch(const ScanContext& context, const Environment& environment, EntryStore& entries)
      : context_(context), environment_(environment), entries_(entries) {}

  void run(AppFacts& facts);
  /// What the archive could not answer; empty: the facts are those of a scan.
  const std::set<std::string>& gaps() const { return gaps_; }
  std::uint64_t matched() const { return matched_; }  ///< entries whose facts were not in the cache

 private:
  void fill(ContainerFacts& container);
  EntryFacts facts_of(const ContainerPart& part);
  EntryFacts match(const ContainerPart& part);
  void check_methods(const ContainerPart& part, const EntryFacts& facts);

  const ScanContext& context_;
  const Environment& environment_;
  EntryStore& entries_;
  std::set<std::string> gaps_;
  std::uint64_t matched_ = 0;
};

}  // namespace sdkprint
