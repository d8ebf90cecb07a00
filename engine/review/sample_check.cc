#include "review/sample_check.h"

#include <algorithm>

namespace sdkprint {
namespace {

constexpr std::string_view kAbsent = "absent";

std::string in_words(Grade grade, const std::optional<std::string>& version) {
  std::string text(name(grade));
  if (!version) return text;
  return text + (version->empty() ? ", version unknown" : " " + *version);
}

/// What version evidence that disagrees says: "1.0 or 1.1".
std::string versions_of(const Finding& finding) {
  std::string text;
  for (const VersionEvidence& one : finding.version_evidence)
    text += (text.empty() ? "" : " or ") + one.version;
  return text.empty() ? "none" : text;
}

std::string difference(const Sample& sample, const Finding* found) {
  if (!sample.grade) return found == nullptr ? "" : "expected no finding, got " + outcome(found);
  if (found == nullptr) return "expected " + expectation(sample) + ", got no finding";
  std::string text;
  if (found->grade != *sample.grade) {
    text =
        "expected the grade " + std::string(name(*sample.grade)) + ", got " + std::string(name(found->grade));
  }
  if (!sample.version || *sample.version == found->version.value_or("")) return text;
  const std::string expected = sample.version->empty() ? "none" : *sample.version;
  return text + (text.empty() ? "" : "; ") + "expected the version " + expected + ", got " +
         versions_of(*found);
}

}  // namespace

std::string expectation(const Sample& sample) {
  return sample.grade ? in_words(*sample.grade, sample.version) : std::string(kAbsent);
}

std::string outcome(const Finding* found) {
  if (found == nullptr) return std::string(kAbsent);
  if (found->grade < Grade::stub) return in_words(found->grade, std::nullopt);
  return in_words(found->grade, found->version.value_or(""));
}

SampleVerdict check_sample(const Sample& sample, std::string_view sdk, const AppReport& report) {
  SampleVerdict verdict;
  const auto found = std::find_if(report.findings.begin(), report.findings.end(),
                                  [&](const Finding& finding) { return finding.sdk == sdk; });
  if (found != report.findings.end()) verdict.found = &*found;
  if (report.app.sha256 != sample.sha256) {
    verdict.why = "expected the artefact " + sample.sha256 + ", got " +
                  (report.app.sha256.empty() ? "a file that cannot be read" : report.app.sha256);
  } else {
    verdict.why = difference(sample, verdict.found);
  }
  verdict.passed = verdict.why.empty();
  return verdict;
}

}  // namespace sdkprint
