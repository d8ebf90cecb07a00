// Where versions come from, one test a source; and what happens when sources disagree.
#include <doctest/doctest.h>

#include "app_fixture.h"
#include "class_builder.h"
#include "elf_builder.h"

namespace sdkprint {
namespace {

using namespace test;

constexpr const char* kString = "Ljava/lang/String;";

/// The SDK acme with the class prefix com.acme and these [[sdk.version]] rules.
Scanner scanner_with(const std::string& rules, const std::string& more_patterns = "") {
  return Scanner(sdk_toml("acme", "class = [\"com.acme\"]\n" + more_patterns, rules));
}

/// "1.2" or "none", or all that was seen: "null (1.2, 1.3)".
std::string version_of(const AppReport& report) {
  const Finding& acme = finding(report, "acme");
  if (acme.version) return *acme.version;
  if (acme.version_evidence.empty()) return "none";
  std::string text = "null (";
  for (const VersionEvidence& one : acme.version_evidence)
    text += (text.size() > 6 ? ", " : "") + one.version;
  return text + ")";
}

const std::string kField = "[[sdk.version]]\nfield = \"com.acme.BuildConfig.VERSION\"";

TEST_CASE("a field's constant in static_values") {
  DexBuilder dex;
  add_class(dex, "Lcom/acme/BuildConfig;").string_constant("OTHER", "9").string_constant("VERSION", "4.2.0");
  const AppReport report = scanner_with(kField).scan(apk_of({{"classes.dex", dex.build()}}));
  CHECK(version_of(report) == "4.2.0");
  const VersionEvidence& one = finding(report, "acme").version_evidence.at(0);
  CHECK(one.entry == "classes.dex");
  CHECK(one.source == "field:com.acme.BuildConfig.VERSION");
  CHECK(one.item == "4.2.0");
}

TEST_CASE("a field's constant that is a number") {
  DexBuilder dex;
  add_class(dex, "Lcom/acme/BuildConfig;").int_constant("VERSION", 420);
  CHECK(version_of(scanner_with(kField).scan(apk_of({{"classes.dex", dex.build()}}))) == "420");
}

TEST_CASE("what <clinit> stores into a field") {
  DexBuilder dex;
  add_class(dex, "Lcom/acme/BuildConfig;")
      .static_field("VERSION", kString)
      .method("<clinit>", "()V", kStatic | kConstructor,
              Code()
                  .const_string(0, "4.2.1")
                  .sput_object(0, "Lcom/acme/BuildConfig;", "VERSION", kString)
                  .return_void());
  CHECK(version_of(scanner_with(kField).scan(apk_of({{"classes.dex", dex.build()}}))) == "4.2.1");
}

TEST_CASE("a field of another class or another name says nothing") {
  DexBuilder dex;
  add_class(dex, "Lcom/acme/BuildConfigs;").string_constant("VERSION", "1");
  add_class(dex, "Lcom/acme/BuildConfig;").string_constant("VERSIONS", "2");
  CHECK(version_of(scanner_with(kField).scan(apk_of({{"classes.dex", dex.build()}}))) == "none");
}

TEST_CASE("a regular expression and a format make the version") {
  DexBuilder dex;
  add_class(dex, "Lcom/acme/BuildConfig;").string_constant("VERSION", "release_4_2");
  const Scanner scanner = scanner_with(kField + "\nregex = '_(\\d+)_(\\d+)$'\nformat = \"$1.$2\"");
  CHECK(version_of(scanner.scan(apk_of({{"classes.dex", dex.build()}}))) == "4.2");
}

TEST_CASE("a string that a method loads") {
  DexBuilder dex;
  dex.add_class("Lcom/acme/Api;")
      .method("name", "()V", Code().const_string(0, "9.9.9").return_void())
      .method("version", "()V", Code().const_string(0, "junk").const_string(1, "3.1.4").return_void());
  const std::string regex = "\nregex = '^\\d+\\.\\d+\\.\\d+$'";
  const ByteVector app = apk_of({{"classes.dex", dex.build()}});
  CHECK(version_of(scanner_with("[[sdk.version]]\ncode = \"com.acme.Api.version\"" + regex).scan(app)) ==
        "3.1.4");
  CHECK(version_of(scanner_with("[[sdk.version]]\ncode = \"com.acme.*.ver*\"" + regex).scan(app)) == "3.1.4");
  CHECK(version_of(scanner_with("[[sdk.version]]\ncode = \"com.acme.Other\"" + regex).scan(app)) == "none");
}

TEST_CASE("a string of the table") {
  DexBuilder dex;
  add_class(dex, "Lcom/acme/A;");
  dex.add_string("acme-sdk/5.0.1 (Android)");
  const AppReport report = scanner_with("[[sdk.version]]\nstring = '^acme-sdk/([\\d.]+)'")
                               .scan(apk_of({{"classes.dex", dex.build()}}));
  CHECK(version_of(report) == "5.0.1");
  CHECK(finding(report, "acme").version_evidence.at(0).item == "acme-sdk/5.0.1 (Android)");
}

TEST_CASE("the name of a native library, or its SONAME") {
  const Scanner scanner =
      scanner_with("[[sdk.version]]\nlibrary = '^libacme_(\\d)(\\d)\\.so$'\nformat = \"$1.$2\"",
                   "library = [\"libacme*.so\"]");
  const ByteVector plain = ElfBuilder().soname("libx.so").build(),
                   named = ElfBuilder().soname("libacme_34.so").build();
  CHECK(version_of(scanner.scan(apk_of({{"lib/x86/libacme_12.so", plain}}))) == "1.2");
  CHECK(version_of(scanner.scan(apk_of({{"lib/x86/libacme.so", named}}))) == "3.4");
}

const std::string kNative = "[[sdk.version]]\nnative-string = 'ACME ([\\d.]+)'\nin = \"libacme*.so\"";

TEST_CASE("a constant of a native library, narrowed to one by its name") {
  const Scanner scanner = scanner_with(kNative, "library = [\"libacme*.so\"]");
  const ByteVector library = ElfBuilder().soname("libx.so").rodata("ACME 2.5").build();
  const ByteVector other = ElfBuilder().soname("liby.so").rodata("ACME 7.7").build();
  CHECK(version_of(scanner.scan(apk_of({{"lib/x86/libacme.so", library}, {"lib/x86/libother.so", other}}))) ==
        "2.5");
}

TEST_CASE("the same when the library is the file that is scanned") {
  const Scanner scanner = scanner_with(kNative, "library = [\"libacme*.so\"]");
  const ByteVector library = ElfBuilder().soname("libx.so").rodata("ACME 2.5").build();
  CHECK(version_of(scanner.scan(library, "libacme.so")) == "2.5");
  CHECK(version_of(scanner.scan_files({{"libacme.so", library}, {"b/libother.so", library}})) == "2.5");
}

TEST_CASE("the text of an entry") {
  const Scanner scanner = scanner_with("[[sdk.version]]\nentry = \"META-INF/com.acme_*.version\"");
  const AppReport report = scanner.scan(apk_of({{"classes.dex", dex_of({"Lcom/acme/A;"})},
                                                {"META-INF/com.acme_core.version", bytes_of("6.0.2\n")},
                                                {"META-INF/com.acme_core.versions", bytes_of("1")}}));
  CHECK(version_of(report) == "6.0.2");
  const VersionEvidence& one = finding(report, "acme").version_evidence.at(0);
  CHECK(one.entry == "META-INF/com.acme_core.version");
  CHECK(one.source == "entry:META-INF/com.acme_*.version");
  CHECK(one.item == "6.0.2\n");
}

TEST_CASE("a key within an entry") {
  const Scanner scanner =
      scanner_with("[[sdk.version]]\nentry = \"META-INF/acme.properties\"\nkey = \"version\"");
  const ByteVector dex = dex_of({"Lcom/acme/A;"});
  for (const char* text :
       {"name=a\nversion=6.1\nother=2\n", "name: a\r\nversion: 6.1\r\n", "version = 6.1"}) {
    CHECK(version_of(scanner.scan(
              apk_of({{"classes.dex", dex}, {"META-INF/acme.properties", bytes_of(text)}}))) == "6.1");
  }
  CHECK(version_of(scanner.scan(
            apk_of({{"classes.dex", dex}, {"META-INF/acme.properties", bytes_of("versions=1")}}))) == "none");
}

TEST_CASE("a large entry is not read for its version") {
  const Scanner scanner =
      scanner_with("[[sdk.version]]\nentry = \"META-INF/acme.properties\"\nkey = \"version\"");
  const ByteVector large = bytes_of("version=1\n" + std::string(70000, ' '));
  CHECK(version_of(scanner.scan(apk_of(
            {{"classes.dex", dex_of({"Lcom/acme/A;"})}, {"META-INF/acme.properties", large}}))) == "none");
}

TEST_CASE("meta-data of the manifest, of the application or of a component") {
  const Scanner scanner = scanner_with("[[sdk.version]]\nmanifest = \"ACME_VERSION\"");
  const ByteVector dex = dex_of({"Lcom/acme/A;"});
  CHECK(version_of(scanner.scan(apk_of({{"classes.dex", dex}}, {meta_data("ACME_VERSION", "7.1")}))) ==
        "7.1");
  AxmlElement push = service("com.acme.Push");
  push.children.push_back(meta_data("ACME_VERSION", "7.2"));
  CHECK(version_of(scanner.scan(apk_of({{"classes.dex", dex}}, {push}))) == "7.2");
}

TEST_CASE("class files: constants of fields, what <clinit> stores, strings that methods load") {
  ClassBuilder config("com/acme/BuildConfig");
  config.field(0x19, "VERSION", kString, config.string("8.1"));
  config.method(1, "run", "()V", ByteVector(200, 0));
  CHECK(version_of(scanner_with(kField).scan(zip_of({{"com/acme/BuildConfig.class", config.build()}}),
                                             "a.jar")) == "8.1");
  ClassBuilder late("com/acme/BuildConfig");
  late.field(9, "VERSION", kString);
  late.method(8, "<clinit>", "()V",
              test::code(0x13, u2(late.string("8.2")), 0xb3,
                         u2(late.field_ref("com/acme/BuildConfig", "VERSION", kString)), 0xb1));
  CHECK(version_of(scanner_with(kField).scan(zip_of({{"com/acme/BuildConfig.class", late.build()}}),
                                             "a.jar")) == "8.2");
  ClassBuilder api("com/acme/Api");
  api.method(9, "version", "()V", test::code(0x13, u2(api.string("8.3")), 0xb1));
  CHECK(version_of(scanner_with("[[sdk.version]]\ncode = \"com.acme.Api.version\"")
                       .scan(zip_of({{"com/acme/Api.class", api.build()}}), "a.jar")) == "8.3");
}

TEST_CASE("sources that disagree give no version, and all that they say") {
  DexBuilder dex;
  add_class(dex, "Lcom/acme/A;");
  dex.add_string("acme-sdk/1.0").add_string("acme-sdk/2.0").add_string("acme-sdk/1.0 ");
  const AppReport report = scanner_with("[[sdk.version]]\nstring = '^acme-sdk/([\\d.]+)'")
                               .scan(apk_of({{"classes.dex", dex.build()}}));
  CHECK_FALSE(finding(report, "acme").version);
  CHECK(version_of(report) == "null (1.0, 2.0)");
}

TEST_CASE("two dex files that agree are one version") {
  const Scanner scanner = scanner_with("[[sdk.version]]\nstring = '^acme-sdk/([\\d.]+)'");
  DexBuilder one, two;
  add_class(one, "Lcom/acme/A;");
  add_class(two, "Lcom/acme/B;");
  one.add_string("acme-sdk/1.0");
  two.add_string("acme-sdk/1.0");
  const AppReport report =
      scanner.scan(apk_of({{"classes.dex", one.build()}, {"classes2.dex", two.build()}}));
  CHECK(version_of(report) == "1.0");
  CHECK(finding(report, "acme").version_evidence.size() == 1);
}

TEST_CASE("the first rule that yields wins, whatever the later ones say") {
  DexBuilder dex;
  add_class(dex, "Lcom/acme/BuildConfig;").string_constant("VERSION", "4.2.0");
  dex.add_string("acme-sdk/1.0");
  const ByteVector app = apk_of({{"classes.dex", dex.build()}});
  const std::string text_rule = "[[sdk.version]]\nstring = '^acme-sdk/([\\d.]+)'";
  const std::string absent = "[[sdk.version]]\nfield = \"com.acme.Other.VERSION\"";
  CHECK(version_of(scanner_with(absent + "\n" + kField + "\n" + text_rule).scan(app)) == "4.2.0");
  CHECK(version_of(scanner_with(text_rule + "\n" + kField).scan(app)) == "1.0");
}

TEST_CASE("the version of an SDK that is only referenced is not looked for") {
  DexBuilder dex;
  add_class(dex, "Lcom/example/A;");
  dex.add_type("Lcom/acme/A;").add_string("acme-sdk/1.0");
  const AppReport report = scanner_with("[[sdk.version]]\nstring = '^acme-sdk/([\\d.]+)'")
                               .scan(apk_of({{"classes.dex", dex.build()}}));
  CHECK(grade_of(report, "acme") == "referenced");
  CHECK(version_of(report) == "none");
}

TEST_CASE("a version rule is no evidence of the SDK") {
  DexBuilder dex;
  add_class(dex, "Lcom/example/A;");
  dex.add_string("acme-sdk/1.0");
  const AppReport report = scanner_with("[[sdk.version]]\nstring = '^acme-sdk/([\\d.]+)'")
                               .scan(apk_of({{"classes.dex", dex.build()}}));
  CHECK(report.findings.empty());
}

}  // namespace
}  // namespace sdkprint
