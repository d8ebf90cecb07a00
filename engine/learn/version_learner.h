#pragma once
// Where the version stands: texts that hold each release's own version at the same place and in the same form
// become rules. A rule that is wrong in one release is dropped; one that many releases confirm is kept; what
// only one confirms needs a place that is named after a version.
#include <string>
#include <vector>

#include "learn/package_choice.h"
#include "learn/version_texts.h"

namespace sdkprint {

struct LearnedRule {
  VersionRule rule;
  std::vector<std::size_t> right;  ///< releases in which it reads the true version; in the others nothing
};

struct LearnedVersions {
  std::vector<LearnedRule> rules;  ///< in the order in which they should be tried
  /// Places that would do, had more releases confirmed them.
  std::vector<LearnedRule> unconfirmed;
};

/// `versions` and `texts` are parallel; a version that is empty is not learnt from.
LearnedVersions learn_versions(const std::vector<std::string>& versions,
                               const std::vector<VersionTexts>& texts, const PackageChoice& packages);

}  // namespace sdkprint
