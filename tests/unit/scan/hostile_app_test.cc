// Files made to hurt: nothing escapes scan_app, and nothing costs out of proportion to the file's size.
#include <doctest/doctest.h>

#include "app_fixture.h"
#include "class_builder.h"
#include "elf_builder.h"
#include "hostile.h"
#include "processor_time.h"
#include "resources_builder.h"
#include "signing_builder.h"

namespace sdkprint {
namespace {

using namespace test;

const Scanner& scanner() {
  static const Scanner made(
      sdk_toml(
          "acme",
          "class = [\"com.acme\", { glob = \"*.acme.*\", weak = true }]\nstring = [{ regex = 'acme\\d*$' }]\n"
          "host = [\"acme.cn\"]\nlibrary = [\"libacme.so\"]\nsymbol = [\"acme_*\"]\nnative-string = "
          "[\"*acme*\"]\n"
          "entry = [\"assets/*acme*\"]\nmanifest = [\"meta-data:ACME*\"]",
          "[[sdk.version]]\nfield = \"com.acme.A.VERSION\"\n[[sdk.version]]\ncode = \"com.acme.*\"\n"
          "[[sdk.version]]\nstring = 'acme(\\d+)$'\n[[sdk.version]]\nentry = \"assets/*acme*\"\nkey = "
          "\"version\"") +
      sdk_toml("inner", "class = [\"com.acme.inner\"]"));
  return made;
}

/// Everything the scanner reads, in one archive; stored, so that changed bytes reach the parsers behind the
/// ZIP.
ByteVector rich_apk(bool stored) {
  DexBuilder dex;
  dex.add_class("Lcom/acme/A;")
      .string_constant("VERSION", "1.2")
      .method("run", "()V", Code().const_string(0, "acme77").const_int(1, 3).return_void());
  dex.add_class("Lcom/acme/inner/B;")
      .method("run", "()V", Code().const_string(0, "https://a.acme.cn/x").return_void());
  const ByteVector library =
      ElfBuilder().soname("libacme.so").exports("acme_open").rodata("acme 1.0").build();
  const ByteVector jar = zip_of({{"x.dex", dex_of({"Lcom/acme/C;"}, 20)}});
  const ByteVector manifest =
      manifest_xml("com.example.app", {meta_data("ACME_KEY", "1"), activity("com.acme.A")});
  ZipBuilder zip;
  for (const auto& [name, content] : std::vector<std::pair<std::string, ByteVector>>{
           {"AndroidManifest.xml", manifest},
           {"resources.arsc", arsc({{0x7f0b0000, "App"}})},
           {"classes.dex", dex.build()},
           {"lib/x86/libacme.so", library},
           {"assets/acme.jar", jar},
           {"assets/acme.properties", bytes_of("version=3.1\n")},
           {"META-INF/CERT.RSA", jar_signature({certificate_der({})}, 0)}}) {
    if (stored)
      zip.stored(name, Bytes(content));
    else
      zip.deflated(name, Bytes(content));
  }
  zip.signing_block({{kSchemeV2, scheme_value({{certificate_der({})}})}});
  return zip.build();
}

double seconds_for(const ByteVector& file, const std::string& name, AppReport* report = nullptr) {
  const ProcessorTime took;
  AppReport made = scanner().scan(file, name);
  const double seconds = took.seconds();
  if (report != nullptr) *report = std::move(made);
  return seconds;
}

// Far above what these files cost, far below what they would cost if their rows were added up.
constexpr double kSeconds = 8;

TEST_CASE("the rich app is read without a problem") {
  for (const bool stored : {true, false}) {
    const AppReport report = scanner().scan(rich_apk(stored));
    CHECK(report.problems.empty());
    CHECK(finding(report, "acme").version == "1.2");
    CHECK(finding(report, "acme").classes == 2);
    CHECK(report.app.certificates.size() == 1);
  }
}

TEST_CASE("changed bytes anywhere in an app never escape scan_app") {
  const auto scan = [](Bytes file) {
    const AppReport report = scanner().scan(file);
    CHECK(ndjson(report).size() > 100);
  };
  byte_flips(rich_apk(true), scan, 700);
  byte_flips(rich_apk(false), scan, 200, 2);
}

TEST_CASE("every truncation of a small app gives a report, and a problem that says so") {
  const ByteVector app =
      zip_of({{"AndroidManifest.xml", manifest_xml("a.b")}, {"classes.dex", dex_of({"Lcom/acme/A;"}, 4)}});
  std::size_t silent = 0;
  truncation_sweep(app, [&](Bytes file) { silent += scanner().scan(file).problems.empty() ? 1 : 0; });
  CHECK(silent == 0);
}

TEST_CASE("a truncated bare dex, native library or class file gives a report") {
  for (const ByteVector& file :
       {dex_of({"Lcom/acme/A;"}, 4), ElfBuilder().soname("libacme.so").build(),
        ClassBuilder("com/acme/A").method(1, "r", "()V", ByteVector(8, 0)).build()}) {
    for (std::size_t size = 0; size < file.size(); size += 7) {
      const AppReport report = scanner().scan(Bytes(file).first(size), "x");
      CHECK(report.findings.size() <= 2);
    }
  }
}

TEST_CASE("types that share one long name") {
  DexBuilder builder;
  for (int i = 0; i < 3000; ++i) add_class(builder, "Lcom/acme/C" + std::to_string(i) + ";", 2);
  for (int i = 0; i < 12000; ++i) builder.add_type("Lcom/other/T" + std::to_string(i) + ";");
  const std::string long_name = "Lcom/acme/" + std::string(1 << 20, 'x') + ";";
  builder.add_string(long_name);
  ByteVector dex = builder.build();
  const std::uint32_t shared = builder.layout().string_item.at(long_name);
  const std::uint32_t strings = Reader(dex, "test").at<std::uint32_t>(0x38);
  for (std::uint32_t i = 0; i < strings; ++i) set32(dex, builder.layout().string_ids + 4 * i, shared);
  AppReport report;
  CHECK(seconds_for(dex, "a.dex", &report) < kSeconds);
  CHECK_FALSE(report.problems.empty());
}

TEST_CASE("classes that share one large class_data, methods that share one long code") {
  DexBuilder builder;
  ClassSpec& big = builder.add_class("Lcom/acme/Big;");
  for (int i = 0; i < 4000; ++i) big.method("m" + std::to_string(i), "()V", Code().return_void());
  Code long_code;
  for (int i = 0; i < 200'000; ++i) long_code.raw({0});
  big.method("z", "()V", long_code.const_string(0, "acme1").return_void());
  for (int i = 0; i < 3000; ++i) builder.add_class("Lcom/acme/C" + std::to_string(i) + ";");
  ByteVector dex = builder.build();
  const std::uint32_t data = builder.layout().class_data.at("Lcom/acme/Big;");
  for (std::uint32_t i = 0; i < 3001; ++i) set32(dex, builder.layout().class_defs + 32 * i + 24, data);
  AppReport report;
  CHECK(seconds_for(dex, "a.dex", &report) < kSeconds);
  CHECK(grade_of(report, "acme") == "defined");
}

TEST_CASE("a long string that holds a candidate at each place and never matches") {
  DexBuilder builder;
  add_class(builder, "Lcom/example/A;");
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "acme ";
  builder.add_string(text);
  AppReport report;
  CHECK(seconds_for(builder.build(), "a.dex", &report) < kSeconds);
  CHECK(find(report, "acme") == nullptr);
}

TEST_CASE("a long native constant of the same kind") {
  std::string text;
  for (int i = 0; i < 60'000; ++i) text += "//acme.cnx";
  CHECK(seconds_for(ElfBuilder().soname("libx.so").rodata(text).build(), "libx.so") < kSeconds);
}

TEST_CASE("constants of a class file that share one long text") {
  ClassBuilder builder("com/acme/A");
  const std::uint16_t text = builder.utf8(std::string(60'000, 'x') + "/acme");
  for (int i = 0; i < 30'000; ++i)
    builder.entry(8, {static_cast<std::uint8_t>(text >> 8), static_cast<std::uint8_t>(text)});
  for (int i = 0; i < 30'000; ++i)
    builder.entry(7, {static_cast<std::uint8_t>(text >> 8), static_cast<std::uint8_t>(text)});
  CHECK(seconds_for(builder.build(), "A.class") < kSeconds);
}

TEST_CASE("many references to one loader are not as many reasons") {
  DexBuilder builder;
  add_class(builder, "Lcom/example/A;");
  for (int i = 0; i < 2000; ++i)
    builder.add_method({"Ldalvik/system/DexFile;", "m" + std::to_string(i), "()V"});
  const AppReport report = scanner().scan(apk_of({{"classes.dex", builder.build()}}));
  CHECK(reasons(report) == std::vector<std::string>{"dex-loader"});
}

TEST_CASE("entries that all lie on the same data") {
  ZipBuilder zip;
  zip.stored("a.dex", dex_of({"Lcom/acme/A;"}, 40'000));
  for (int i = 0; i < 3000; ++i) zip.stored("x" + std::to_string(i), "").sharing_data_of(0);
  AppReport report;
  CHECK(seconds_for(zip.build(), "a.zip", &report) < kSeconds);
  CHECK(finding(report, "acme").classes == 1);
}

TEST_CASE("an archive that contains itself in many copies ends at the limits") {
  ByteVector nested = zip_of({{"classes.dex", dex_of({"Lcom/acme/A;"})}});
  for (int depth = 0; depth < 6; ++depth) {
    std::vector<std::pair<std::string, ByteVector>> copies;
    for (int i = 0; i < 12; ++i) copies.emplace_back("n" + std::to_string(i) + ".zip", nested);
    nested = zip_of(copies);
  }
  AppReport report;
  CHECK(seconds_for(nested, "a.zip", &report) < kSeconds);
  CHECK(report.coverage.nested_containers <= Limits().containers);
  CHECK_FALSE(report.problems.empty());
}

}  // namespace
}  // namespace sdkprint
