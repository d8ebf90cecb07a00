#include "format/file_kind.h"

#include <doctest/doctest.h>

#include <string>

#include "format/zip.h"
#include "hostile.h"
#include "zip_builder.h"

using namespace sdkprint;
using namespace sdkprint::test;
using namespace std::string_literals;

namespace {

/// Heads of files, padded as if more followed.
FileKind sniffed(std::string head, std::size_t size = kSniffBytes) {
  head.resize(std::max(head.size(), size));
  return sniff(as_bytes(head));
}

FileKind sniffed_text(const std::string& text) { return sniff(as_bytes(text)); }

/// A compiled manifest's first chunk headers: ResXMLTree, then the string pool.
const std::string kBinaryManifest = "\3\0\x08\0\x90\1\0\0\1\0\x1c\0\x40\0\0\0"s + std::string(100, '\0');
const std::string kTamperedManifest = "\0\0\x08\0\x90\1\0\0\1\0\x1c\0\x40\0\0\0"s + std::string(100, '\0');
const std::string kTextManifest = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<manifest/>";

ContainerKind classified(const ZipBuilder& builder) {
  const ByteVector file = builder.build();
  return classify(ZipArchive(file));
}

}  // namespace

TEST_CASE("sniff: archives") {
  CHECK(sniffed("PK\3\4") == FileKind::zip);
  CHECK(sniff(ZipBuilder().build()) == FileKind::zip);
  CHECK(sniffed("PK\1\2") == FileKind::unknown);
}

TEST_CASE("sniff: dex of any version, compact dex apart") {
  CHECK(sniffed("dex\n035\0"s) == FileKind::dex);
  CHECK(sniffed("dex\n041\0"s) == FileKind::dex);
  CHECK(sniffed("dex\n999\0"s) == FileKind::dex);
  CHECK(sniffed("cdex001\0"s) == FileKind::compact_dex);
  CHECK(sniffed("dex\n03x\0"s) == FileKind::unknown);
  CHECK(sniffed("dex\n0355"s) == FileKind::unknown);
  CHECK(sniffed_text("dex\n035") == FileKind::unknown);
}

TEST_CASE("sniff: ELF") {
  CHECK(sniffed("\x7f"
                "ELF") == FileKind::elf);
  CHECK(sniffed_text("\x7f"
                     "EL") == FileKind::unknown);
}

TEST_CASE("sniff: a class file is not a Mach-O universal binary") {
  CHECK(sniffed("\xca\xfe\xba\xbe\0\0\0\x34"s) == FileKind::class_file);
  CHECK(sniffed("\xca\xfe\xba\xbe\0\3\0\x2d"s) == FileKind::class_file);
  CHECK(sniffed("\xca\xfe\xba\xbe\0\0\0\x02"s) == FileKind::unknown);
}

TEST_CASE("sniff: compiled XML, also with a nonsense type in its first chunk") {
  CHECK(sniffed(kBinaryManifest) == FileKind::binary_xml);
  CHECK(sniffed(kTamperedManifest) == FileKind::binary_xml);
  CHECK(sniffed("\xde\xad\xbe\xef\0\0\0\0\1\0\x1c\0"s) == FileKind::binary_xml);
}

TEST_CASE("sniff: a resource table, though a string pool follows its header too") {
  CHECK(sniffed("\2\0\x0c\0\0\1\0\0\1\0\0\0\1\0\x1c\0"s) == FileKind::resources);
}

TEST_CASE("sniff: text XML") {
  CHECK(sniffed_text(kTextManifest) == FileKind::text_xml);
  CHECK(sniffed_text("\xef\xbb\xbf<?xml version='1.0'?>") == FileKind::text_xml);
  CHECK(sniffed_text("\n  <manifest>") == FileKind::text_xml);
  CHECK(sniffed_text("<!-- Copyright -->") == FileKind::text_xml);
  CHECK(sniffed_text("\xff\xfe<\0?\0"s) == FileKind::text_xml);
  CHECK(sniffed_text("\xfe\xff\0<\0?"s) == FileKind::text_xml);
  CHECK(sniffed_text("< 5") == FileKind::unknown);
  CHECK(sniffed_text("<") == FileKind::unknown);
  CHECK(sniffed_text("<?php") == FileKind::unknown);
}

TEST_CASE("sniff: nothing known") {
  CHECK(sniff({}) == FileKind::unknown);
  CHECK(sniffed("") == FileKind::unknown);
  CHECK(sniffed_text("   \n") == FileKind::unknown);
  CHECK(sniffed_text("{\"a\": 1}") == FileKind::unknown);
}

TEST_CASE("sniff: what comes after the first bytes does not matter") {
  CHECK(sniffed_text(std::string(kSniffBytes, ' ') + "<manifest/>") == FileKind::unknown);
}

TEST_CASE("sniff: heads of every length are safe to look at") {
  for (const std::string& head : {"\xca\xfe\xba\xbe\0\0\0\x34"s, "dex\n035\0"s, kBinaryManifest,
                                  kTextManifest, "\2\0\x0c\0\0\1\0\0\1\0\0\0"s}) {
    truncation_sweep(to_vector(as_bytes(head)), [](Bytes bytes) { sniff(bytes); });
    CHECK(sniffed_text(head) != FileKind::unknown);
  }
}

TEST_CASE("sniff: every kind has a name of its own") {
  CHECK(name(FileKind::dex) == "dex");
  CHECK(name(FileKind::class_file) == "class-file");
  CHECK(name(ContainerKind::apk_set) == "apk-set");
  CHECK(name(ContainerKind::aab) == "aab");
}

