#pragma once
// Class names → the fewest package prefixes that cover them and nobody else's.
#include <string>
#include <vector>

#include "learn/own_code.h"

namespace sdkprint {

struct ChosenPackage {
  Pattern pattern;
  std::vector<std::size_t> classes;  ///< by release
  std::string why_weak;              ///< empty when it is not weak
};

struct PackageChoice {
  std::vector<ChosenPackage> packages;  ///< sorted by text
  /// Packages that no pattern may claim (obfuscated, default), with their classes in the release that has
  /// most.
  std::vector<std::pair<std::string, std::size_t>> unclaimed;
};

/// A prefix is never one that another SDK of the database claims, or has claims below; never too generic for
/// object_to_pattern(); never without a segment that could only be its owner's.
PackageChoice choose_packages(const PatternDatabase& database, const OwnCode& own);

/// The reason why a class prefix would be too generic to tell an SDK by, or empty.
std::string too_generic(const std::string& prefix);

}  // namespace sdkprint
