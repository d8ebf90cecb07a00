// What a request for a permission is worth: targetSdk, minSdk, maxSdkVersion, protection levels.
#include "scan/permissions.h"

#include <doctest/doctest.h>

#include "behaviour_text.h"

namespace sdkprint {
namespace {

using namespace test;

constexpr const char* kPhone = "android.permission.READ_PHONE_STATE";
constexpr const char* kWrite = "android.permission.WRITE_EXTERNAL_STORAGE";
constexpr const char* kRead = "android.permission.READ_EXTERNAL_STORAGE";

BehaviourSet catalogue() {
  const auto needs = [](const std::string& id, const std::string& list) {
    return behaviour(id) + "permissions = [" + list + "]\n";
  };
  const auto quoted = [](const char* text) { return "\"" + std::string(text) + "\""; };
  return behaviours(
      needs("imei", quoted(kPhone) + ", \"a.PRIVILEGED\"") + needs("apps", "\"a.QUERY\"") +
          needs("files", quoted(kRead) + ", " + quoted(kWrite)) + needs("operator", "\"a.MAYBE\"") +
          needs("clipboard", "\"a.PRIVILEGED\"") + behaviour("plain"),
      permission(kPhone) + permission(kWrite) + permission(kRead) + permission("a.QUERY", "normal") +
          permission("a.MAYBE") + permission("a.PRIVILEGED", "signature|privileged") +
          permission("a.SWITCH", "signature|appop") +
          permission_rule("void", kPhone, "device_api = 29\nbehaviours = [\"imei\"]\n") +
          permission_rule("void", kWrite, "device_api = 30\ntarget_sdk = 30\n") +
          permission_rule("needed", "a.QUERY",
                          "device_api = 30\ntarget_sdk = 30\nbehaviours = [\"apps\"]\n") +
          permission_rule("optional", "a.MAYBE", "behaviours = [\"operator\"]\n"));
}

struct App {
  Manifest manifest;
  BehaviourSet set = catalogue();

