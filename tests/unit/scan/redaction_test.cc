// Images of entries: smaller in what they say, the same in what a scan finds.
#include "scan/redaction.h"

#include <doctest/doctest.h>

#include "app_fixture.h"
#include "elf_builder.h"
#include "hostile.h"
#include "scan/container_match.h"
#include "scan/facts_codec.h"

namespace sdkprint {
namespace {

using namespace test;

constexpr const char* kString = "Ljava/lang/String;";

const Scanner& scanner() {
  static const Scanner made(
      sdk_toml(
          "acme",
          "class = [\"com.acme\"]\nstring = [\"*acme-text*\"]\nhost = [\"acme.cn\"]\nsymbol = [\"acme_*\"]\n"
          "native-string = [\"*acme inside*\"]\nlibrary = [\"libacme.so\"]",
          "[[sdk.version]]\nfield = \"com.acme.Build.VERSION\"\n[[sdk.version]]\ncode = \"com.acme.Code\"\n"
          "[[sdk.version]]\nconstants = \"com.acme.Version.get\"") +
      sdk_toml("other", "class = [\"com.other\"]\nstring = [\"*unused text*\"]"));
  return made;
}

ByteVector facts_of(EntryKind kind, const ByteVector& content) {
  const Limits limits;
  const ScanContext context{scanner().matcher(), limits, std::chrono::steady_clock::now() + limits.time};
  bool is_final = true;
  EntryFacts facts = scan_part(context, kind, "libacme.so", content, is_final);
  facts.code.reset();  // what code does is not found in an image
  return encode_entry_facts(facts);
}

ByteVector image_of(const ByteVector& dex) {
  return redact_dex(dex, constants_targets(scanner().matcher().database().set()));
}

Code long_code(const std::string& text) {
  Code code;
  for (int i = 0; i < 100; ++i) code.const_int(1, 100 + i);
  code.const_string(0, text).const_string_jumbo(2, text + " jumbo");
  for (int i = 0; i < 100; ++i) code.const_int(1, 1000 + i);
  return code.return_void();
}

ByteVector rich_dex() {
  DexBuilder dex;
  add_class(dex, "Lcom/acme/Build;")
      .static_field("VERSION", kString)
      .string_constant("OTHER", "7")
      .method("<clinit>", "()V", kStatic | kConstructor,
              Code()
                  .const_string(0, "4.2.1")
                  .sput_object(0, "Lcom/acme/Build;", "VERSION", kString)
                  .return_void());
  add_class(dex, "Lcom/acme/Code;").method("m", "(I)V", long_code("acme-text https://x.acme.cn/y"));
  add_class(dex, "Lcom/acme/Version;")
      .method("get", "()V",
              Code()
                  .const_int(0, 9)
                  .const_int(1, 8)
                  .invoke(0x71, {"Lx/Y;", "of", "(II)V"}, {0, 1})
                  .return_void());
  add_class(dex, "Lcom/other/Thing;").method("n", "()V", long_code("unused text"));
  return dex.build();
}

TEST_CASE("a scan of an image of a dex finds what a scan of the dex finds") {
  const ByteVector dex = rich_dex();
  const ByteVector image = image_of(dex);
  CHECK(image.size() == dex.size());
  CHECK(image != dex);
  CHECK(facts_of(EntryKind::dex, image) == facts_of(EntryKind::dex, dex));
}

TEST_CASE("ordinary instructions are not in an image") {
  const ByteVector dex = rich_dex();
  const ByteVector image = image_of(dex);
  const auto count = [](const ByteVector& bytes) {
    std::size_t found = 0;  // const/16 v1, #1000 …
    for (std::size_t i = 0; i + 4 <= bytes.size(); i += 2)
      found += bytes[i] == 0x13 && bytes[i + 1] == 0x01 && bytes[i + 3] == 0x03 ? 1 : 0;
    return found;
  };
  CHECK(count(dex) > 0);
  CHECK(count(image) == 0);
}

TEST_CASE("code that methods share is kept as the one asks that asks for more") {
  DexBuilder dex;
  const Code code =
      Code().const_int(0, 9).const_int(1, 8).invoke(0x71, {"Lx/Y;", "of", "(II)V"}, {0, 1}).return_void();
  add_class(dex, "Lcom/acme/Version;").method("get", "()V", code).method("other", "()V", code);
  const ByteVector bytes = dex.build();
  CHECK(facts_of(EntryKind::dex, image_of(bytes)) == facts_of(EntryKind::dex, bytes));
}

TEST_CASE("broken code stays, so that a scan breaks in the same way") {
  DexBuilder dex;
  add_class(dex, "Lcom/acme/A;")
      .method("m", "()V", Code().raw({0x0040}).const_string(0, "acme-text").return_void());
  const ByteVector bytes = dex.build();
  CHECK(facts_of(EntryKind::dex, image_of(bytes)) == facts_of(EntryKind::dex, bytes));
}

TEST_CASE("whatever is done to a dex, its image is no worse than itself") {
  const ByteVector dex = rich_dex();
  const auto compare = [](Bytes bytes) {
    const ByteVector damaged(bytes.begin(), bytes.end());
    const ByteVector image = image_of(damaged);
    CHECK(image.size() == damaged.size());
    facts_of(EntryKind::dex, image);
  };
  truncation_sweep(dex, compare);
  byte_flips(dex, compare, 500);
}

TEST_CASE("a scan of an image of a native library finds what a scan of the library finds") {
  for (const int bits : {32, 64}) {
    for (const Endian endian : {Endian::little, Endian::big}) {
      ElfBuilder builder(bits, endian);
      builder.soname("libacme.so")
          .exports("acme_init")
          .exports("other")
          .imports("strlen")
          .code(std::string(4000, '\x90'));
      builder.rodata(std::string("acme inside 1.2\0\1\2\3ab\0https://x.acme.cn/y\0", 42));
      const ByteVector elf = builder.build();
      const ByteVector image = redact_native(elf);
      CHECK(image.size() == elf.size());
      CHECK(facts_of(EntryKind::native, image) == facts_of(EntryKind::native, elf));
      CHECK(std::count(image.begin(), image.end(), 0x90) == 0);
    }
  }
}

TEST_CASE("whatever is done to a native library, a scan of its image finds the same") {
  ElfBuilder builder;
  builder.soname("libacme.so").exports("acme_init").code(std::string(400, '\x90')).rodata("acme inside");
  const auto compare = [](Bytes bytes) {
    const ByteVector damaged(bytes.begin(), bytes.end());
    CHECK(facts_of(EntryKind::native, redact_native(damaged)) == facts_of(EntryKind::native, damaged));
  };
  const ByteVector elf = builder.build();
  truncation_sweep(elf, compare);
  byte_flips(elf, compare, 500);
}

}  // namespace
}  // namespace sdkprint
