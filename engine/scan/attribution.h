#pragma once
// Facts of all entries → findings. Pure functions: the same facts and database give the same result.
#include <vector>

#include "scan/entry_facts.h"

namespace sdkprint {

struct Attribution {
  std::vector<Finding> findings;           ///< by grade (strongest first), then id
  std::vector<PackageCount> own;           ///< packages of the app itself
  std::vector<PackageCount> unattributed;  ///< most classes first, then by name
  std::vector<bool> is_backed;             ///< by SDK: what lets its weak claims on classes stand
};

/// `own_packages` are package names that the manifest calls the app's own.
Attribution attribute(const PatternDatabase& database, const std::vector<const EntryFacts*>& entries,
                      const std::vector<std::string>& own_packages);

/// The leading segments of a package that tell origins apart: two, or three below shared hosts such as
/// com.github.
std::string_view origin_of(std::string_view package);

/// The longest package that both lie in; may be empty.
std::string common_package(std::string_view a, std::string_view b);

/// Joins packages of one origin into one row, their longest common package. Input sorted by name.
std::vector<PackageCount> group_packages(const std::vector<PackageCount>& packages);

}  // namespace sdkprint
