// Who is charged with what: owners, wrappers, benign uses, order and caps.
#include "scan/behaviour_attribution.h"

#include <doctest/doctest.h>

#include <deque>

#include "app_fixture.h"
#include "behaviour_text.h"

namespace sdkprint {
namespace {

using namespace test;

const std::string kBehaviours = behaviour("imei") + behaviour("location") + behaviour("boot");
const std::string kBenign = "[[benign]]\nclass = \"androidx.app.Twilight\"\nbehaviours = [\"location\"]\n";
constexpr std::uint32_t kBoot = 0, kImei = 1, kLocation = 2;  // sorted by id

/// Two SDKs, a library, a packer; findings for each.
class Attributed {
 public:
  Attributed()
      : scanner_(sdk_toml("acme", "class = [\"com.acme\"]") + sdk_toml("other", "class = [\"com.other\"]") +
                     sdk_toml("weak",
                              "class = [{ prefix = \"com.weak\", weak = true }]\nstring = [\"weakling*\"]") +
                     sdk_toml_with("androidx", "kind = \"library\"", "class = [\"androidx\"]") +
                     sdk_toml_with("guard", "kind = \"packer\"", "class = [\"com.guard\"]"),
                 kBehaviours, "", kBenign) {
    for (const char* sdk : {"acme", "other", "androidx", "guard", "weak"}) {
      Finding finding;
      finding.sdk = sdk;
      finding.kind = finding.sdk == "androidx" ? "library" : finding.sdk == "guard" ? "packer" : "sdk";
      report_.findings.push_back(finding);
    }
    evidence_.own_packages = {"com.example"};
    evidence_.is_backed.resize(scanner_.matcher().database().set().sdks.size());
    report_.unattributed = {{"org.foo", 5, 0}, {"org.foo.deep", 2, 0}};
  }

  LinkedUse& use(std::uint32_t behaviour, const std::string& class_name, const std::string& method = "m") {
    LinkedUse& linked = uses_.emplace_back();
    linked.use.behaviour = behaviour;
    linked.use.strength = UseStrength::confirmed;
    linked.use.entry = "classes.dex";
    linked.use.class_name = class_name;
    linked.use.method = class_name + "." + method;
    linked.method = number(class_name, method);
    return linked;
  }
  /// A frame that calls the use's method, or that of another frame.
  void caller(LinkedUse& linked, const std::string& class_name, const std::string& calls = "",
              Reach reach = Reach::not_established) {
    LinkedCaller frame;
    frame.depth = calls.empty() ? 1 : 2;
    frame.method = number(class_name, "call");
    frame.calls = calls.empty() ? linked.method : number(calls.substr(0, calls.rfind('.')), "call");
    frame.reach = reach;
    linked.callers.push_back(frame);
  }
  /// Of a method as callers know it.
  std::uint32_t number(const std::string& class_name, const std::string& method) {
    const std::string text = class_name + "." + method;
    for (std::size_t i = 0; i < ways_.methods.size(); ++i) {
      if (ways_.methods[i].text == text) return static_cast<std::uint32_t>(i);
    }
    ways_.methods.push_back({class_name, text, true});
    return static_cast<std::uint32_t>(ways_.methods.size() - 1);
  }
  std::deque<LinkedUse>& uses() { return uses_; }
  CallWays& ways() { return ways_; }
  BehaviourEvidence& evidence() { return evidence_; }
  AppReport& report() { return report_; }

  const AppReport& run() {
    const std::vector<LinkedUse> uses(uses_.begin(), uses_.end());
    evidence_.uses = uses;
    evidence_.ways = &ways_;
    attribute_behaviours(scanner_.matcher(), std::move(evidence_), report_);
    return report_;
  }

