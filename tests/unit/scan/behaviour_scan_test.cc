// The whole way: an app's files → behaviours with owners, ways and permissions → the evidence read again.
#include <doctest/doctest.h>

#include "app_fixture.h"
#include "base/error.h"
#include "behaviour_text.h"
#include "elf_builder.h"
#include "report/report_writer.h"
#include "scan/entry_reader.h"
#include "scan/explain.h"

namespace sdkprint {
namespace {

using namespace test;

const std::string kImei =
    "[[behaviour]]\nid = \"imei\"\nname = \"Read the IMEI\"\nname_zh = \"读取IMEI\"\nseverity = \"high\"\n"
    "methods = [\"Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;\"]\n"
    "permissions = [\"android.permission.READ_PHONE_STATE\"]\n";
const std::string kBoot =
    "[[behaviour]]\nid = \"boot\"\nname = \"Start at boot\"\nname_zh = \"开机启动\"\nseverity = \"low\"\n"
    "manifest = [\"action:BOOT\"]\nnative_symbols = [\"ptrace\"]\n";

/// SDK acme, whose class reads the IMEI; the application class calls it.
DexBuilder app_dex() {
  DexBuilder dex;
  dex.add_class("Lcom/acme/Device;")
      .method("imei", "(Landroid/telephony/TelephonyManager;)Ljava/lang/String;", kPublic | kStatic,
              Code()
                  .const_string(0, "http://stats.acme.com/report")
                  .invoke_virtual("Landroid/telephony/TelephonyManager;", "getDeviceId",
                                  "()Ljava/lang/String;", {1})
                  .raw({0x000c, 0x0011}));
  dex.add_class("Lcom/example/app/App;")
      .superclass("Landroid/app/Application;")
      .method("onCreate", "()V",
              Code()
                  .const_int(1, 0)
                  .invoke_static("Lcom/acme/Device;", "imei",
                                 "(Landroid/telephony/TelephonyManager;)Ljava/lang/String;", {1})
                  .return_void());
  return dex;
}

const Scanner& scanner() {
  static const Scanner made(sdk_toml("acme", "class = [\"com.acme\"]\nlibrary = [\"libacme.so\"]") +
                                sdk_toml("rival", "class = [\"com.rival\"]\nhost = [\"acme.com\"]"),
                            kImei + kBoot, permission("android.permission.READ_PHONE_STATE"));
  return made;
}

/// An <application android:name>, which manifest_xml() has no part for.
ByteVector apk(const std::vector<AxmlElement>& parts, ByteVector dex) {
  AxmlElement manifest = manifest_element("com.example.app", parts);
  for (AxmlElement& child : manifest.children) {
    if (child.name == "application") child.attributes.push_back(android("name", ".App"));
  }
  return zip_of({{"AndroidManifest.xml", axml(manifest)}, {"classes.dex", std::move(dex)}});
}

TEST_CASE("a behaviour with its owner, its way and its permission") {
  const AppReport report =
      scanner().scan(apk({uses_permission("android.permission.READ_PHONE_STATE")}, app_dex().build()));
  const BehaviourFinding& imei = finding(report, "acme").behaviours.at(0);
  CHECK(imei.id == "imei");
  CHECK(imei.strength == UseStrength::confirmed);
  CHECK(imei.reach == Reach::application_start);
  CHECK(imei.permission_held == true);
  REQUIRE(imei.uses.size() == 1);
  const ReachedUse& use = imei.uses[0];
  CHECK(use.use.entry == "classes.dex");
  CHECK(use.use.class_name == "com.acme.Device");
  CHECK(use.use.pc == 2);
  REQUIRE(use.path.size() == 2);
  CHECK(use.path[0].method == "Lcom/example/app/App;.onCreate:()V");
  CHECK(report.own_behaviours.empty());
  CHECK(report.is_reach_known);
  REQUIRE(report.permissions.size() == 1);
  CHECK(report.permissions[0].used_by == std::vector<std::string>{"acme"});
}

TEST_CASE("without the permission the code only attempts") {
  const AppReport report = scanner().scan(apk({}, app_dex().build()));
  CHECK(finding(report, "acme").behaviours.at(0).permission_held == false);
  REQUIRE(report.permissions.size() == 1);
  CHECK_FALSE(report.permissions[0].is_declared);
}

TEST_CASE("hosts of an SDK's own strings: cleartext, and whose they are") {
  const AppReport report = scanner().scan(apk({}, app_dex().build()));
  REQUIRE(finding(report, "acme").hosts.size() == 1);
  const HostUse& host = finding(report, "acme").hosts[0];
  CHECK(host.host == "stats.acme.com");
  CHECK(host.cleartext);
  CHECK(host.url == "http://stats.acme.com/report");
  CHECK(host.used_by.starts_with("Lcom/acme/Device;.imei:"));
  CHECK(host.used_by.ends_with(" @0x0000"));
  CHECK(host.other_sdk.empty());  // both SDKs are of the same vendor
}

TEST_CASE("what the manifest and native libraries say is a lead of their owner") {
  const ByteVector library = ElfBuilder().imports("ptrace").build();
  const AxmlElement boot = receiver("com.acme.Boot", {intent_filter({"BOOT"})});
  const ByteVector app = zip_of({{"AndroidManifest.xml", manifest_xml("com.example.app", {boot})},
                                 {"classes.dex", dex_of({"Lcom/acme/Boot;"})},
                                 {"lib/x86/libacme.so", library},
                                 {"lib/x86/libelse.so", library}});
  const AppReport report = scanner().scan(app);
  const BehaviourFinding& finding = test::finding(report, "acme").behaviours.at(0);
  CHECK(finding.id == "boot");
  CHECK(finding.strength == UseStrength::lead);
  CHECK(finding.reach == Reach::background);
  REQUIRE(finding.uses.size() == 2);
  CHECK(finding.uses[0].use.via == UseVia::manifest);
  CHECK(finding.uses[1].use.via == UseVia::native_import);
  CHECK(finding.uses[1].use.entry == "lib/x86/libacme.so");
  REQUIRE(report.unattributed_behaviours.size() == 1);
  CHECK(report.unattributed_behaviours[0].package == "libelse.so");
}

TEST_CASE("code of a nested archive is not reached by the app's entry points") {
  const ByteVector plugin = zip_of({{"classes.dex", app_dex().build()}});
  const AppReport report =
      scanner().scan(apk_of({{"classes.dex", dex_of({"Lcom/example/app/Main;"})}, {"assets/p.jar", plugin}}));
  const BehaviourFinding& imei = finding(report, "acme").behaviours.at(0);
  CHECK(imei.uses[0].use.entry == "assets/p.jar!classes.dex");
  CHECK(imei.reach <= Reach::host_call);
}

TEST_CASE("a second copy of a DEX file does nothing twice") {
  const ByteVector dex = app_dex().build();
  const AppReport report = scanner().scan(zip_of({{"AndroidManifest.xml", manifest_xml("com.example.app")},
                                                  {"classes.dex", dex},
                                                  {"classes2.dex", dex}}));
  CHECK(finding(report, "acme").behaviours.at(0).use_count == 1);
}

TEST_CASE("an explanation shows the instruction, and the frame of a caller") {
  const std::string path = scanner().directory().write("explain.apk", apk({}, app_dex().build()));
  const AppInput input{{path}};
  const AppReport report = scan_app(scanner().matcher(), input);
  const Explanation explanation = explain(input, report, "acme", "imei");
  REQUIRE(explanation.behaviours.size() == 1);
  const ExplainedUse& use = explanation.behaviours[0].uses.at(0);
  std::string meant;
  for (const CodeLine& line : use.code.lines) {
    if (line.is_meant) meant = line.text;
  }
  CHECK(meant.find("|0002: invoke-virtual {v1}, Landroid/telephony/TelephonyManager;.getDeviceId:()") !=
        std::string::npos);
  REQUIRE(use.verify.size() == 3);
  CHECK(use.verify[0] == "unzip -p '" + path + "' 'classes.dex' >'classes.dex'");
  CHECK(use.verify[1].starts_with("dexdump -d 'classes.dex' | grep -a -B5 -A5 '^"));
  CHECK_THROWS_AS(explain(input, report, "nobody", ""), Error);
  CHECK_THROWS_AS(explain(input, report, "acme", "location"), Error);
}

TEST_CASE("entries are read again by the paths that reports give them") {
  const ByteVector plugin = zip_of({{"a/b.txt", bytes_of("deep")}});
  const std::string one =
      scanner().directory().write("one.apk", zip_of({{"p.jar", plugin}, {"x", bytes_of("y")}}));
  const std::string two = scanner().directory().write("two.apk", zip_of({{"x", bytes_of("z")}}));
  CHECK(read_entry({{one}}, "x") == bytes_of("y"));
  CHECK(read_entry({{one}}, "p.jar!a/b.txt") == bytes_of("deep"));
  CHECK(read_entry({{one}}, "").size() > 10);
  CHECK(read_entry({{one, two}}, "two.apk!x") == bytes_of("z"));
  CHECK(entry_steps({{one, two}}, "one.apk!p.jar!a/b.txt") ==
        std::vector<std::string>{one, "p.jar", "a/b.txt"});
  for (const char* path : {"nope", "p.jar!nope", "xx"})
    CHECK_THROWS_AS(read_entry({{one}}, path), InputError);
}

TEST_CASE("behaviours do not depend on the number of threads or runs") {
  const ByteVector app = apk({}, app_dex().build());
  CHECK(ndjson(scanner().scan(app)) == ndjson(scanner().scan(app)));
}

}  // namespace
}  // namespace sdkprint