TEST_CASE("classify: an APK has a compiled manifest") {
  CHECK(classified(
            ZipBuilder().deflated("AndroidManifest.xml", kBinaryManifest).deflated("classes.dex", "dex")) ==
        ContainerKind::apk);
  CHECK(
      classified(ZipBuilder().stored("AndroidManifest.xml", kBinaryManifest).stored("classes.dex", "dex")) ==
      ContainerKind::apk);
}

TEST_CASE("classify: a split APK needs no code") {
  CHECK(classified(ZipBuilder()
                       .deflated("AndroidManifest.xml", kBinaryManifest)
                       .stored("lib/arm64-v8a/libx.so", "")) == ContainerKind::apk);
}

TEST_CASE("classify: a tampered manifest still makes an APK") {
  for (const std::string& manifest : {kTamperedManifest, "nonsense"s, ""s}) {
    CHECK(classified(ZipBuilder().deflated("AndroidManifest.xml", manifest).deflated("classes.dex", "dex")) ==
          ContainerKind::apk);
  }
}

TEST_CASE("classify: a manifest that cannot be read still makes an APK") {
  const auto nowhere = [](ZipHeader& header) { header.offset = 0xfffffff; };
  CHECK(classified(ZipBuilder()
                       .stored("classes.dex", "dex")
                       .stored("AndroidManifest.xml", kBinaryManifest)
                       .central(nowhere)) == ContainerKind::apk);
  CHECK(classified(
            ZipBuilder().stored("classes.dex", "dex").raw("AndroidManifest.xml", 8, as_bytes("\x07"), 9)) ==
        ContainerKind::apk);
}

TEST_CASE("classify: a manifest with an unknown method is read as stored") {
  CHECK(
      classified(
          ZipBuilder().stored("AndroidManifest.xml", kBinaryManifest).method(99).stored("classes.jar", "")) ==
      ContainerKind::apk);
}

TEST_CASE("classify: an AAR has a manifest in text") {
  CHECK(
      classified(ZipBuilder().deflated("AndroidManifest.xml", kTextManifest).deflated("classes.jar", "PK")) ==
      ContainerKind::aar);
  CHECK(
      classified(
          ZipBuilder().deflated("AndroidManifest.xml", kTextManifest).stored("res/values/values.xml", "")) ==
      ContainerKind::aar);
  CHECK(classified(ZipBuilder().stored("AndroidManifest.xml", "").stored("classes.jar", "PK")) ==
        ContainerKind::aar);
}

TEST_CASE("classify: a manifest in text beside code is an APK") {
  CHECK(classified(ZipBuilder().stored("AndroidManifest.xml", kTextManifest).stored("classes.dex", "dex")) ==
        ContainerKind::apk);
}

TEST_CASE("classify: code and resources without a manifest are an APK") {
  CHECK(classified(ZipBuilder().stored("classes.dex", "dex").stored("resources.arsc", "")) ==
        ContainerKind::apk);
  CHECK(classified(ZipBuilder().stored("classes2.dex", "dex").stored("res/a.xml", "")) == ContainerKind::apk);
}

TEST_CASE("classify: a jar holds classes or dex files") {
  CHECK(classified(ZipBuilder().stored("META-INF/MANIFEST.MF", "").stored("com/example/A.class", "")) ==
        ContainerKind::jar);
  CHECK(classified(ZipBuilder().stored("classes.dex", "dex")) == ContainerKind::jar);
  CHECK(classified(ZipBuilder().stored("com/example/A.class", "").stored("assets/helper.apk", "")) ==
        ContainerKind::jar);
}

TEST_CASE("classify: code outweighs an APK or a resource beside it") {
  CHECK(classified(ZipBuilder().stored("classes.dex", "dex").stored("assets/helper.apk", "")) ==
        ContainerKind::jar);
  CHECK(classified(ZipBuilder().stored("plugin/a.dex", "dex").stored("res/a.xml", "")) == ContainerKind::jar);
}

TEST_CASE("classify: APKs within, and no manifest of its own, are an APK set") {
  CHECK(classified(ZipBuilder().stored("manifest.json", "{}").stored("com.example.apk", "PK")) ==
        ContainerKind::apk_set);
  CHECK(classified(ZipBuilder().stored("toc.pb", "").stored("splits/base-master.apk", "PK")) ==
        ContainerKind::apk_set);
}

TEST_CASE("classify: an APK that carries another is an APK") {
  CHECK(
      classified(ZipBuilder().stored("AndroidManifest.xml", kBinaryManifest).stored("assets/x.apk", "PK")) ==
      ContainerKind::apk);
}

TEST_CASE("classify: an app bundle") {
  CHECK(classified(ZipBuilder().stored("BundleConfig.pb", "").stored("base/dex/classes.dex", "dex")) ==
        ContainerKind::aab);
  CHECK(
      classified(
          ZipBuilder().stored("base/manifest/AndroidManifest.xml", "\n\x05").stored("base/res/a.xml", "")) ==
      ContainerKind::aab);
}

TEST_CASE("classify: anything else is a plain archive") {
  CHECK(classified(ZipBuilder().stored("readme.txt", "hello")) == ContainerKind::zip);
  CHECK(classified(ZipBuilder()) == ContainerKind::zip);
}

TEST_CASE("sniff: a file's first bytes, however few, rule out that it holds code") {
  for (const char* head : {"dex\n", "PK\3\4",
                           "\x7f"
                           "ELF",
                           "\xca\xfe\xba\xbe", "cdex", "d", "PK", "\x7f", ""}) {
    CAPTURE(head);
    CHECK(may_hold_code(as_bytes(head)));
  }
  for (const char* head : {"dey\n", "\3", "PNG", "\x89PNG", "e", "de\n"}) {
    CAPTURE(head);
    CHECK(!may_hold_code(as_bytes(head)));
  }
}
