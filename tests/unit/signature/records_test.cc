// One complaint for each thing that a single record can get wrong, at its exact place.
#include "signature/records.h"

#include <doctest/doctest.h>

#include "signature_text.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

/// push/a.toml with one key more in [[sdk]], in line 5.
std::string with_key(std::string_view line) {
  return complaint("[[sdk]]\nid = \"acme-push\"\nname = \"Acme Push\"\nvendor = \"acme\"\n" +
                   std::string(line) + "\n[sdk.patterns]\nclass = [\"com.acme.push\"]\n");
}

std::string with_vendor(std::string_view keys) {
  std::vector<SignatureSource> sources = shared_sources();
  sources[0].text += "[[vendor]]\n" + std::string(keys) + "\n";
  std::string result;
  for (const std::string& line : complaints(sources)) result += line;
  return result;
}

}  // namespace

TEST_CASE("a sound SDK is not complained of") { CHECK(complaint(sdk_with("")) == ""); }

TEST_CASE("unknown keys are listed with what was expected") {
  CHECK(with_key("hompage = \"https://a.cn\"") ==
        "push/a.toml:5:1: error: unknown key \"hompage\" in [[sdk]]; expected one of id, name, name_zh, "
        "aliases, "
        "vendor, category, kind, in_platform, homepage, privacy_policy, declares, declares_source, contains, "
        "sources, draft, patterns, defined, version, sample\n"
        "  hint: did you mean \"homepage\"?");
  CHECK(
      complaint(sdk_with("[sdk.defined]\nclass = 1")) ==
      "push/a.toml:8:1: error: unknown key \"class\" in [sdk.defined]; expected one of classes, code_bytes, "
      "any_class\n  hint: did you mean \"classes\"?");
  CHECK(complaint(sdk_with("[[sdks]]")) ==
        "push/a.toml:7:3: error: unknown key \"sdks\" in a signature file; expected one of sdk\n"
        "  hint: did you mean \"sdk\"?");
}

TEST_CASE("required keys are missed at their table") {
  CHECK(complaint("\n  [[sdk]]\nname = \"A\"\nvendor = \"acme\"\npatterns.class = [\"com.acme\"]\n") ==
        "push/a.toml:2:3: error: expected the key \"id\" in [[sdk]], found none");
  CHECK(complaint("[[sdk]]\nid = \"a\"\npatterns.class = [\"com.acme\"]\n") ==
        "push/a.toml:1:1: error: expected the key \"name\" in [[sdk]], found none\n"
        "push/a.toml:1:1: error: expected the key \"vendor\" in [[sdk]], found none");
  CHECK(complaint("") == "push/a.toml:1:1: error: expected the key \"sdk\" in a signature file, found none");
}

TEST_CASE("wrong types are named") {
  CHECK(with_key("name_zh = 3") ==
        "push/a.toml:5:11: error: expected a string for \"name_zh\" in [[sdk]], found the integer 3");
  CHECK(with_key("aliases = \"x\"") ==
        "push/a.toml:5:11: error: expected an array of strings for \"aliases\" in [[sdk]], found the string "
        "\"x\"");
  CHECK(with_key("aliases = [\"x\", true]") ==
        "push/a.toml:5:17: error: expected a string for \"aliases\" in [[sdk]], found the boolean true");
  CHECK(
      with_key("defined = 1.5") ==
      "push/a.toml:5:11: error: expected a table for \"defined\" in [[sdk]], found a floating-point number");
  CHECK(with_key("version = [1979-05-27]") ==
        "push/a.toml:5:12: error: expected a table in [[version]], found a date or time");
  CHECK(complaint(sdk_with("[sdk.defined]\nclasses = \"3\"")) ==
        "push/a.toml:8:11: error: expected an integer for \"classes\" in [sdk.defined], found the string "
        "\"3\"");
  CHECK(complaint("sdk = 1") ==
        "push/a.toml:1:7: error: expected [[sdk]] tables in a signature file, found the integer 1");
  CHECK(complaint("sdk = []") ==
        "push/a.toml:1:7: error: expected [[sdk]] tables in a signature file, found an empty array");
  CHECK(complaint("[sdk]") ==
        "push/a.toml:1:1: error: expected [[sdk]] tables in a signature file, found a table\n"
        "  hint: write the brackets twice");
}

TEST_CASE("ids have one form, and the hint shows it") {
  CHECK(complaint("[[sdk]]\nid = \"Acme_Push \\\"2\"\nname = \"A\"\nvendor = \"acme\"\n"
                  "patterns.class = [\"com.acme\"]\n") ==
        "push/a.toml:2:6: error: expected an id of lower-case letters and digits, joined by single hyphens, "
        "of at "
        "most 64 characters; found \"Acme_Push \\\"2\"\n  hint: write \"acme-push-2\"");
  for (const char* id : {"a--b", "-a", "a-", "极光", "a.b"}) {
    CAPTURE(id);
    CHECK(with_key("sources = [\"" + std::string(id) + "\"]")
              .starts_with("push/a.toml:5:12: error: expected an id"));
  }
  CHECK(with_key("sources = [\"360-a1\", \"b\"]") == "");
}

