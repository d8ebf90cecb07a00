#pragma once
// Who the SDK is: its id, names, vendor and category, given, known or guessed.
#include <string>

#include "learn/draft.h"
#include "learn/package_choice.h"
#include "learn/trace_learner.h"

namespace sdkprint {

/// Fills the identity keys of the draft and their notes.
void identify(const PatternDatabase& database, const std::vector<Release>& releases, const OwnCode& own,
              const PackageChoice& packages, const LearnOptions& options, Draft& draft);

/// The words that speak of the SDK, from its id and its packages.
SdkWords words_of(const PatternDatabase& database, const OwnCode& own, const PackageChoice& packages,
                  const std::string& id);

}  // namespace sdkprint
