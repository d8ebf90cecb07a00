// Evidence that can be checked by hand: the entry, the item, and the place where it stands.
#include <doctest/doctest.h>

#include "app_fixture.h"
#include "elf_builder.h"

namespace sdkprint {
namespace {

using namespace test;

std::string text_at(const ByteVector& entry, std::optional<std::uint64_t> offset, std::size_t size) {
  REQUIRE(offset);
  REQUIRE(*offset + size <= entry.size());
  return std::string(as_text(Bytes(entry).subspan(*offset, size)));
}

TEST_CASE("a class's evidence points to its descriptor in the dex") {
  const ByteVector dex = dex_of({"Lcom/other/Z;", "Lcom/acme/Push;"});
  const AppReport report =
      Scanner(sdk_toml("acme", "class = [\"com.acme\"]")).scan(apk_of({{"classes.dex", dex}}));
  const Evidence& one = evidence(finding(report, "acme"), Surface::class_name);
  CHECK(one.entry == "classes.dex");
  CHECK(one.item == "com.acme.Push");
  CHECK(one.pattern == "class:com.acme");
  CHECK(one.count == 1);
  CHECK(one.used_by.empty());
  CHECK(text_at(dex, one.offset, 15) == "Lcom/acme/Push;");
}

TEST_CASE("a reference's evidence points to its descriptor") {
  DexBuilder builder;
  add_class(builder, "Lcom/other/Z;");
  builder.add_type("Lcom/acme/Push;");
  const ByteVector dex = builder.build();
  const AppReport report =
      Scanner(sdk_toml("acme", "class = [\"com.acme\"]")).scan(apk_of({{"classes.dex", dex}}));
  const Evidence& one = evidence(finding(report, "acme"), Surface::reference);
  CHECK(one.item == "com.acme.Push");
  CHECK(text_at(dex, one.offset, 15) == "Lcom/acme/Push;");
}

TEST_CASE("a string's evidence points to the string, and names the code that loads it first") {
  DexBuilder builder;
  builder.add_class("Lcom/example/A;")
      .method("quiet", "()V", Code().const_string(0, "nothing").return_void())
      .method("run", "(I)V", Code().const_int(1, 7).const_string(0, "acme-sdk 1.0").return_void());
  builder.add_class("Lcom/example/B;")
      .method("run", "()V", Code().const_string(0, "acme-sdk 1.0").return_void());
  const ByteVector dex = builder.build();
  const AppReport report =
      Scanner(sdk_toml("acme", "string = [\"acme-sdk*\"]")).scan(apk_of({{"classes.dex", dex}}));
  const Evidence& one = evidence(finding(report, "acme"), Surface::string);
  CHECK(one.item == "acme-sdk 1.0");
  CHECK(text_at(dex, one.offset, 12) == "acme-sdk 1.0");
  CHECK(one.used_by == "Lcom/example/A;.run:(I)V @0x0001");
}

TEST_CASE("a string that no code loads has no user") {
  DexBuilder builder;
  add_class(builder, "Lcom/example/A;");
  builder.add_string("acme-sdk 1.0");
  const AppReport report =
      Scanner(sdk_toml("acme", "string = [\"acme-sdk*\"]")).scan(apk_of({{"classes.dex", builder.build()}}));
  CHECK(evidence(finding(report, "acme"), Surface::string).used_by.empty());
}

TEST_CASE("const-string/jumbo uses a string as well") {
  DexBuilder builder;
  builder.add_class("Lcom/example/A;")
      .method("run", "()V", Code().const_string_jumbo(0, "acme-sdk").return_void());
  const AppReport report =
      Scanner(sdk_toml("acme", "string = [\"acme-sdk\"]")).scan(apk_of({{"classes.dex", builder.build()}}));
  CHECK(evidence(finding(report, "acme"), Surface::string).used_by == "Lcom/example/A;.run:()V @0x0000");
}

TEST_CASE("a host's evidence is the whole string, and the code that loads it") {
  DexBuilder builder;
  builder.add_class("Lcom/example/A;")
      .method("go", "()V", Code().const_string(0, "https://API.Acme.cn/v1").return_void());
  builder.add_string("mail@acme.cn").add_string("see acme.cn");
  const ByteVector dex = builder.build();
  const AppReport report =
      Scanner(sdk_toml("acme", "host = [\"acme.cn\"]")).scan(apk_of({{"classes.dex", dex}}));
  const Evidence& one = evidence(finding(report, "acme"), Surface::host);
  CHECK(one.item == "https://API.Acme.cn/v1");
  CHECK(one.pattern == "host:acme.cn");
  CHECK(one.count == 1);
  CHECK(one.used_by == "Lcom/example/A;.go:()V @0x0000");
  CHECK(text_at(dex, one.offset, 8) == "https://");
}

TEST_CASE("hosts have no case for exact patterns either") {
  DexBuilder builder;
  add_class(builder, "Lcom/example/A;");
  builder.add_string("https://API.Acme.CN/");
  const AppReport report = Scanner(sdk_toml("acme", "host = [{ exact = \"api.acme.cn\" }]"))
                               .scan(apk_of({{"classes.dex", builder.build()}}));
  CHECK(grade_of(report, "acme") == "trace");
}

TEST_CASE("each occurrence in another string counts, of one string only one") {
  DexBuilder builder;
  add_class(builder, "Lcom/example/A;");
  builder.add_string("acme acme acme").add_string("one acme").add_string("two acme");
  const AppReport report =
      Scanner(sdk_toml("acme", "string = [\"*acme*\"]")).scan(apk_of({{"classes.dex", builder.build()}}));
  CHECK(evidence(finding(report, "acme"), Surface::string).count == 3);
}

TEST_CASE("a regular expression's word boundary holds at the beginning of a string") {
  // The byte before the text is its length, here 65: a letter.
  DexBuilder builder;
  add_class(builder, "Lcom/example/A;");
  builder.add_string("acme" + std::string(61, '-'));
  const AppReport report = Scanner(sdk_toml("acme", "string = [{ regex = '\\bacme\\b' }]"))
                               .scan(apk_of({{"classes.dex", builder.build()}}));
  CHECK(grade_of(report, "acme") == "trace");
}

TEST_CASE("native evidence: the file's name, a symbol and a constant, with their places") {
  const ByteVector library = ElfBuilder()
                                 .soname("libacme.so")
                                 .exports("acme_open")
                                 .imports("other")
                                 .rodata(std::string("zero\0ACME engine 3.1\0https://log.acme.cn/x\0", 42))
                                 .build();
  const AppReport report =
      Scanner(
          sdk_toml("acme",
                   "library = [\"libacme.so\"]\nsymbol = [\"acme_*\"]\nnative-string = [\"ACME engine*\"]\n"
                   "host = [\"acme.cn\"]"))
          .scan(apk_of({{"lib/arm64-v8a/libacme.so", library}}));
  const Finding& acme = finding(report, "acme");
  CHECK(evidence(acme, Surface::library).item == "libacme.so");
  CHECK_FALSE(evidence(acme, Surface::library).offset);
  CHECK(evidence(acme, Surface::symbol).item == "acme_open");
  CHECK(text_at(library, evidence(acme, Surface::symbol).offset, 10) == std::string("acme_open\0", 10));
  CHECK(evidence(acme, Surface::native_string).item == "ACME engine 3.1");
  CHECK(text_at(library, evidence(acme, Surface::native_string).offset, 15) == "ACME engine 3.1");
  CHECK(evidence(acme, Surface::host).item == "https://log.acme.cn/x");
  CHECK(acme.native_libraries == std::vector<std::string>{"lib/arm64-v8a/libacme.so"});
}

TEST_CASE("an entry's evidence points to its name in the archive") {
  const ByteVector app = apk_of({{"assets/acme/x.dat", bytes_of("x")}});
  const AppReport report = Scanner(sdk_toml("acme", "entry = [\"assets/acme/*\"]")).scan(app);
  const Evidence& one = evidence(finding(report, "acme"), Surface::entry);
  CHECK(one.entry.empty());
  CHECK(one.item == "assets/acme/x.dat");
  CHECK(text_at(app, one.offset, 17) == "assets/acme/x.dat");
}

TEST_CASE("manifest evidence names the kind of the item") {
  const AppReport report =
      Scanner(sdk_toml("acme",
                       "manifest = [\"permission:com.acme.*\", \"action:com.acme.GO\", \"authority:*.acme\", "
                       "\"service:com.acme.S\"]"))
          .scan(apk_of(
              {}, {uses_permission("com.acme.P"), service("com.acme.S", {intent_filter({"com.acme.GO"})}),
                   provider("com.foo.P", "com.b.x;com.a.acme")}));
  std::vector<std::string> items;
  for (const Evidence& one : finding(report, "acme").evidence) {
    CHECK(one.entry == "AndroidManifest.xml");
    items.push_back(one.item);
  }
  CHECK(items == std::vector<std::string>{"action:com.acme.GO", "authority:com.a.acme",
                                          "permission:com.acme.P", "service:com.acme.S"});
}

TEST_CASE("evidence within nested archives has the whole way in its path") {
  const ByteVector jar = zip_of({{"inner.dex", dex_of({"Lcom/acme/A;"})}});
  const AppReport report = Scanner(sdk_toml("acme", "class = [\"com.acme\"]"))
                               .scan(apk_of({{"assets/plugin.apk", apk_of({{"lib.jar", jar}})}}));
  CHECK(evidence(finding(report, "acme"), Surface::class_name).entry ==
        "assets/plugin.apk!lib.jar!inner.dex");
}

TEST_CASE("at most three entries are listed for a pattern, all are counted") {
  std::vector<std::pair<std::string, ByteVector>> entries;
  for (int i = 2; i < 8; ++i) {
    entries.emplace_back("classes" + std::to_string(i) + ".dex",
                         dex_of({"Lcom/acme/A" + std::to_string(i) + ";"}));
  }
  const AppReport report = Scanner(sdk_toml("acme", "class = [\"com.acme\"]")).scan(apk_of(entries));
  CHECK(finding(report, "acme").evidence.size() == 3);
  CHECK(finding(report, "acme").evidence_count == 6);
  CHECK(finding(report, "acme").evidence[0].entry == "classes2.dex");
}

TEST_CASE("the strongest evidence stands first") {
  DexBuilder dex;
  add_class(dex, "Lcom/acme/A;");
  dex.add_string("acme-sdk");
  const AppReport report =
      Scanner(
          sdk_toml("acme",
                   "class = [\"com.acme\"]\nstring = [\"acme-sdk\"]\nmanifest = [\"meta-data:ACME_KEY\"]"))
          .scan(apk_of({{"classes.dex", dex.build()}}, {meta_data("ACME_KEY", "1")}));
  REQUIRE(finding(report, "acme").evidence.size() == 3);
  CHECK(finding(report, "acme").evidence[0].surface == Surface::class_name);
}

TEST_CASE("texts of the app come out as valid UTF-8, long ones cut") {
  DexBuilder dex;
  add_class(dex, "Lcom/example/A;");
  dex.add_string(
      "acme-sdk \xed\xa0\xbd\xed\xb8\x80 \xc0\x80");  // MUTF-8: an emoji as two surrogates, and NUL
  dex.add_string("acme-long" + std::string(5000, 'x'));
  const AppReport report =
      Scanner(sdk_toml("one", "string = [\"acme-sdk*\"]") + sdk_toml("two", "string = [\"acme-long*\"]"))
          .scan(apk_of({{"classes.dex", dex.build()}}));
  CHECK(evidence(finding(report, "one"), Surface::string).item ==
        std::string("acme-sdk \xf0\x9f\x98\x80 \0", 15));
  CHECK(evidence(finding(report, "two"), Surface::string).item == "acme-long" + std::string(391, 'x') + "…");
}

}  // namespace
}  // namespace sdkprint