  App(std::int64_t min_sdk, std::int64_t target_sdk, std::vector<std::string> permissions) {
    manifest.min_sdk = min_sdk;
    manifest.target_sdk = target_sdk;
    manifest.permissions = std::move(permissions);
    manifest.permission_max_sdk.resize(manifest.permissions.size());
  }
  PermissionCheck::Held held(const std::string& behaviour) const {
    for (const Behaviour& one : set.behaviours) {
      if (one.id == behaviour) return PermissionCheck(set, &manifest).held(one);
    }
    return {};
  }
  PermissionLimit limit(const char* permission) const {
    return PermissionCheck(set, &manifest).limit(permission, "");
  }
};

TEST_CASE("requested, not requested, nothing to request") {
  CHECK(App(21, 28, {"a.QUERY"}).held("imei").held == false);
  CHECK(App(21, 28, {kPhone}).held("plain").held == std::nullopt);
  const BehaviourSet set = catalogue();
  CHECK(PermissionCheck(set, nullptr).held(set.behaviours[0]).held == std::nullopt);
}

TEST_CASE("a permission that newer devices void is held on older ones only") {
  const PermissionCheck::Held old_devices = App(21, 33, {kPhone}).held("imei");
  CHECK(old_devices.held == true);
  CHECK(old_devices.note == "why; on devices below API level 29 it has effect");
  CHECK(old_devices.note_zh == "缘由；在API级别低于29的设备上仍有效");
  const PermissionCheck::Held new_devices = App(29, 33, {kPhone}).held("imei");
  CHECK(new_devices.held == false);
  CHECK(new_devices.note == "why");
}

TEST_CASE("what depends on the targetSdk") {
  CHECK(App(30, 29, {kWrite}).limit(kWrite).reason.empty());
  CHECK(App(30, 30, {kWrite}).limit(kWrite).is_void);
  CHECK_FALSE(App(29, 30, {kWrite}).limit(kWrite).is_void);
  CHECK(App(30, 29, {}).held("apps").held == std::nullopt);  // not needed yet
  CHECK(App(30, 30, {}).held("apps").held == false);
  CHECK(App(30, 30, {"a.QUERY"}).held("apps").held == true);
}

TEST_CASE("maxSdkVersion ends a request") {
  App app(21, 33, {kPhone});
  app.manifest.permission_max_sdk[0] = 22;
  CHECK_FALSE(app.limit(kPhone).is_void);
  CHECK(app.limit(kPhone).reason == "requested up to API level 22 only (maxSdkVersion)");
  // What newer devices void does not matter to a request for older ones.
  CHECK(app.held("imei").note == "requested up to API level 22 only (maxSdkVersion)");
  app.manifest.min_sdk = 23;
  CHECK(app.limit(kPhone).is_void);
  CHECK(app.held("imei").held == false);
  // Requested again without an end.
  app.manifest.permissions.emplace_back(kPhone);
  app.manifest.permission_max_sdk.emplace_back();
  CHECK(app.limit(kPhone).reason.empty());
}

TEST_CASE("who may write may read") {
  CHECK(App(21, 28, {kWrite}).held("files").held == true);
  CHECK(App(21, 28, {kRead}).held("files").held == true);
  CHECK(App(21, 28, {}).held("files").held == false);
}

TEST_CASE("what ordinary apps are never granted asks nothing of them") {
  CHECK(App(21, 28, {}).held("clipboard").held == std::nullopt);
  CHECK(App(21, 28, {"a.PRIVILEGED"}).limit("a.PRIVILEGED").is_void);
  CHECK_FALSE(App(21, 28, {"a.SWITCH"}).limit("a.SWITCH").is_void);
}

TEST_CASE("that a permission is lacking says nothing where some calls need none") {
  const PermissionCheck::Held held = App(21, 28, {}).held("operator");
  CHECK(held.held == std::nullopt);
  CHECK(held.note == "why");
  CHECK(App(21, 28, {"a.MAYBE"}).held("operator").held == true);
}

BehaviourFinding seen(const std::string& id, UseStrength strength, std::optional<bool> held,
                      UseVia via = UseVia::call, const std::string& item = "") {
  BehaviourFinding finding;
  finding.id = id;
  finding.strength = strength;
  finding.permission_held = held;
  ReachedUse use;
  use.use.via = via;
  use.use.item = item;
  finding.uses = {use};
  return finding;
}

TEST_CASE("who uses which permission, which nobody uses, which is lacking") {
  App app(21, 28, {kPhone, kRead, "a.UNHEARD"});
  AppReport report;
  Finding sdk;
  sdk.sdk = "acme";
  sdk.behaviours = {seen("imei", UseStrength::confirmed, true)};
  report.findings = {sdk};
  report.own_behaviours = {seen("imei", UseStrength::lead, true),
                           seen("operator", UseStrength::confirmed, false)};
  report.unattributed_behaviours = {{"com.foo", {seen("apps", UseStrength::lead, false)}}};
  const std::vector<PermissionFinding> rows = permission_findings(app.set, &app.manifest, report);
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].permission == "a.MAYBE");
  CHECK_FALSE(rows[0].is_declared);
  CHECK(rows[0].used_by == std::vector<std::string>{"app"});
  CHECK(rows[1].permission == "a.UNHEARD");
  CHECK(rows[1].is_declared);
  CHECK_FALSE(rows[1].is_known);
  CHECK(rows[2].permission == kRead);
  CHECK(rows[2].is_known);
  CHECK(rows[2].used_by.empty());
  CHECK(rows[3].permission == kPhone);
  CHECK(rows[3].used_by == std::vector<std::string>{"acme"});
  CHECK(rows[3].maybe_used_by == std::vector<std::string>{"app"});
  CHECK(rows[3].behaviours == std::vector<std::string>{"imei"});
  CHECK(rows[3].name_zh == "甲");
  CHECK(permission_findings(app.set, nullptr, report).empty());
}

TEST_CASE("a request is no use of itself") {
  App app(21, 28, {kRead});
  AppReport report;
  report.own_behaviours = {seen("files", UseStrength::lead, true, UseVia::manifest,
                                "permission:android.permission.READ_EXTERNAL_STORAGE")};
  const std::vector<PermissionFinding> rows = permission_findings(app.set, &app.manifest, report);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].maybe_used_by.empty());
}

}  // namespace
}  // namespace sdkprint
