#include "review/report_changes.h"

#include <doctest/doctest.h>

using namespace sdkprint;

namespace {

Finding finding(const std::string& sdk, Grade grade, const std::string& version = "",
                std::uint64_t classes = 0) {
  Finding finding;
  finding.sdk = sdk;
  finding.grade = grade;
  if (!version.empty()) finding.version = version;
  finding.classes = classes;
  finding.evidence = {
      {"classes.dex", Surface::class_name, "com." + sdk + ".A", 1, "class:com." + sdk, "", 1}};
  return finding;
}

AppReport app(const std::string& path, std::vector<Finding> findings) {
  AppReport report;
  report.app.path = path;
  report.findings = std::move(findings);
  return report;
}

}  // namespace

TEST_CASE("findings that stay the same are no change") {
  ReportChanges changes(3);
  changes.add(app("a", {finding("x", Grade::defined, "1", 5)}),
              app("a", {finding("x", Grade::defined, "1", 5)}));
  CHECK(changes.apps() == 1);
  CHECK(changes.changed_apps() == 0);
  CHECK(changes.changed().empty());
}

TEST_CASE("each kind of change is counted of its SDK, with an example") {
  ReportChanges changes(3);
  changes.add(app("a", {finding("lost", Grade::trace), finding("up", Grade::stub),
                        finding("down", Grade::defined), finding("version", Grade::defined, "1", 2),
                        finding("moved", Grade::defined, "1", 9), finding("same", Grade::trace)}),
              app("a", {finding("new", Grade::defined, "3.1", 7), finding("up", Grade::defined),
                        finding("down", Grade::stub), finding("version", Grade::defined, "2", 3),
                        finding("moved", Grade::defined, "1", 4), finding("same", Grade::trace)}));
  const std::map<std::string, SdkChanges> changed = changes.changed();
  CHECK(changed.size() == 6);
  CHECK(changed.at("new").count(Change::gained) == 1);
  CHECK(changed.at("new").before == 0);
  CHECK(changed.at("new").after == 1);
  CHECK(changed.at("lost").count(Change::lost) == 1);
  CHECK(changed.at("up").count(Change::stronger) == 1);
  CHECK(changed.at("down").count(Change::weaker) == 1);
  CHECK(changed.at("version").count(Change::version) == 1);
  CHECK(changed.at("version").count(Change::classes) == 0);
  CHECK(changed.at("moved").count(Change::classes) == 1);
  const ChangeExample& example = changed.at("new").examples[static_cast<std::size_t>(Change::gained)].at(0);
  CHECK(example.app == "a");
  CHECK(example.before == "-");
  CHECK(example.after == "defined 3.1 (7 classes)");
  CHECK(example.evidence == "class com.new.A [classes.dex] class:com.new");
  const ChangeExample& lost = changed.at("lost").examples[static_cast<std::size_t>(Change::lost)].at(0);
  CHECK(lost.after == "-");
  CHECK(lost.evidence == "class com.lost.A [classes.dex] class:com.lost");
}

TEST_CASE("a grade and a version may change together") {
  ReportChanges changes(3);
  changes.add(app("a", {finding("x", Grade::stub, "1")}), app("a", {finding("x", Grade::defined, "2")}));
  const SdkChanges row = changes.changed().at("x");
  CHECK(row.count(Change::stronger) == 1);
  CHECK(row.count(Change::version) == 1);
  CHECK(changes.changed_apps() == 1);
}

TEST_CASE("examples are bounded, counts are not") {
  ReportChanges changes(2);
  for (int i = 0; i < 5; ++i)
    changes.add(app(std::to_string(i), {}), app(std::to_string(i), {finding("x", Grade::trace)}));
  const SdkChanges row = changes.changed().at("x");
  CHECK(row.count(Change::gained) == 5);
  CHECK(row.examples[static_cast<std::size_t>(Change::gained)].size() == 2);
  CHECK(changes.apps() == 5);
}
