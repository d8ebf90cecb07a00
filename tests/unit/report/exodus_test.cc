#include "report/exodus.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "report/report_writer.h"

namespace sdkprint {
namespace {

using Json = nlohmann::json;

Finding finding(std::string sdk, std::string category, Grade grade, std::string kind = "sdk") {
  Finding result;
  result.sdk = result.name = std::move(sdk);
  result.category = std::move(category);
  result.grade = grade;
  result.kind = std::move(kind);
  return result;
}

Json written(const AppReport& report) {
  std::string out;
  write_exodus(report, out);
  REQUIRE(out.ends_with('\n'));
  return Json::parse(out);
}

}  // namespace

TEST_CASE("a tracker's number is its own, the same every time, and none of exodus' own") {
  CHECK(exodus_number("jpush") == exodus_number("jpush"));
  CHECK(exodus_number("jpush") != exodus_number("jcore"));
  for (const char* id : {"", "a", "appsflyer"}) {
    CHECK(exodus_number(id) >= 1'000'000'000);
    CHECK(exodus_number(id) < 2'000'000'000);  // fits the 32 bits that its readers give it
  }
}

TEST_CASE("only tracking categories are trackers") {
  CHECK(exodus_category("advertising") == "Advertisement");
  CHECK(exodus_category("crash-reporting") == "Crash reporting");
  CHECK_FALSE(exodus_category("networking").has_value());
  CHECK_FALSE(exodus_category("").has_value());
}

TEST_CASE("trackers are SDKs of tracking categories that are in the app") {
  AppReport report;
  report.findings = {finding("ads", "advertising", Grade::defined),
                     finding("hollow", "analytics", Grade::stub),
                     finding("named", "analytics", Grade::referenced),
                     finding("host", "advertising", Grade::trace),
                     finding("okhttp", "networking", Grade::defined),
                     finding("open", "analytics", Grade::defined, "library")};
  const Json trackers = written(report)["trackers"];
  REQUIRE(trackers.size() == 2);
  CHECK(trackers[0] == Json{{"name", "ads"}, {"id", exodus_number("ads")}});
  CHECK(trackers[1]["name"] == "hollow");
}

TEST_CASE("the app is described in exodus' words") {
  AppReport report;
  report.app.package = "com.foo";
  report.app.version_name = "1.2";
  report.app.version_code = 12;
  report.app.label = "Foo";
  report.app.path = "foo.apk";
  report.app.sha256 = "ab";
  report.app.uses_libraries = {"org.apache.http.legacy"};
  PermissionFinding requested, needed;
  requested.permission = "android.permission.INTERNET";
  requested.is_declared = true;
  needed.permission = "android.permission.CAMERA";
  report.permissions = {needed, requested};
  const Json json = written(report);
  const Json& app = json["application"];
  CHECK(app["handle"] == "com.foo");
  CHECK(app["version_name"] == "1.2");
  CHECK(app["version_code"] == "12");  // a string there
  CHECK(app["name"] == "Foo");
  CHECK(app["uaid"].is_null());
  CHECK(app["permissions"] == Json::array({"android.permission.INTERNET"}));
  CHECK(app["libraries"] == Json::array({"org.apache.http.legacy"}));
  CHECK(json["apk"] == Json{{"path", "foo.apk"}, {"checksum", "ab"}});
}

TEST_CASE("what is not known is null") {
  const Json json = written(AppReport());
  for (const char* key : {"handle", "version_name", "version_code", "uaid", "name"})
    CHECK(json["application"][key].is_null());
  CHECK(json["apk"]["checksum"].is_null());
  CHECK(json["trackers"] == Json::array());
}

}  // namespace sdkprint
