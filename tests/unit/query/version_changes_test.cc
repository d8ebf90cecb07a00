// From one version of an app to the next.
#include "query/version_changes.h"

#include <doctest/doctest.h>

#include "store_builder.h"

namespace sdkprint {
namespace {

using namespace test;

std::string text_of(const AppStep& step) {
  std::string text;
  for (const AppChange& one : step.changes)
    text += std::string(name(one.kind)) + " " + one.what + " " + (one.owner.empty() ? "" : one.owner + ":") +
            one.id + " [" + one.before + "|" + one.after + "]\n";
  return text;
}

TEST_CASE("SDKs, behaviours, permissions and certificates are compared") {
  ReportBuilder before('a', "com.a", 1), after('b', "com.a", 2);
  before.signed_by('1').sdk("push", "3.0").does("imei").sdk("old").requests("CAMERA");
  after.signed_by('2')
      .sdk("push", "3.1")
      .does("imei", UseStrength::confirmed, Reach::provider_start)
      .does("oaid");
  after.sdk("new", "", Grade::stub);
  const AppStep step = changes_between(before.report, after.report, Grade::defined);
  CHECK(text_of(step) ==
        "removed sdk old [defined|]\n"
        "updated sdk push [defined 3.0|defined 3.1]\n"
        "updated behaviour push:imei [confirmed screen|confirmed provider-start]\n"
        "added behaviour push:oaid [|confirmed screen]\n"
        "removed permission CAMERA [requested|]\n"
        "removed certificate " +
            std::string(64, '1') +
            " [CN=1|]\n"
            "added certificate " +
            std::string(64, '2') + " [|CN=2]\n");
  CHECK(step.changes[1].order == VersionOrder::less);
  CHECK_FALSE(step.are_databases_different);
  CHECK_FALSE(step.is_partly_seen);
}

TEST_CASE("what cannot be told apart from other causes is said") {
  ReportBuilder before('a', "com.a", 1), after('b', "com.a", 2);
  after.report.database_fingerprint = std::string(32, 'e');
  after.report.coverage.analysable = Analysable::none;
  const AppStep step = changes_between(before.report, after.report, Grade::defined);
  CHECK(text_of(step) == "updated coverage coverage [full|none]\n");
  CHECK(step.are_databases_different);
  CHECK(step.is_partly_seen);
}

TEST_CASE("versions follow each other, along the same certificate") {
  StoreBuilder corpus;
  corpus.add(ReportBuilder('d', "com.a", 10).signed_by('1').sdk("x"));
  corpus.add(ReportBuilder('a', "com.a", 9).signed_by('1'));
  corpus.add(ReportBuilder('c', "com.a", 10).signed_by('2'));  // signed again by another
  corpus.add(ReportBuilder('b', "com.b", 1));
  const StoreView view(corpus.store());
  const std::vector<AppStep> steps = version_changes(view, "com.a", Grade::defined);
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].before.version_code == 9);
  CHECK(steps[0].after.sha256 == std::string(64, 'd'));
  CHECK(text_of(steps[0]) == "added sdk x [|defined]\n");
  CHECK(files_of_package(view, "com.a").size() == 3);
  CHECK(version_changes(view, "absent", Grade::defined).empty());
}

}  // namespace
}  // namespace sdkprint
