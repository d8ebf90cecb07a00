// What the files say together: ids, references, claims, and the set that comes out.
#include "signature/parser.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "hostile.h"
#include "processor_time.h"
#include "signature_text.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

using Lines = std::vector<std::string>;

SignatureSource push_file(std::string path, std::string text) {
  return {std::move(path), "push", std::move(text)};
}

std::string sdk(std::string_view id, std::string_view package, std::string_view more = "") {
  return "[[sdk]]\nid = \"" + std::string(id) + "\"\nname = \"A\"\nvendor = \"acme\"\n" + std::string(more) +
         "patterns.class = [\"" + std::string(package) + "\"]\n";
}

Lines complaints_of(std::vector<SignatureSource> files) {
  std::vector<SignatureSource> sources = shared_sources();
  sources.insert(sources.end(), files.begin(), files.end());
  return complaints(sources);
}

SignatureSet parsed(const std::vector<SignatureSource>& sources) {
  std::vector<Diagnostic> diagnostics;
  return parse_signatures(sources, diagnostics);
}

/// A folder that is gone afterwards.
struct TemporaryFolder {
  std::filesystem::path path;
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "sdkprint-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
  void write(const std::string& name, std::string_view text) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(path / name) << text;
  }
};

}  // namespace

TEST_CASE("every key of the format arrives in the model") {
  std::vector<Diagnostic> diagnostics;
  const SignatureSet set = parse_signatures(sources_with(complete_sdk()), diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) FAIL(to_string(diagnostic));
  REQUIRE(set.sdks.size() == 2);
  CHECK(set.sdks[0].id == "jcore");
  CHECK(set.sdks[0].kind == Sdk::Kind::library);
  const Sdk& sdk = set.sdks[1];
  CHECK(sdk.id == "jpush");
  CHECK(sdk.name == "JPush");
  CHECK(sdk.name_zh == "极光推送");
  CHECK(sdk.aliases == Lines{"Jiguang Push"});
  CHECK(sdk.vendor == "jiguang");
  CHECK(sdk.category == "push");
  CHECK(sdk.homepage == "https://www.jiguang.cn/push");
  CHECK(sdk.privacy_policy == "https://www.jiguang.cn/license/privacy");
  CHECK(sdk.contains == Lines{"jcore"});
  CHECK(sdk.sources == Lines{"libchecker", "artefact"});
  CHECK(sdk.declares.behaviours == Lines{"imei", "device-model"});
  CHECK(sdk.declares.source == "https://www.jiguang.cn/license/privacy");
  CHECK(sdk.patterns.size() == 14);
  CHECK(sdk.defined.classes == 3);
  CHECK(sdk.defined.code_bytes == 0);
  CHECK(sdk.defined.any_class == Lines{"cn.jpush.android.api.JPushInterface"});
  CHECK(to_string(sdk.place) == "push/a.toml:2:1");
}

TEST_CASE("version rules arrive in order, value where it belongs") {
  const SignatureSet set = parsed(sources_with(complete_sdk()));
  REQUIRE(set.sdks.size() == 2);
  const std::vector<VersionRule>& rules = set.sdks[1].versions;
  REQUIRE(rules.size() == 7);
  using Source = VersionRule::Source;
  CHECK(rules[0].source == Source::field);
  CHECK(rules[0].target == "cn.jpush.android.BuildConfig.VERSION_NAME");
  CHECK(rules[1].source == Source::code);
  CHECK(rules[1].regex == "^(\\d+)\\.(\\d+)$");
  CHECK(rules[1].format == "$1.$2");
  CHECK(rules[2].source == Source::string);
  CHECK(rules[2].regex == "jpush-sdk/([\\d.]+)");
  CHECK(rules[2].target == "");
  CHECK(rules[3].source == Source::library);
  CHECK(rules[3].format == "$1.$2.$3");
  CHECK(rules[4].source == Source::native_string);
  CHECK(rules[4].target == "libjpush*.so");
  CHECK(rules[5].source == Source::entry);
  CHECK(rules[5].key == "version");
  CHECK(rules[6].source == Source::manifest);
  CHECK(rules[6].target == "JPUSH_VERSION");
  CHECK(rules[6].place.line == 50);
}

