#pragma once
// What a scan says of a sample's artefact, against what the signature expects of it.
#include <optional>
#include <string>

#include "result/report.h"
#include "signature/sdk.h"

namespace sdkprint {

struct SampleVerdict {
  bool passed = false;
  std::string why;  ///< what differs, "expected the grade defined, got stub"; empty when passed
  /// What was found: a finding of the report that was handed in, or nullptr.
  const Finding* found = nullptr;
};

/// `report` is that of the sample's artefact alone. It must be the very artefact: another digest is a
/// failure.
SampleVerdict check_sample(const Sample& sample, std::string_view sdk, const AppReport& report);

/// "defined 5.9.0", "defined, version unknown", "referenced", "absent"
std::string expectation(const Sample& sample);
/// The same words for what was found.
std::string outcome(const Finding* found);

}  // namespace sdkprint
