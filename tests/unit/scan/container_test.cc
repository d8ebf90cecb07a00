// Archives and what is in them: kinds of containers, nesting, limits, copies, broken parts, hostile names.
#include <doctest/doctest.h>

#include "app_fixture.h"
#include "class_builder.h"
#include "elf_builder.h"
#include "proto_builder.h"
#include "signing_builder.h"

namespace sdkprint {
namespace {

using namespace test;
using Texts = std::vector<std::string>;

const Scanner& acme() {
  static const Scanner scanner(sdk_toml("acme", "class = [\"com.acme\"]\nlibrary = [\"libacme.so\"]"));
  return scanner;
}

const ByteVector& acme_dex() {
  static const ByteVector dex = dex_of({"Lcom/acme/A;"});
  return dex;
}

std::string message_of(const AppReport& report, std::size_t index = 0) {
  REQUIRE(report.problems.size() > index);
  return report.problems[index].message;
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("what the manifest says of the app is in the report") {
  const AppReport report = acme().scan(apk_of({{"classes.dex", acme_dex()}}));
  CHECK(report.app.kind == "apk");
  CHECK(report.app.package == "com.example.app");
  CHECK(report.app.version_name == "1.0");
  CHECK(report.app.version_code == 1);
  CHECK(report.app.min_sdk == 21);
  CHECK(report.app.target_sdk == 33);
  CHECK(report.app.sha256.size() == 64);
  CHECK(report.app.parts.empty());
  CHECK(report.database_fingerprint.size() == 32);
}

TEST_CASE("the file's size and digest are the file's") {
  const ByteVector app = apk_of({});
  const AppReport report = acme().scan(app);
  CHECK(report.app.size == app.size());
  CHECK(report.app.sha256 == to_hex(Bytes(sha256(app))));
}

TEST_CASE("the signer's certificate is in the report") {
  const ByteVector der = certificate_der({});
  const ByteVector app = ZipBuilder()
                             .deflated("AndroidManifest.xml", manifest_xml("com.example.app"))
                             .signing_block({{kSchemeV2, scheme_value({{der}})}})
                             .build();
  const AppReport report = acme().scan(app);
  REQUIRE(report.app.certificates.size() == 1);
  CHECK(report.app.certificates[0].sha256 == to_hex(Bytes(sha256(der))));
  CHECK(report.app.certificates[0].schemes == std::vector<int>{2});
}

TEST_CASE("a dex under any name is a dex") {
  for (const char* name : {"classes.dex", "assets/plugin.bin", "lib/arm64-v8a/libx.so", "a"}) {
    CHECK(grade_of(acme().scan(apk_of({{name, acme_dex()}})), "acme") == "defined");
  }
}

TEST_CASE("a dex is found stored or deflated") {
  const ByteVector app = ZipBuilder()
                             .deflated("AndroidManifest.xml", manifest_xml("com.example.app"))
                             .stored("classes.dex", acme_dex())
                             .deflated("classes2.dex", dex_of({"Lcom/acme/B;"}))
                             .build();
  CHECK(finding(acme().scan(app), "acme").classes == 2);
}

TEST_CASE("a dex in a jar in an APK in the assets") {
  const ByteVector jar = zip_of({{"classes.dex", acme_dex()}});
  const ByteVector plugin = apk_of({{"assets/p.jar", jar}});
  const AppReport report = acme().scan(apk_of({{"assets/plugin.apk", plugin}}));
  CHECK(evidence(finding(report, "acme"), Surface::class_name).entry ==
        "assets/plugin.apk!assets/p.jar!classes.dex");
  CHECK(report.coverage.nested_containers == 2);
  CHECK(report.app.package == "com.example.app");
}

/// An APK with the dex at a depth: 0 is in the APK itself.
ByteVector at_depth(int depth) {
  ByteVector content = zip_of({{"classes.dex", acme_dex()}});
  for (int i = 1; i < depth; ++i) content = zip_of({{"n.zip", content}});
  return depth == 0 ? apk_of({{"classes.dex", acme_dex()}}) : apk_of({{"n.zip", content}});
}

TEST_CASE("containers are opened down to the limit, and what lies deeper is named") {
  Limits limits;
  for (std::uint32_t depth = 0; depth <= 3; ++depth) {
    limits.depth = depth;
    CHECK(grade_of(acme().scan(at_depth(static_cast<int>(depth)), "app.apk", limits), "acme") == "defined");
    const AppReport deeper = acme().scan(at_depth(static_cast<int>(depth) + 1), "app.apk", limits);
    CHECK(grade_of(deeper, "acme") == "none");
    REQUIRE(deeper.problems.size() == 1);
    CHECK(deeper.problems[0].kind == "limit");
    CHECK(deeper.problems[0].loss);
    CHECK(says(deeper.problems[0].message, "nested deeper than the limit of " + std::to_string(depth)));
  }
}

TEST_CASE("no more containers are opened than the limit allows, in all depths together") {
  Limits limits;
  limits.containers = 2;
  const ByteVector jar = zip_of({{"classes.dex", acme_dex()}, {"pad", noise(200)}});
  const AppReport report = acme().scan(
      apk_of({{"a.jar", zip_of({{"b.jar", jar}})}, {"c.jar", jar}, {"d.jar", jar}}), "app.apk", limits);
  CHECK(problems(report) == Texts{"limit c.jar", "limit d.jar"});
  CHECK(says(message_of(report), "more than 2 containers"));
}

TEST_CASE("an entry over the size limit is named and left out, the rest is scanned") {
  Limits limits;
  limits.entry_bytes = 10000;
  DexBuilder big;
  add_class(big, "Lcom/other/A;").method("more", "()V", Code().raw({0}).return_void());
  big.add_string(std::string(20000, 'x'));
  const AppReport report =
      acme().scan(apk_of({{"classes.dex", big.build()}, {"classes2.dex", acme_dex()}}), "app.apk", limits);
  CHECK(problems(report) == Texts{"limit classes.dex"});
  CHECK(says(message_of(report), "over the limit of 10000 bytes an entry"));
  CHECK(grade_of(report, "acme") == "defined");
}

TEST_CASE("once the app's bytes are used up, entries are named and left out") {
  Limits limits;
  limits.app_bytes = acme_dex().size() + 10;
  const AppReport report = acme().scan(
      apk_of({{"classes.dex", acme_dex()}, {"classes2.dex", dex_of({"Lcom/acme/B;"})}}), "app.apk", limits);
  CHECK(finding(report, "acme").classes == 1);
  CHECK(problems(report) == Texts{"limit classes2.dex"});
}

TEST_CASE("a decompression bomb is refused by its ratio") {
  DexBuilder bomb;
  add_class(bomb, "Lcom/other/A;");
  bomb.add_string(std::string(3 << 20, 'x'));
  const AppReport report = acme().scan(apk_of({{"classes.dex", bomb.build()}, {"classes2.dex", acme_dex()}}));
  CHECK(problems(report) == Texts{"limit classes.dex"});
  CHECK(says(message_of(report), "a decompression bomb?"));
  CHECK(grade_of(report, "acme") == "defined");
}

TEST_CASE("a small entry may be compressed well") {
  DexBuilder dex;
  add_class(dex, "Lcom/acme/A;");
  dex.add_string(std::string(900'000, 'x'));
  CHECK(acme().scan(apk_of({{"classes.dex", dex.build()}})).problems.empty());
}

TEST_CASE("more entries than the limit stop the archive") {
  Limits limits;
  limits.entries = 3;
  const AppReport ok =
      acme().scan(apk_of({{"a", bytes_of("x")}, {"classes.dex", acme_dex()}}), "app.apk", limits);
  CHECK(grade_of(ok, "acme") == "defined");
  const AppReport report = acme().scan(
      apk_of({{"a", bytes_of("x")}, {"b", bytes_of("x")}, {"classes.dex", acme_dex()}}), "app.apk", limits);
  REQUIRE(report.problems.size() == 1);
  CHECK(report.problems[0].kind == "limit");
}

TEST_CASE("matches over the limit are said, and what was found stays") {
  Limits limits;
  limits.matches = 3;
  const AppReport report = acme().scan(
      apk_of({{"classes.dex", dex_of({"Lcom/acme/A;", "Lcom/acme/B;", "Lcom/acme/C;", "Lcom/acme/D;"})}}),
      "app.apk", limits);
  CHECK(finding(report, "acme").classes == 3);
  CHECK(problems(report) == Texts{"limit classes.dex"});
}

TEST_CASE("time that is up stops the scan, and says so") {
  Limits limits;
  limits.time = std::chrono::milliseconds(0);
  const AppReport report = acme().scan(apk_of({{"classes.dex", acme_dex()}}), "app.apk", limits);
  CHECK(problems(report) == Texts{"limit classes.dex"});
  CHECK(says(message_of(report), "time limit"));
}

TEST_CASE("the same dex twice is one definition, and evidence in two places") {
  const AppReport report =
      acme().scan(apk_of({{"classes.dex", acme_dex()}, {"assets/copy.dex", acme_dex()}}));
  CHECK(finding(report, "acme").classes == 1);
  CHECK(report.coverage.classes == 1);
  CHECK(finding(report, "acme").evidence_count == 2);
  CHECK(finding(report, "acme").evidence.at(1).entry == "assets/copy.dex");
}

TEST_CASE("a native library under two names is both") {
  const Scanner scanner(sdk_toml("one", "library = [\"libone.so\"]") +
                        sdk_toml("two", "library = [\"libtwo.so\"]"));
  const ByteVector library = ElfBuilder().build();
  const AppReport report = scanner.scan(apk_of(
      {{"lib/x86/libone.so", library}, {"lib/x86/libtwo.so", library}, {"lib/arm/libone.so", library}}));
  CHECK(finding(report, "one").native_libraries == Texts{"lib/arm/libone.so", "lib/x86/libone.so"});
  CHECK(finding(report, "two").native_libraries == Texts{"lib/x86/libtwo.so"});
}

TEST_CASE("equal checksum and size are not yet equal content") {
  const ByteVector a = dex_of({"Lcom/acme/A;"}), b = dex_of({"Lcom/other/A;"});
  ByteVector padded = a;
  padded.resize(std::max(a.size(), b.size()));
  ByteVector other = b;
  other.resize(padded.size());
  const ByteVector app = ZipBuilder()
                             .deflated("AndroidManifest.xml", manifest_xml("com.example.app"))
                             .stored("classes.dex", other)
                             .stored("classes2.dex", padded)
                             .central([&](ZipHeader& header) { header.crc32 = crc32_of(other); })
                             .build();
  CHECK(finding(acme().scan(app), "acme").classes == 1);
}

TEST_CASE("a truncated dex is a problem, the other dex is scanned") {
  ByteVector cut = dex_of({"Lcom/other/B;"});
  cut.resize(cut.size() * 2 / 3);
  const AppReport report = acme().scan(apk_of({{"classes.dex", cut}, {"classes2.dex", acme_dex()}}));
  CHECK(finding(report, "acme").classes == 1);
  REQUIRE_FALSE(report.problems.empty());
  CHECK(report.problems[0].entry == "classes.dex");
  CHECK(report.problems[0].loss);
}

TEST_CASE("a broken class of a dex is a problem, its other classes are scanned") {
  DexBuilder builder;
  add_class(builder, "Lcom/other/B;");
  add_class(builder, "Lcom/acme/A;");
  ByteVector dex = builder.build();
  // class_data_off of the first class: past the end.
  set32(dex, builder.layout().class_defs + 24, static_cast<std::uint32_t>(dex.size() + 100));
  const AppReport report = acme().scan(apk_of({{"classes.dex", dex}}));
  CHECK(finding(report, "acme").grade == Grade::defined);
  CHECK(problems(report) == Texts{"truncated classes.dex"});
  CHECK(says(message_of(report), "class_def 0"));
}

TEST_CASE("a broken native library is a problem, the rest is scanned") {
  ByteVector library = ElfBuilder().build();
  library.resize(40);
  library.resize(300);
  const AppReport report = acme().scan(apk_of({{"lib/x86/libx.so", library}, {"classes.dex", acme_dex()}}));
  CHECK(grade_of(report, "acme") == "defined");
  REQUIRE(report.problems.size() == 1);
  CHECK(report.problems[0].entry == "lib/x86/libx.so");
}

TEST_CASE("an entry whose data is damaged is a problem, the rest is scanned") {
  const ByteVector app = ZipBuilder()
                             .deflated("AndroidManifest.xml", manifest_xml("com.example.app"))
                             .raw("classes.dex", 8, noise(500), 5000)
                             .deflated("classes2.dex", acme_dex())
                             .build();
  const AppReport report = acme().scan(app);
  CHECK(grade_of(report, "acme") == "defined");
  CHECK(coverage_of(report).starts_with("partial"));
}

TEST_CASE("a broken manifest is a problem, the code is scanned") {
  ByteVector manifest = manifest_xml("com.example.app");
  manifest.resize(manifest.size() / 2);
  const AppReport report =
      acme().scan(zip_of({{"AndroidManifest.xml", manifest}, {"classes.dex", acme_dex()}}));
  CHECK(report.app.kind == "apk");
  CHECK(grade_of(report, "acme") == "defined");
  REQUIRE_FALSE(report.problems.empty());
  CHECK(report.problems[0].entry == "AndroidManifest.xml");
}

TEST_CASE("a broken nested archive is a problem of its own") {
  ByteVector jar = zip_of({{"classes.dex", acme_dex()}});
  jar.resize(jar.size() / 2);
  const AppReport report = acme().scan(apk_of({{"classes.dex", acme_dex()}, {"assets/p.jar", jar}}));
  CHECK(grade_of(report, "acme") == "defined");
  REQUIRE(report.problems.size() == 1);
  CHECK(report.problems[0].entry == "assets/p.jar");
}

TEST_CASE("compact dex is named, not read") {
  const AppReport report = acme().scan(apk_of({{"x.vdex", bytes_of("cdex001" + std::string(300, '\0'))}}));
  CHECK(problems(report).at(0) == "unsupported x.vdex");
}

TEST_CASE("files that are no app say so") {
  const AppReport text =
      acme().scan(bytes_of("hello, I am a text of some length, and no app at all"), "a.txt");
  CHECK(text.app.kind == "unknown");
  CHECK(problems(text) == Texts{"unsupported "});
  CHECK(coverage_of(text) == "none unreadable");
  const AppReport empty = acme().scan(ByteVector(), "empty.apk");
  CHECK(says(message_of(empty), "the file is empty"));
  const AppReport absent = scan_app(acme().matcher(), {{"/nonexistent/a.apk"}});
  CHECK(problems(absent) == Texts{"unreadable "});
  CHECK(absent.app.path == "/nonexistent/a.apk");
}

TEST_CASE("a bare dex, native library and class file") {
  const AppReport dex = acme().scan(acme_dex(), "a.dex");
  CHECK(dex.app.kind == "dex");
  CHECK(grade_of(dex, "acme") == "defined");
  CHECK(coverage_of(dex) == "full");
  const AppReport library = acme().scan(ElfBuilder().build(), "libacme.so");
  CHECK(library.app.kind == "elf");
  CHECK(grade_of(library, "acme") == "defined");
  const AppReport class_file =
      acme().scan(ClassBuilder("com/acme/A").method(1, "run", "()V", ByteVector(200, 0)).build(), "A.class");
  CHECK(class_file.app.kind == "class-file");
  CHECK(grade_of(class_file, "acme") == "defined");
}

TEST_CASE("an AAR: class files of classes.jar, native libraries") {
  const ByteVector jar = zip_of(
      {{"com/acme/A.class", ClassBuilder("com/acme/A").method(1, "r", "()V", ByteVector(200, 0)).build()}});
  const AppReport report =
      acme().scan(zip_of({{"AndroidManifest.xml",
                           bytes_of("<?xml version=\"1.0\"?><manifest package=\"com.acme\" "
                                    "xmlns:android=\"http://schemas.android.com/apk/res/android\"/>")},
                          {"classes.jar", jar},
                          {"jni/arm64-v8a/libacme.so", ElfBuilder().build()}}),
                  "a.aar");
  CHECK(report.app.kind == "aar");
  CHECK(report.app.package == "com.acme");
  CHECK(finding(report, "acme").classes == 1);
  CHECK(finding(report, "acme").native_libraries == Texts{"jni/arm64-v8a/libacme.so"});
  CHECK(evidence(finding(report, "acme"), Surface::class_name).entry == "classes.jar");
}

TEST_CASE("a broken class file of a jar is a problem, the others are scanned") {
  ByteVector broken = ClassBuilder("com/acme/B").method(1, "r", "()V", ByteVector(200, 0)).build();
  broken.resize(broken.size() - 20);
  const AppReport report = acme().scan(
      zip_of(
          {{"com/acme/A.class", ClassBuilder("com/acme/A").method(1, "r", "()V", ByteVector(200, 0)).build()},
           {"com/acme/B.class", broken}}),
      "a.jar");
  CHECK(finding(report, "acme").classes == 1);
  REQUIRE(report.problems.size() == 1);
  CHECK(says(report.problems[0].entry, "com/acme/B.class"));
}

TEST_CASE("class files left over inside an APK are nobody's code") {
  const ByteVector left = ClassBuilder("com/acme/A").method(1, "r", "()V", ByteVector(200, 0)).build();
  CHECK(acme().scan(apk_of({{"com/acme/A.class", left}})).findings.empty());
}

TEST_CASE("an app bundle: manifest as protobuf, dex of its modules") {
  const AppReport report = acme().scan(
      zip_of({{"BundleConfig.pb", bytes_of("x")},
              {"base/manifest/AndroidManifest.xml", proto_xml(manifest_element("com.example.bundle"))},
              {"base/dex/classes.dex", acme_dex()},
              {"feature/dex/classes.dex", dex_of({"Lcom/acme/B;"})}}),
      "a.aab");
  CHECK(report.app.kind == "aab");
  CHECK(report.app.package == "com.example.bundle");
  CHECK(finding(report, "acme").classes == 2);
  CHECK(evidence(finding(report, "acme"), Surface::class_name).entry == "base/dex/classes.dex");
}

ByteVector split_apk(const std::string& split,
                     const std::vector<std::pair<std::string, ByteVector>>& entries) {
  AxmlElement manifest = manifest_element("com.example.app");
  if (!split.empty()) manifest.attributes.push_back(plain("split", split));
  std::vector<std::pair<std::string, ByteVector>> all = {{"AndroidManifest.xml", axml(manifest)}};
  all.insert(all.end(), entries.begin(), entries.end());
  return zip_of(all);
}

TEST_CASE("split APKs are one app: the base speaks for it, all parts are scanned") {
  const AppReport report = acme().scan_files(
      {{"config.apk", split_apk("config.arm64", {{"lib/arm64-v8a/libacme.so", ElfBuilder().build()}})},
       {"base.apk", split_apk("", {{"classes.dex", acme_dex()}})}});
  CHECK(report.app.kind == "apk-set");
  CHECK(report.app.package == "com.example.app");
  CHECK(report.app.parts.size() == 2);
  CHECK(finding(report, "acme").classes == 1);
  CHECK(evidence(finding(report, "acme"), Surface::class_name).entry == "base.apk!classes.dex");
  CHECK(finding(report, "acme").native_libraries == Texts{"config.apk!lib/arm64-v8a/libacme.so"});
  CHECK(coverage_of(report) == "full");
}

TEST_CASE("a split set's digest does not depend on the order or names of its files") {
  const ByteVector base = split_apk("", {}), config = split_apk("config.zh", {});
  const std::string one = acme().scan_files({{"a.apk", base}, {"b.apk", config}}).app.sha256;
  CHECK(one == acme().scan_files({{"c.apk", config}, {"d.apk", base}}).app.sha256);
  CHECK(one != acme().scan_files({{"a.apk", base}, {"b.apk", base}}).app.sha256);
}

TEST_CASE("a part that cannot be read does not take the others with it") {
  const AppReport report = acme().scan_files(
      {{"base.apk", split_apk("", {{"classes.dex", acme_dex()}})}, {"broken.apk", bytes_of("PK\3\4 oh")}});
  CHECK(grade_of(report, "acme") == "defined");
  CHECK(report.problems.size() == 1);
  CHECK(report.app.package == "com.example.app");
}

TEST_CASE("an APK set: the base within speaks for it") {
  const AppReport report = acme().scan(zip_of({{"config.zh.apk", split_apk("config.zh", {})},
                                               {"base.apk", split_apk("", {{"classes.dex", acme_dex()}})},
                                               {"icon.png", bytes_of("x")}}),
                                       "a.xapk");
  CHECK(report.app.kind == "apk-set");
  CHECK(report.app.package == "com.example.app");
  CHECK(evidence(finding(report, "acme"), Surface::class_name).entry == "base.apk!classes.dex");
}

TEST_CASE("hostile names come out harmless, their entries are scanned") {
  for (const std::string& name :
       {std::string("../../etc/passwd"), std::string("a\0b.dex", 7), std::string("x\n\x1b[2J.dex"),
        std::string("\xff\xfe.dex"), std::string("/abs"), std::string("a!b")}) {
    const AppReport report = acme().scan(apk_of({{name, acme_dex()}}));
    CAPTURE(name);
    CHECK(grade_of(report, "acme") == "defined");
    const std::string json = ndjson(report);
    CHECK(json.find('\n') == json.size() - 1);
    CHECK(json.find('\0') == std::string::npos);
    CHECK(json.find('\x1b') == std::string::npos);
  }
}

TEST_CASE("entries of one name are all scanned") {
  const AppReport report = acme().scan(
      apk_of({{"classes.dex", dex_of({"Lcom/acme/A;"})}, {"classes.dex", dex_of({"Lcom/acme/B;"})}}));
  CHECK(finding(report, "acme").classes == 2);
}

TEST_CASE("bytes before and behind the archive do not hide it") {
  const ByteVector app = ZipBuilder()
                             .prepended(as_bytes("#!/bin/sh\n"))
                             .deflated("AndroidManifest.xml", manifest_xml("com.example.app"))
                             .deflated("classes.dex", acme_dex())
                             .build();
  const AppReport report = acme().scan(app);
  CHECK(grade_of(report, "acme") == "defined");
  for (const Problem& problem : report.problems) CHECK_FALSE(problem.loss);
}

}  // namespace
}  // namespace sdkprint