TEST_CASE("samples arrive in order with what they expect") {
  const SignatureSet set = parsed(sources_with(complete_sdk()));
  REQUIRE(set.sdks.size() == 2);
  REQUIRE(set.sdks[1].samples.size() == 2);
  const Sample &first = set.sdks[1].samples[0], &second = set.sdks[1].samples[1];
  CHECK(first.package == "jpush-react-native");
  CHECK(first.package_version == "3.2.1");
  CHECK(first.integrity == "sha512-" + std::string(86, 'A') + "==");
  CHECK(first.path == "android/libs/jpush-android-5.9.0.jar");
  CHECK(first.sha256 == std::string(64, 'a'));
  CHECK(first.grade == Grade::defined);
  CHECK(first.version == "5.9.0");
  CHECK(to_string(first.place) == "push/a.toml:53:1");
  CHECK(second.package == "@acme/other");
  CHECK(second.package_version == "1.0.0-rc.1");
  CHECK_FALSE(second.grade.has_value());
  CHECK_FALSE(second.version.has_value());
}

TEST_CASE("a tarball has one integrity in the whole set") {
  const auto with_sample = [](std::string_view id, std::string_view package, char integrity, char sha) {
    return sdk(id, package) + "[[sdk.sample]]\nnpm = \"p@1.0.0\"\nintegrity = \"sha512-" +
           std::string(86, integrity) + "==\"\npath = \"a.jar\"\nsha256 = \"" + std::string(64, sha) +
           "\"\ngrade = \"defined\"\n";
  };
  CHECK(complaints_of({push_file("push/a.toml", with_sample("one", "com.acme.a", 'A', 'a')),
                       push_file("push/b.toml", with_sample("two", "com.acme.b", 'A', 'a'))}) == Lines{});
  CHECK(complaints_of({push_file("push/a.toml", with_sample("one", "com.acme.a", 'A', 'a')),
                       push_file("push/b.toml", with_sample("two", "com.acme.b", 'B', 'b'))}) ==
        Lines{"push/b.toml:6:1: error: expected the integrity that p@1.0.0 has at push/a.toml:6:1, found "
              "another\n  hint: npm never publishes a version twice: one of them is wrong"});
}

TEST_CASE("vendors and categories come sorted") {
  const SignatureSet set = parsed(shared_sources());
  REQUIRE(set.vendors.size() == 2);
  CHECK(set.vendors[0].id == "acme");
  CHECK(set.vendors[0].country == "US");
  CHECK(set.vendors[1].name_zh == "极光");
  REQUIRE(set.categories.size() == 2);
  CHECK(set.categories[0].id == "analytics");
}

TEST_CASE("an id taken twice points to both places") {
  CHECK(complaints_of({push_file("push/b.toml", sdk("one", "com.acme.b")),
                       push_file("push/a.toml", sdk("one", "com.acme.a"))}) ==
        Lines{"push/b.toml:2:6: error: expected an id of its own, found \"one\", which the SDK at "
              "push/a.toml:2:6 has\n"
              "  hint: rename or merge them"});
  std::vector<SignatureSource> sources = shared_sources();
  sources[0].text += "[[vendor]]\nid = \"acme\"\nname = \"B\"\n";
  CHECK(complaints(sources) ==
        Lines{"vendors.toml:11:6: error: expected an id of its own, found \"acme\", which the "
              "vendor at vendors.toml:2:6 has\n  hint: rename or merge them"});
}

TEST_CASE("vendors exist") {
  CHECK(complaint(
            "[[sdk]]\nid = \"a\"\nname = \"A\"\nvendor = \"jiguag\"\npatterns.class = [\"com.acme\"]\n") ==
        "push/a.toml:4:10: error: expected the id of a vendor, found \"jiguag\", which none has\n"
        "  hint: did you mean \"jiguang\"?");
  CHECK(complaint(
            "[[sdk]]\nid = \"a\"\nname = \"A\"\nvendor = \"nobody\"\npatterns.class = [\"com.acme\"]\n") ==
        "push/a.toml:4:10: error: expected the id of a vendor, found \"nobody\", which none has\n"
        "  hint: add it to vendors.toml");
}

