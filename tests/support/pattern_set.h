#pragma once
// Patterns without the parser: tests of the matcher use texts that it would refuse as too short.
#include <string>
#include <utility>
#include <vector>

#include "signature/sdk.h"

namespace sdkprint::test {

inline Pattern pattern_of(Surface surface, Pattern::Kind kind, std::string text) {
  Pattern pattern;
  pattern.surface = surface;
  pattern.kind = kind;
  pattern.text = std::move(text);
  return pattern;
}

/// One SDK a pattern, "sdk-0", "sdk-1" …
inline SignatureSet set_of(const std::vector<Pattern>& patterns) {
  SignatureSet set;
  for (const Pattern& pattern : patterns) {
    Sdk& sdk = set.sdks.emplace_back();
    sdk.id = "sdk-" + std::to_string(set.sdks.size() - 1);
    sdk.patterns = {pattern};
  }
  return set;
}

}  // namespace sdkprint::test