TEST_CASE("addresses are web addresses without blanks") {
  CHECK(with_key("homepage = \"www.acme.com\"") ==
        "push/a.toml:5:12: error: expected an address that begins with https:// or http:// for \"homepage\", "
        "without blanks or quotes, found \"www.acme.com\"");
  CHECK(with_key("privacy_policy = \"https://acme.com/a b\"") != "");
  CHECK(with_key("homepage = \"https://\"") != "");
  CHECK(with_key("homepage = \"http://acme.com/隐私\"") == "");
}

TEST_CASE("texts are not empty, not padded, without control characters") {
  CHECK(with_key("name_zh = \"\"") == "push/a.toml:5:11: error: expected a text, found an empty string");
  CHECK(with_key("name_zh = \"a \"") == "push/a.toml:5:11: error: expected no blank at an end, found \"a \"");
  CHECK(with_key("name_zh = \"a\\u0000b\"") ==
        "push/a.toml:5:11: error: expected printable text, found a control character in \"a\\x00b\"");
}

TEST_CASE("lists do not repeat themselves") {
  CHECK(with_key("aliases = [\"B\", \"B\"]") ==
        "push/a.toml:5:17: error: \"B\" stands twice in \"aliases\"\n  hint: leave one out");
  CHECK(with_key("aliases = [\"Acme Push\"]") ==
        "push/a.toml:5:12: error: the alias \"Acme Push\" repeats the name\n  hint: leave it out");
}

TEST_CASE("the category is the folder") {
  CHECK(with_key("category = \"push\"") == "");
  CHECK(with_key("category = \"analytics\"") ==
        "push/a.toml:5:12: error: expected the folder's name \"push\" for \"category\", found \"analytics\"\n"
        "  hint: move the file, or leave the key out");
}

TEST_CASE("the kind is one of three") {
  CHECK(with_key("kind = \"packer\"") == "");
  CHECK(with_key("kind = \"pakcer\"") ==
        "push/a.toml:5:8: error: expected one of sdk, library, packer for \"kind\", found \"pakcer\"\n"
        "  hint: did you mean \"packer\"?");
}

TEST_CASE("an SDK has patterns, not all of them weak") {
  CHECK(complaint("[[sdk]]\nid = \"a\"\nname = \"A\"\nvendor = \"acme\"\n") ==
        "push/a.toml:1:1: error: expected a table [sdk.patterns], found none\n"
        "  hint: an SDK without a pattern is never found");
  CHECK(complaint(sdk_with_patterns("")) ==
        "push/a.toml:5:6: error: expected at least one pattern in [sdk.patterns], found none\n"
        "  hint: an SDK without a pattern is never found");
  CHECK(
      complaint(sdk_with_patterns("host = [{ domain = \"acme.com\", weak = true }]")) ==
      "push/a.toml:5:6: error: expected a pattern that is not weak in [sdk.patterns], found only weak ones\n"
      "  hint: weak patterns count only together with another");
}

TEST_CASE("the rule for defined has sensible numbers and names") {
  CHECK(complaint(sdk_with("[sdk.defined]\nclasses = 0")) ==
        "push/a.toml:8:11: error: expected 1 to 1000000 for \"classes\" in [sdk.defined], found 0");
  CHECK(complaint(sdk_with("[sdk.defined]\ncode_bytes = -1")) ==
        "push/a.toml:8:14: error: expected 0 to 1000000 for \"code_bytes\" in [sdk.defined], found -1");
  CHECK(complaint(sdk_with("[sdk.defined]\nany_class = [\"com/acme/push\"]")) ==
        "push/a.toml:8:14: error: expected a dotted Java name, found \"com/acme/push\"\n"
        "  hint: write \"com.acme.push\"");
}

TEST_CASE("a country is two capital letters") {
  CHECK(with_vendor("id = \"b\"\nname = \"B\"\ncountry = \"CHN\"") ==
        "vendors.toml:13:11: error: expected a country as two capital letters (ISO 3166-1), found \"CHN\"\n"
        "  hint: CN, US, DE …");
  CHECK(with_vendor("id = \"b\"\nname = \"B\"\ncountry = \"UK\"") ==
        "vendors.toml:13:11: error: expected a code of ISO 3166-1, found \"UK\"\n"
        "  hint: the United Kingdom is \"GB\"");
  CHECK(with_vendor("id = \"b\"\nname = \"B\"") == "");
}

TEST_CASE("vendors and categories have their keys") {
  CHECK(with_vendor("id = \"b\"") ==
        "vendors.toml:10:1: error: expected the key \"name\" in [[vendor]], found none");
  CHECK(with_vendor("id = \"b\"\nname = \"B\"\ncontry = \"CN\"") ==
        "vendors.toml:13:1: error: unknown key \"contry\" in [[vendor]]; expected one of id, name, name_zh, "
        "country\n  hint: did you mean \"country\"?");
  std::vector<SignatureSource> sources = shared_sources();
  sources[1].text += "[[category]]\nid = \"x\"\nname = \"X\"\n";
  CHECK(complaints(sources) ==
        std::vector<std::string>{"categories.toml:9:1: error: expected the key \"name_zh\" "
                                 "in [[category]], found none"});
}
