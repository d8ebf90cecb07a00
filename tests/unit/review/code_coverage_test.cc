#include "review/code_coverage.h"

#include <doctest/doctest.h>

using namespace sdkprint;

namespace {

Finding finding(const std::string& kind, std::uint64_t classes, std::uint64_t code_bytes) {
  Finding finding;
  finding.kind = kind;
  finding.classes = classes;
  finding.code_bytes = code_bytes;
  return finding;
}

}  // namespace

TEST_CASE("code is shared out by the kind of its owner") {
  AppReport report;
  report.findings = {finding("sdk", 3, 30), finding("sdk", 2, 20), finding("library", 4, 40),
                     finding("packer", 0, 0)};
  report.own = {{"com.app", 1, 10}};
  report.unattributed = {{"com.foo", 5, 50}};
  CodeCoverage coverage;
  coverage.add(report);
  coverage.add(report);
  CHECK(coverage.apps() == 2);
  CHECK(coverage.shares().at("sdk").apps == 2);
  CHECK(coverage.shares().at("sdk").classes == 10);
  CHECK(coverage.shares().at("sdk").code_bytes == 100);
  CHECK(coverage.shares().at("library").code_bytes == 80);
  CHECK(coverage.shares().at("packer").apps == 0);
  CHECK(coverage.shares().at("own").code_bytes == 20);
  CHECK(coverage.shares().at("unattributed").classes == 10);
  CHECK(coverage.total().classes == 30);
  CHECK(coverage.total().code_bytes == 300);
}

TEST_CASE("packages of one origin are one row over all apps, those in most apps first") {
  AppReport first, second;
  first.unattributed = {{"com.foo.a", 1, 10}, {"com.big", 9, 1000}, {"com.small", 1, 1}};
  second.unattributed = {{"com.foo.b", 2, 20}};
  CodeCoverage coverage;
  coverage.add(first);
  coverage.add(second);
  const std::vector<UnclaimedPackage> rows = coverage.unclaimed();
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].package == "com.foo");
  CHECK(rows[0].share.apps == 2);
  CHECK(rows[0].share.classes == 3);
  CHECK(rows[0].share.code_bytes == 30);
  CHECK(rows[1].package == "com.big");
  CHECK(rows[2].package == "com.small");
}

TEST_CASE("two packages of one origin in one app are one app") {
  AppReport report;
  report.unattributed = {{"com.foo.a", 1, 10}, {"com.foo.b", 1, 10}};
  CodeCoverage coverage;
  coverage.add(report);
  REQUIRE(coverage.unclaimed().size() == 1);
  CHECK(coverage.unclaimed()[0].share.apps == 1);
  CHECK(coverage.unclaimed()[0].share.classes == 2);
}
