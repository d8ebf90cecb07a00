// From class names to findings: grades, who owns a class, what lies within what, and exact counts.
#include <doctest/doctest.h>

#include "app_fixture.h"
#include "class_builder.h"
#include "elf_builder.h"

namespace sdkprint {
namespace {

using namespace test;

const std::string kAcme = sdk_toml("acme", "class = [\"com.acme\"]");

/// The report on an APK with one dex of these classes.
AppReport scan_classes(const Scanner& scanner, const std::vector<std::string>& descriptors,
                       std::uint32_t code_bytes = 200) {
  return scanner.scan(apk_of({{"classes.dex", dex_of(descriptors, code_bytes)}}));
}

TEST_CASE("an SDK whose classes are in the app is defined, with exact counts") {
  const Scanner scanner(kAcme);
  const AppReport report = scan_classes(scanner, {"Lcom/acme/A;", "Lcom/acme/b/C;", "Lcom/other/D;"}, 100);
  const Finding& acme = finding(report, "acme");
  CHECK(acme.grade == Grade::defined);
  CHECK(acme.classes == 2);
  CHECK(acme.code_bytes == 200);
  CHECK(acme.evidence_count == 2);
  CHECK(report.findings.size() == 1);
}

TEST_CASE("a finding carries what the signature says of its SDK") {
  const Scanner scanner(sdk_toml_with("jpush", "name_zh = \"极光推送\"\nprivacy_policy = \"https://a.cn/p\"",
                                      "class = [\"cn.jpush\"]"));
  const AppReport report = scan_classes(scanner, {"Lcn/jpush/A;"});
  const Finding& jpush = finding(report, "jpush");
  CHECK(jpush.name == "jpush");
  CHECK(jpush.name_zh == "极光推送");
  CHECK(jpush.kind == "sdk");
  CHECK(jpush.vendor.id == "acme");
  CHECK(jpush.vendor.country == "US");
  CHECK(jpush.category == "push");
  CHECK(jpush.category_zh == "推送");
  CHECK(jpush.privacy_policy == "https://a.cn/p");
}

TEST_CASE("an app without any SDK has no finding") {
  const Scanner scanner(kAcme);
  const AppReport report = scan_classes(scanner, {"Lcom/acmes/A;", "Lxcom/acme/B;", "Lcom/acm/C;"});
  CHECK(report.findings.empty());
  CHECK(report.problems.empty());
}

TEST_CASE("too few classes are a stub") {
  const Scanner scanner(sdk_toml("acme", "class = [\"com.acme\"]", "[sdk.defined]\nclasses = 3"));
  CHECK(grade_of(scan_classes(scanner, {"Lcom/acme/A;", "Lcom/acme/B;"}), "acme") == "stub");
  CHECK(grade_of(scan_classes(scanner, {"Lcom/acme/A;", "Lcom/acme/B;", "Lcom/acme/C;"}), "acme") ==
        "defined");
}

TEST_CASE("too little code is a stub, to the byte") {
  const Scanner scanner(sdk_toml("acme", "class = [\"com.acme\"]", "[sdk.defined]\ncode_bytes = 300"));
  CHECK(grade_of(scan_classes(scanner, {"Lcom/acme/A;"}, 298), "acme") == "stub");
  CHECK(grade_of(scan_classes(scanner, {"Lcom/acme/A;"}, 300), "acme") == "defined");
  CHECK(grade_of(scan_classes(scanner, {"Lcom/acme/A;", "Lcom/acme/B;"}, 150), "acme") == "defined");
}

TEST_CASE("interfaces alone are a stub, unless the signature asks for no code") {
  DexBuilder dex;
  dex.add_class("Lcom/acme/Api;").flags(kPublic | kInterface | kAbstract).method("call", "()V");
  const ByteVector app = apk_of({{"classes.dex", dex.build()}});
  CHECK(grade_of(Scanner(kAcme).scan(app), "acme") == "stub");
  CHECK(
      grade_of(Scanner(sdk_toml("acme", "class = [\"com.acme\"]", "[sdk.defined]\ncode_bytes = 0")).scan(app),
               "acme") == "defined");
}

TEST_CASE("without one of the classes that must be there it is a stub") {
  const Scanner scanner(sdk_toml("acme", "class = [\"com.acme\"]",
                                 "[sdk.defined]\nany_class = [\"com.acme.Core\", \"com.acme.Kernel\"]"));
  CHECK(grade_of(scan_classes(scanner, {"Lcom/acme/A;", "Lcom/acme/Kernels;"}), "acme") == "stub");
  CHECK(grade_of(scan_classes(scanner, {"Lcom/acme/Kernel;"}), "acme") == "defined");
}

TEST_CASE("the class that must be there may lie in another dex") {
  const Scanner scanner(
      sdk_toml("acme", "class = [\"com.acme\"]", "[sdk.defined]\nany_class = [\"com.acme.Core\"]"));
  const AppReport report = scanner.scan(
      apk_of({{"classes.dex", dex_of({"Lcom/acme/A;"})}, {"classes2.dex", dex_of({"Lcom/acme/Core;"})}}));
  CHECK(grade_of(report, "acme") == "defined");
  CHECK(finding(report, "acme").classes == 2);
}

TEST_CASE("naming a class that Android itself has says nothing; defining it does") {
  const Scanner scanner(sdk_toml_with("json", "in_platform = true", "class = [\"org.json\"]"));
  DexBuilder naming;
  add_class(naming, "Lcom/example/app/Main;");
  naming.add_type("Lorg/json/JSONObject;");
  CHECK(scanner.scan(apk_of({{"classes.dex", naming.build()}})).findings.empty());
  const AppReport report = scanner.scan(apk_of({{"classes.dex", dex_of({"Lorg/json/JSONObject;"})}}));
  CHECK(finding(report, "json").classes == 1);
}

TEST_CASE("an SDK that is only named by code is referenced, not defined") {
  DexBuilder dex;
  add_class(dex, "Lcom/example/app/Main;");
  dex.add_type("Lcom/acme/Push;").add_type("[[Lcom/acme/Other;").add_type("[I");
  const AppReport report = Scanner(kAcme).scan(apk_of({{"classes.dex", dex.build()}}));
  const Finding& acme = finding(report, "acme");
  CHECK(acme.grade == Grade::referenced);
  CHECK(acme.classes == 0);
  CHECK(evidence(acme, Surface::reference).count == 2);
}

TEST_CASE("references from other dex files do not weaken or repeat what is defined") {
  DexBuilder user;
  add_class(user, "Lcom/example/app/Main;");
  user.add_type("Lcom/acme/A;");
  const AppReport report = Scanner(kAcme).scan(
      apk_of({{"classes.dex", user.build()}, {"classes2.dex", dex_of({"Lcom/acme/A;"})}}));
  const Finding& acme = finding(report, "acme");
  CHECK(acme.grade == Grade::defined);
  for (const Evidence& one : acme.evidence) CHECK(one.surface == Surface::class_name);
}

TEST_CASE("a string, a host, an entry or a manifest key alone is a trace") {
  const std::string toml = sdk_toml("by-string", "string = [\"*acme-sdk*\"]") +
                           sdk_toml("by-host", "host = [\"acme.cn\"]") +
                           sdk_toml("by-entry", "entry = [\"assets/acme.*\"]") +
                           sdk_toml("by-key", "manifest = [\"meta-data:ACME_KEY\"]") +
                           sdk_toml("by-component", "class = [\"com.acme\"]");
  DexBuilder dex;
  add_class(dex, "Lcom/example/app/Main;");
  dex.add_string("the acme-sdk speaks").add_string("https://api.acme.cn/v1");
  const AppReport report =
      Scanner(toml).scan(apk_of({{"classes.dex", dex.build()}, {"assets/acme.dat", bytes_of("x")}},
                                {meta_data("ACME_KEY", "1"), activity("com.acme.ui.Main")}));
  for (const char* sdk : {"by-string", "by-host", "by-entry", "by-key", "by-component"}) {
    CAPTURE(sdk);
    CHECK(grade_of(report, sdk) == "trace");
  }
}

TEST_CASE("a native library defines whatever the classes are") {
  const Scanner scanner(
      sdk_toml("acme", "class = [\"com.acme\"]\nlibrary = [\"libacme*.so\"]\nsymbol = [\"acme_*\"]"));
  const ByteVector by_name = ElfBuilder().soname("libother.so").build();
  const ByteVector by_soname = ElfBuilder().soname("libacme2.so").build();
  const ByteVector by_symbol = ElfBuilder().soname("libother.so").exports("acme_open").build();
  const ByteVector imported = ElfBuilder().soname("libother.so").imports("acme_open").build();
  CHECK(grade_of(scanner.scan(apk_of({{"lib/arm64-v8a/libacme1.so", by_name}})), "acme") == "defined");
  CHECK(grade_of(scanner.scan(apk_of({{"lib/arm64-v8a/libx.so", by_soname}})), "acme") == "defined");
  CHECK(grade_of(scanner.scan(apk_of({{"lib/arm64-v8a/libx.so", by_symbol}})), "acme") == "defined");
  CHECK(grade_of(scanner.scan(apk_of({{"lib/arm64-v8a/libx.so", imported}})), "acme") == "none");
  const AppReport report =
      scanner.scan(apk_of({{"lib/x86/libacme1.so", by_name}, {"lib/arm/libx.so", by_symbol}}));
  CHECK(finding(report, "acme").native_libraries ==
        std::vector<std::string>{"lib/arm/libx.so", "lib/x86/libacme1.so"});
}

TEST_CASE("the author's word on a pattern's grade counts") {
  const Scanner scanner(sdk_toml("acme", "entry = [{ glob = \"assets/acme.bin\", grade = \"defined\" }]") +
                        sdk_toml("hollow", "class = [{ prefix = \"com.hollow\", grade = \"stub\" }]"));
  const AppReport report = scanner.scan(
      apk_of({{"classes.dex", dex_of({"Lcom/hollow/A;"}, 2000)}, {"assets/acme.bin", bytes_of("x")}}));
  CHECK(grade_of(report, "acme") == "defined");
  CHECK(grade_of(report, "hollow") == "stub");
}

TEST_CASE("the longest prefix owns a class") {
  const Scanner scanner(sdk_toml("outer", "class = [\"com.acme\"]") +
                        sdk_toml("inner", "class = [\"com.acme.push\"]") +
                        sdk_toml("exact", "class = [{ exact = \"com.acme.push.Core\" }]"));
  const AppReport report = scan_classes(
      scanner, {"Lcom/acme/A;", "Lcom/acme/push/B;", "Lcom/acme/push/Core;", "Lcom/acme/pushy/C;"});
  CHECK(finding(report, "outer").classes == 2);
  CHECK(finding(report, "inner").classes == 1);
  CHECK(finding(report, "exact").classes == 1);
}

TEST_CASE("an SDK whose prefix lies within another's is nested in it") {
  const Scanner scanner(sdk_toml("outer", "class = [\"com.acme\"]") +
                        sdk_toml("inner", "class = [\"com.acme.push\"]"));
  const AppReport report = scan_classes(scanner, {"Lcom/acme/A;", "Lcom/acme/push/B;"});
  CHECK(finding(report, "inner").nested_in == std::vector<std::string>{"outer"});
  CHECK(finding(report, "outer").nested_in.empty());
}

TEST_CASE("an SDK is not nested in one that was not found") {
  const Scanner scanner(sdk_toml("outer", "class = [\"com.acme\"]") +
                        sdk_toml("inner", "class = [\"com.acme.push\"]"));
  const AppReport report = scan_classes(scanner, {"Lcom/acme/push/B;"});
  CHECK(finding(report, "inner").nested_in.empty());
  CHECK(find(report, "outer") == nullptr);
}

TEST_CASE("an SDK is nested in one whose signature contains it, when both are here") {
  const Scanner scanner(sdk_toml_with("acme", "contains = [\"jcore\"]", "class = [\"com.acme\"]") +
                        sdk_toml("jcore", "class = [\"cn.jcore\"]"));
  const AppReport both = scan_classes(scanner, {"Lcom/acme/A;", "Lcn/jcore/B;"});
  CHECK(finding(both, "jcore").nested_in == std::vector<std::string>{"acme"});
  CHECK(finding(scan_classes(scanner, {"Lcn/jcore/B;"}), "jcore").nested_in.empty());
  DexBuilder dex;
  add_class(dex, "Lcn/jcore/B;");
  dex.add_type("Lcom/acme/A;");
  const AppReport named_only = scanner.scan(apk_of({{"classes.dex", dex.build()}}));
  CHECK(grade_of(named_only, "acme") == "referenced");
  CHECK(finding(named_only, "jcore").nested_in.empty());
}

TEST_CASE("findings stand strongest first, then by id") {
  const Scanner scanner(sdk_toml("zeta", "class = [\"com.zeta\"]") +
                        sdk_toml("beta", "class = [\"com.beta\"]") +
                        sdk_toml("alpha", "string = [\"*alpha-sdk*\"]"));
  DexBuilder dex;
  add_class(dex, "Lcom/zeta/A;");
  add_class(dex, "Lcom/beta/A;");
  dex.add_string("alpha-sdk");
  const AppReport report = scanner.scan(apk_of({{"classes.dex", dex.build()}}));
  REQUIRE(report.findings.size() == 3);
  CHECK(report.findings[0].sdk == "beta");
  CHECK(report.findings[1].sdk == "zeta");
  CHECK(report.findings[2].sdk == "alpha");
}

TEST_CASE("classes of the default package and of names outside ASCII are classes") {
  const Scanner scanner(sdk_toml("acme", "class = [{ exact = \"Main\" }, \"com.推送\"]"));
  const AppReport report = scan_classes(scanner, {"LMain;", "Lcom/推送/A;"});
  CHECK(finding(report, "acme").classes == 2);
}

TEST_CASE("class files count as classes do in a dex") {
  const auto class_file = [](const std::string& name) {
    return ClassBuilder(name).method(1, "run", "()V", ByteVector(200, 0)).build();
  };
  const AppReport report = Scanner(kAcme).scan(zip_of({{"com/acme/A.class", class_file("com/acme/A")},
                                                       {"com/acme/B.class", class_file("com/acme/B")}}),
                                               "a.jar");
  CHECK(report.app.kind == "jar");
  CHECK(finding(report, "acme").grade == Grade::defined);
  CHECK(finding(report, "acme").classes == 2);
  CHECK(finding(report, "acme").code_bytes == 400);
}

TEST_CASE("a marker interface of a few dozen bytes is a class too") {
  const ByteVector marker = ClassBuilder("com/acme/M").access(0x601).build();
  REQUIRE(marker.size() < 112);
  const AppReport report = Scanner(kAcme).scan(zip_of({{"com/acme/M.class", marker}}), "a.jar");
  CHECK(grade_of(report, "acme") == "stub");
}

TEST_CASE("module-info and package-info are no classes") {
  const ByteVector info = ClassBuilder("com/acme/package-info").access(0x1600).build();
  const ByteVector module = ClassBuilder("module-info").access(0x8000).build();
  const AppReport report = Scanner(kAcme).scan(
      zip_of({{"com/acme/package-info.class", info}, {"module-info.class", module}}), "a.jar");
  CHECK(report.findings.empty());
  CHECK(report.coverage.classes == 0);
}

}  // namespace
}  // namespace sdkprint
