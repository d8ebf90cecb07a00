#pragma once
// Releases of an SDK → the draft of its signature, for a person to review.
#include <string>
#include <vector>

#include "learn/release.h"
#include "match/pattern_database.h"

namespace sdkprint {

struct LearnedSignature {
  std::string id, toml;
  /// What keeps the draft from being used as it is: not found in its own artefact, a wrong version, nothing
  /// to tell the SDK by. Each is a sentence; the draft is there all the same, unless `toml` is empty.
  std::vector<std::string> problems;
};

/// `database` is the signature set that tells whose the other classes are. Deterministic: depends on the
/// artefacts' content and names, the options and the database. Throws Error when the draft does not compile.
LearnedSignature learn_signature(const PatternDatabase& database, const std::vector<Release>& releases,
                                 const LearnOptions& options, const Limits& limits);

}  // namespace sdkprint