TEST_CASE("folders are categories") {
  CHECK(complaints_of({{"pusch/a.toml", "pusch", sdk("one", "com.acme")}}) ==
        Lines{"pusch/a.toml:1:1: error: expected the id of a category (the folder's name), found \"pusch\", "
              "which "
              "none has\n  hint: did you mean \"push\"?"});
}

TEST_CASE("what an SDK contains exists") {
  CHECK(complaint(sdk("one", "com.acme", "contains = [\"tow\"]\n") + sdk("two", "com.acme.b")) ==
        "push/a.toml:5:13: error: expected the id of an SDK, found \"tow\", which none has\n"
        "  hint: did you mean \"two\"?");
  CHECK(complaint(sdk("one", "com.acme", "contains = [\"one\"]\n")) ==
        "push/a.toml:5:13: error: expected the id of another SDK in \"contains\", found the SDK's own\n"
        "  hint: leave it out");
}

TEST_CASE("containment has no circles") {
  const Lines lines =
      complaints_of({push_file("push/a.toml", sdk("one", "com.acme.a", "contains = [\"two\"]\n")),
                     push_file("push/b.toml", sdk("two", "com.acme.b", "contains = [\"three\"]\n")),
                     push_file("push/c.toml", sdk("three", "com.acme.c", "contains = [\"one\"]\n"))});
  CHECK(
      lines ==
      Lines{
          "push/c.toml:5:13: error: expected an SDK that does not contain this one, found \"one\", which "
          "contains \"three\" (see push/a.toml:2:6)\n  hint: keep the direction in which the releases ship"});
}

TEST_CASE("a long chain of containment needs no stack") {
  std::string text;
  for (int i = 0; i < 8'000; ++i) {
    const std::string n = std::to_string(i);
    text += sdk("s" + n, "com.acme.p" + n, "contains = [\"s" + std::to_string(i + 1) + "\"]\n");
  }
  CHECK(complaint(text + sdk("s8000", "com.acme.p8000")) == "");
}

TEST_CASE("a class prefix has one owner") {
  CHECK(
      complaints_of({push_file("push/a.toml", sdk("one", "com.acme")),
                     push_file("push/b.toml", sdk("two", "com.acme"))}) ==
      Lines{"push/b.toml:5:19: error: expected a class pattern of its own, found \"com.acme\", which \"one\" "
            "claims "
            "at push/a.toml:5:19\n  hint: make one of them longer, or weak"});
  CHECK(complaints_of({push_file("push/a.toml", sdk("one", "com.acme")),
                       push_file("push/b.toml", sdk("two", "com.acme.x"))}) == Lines{});
  CHECK(complaint(sdk("one", "com.acme") +
                  "[[sdk]]\nid = \"two\"\nname = \"A\"\nvendor = \"acme\"\n"
                  "patterns.class = [\"com.acme.b\", { prefix = \"com.acme\", weak = true }]\n") == "");
}

TEST_CASE("all files are read, all complaints are sorted by place") {
  const Lines lines =
      complaints_of({push_file("push/b.toml", "x = 1\n"), push_file("push/a.toml", "a = 1 1\n"),
                     push_file("push/c.toml", sdk("A", "com.acme"))});
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].starts_with("push/a.toml:1:7: error: invalid TOML"));
  CHECK(lines[1].starts_with("push/b.toml:1:1: error: expected the key"));
  CHECK(lines[2].starts_with("push/b.toml:1:1: error: unknown key"));
  CHECK(lines[3].starts_with("push/c.toml:2:6: "));
}

TEST_CASE("the order of the sources does not matter") {
  std::vector<SignatureSource> sources = shared_sources();
  sources.push_back(push_file("push/a.toml", sdk("one", "com.acme")));
  sources.push_back(push_file("push/b.toml", sdk("one", "com.acme")));
  sources.push_back(push_file("push/c.toml", sdk("two", "com.acme.c", "vendor_ = 3\n")));
  const Lines expected = complaints(sources);
  std::reverse(sources.begin(), sources.end());
  CHECK(complaints(sources) == expected);
}

