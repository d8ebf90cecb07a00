#include "scan/redaction.h"

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "base/reader.h"
#include "scan/member_target.h"
#include "scan/surface_text.h"

namespace sdkprint {

std::vector<std::string> constants_targets(const SignatureSet& signatures) {
  std::vector<std::string> targets;
  for (const Sdk& sdk : signatures.sdks) {
    for (const VersionRule& rule : sdk.versions) {
      if (rule.source == VersionRule::Source::constants) targets.push_back(rule.target);
    }
  }
  std::sort(targets.begin(), targets.end());
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  return targets;
}

}  // namespace sdkprint
