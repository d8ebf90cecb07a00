// One complaint for each thing that a sample can get wrong, at its exact place.
#include "signature/sample_reader.h"

#include <doctest/doctest.h>

#include <map>

#include "signature_text.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

using Lines = std::map<std::string, std::string>;

/// A sample from line 8 on, its keys in the order of their names; an empty value leaves the key out.
std::string sample(const Lines& changed, std::string_view more = "") {
  Lines lines = {{"npm", "\"acme@1.0.0\""},
                 {"integrity", "\"sha512-" + std::string(86, 'A') + "==\""},
                 {"path", "\"libs/a.jar\""},
                 {"sha256", "\"" + std::string(64, '0') + "\""},
                 {"grade", "\"defined\""}};
  for (const auto& [key, value] : changed) lines[key] = value;
  std::string text = "[[sdk.sample]]\n";
  for (const auto& [key, value] : lines) {
    if (!value.empty()) text += key + " = " + value + "\n";
  }
  return text + std::string(more);
}

std::string complaint_of(const Lines& changed, std::string_view more = "") {
  return complaint(sdk_with(sample(changed, more)));
}

constexpr const char* kRule = "[[sdk.version]]\nfield = \"com.acme.push.A.B\"\n";

}  // namespace

TEST_CASE("a sound sample is not complained of") {
  CHECK(complaint_of({}) == "");
  CHECK(complaint_of({{"grade", "\"referenced\""}}) == "");
  CHECK(complaint_of({{"grade", ""}, {"absent", "true"}}) == "");
  CHECK(complaint_of({{"version", "\"unknown\""}}) == "");
  CHECK(complaint_of({{"version", "\"1.2\""}}, kRule) == "");
  for (const char* npm : {"\"@a/b@1.0.0\"", "\"A.b_c@1.0.0-beta.1+x\"", "\"a@10.0.0\""}) {
    CAPTURE(npm);
    CHECK(complaint_of({{"npm", npm}}) == "");
  }
}

TEST_CASE("four keys are required") {
  for (const char* key : {"npm", "integrity", "path", "sha256"}) {
    CHECK(complaint_of({{key, ""}}) == "push/a.toml:7:1: error: expected the key \"" + std::string(key) +
                                           "\" in [[sdk.sample]], found none");
  }
}

TEST_CASE("a sample says what is expected, once") {
  CHECK(complaint_of({{"grade", ""}}) ==
        "push/a.toml:7:1: error: expected \"grade\" or \"absent = true\" in [[sdk.sample]], found neither\n"
        "  hint: what must the scan say?");
  CHECK(complaint_of({{"absent", "true"}}) ==
        "push/a.toml:9:1: error: expected no \"grade\" besides \"absent = true\", found one\n"
        "  hint: the SDK is in the sample or it is not");
  CHECK(complaint_of({{"grade", "\"defind\""}}) ==
        "push/a.toml:8:9: error: expected one of trace, referenced, stub, defined for \"grade\", found "
        "\"defind\"\n  hint: did you mean \"defined\"?");
  CHECK(complaint_of({{"expect", "1"}})
            .starts_with("push/a.toml:8:1: error: unknown key \"expect\" in [[sdk.sample]]; expected one of "
                         "npm, integrity, path, sha256, grade, version, absent"));
}

TEST_CASE("a version is expected only where one can be told") {
  CHECK(complaint_of({{"grade", "\"trace\""}, {"version", "\"1.2\""}}, kRule) ==
        "push/a.toml:13:11: error: expected no \"version\" for the grade \"trace\", found \"1.2\"\n"
        "  hint: a version is looked for from \"stub\" on only");
  CHECK(complaint_of({{"version", "\"1.2\""}}) ==
        "push/a.toml:7:1: error: expected a [[sdk.version]] that tells the sample's version \"1.2\", found "
        "none\n  hint: write a rule, or expect \"unknown\"");
}

TEST_CASE("packages have names and versions of npm's form") {
  for (const char* npm : {"\"acme\"", "\"@acme/x\"", "\"acme@latest\"", "\"acme@^1.0.0\"", "\"a/b@1.0.0\"",
                          "\"@/b@1.0.0\"", "\"../x@1.0.0\"", "\"-x@1.0.0\"", "\"a b@1.0.0\"", "\"@1.0.0\""}) {
    CAPTURE(npm);
    CHECK(complaint_of({{"npm", npm}})
              .starts_with("push/a.toml:10:7: error: expected an npm package and its version for \"npm\", "
                           "found "));
  }
}

TEST_CASE("digests have their length and alphabet") {
  const std::string a86(86, 'A');
  for (const std::string& integrity : {a86, "sha1-" + a86 + "==", "sha512-" + a86,
                                       "sha512-" + a86 + "A==", "sha512-" + std::string(85, 'A') + "-=="}) {
    CAPTURE(integrity);
    CHECK(complaint_of({{"integrity", "\"" + integrity + "\""}})
              .starts_with("push/a.toml:9:13: error: expected \"sha512-\" and 88 characters of base64 for "
                           "\"integrity\", found "));
  }
  for (const std::string& sha : {std::string(63, 'a'), std::string(64, 'A'), std::string(64, 'g')}) {
    CAPTURE(sha);
    CHECK(complaint_of({{"sha256", "\"" + sha + "\""}})
              .starts_with("push/a.toml:12:10: error: expected 64 lower-case hexadecimal digits for "
                           "\"sha256\", found "));
  }
}

TEST_CASE("a path stays within the package") {
  for (const char* path : {"\"/a\"", "\"../a\"", "\"a/../b\"", "\"a//b\"", "\"a/\"", "\"./a\""}) {
    CAPTURE(path);
    CHECK(complaint_of({{"path", path}})
              .starts_with("push/a.toml:11:8: error: expected a path within the package"));
  }
}

TEST_CASE("an artefact stands once in an SDK") {
  CHECK(complaint(sdk_with(sample({}) + sample({{"grade", "\"stub\""}}))) ==
        "push/a.toml:13:1: error: expected an artefact of its own, found the one of the sample at "
        "push/a.toml:7:1\n  hint: one expectation for one artefact");
}