TEST_CASE("the set holds what was sound") {
  const SignatureSet set = parsed(sources_with(sdk("one", "com.acme", "contains = [\"two\"]\n") +
                                               sdk("two", "com.acme.b", "kind = \"x\"\n")));
  REQUIRE(set.sdks.size() == 1);
  CHECK(set.sdks[0].id == "one");
  CHECK(set.sdks[0].contains.empty());
}

TEST_CASE("a broken shared file does not raise a complaint for each SDK") {
  std::vector<SignatureSource> sources = sources_with(sdk("one", "com.acme") + sdk("two", "com.acme.b"));
  sources[0].text = "[[vendor\n";
  CHECK(complaints(sources).size() == 1);
  sources.erase(sources.begin());
  CHECK(complaints(sources) ==
        Lines{"vendors.toml:1:1: error: expected the file vendors.toml among the signatures, "
              "found none\n  hint: it stands beside the category folders"});
}

TEST_CASE("a broken file may be the one that describes what another contains") {
  const Lines lines =
      complaints_of({push_file("push/a.toml", sdk("one", "com.acme", "contains = [\"two\"]\n")),
                     push_file("push/b.toml", "[[sdk\n")});
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].starts_with("push/b.toml:1:6: error: invalid TOML"));
}

TEST_CASE("a file outside the folders is told where to go") {
  CHECK(
      complaints_of({{"signatures/jpush.toml", "", sdk("one", "com.acme")}}) ==
      Lines{"signatures/jpush.toml:1:1: error: expected vendors.toml or categories.toml outside the category "
            "folders, found \"jpush.toml\"\n  hint: move the file into the folder of its category"});
}

TEST_CASE("a flood of errors is cut off") {
  std::string text;
  for (int i = 0; i < 5'000; ++i) text += "k" + std::to_string(i) + " = 1\n";
  const Lines lines = complaints_of({push_file("push/a.toml", text)});
  REQUIRE(lines.size() == 201);
  CHECK(lines.back() == "push/a.toml:200:1: error: 4801 more errors from here on are not shown");
}

TEST_CASE("a folder is read below its categories, sorted, without behaviours and hidden files") {
  const TemporaryFolder folder;
  folder.write("vendors.toml", "v");
  folder.write("push/b.toml", "b");
  folder.write("push/a.toml", "a");
  folder.write("push/deep/c.toml", "c");
  folder.write("push/notes.md", "x");
  folder.write("push/.hidden.toml", "x");
  folder.write("behaviours/device.toml", "x");
  const std::vector<SignatureSource> sources = read_signature_folder(folder.path.string());
  REQUIRE(sources.size() == 4);
  CHECK(sources[0].path == (folder.path / "push/a.toml").string());
  CHECK(sources[0].category == "push");
  CHECK(sources[0].text == "a");
  CHECK(sources[1].path == (folder.path / "push/b.toml").string());
  CHECK(sources[2].category == "push/deep");
  CHECK(sources[3].category == "");
}

TEST_CASE("a trailing slash of the folder changes nothing") {
  const TemporaryFolder folder;
  folder.write("push/a.toml", "a");
  CHECK(read_signature_folder(folder.path.string() + "/").at(0).path ==
        (folder.path / "push/a.toml").string());
}

TEST_CASE("a folder that is absent or empty is an error") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(read_signature_folder(folder.path.string()), Error);
  CHECK_THROWS_AS(read_signature_folder((folder.path / "absent").string()), Error);
}

TEST_CASE("truncated and damaged files never throw") {
  const std::string text = complete_sdk();
  const auto parse = [](Bytes bytes) { complaint(as_text(bytes)); };
  const ByteVector valid(text.begin(), text.end());
  CHECK_NOTHROW(truncation_sweep(valid, parse));
  CHECK_NOTHROW(byte_flips(valid, parse, 500));
}

TEST_CASE("thousands of SDKs are read in no time") {
  std::vector<SignatureSource> sources = shared_sources();
  for (int i = 0; i < 300; ++i) {
    const std::string n = std::to_string(i);
    sources.push_back(push_file("push/" + n + ".toml", sdk("s" + n, "com.acme.p" + n)));
  }
  const ProcessorTime taken;
  CHECK(parsed(sources).sdks.size() == 300);
  CHECK(taken.seconds() < 5);
}
