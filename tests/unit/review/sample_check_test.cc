// A sample passes when exactly what it expects was found, and says what differs when not.
#include "review/sample_check.h"

#include <doctest/doctest.h>

using namespace sdkprint;

namespace {

const std::string kArtefact(64, 'a');

Sample sample(std::optional<Grade> grade, std::optional<std::string> version = std::nullopt) {
  Sample sample;
  sample.sha256 = kArtefact;
  sample.grade = grade;
  sample.version = std::move(version);
  return sample;
}

AppReport report(std::optional<Grade> grade, const std::vector<std::string>& versions = {}) {
  AppReport report;
  report.app.sha256 = kArtefact;
  report.findings.emplace_back().sdk = "other";
  if (!grade) return report;
  Finding& finding = report.findings.emplace_back();
  finding.sdk = "acme";
  finding.grade = *grade;
  if (versions.size() == 1) finding.version = versions[0];
  for (const std::string& version : versions) finding.version_evidence.push_back({version, "", "", ""});
  return report;
}

std::string why(const Sample& sample, const AppReport& report) {
  const SampleVerdict verdict = check_sample(sample, "acme", report);
  CHECK(verdict.passed == verdict.why.empty());
  return verdict.why;
}

}  // namespace

TEST_CASE("what is expected passes") {
  CHECK(why(sample(Grade::defined), report(Grade::defined)) == "");
  CHECK(why(sample(Grade::defined), report(Grade::defined, {"1.0"})) == "");
  CHECK(why(sample(Grade::defined, "1.0"), report(Grade::defined, {"1.0"})) == "");
  CHECK(why(sample(Grade::stub, ""), report(Grade::stub)) == "");
  CHECK(why(sample(std::nullopt), report(std::nullopt)) == "");
}

TEST_CASE("the grade is exact, in both directions") {
  CHECK(why(sample(Grade::defined), report(Grade::stub)) == "expected the grade defined, got stub");
  CHECK(why(sample(Grade::referenced), report(Grade::defined)) ==
        "expected the grade referenced, got defined");
  CHECK(why(sample(Grade::defined, "2"), report(std::nullopt)) == "expected defined 2, got no finding");
}

TEST_CASE("the version is exact; one that cannot be told is expected as such") {
  CHECK(why(sample(Grade::defined, "1.0"), report(Grade::defined, {"1.0.0"})) ==
        "expected the version 1.0, got 1.0.0");
  CHECK(why(sample(Grade::defined, "1.0"), report(Grade::defined)) == "expected the version 1.0, got none");
  CHECK(why(sample(Grade::defined, ""), report(Grade::defined, {"1.0"})) ==
        "expected the version none, got 1.0");
  CHECK(why(sample(Grade::defined, "1.0"), report(Grade::defined, {"1.0", "1.1"})) ==
        "expected the version 1.0, got 1.0 or 1.1");
  CHECK(why(sample(Grade::defined, "1.0"), report(Grade::stub, {"1.1"})) ==
        "expected the grade defined, got stub; expected the version 1.0, got 1.1");
}

TEST_CASE("a negative sample bears no finding, however weak") {
  CHECK(why(sample(std::nullopt), report(Grade::trace)) == "expected no finding, got trace");
  CHECK(why(sample(std::nullopt), report(Grade::defined)) ==
        "expected no finding, got defined, version unknown");
}

TEST_CASE("another artefact never passes") {
  AppReport other = report(Grade::defined);
  other.app.sha256 = std::string(64, 'b');
  CHECK(why(sample(Grade::defined), other) ==
        "expected the artefact " + kArtefact + ", got " + std::string(64, 'b'));
  other.app.sha256.clear();
  CHECK(why(sample(std::nullopt), other) ==
        "expected the artefact " + kArtefact + ", got a file that cannot be read");
}

TEST_CASE("expectation and outcome use the same words") {
  CHECK(expectation(sample(std::nullopt)) == "absent");
  CHECK(expectation(sample(Grade::defined)) == "defined");
  CHECK(expectation(sample(Grade::defined, "")) == "defined, version unknown");
  CHECK(expectation(sample(Grade::stub, "4.2")) == "stub 4.2");
  CHECK(outcome(nullptr) == "absent");
  CHECK(outcome(&report(Grade::referenced).findings[1]) == "referenced");
  CHECK(outcome(&report(Grade::defined, {"1"}).findings[1]) == "defined 1");
}