 private:
  Scanner scanner_;
  std::deque<LinkedUse> uses_;
  CallWays ways_;
  BehaviourEvidence evidence_;
  AppReport report_;
};

/// "imei=1" for each behaviour: id and count of uses.
std::vector<std::string> brief(const std::vector<BehaviourFinding>& behaviours) {
  std::vector<std::string> result;
  for (const BehaviourFinding& one : behaviours)
    result.push_back(one.id + "=" + std::to_string(one.use_count));
  return result;
}
using Brief = std::vector<std::string>;

TEST_CASE("a use belongs to the owner of its class") {
  Attributed app;
  app.use(kImei, "com.acme.A");
  app.use(kImei, "com.acme.B");
  app.use(kLocation, "com.other.A");
  app.use(kImei, "com.example.Main");
  app.use(kImei, "org.foo.deep.er.A");
  app.use(kImei, "org.foo.A");
  app.use(kImei, "nobody.A");
  const AppReport& report = app.run();
  CHECK(brief(finding(report, "acme").behaviours) == Brief{"imei=2"});
  CHECK(brief(finding(report, "other").behaviours) == Brief{"location=1"});
  CHECK(brief(report.own_behaviours) == Brief{"imei=1"});
  REQUIRE(report.unattributed_behaviours.size() == 3);
  CHECK(report.unattributed_behaviours[0].package == "nobody");
  CHECK(report.unattributed_behaviours[1].package == "org.foo");
  CHECK(report.unattributed_behaviours[2].package == "org.foo.deep");
}

TEST_CASE("a weak claim holds uses only when its SDK is backed") {
  Attributed app;
  app.use(kImei, "com.weak.A");
  CHECK(finding(app.run(), "weak").behaviours.empty());
  CHECK(app.report().unattributed_behaviours[0].package == "com.weak");
  Attributed backed;
  backed.use(kImei, "com.weak.A");
  for (std::size_t i = 0; i < backed.evidence().is_backed.size(); ++i) backed.evidence().is_backed[i] = true;
  CHECK(brief(finding(backed.run(), "weak").behaviours) == Brief{"imei=1"});
}

TEST_CASE("an SDK that calls a library's wrapper is charged, and both frames are told") {
  Attributed app;
  LinkedUse& use = app.use(kImei, "androidx.core.TelephonyCompat");
  use.reach = Reach::application_start;
  app.caller(use, "com.acme.A", "", Reach::screen);
  const AppReport& report = app.run();
  const BehaviourFinding& charged = finding(report, "acme").behaviours.at(0);
  CHECK(charged.uses[0].through.at(0).class_name == "com.acme.A");
  CHECK(charged.uses[0].wrapper_owner == "androidx");
  CHECK(charged.uses[0].use.class_name == "androidx.core.TelephonyCompat");
  // The reach is that of the SDK's own frame, whoever else calls the wrapper earlier.
  CHECK(charged.reach == Reach::screen);
  const BehaviourFinding& kept = finding(report, "androidx").behaviours.at(0);
  CHECK(kept.uses[0].charged_to == std::vector<std::string>{"acme"});
  CHECK(kept.uses[0].through.empty());
  CHECK(report.own_behaviours.empty());
}

TEST_CASE("a hook of the app is climbed, two deep, and not past the first SDK") {
  Attributed app;
  LinkedUse& use = app.use(kImei, "com.example.Hook");
  app.caller(use, "com.example.Hook2");
  app.caller(use, "com.acme.A", "com.example.Hook2.call");
  app.caller(use, "com.other.B", "com.acme.A.call");
  const AppReport& report = app.run();
  const ReachedUse& charged = finding(report, "acme").behaviours.at(0).uses[0];
  REQUIRE(charged.through.size() == 2);
  CHECK(charged.through[0].class_name == "com.acme.A");
  CHECK(charged.through[1].class_name == "com.example.Hook2");
  CHECK(charged.wrapper_owner.empty());
  CHECK(finding(report, "other").behaviours.empty());
  CHECK(brief(report.own_behaviours) == Brief{"imei=1"});
}

TEST_CASE("who calls a method that the wrapper overrides does not know the wrapper") {
  Attributed app;
  LinkedUse& use = app.use(kImei, "com.example.Listener");
  app.caller(use, "com.acme.A");
  use.callers[0].kind = StepKind::dispatch;
  CHECK(finding(app.run(), "acme").behaviours.empty());
}

TEST_CASE("long code between is no wrapper, and is not climbed on") {
  Attributed app;
  LinkedUse& use = app.use(kImei, "com.example.Hook");
  app.caller(use, "com.example.Main");
  app.caller(use, "com.acme.A", "com.example.Main.call");
  app.ways().methods[use.callers[0].method].is_short = false;
  CHECK(finding(app.run(), "acme").behaviours.empty());
}

TEST_CASE("the app that calls a library's wrapper is charged, too") {
  Attributed app;
  LinkedUse& use = app.use(kImei, "androidx.core.TelephonyCompat");
  app.caller(use, "com.example.Main");
  app.caller(use, "org.foo.A");
  const AppReport& report = app.run();
  CHECK(report.own_behaviours.at(0).uses[0].through.at(0).class_name == "com.example.Main");
  CHECK(report.unattributed_behaviours.at(0).package == "org.foo");
}

TEST_CASE("whose class is an SDK's, or nobody's, is not climbed") {
  Attributed app;
  app.caller(app.use(kImei, "com.acme.A"), "com.other.B");
  app.caller(app.use(kImei, "nobody.A"), "com.other.B");
  app.caller(app.use(kImei, "com.guard.A"), "com.other.B");
  CHECK(finding(app.run(), "other").behaviours.empty());
}

TEST_CASE("a library's benign use is marked and charged to nobody") {
  Attributed app;
  for (const char* name : {"androidx.app.Twilight", "androidx.app.Twilight$State"}) {
    app.caller(app.use(kLocation, name), "com.acme.A");
  }
  app.caller(app.use(kImei, "androidx.app.Twilight"), "com.acme.A");
  app.caller(app.use(kLocation, "androidx.app.TwilightZone"), "com.acme.A");
  const AppReport& report = app.run();
  CHECK(brief(finding(report, "acme").behaviours) == Brief{"imei=1", "location=1"});
  for (const BehaviourFinding& one : finding(report, "androidx").behaviours) {
    if (one.id == "imei") CHECK_FALSE(one.is_benign);
    if (one.id != "location") continue;
    CHECK(one.use_count == 3);
    CHECK_FALSE(one.is_benign);  // not every use is
    CHECK_FALSE(one.uses[0].is_benign);
    CHECK(one.uses[2].is_benign);
  }
}

TEST_CASE("the gravest behaviour and the earliest use come first; all are counted, some are kept") {
  Attributed app;
  app.evidence().uses_kept = 2;
  app.use(kBoot, "com.acme.A").use.strength = UseStrength::lead;
  app.use(kImei, "com.acme.A", "late").reach = Reach::screen;
  app.use(kImei, "com.acme.A", "early").reach = Reach::provider_start;
  LinkedUse& lead = app.use(kImei, "com.acme.A", "lead");
  lead.use.strength = UseStrength::lead;
  lead.reach = Reach::provider_start;
  const AppReport& report = app.run();
  const std::vector<BehaviourFinding>& behaviours = finding(report, "acme").behaviours;
  CHECK(brief(behaviours) == Brief{"imei=3", "boot=1"});
  CHECK(behaviours[0].reach == Reach::provider_start);
  CHECK(behaviours[0].strength == UseStrength::confirmed);
  REQUIRE(behaviours[0].uses.size() == 2);
  CHECK(behaviours[0].uses[0].use.method == "com.acme.A.early");
  CHECK(behaviours[0].uses[1].use.method == "com.acme.A.late");
}

TEST_CASE("imports are those of the SDKs whose library it is, or stand under the library's name") {
  Attributed app;
  app.report().findings[0].native_libraries = {"lib/x86/liba.so"};
  for (const char* entry : {"lib/x86/liba.so", "lib/x86/libb.so"}) {
    LinkedUse& linked = app.uses().emplace_back();
    linked.use.behaviour = kImei;
    linked.use.via = UseVia::native_import;
    linked.use.entry = entry;
  }
  const AppReport& report = app.run();
  CHECK(brief(finding(report, "acme").behaviours) == Brief{"imei=1"});
  CHECK(report.unattributed_behaviours.at(0).package == "libb.so");
}

TEST_CASE("ways are told as far as there is room for their names, and what is cut is said") {
  Attributed app;
  app.ways().methods.push_back({"", std::string(std::size_t{1} << 20, 'm'), false});
  for (std::uint32_t i = 0; i < 100; ++i) {
    app.ways().steps.push_back({0, i == 0 ? CallWays::kNone : i - 1, StepKind::call});
  }
  app.use(kImei, "com.acme.A", "a").way = 9;
  app.use(kImei, "com.acme.A", "b").way = 99;
  const AppReport& report = app.run();
  const std::vector<ReachedUse>& uses = finding(report, "acme").behaviours.at(0).uses;
  REQUIRE(uses.size() == 2);
  CHECK(uses[0].path.size() == 10);
  CHECK(uses[1].path.size() == 53);  // 63 names and what is around them fit into 64 MiB
  REQUIRE(report.problems.size() == 1);
  CHECK(report.problems[0].kind == "limit");
  CHECK(report.problems[0].loss);
}

TEST_CASE("what the manifest says of the whole app is the app's") {
  Attributed app;
  LinkedUse& linked = app.uses().emplace_back();
  linked.use.via = UseVia::manifest;
  CHECK(brief(app.run().own_behaviours) == Brief{"boot=1"});
}

}  // namespace
}  // namespace sdkprint
