// One complaint for each thing that patterns and version rules can get wrong, at its exact place.
#include "signature/pattern_reader.h"

#include <doctest/doctest.h>

#include "signature_text.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

/// What is said of line 6, a key of [sdk.patterns].
std::string with_pattern(std::string_view line) {
  return complaint(sdk_with_patterns(std::string(line) + "\nclass = [\"com.acme.push\"]"));
}

/// What is said of a [[sdk.version]] whose keys begin in line 8.
std::string with_version(std::string_view keys) {
  return complaint(sdk_with("[[sdk.version]]\n" + std::string(keys)));
}

std::vector<Pattern> patterns_of(std::string_view lines) {
  std::vector<Diagnostic> diagnostics;
  const SignatureSet set = parse_signatures(sources_with(sdk_with_patterns(lines)), diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) FAIL(to_string(diagnostic));
  return set.sdks.at(0).patterns;
}

}  // namespace

TEST_CASE("a plain string has its surface's kind and grade") {
  const std::vector<Pattern> list = patterns_of(
      "class = [\"com.acme\"]\nreference = [\"com.acme\"]\nlibrary = [\"libacme*.so\"]\n"
      "string = [\"acme.key\"]\nhost = [\"acme.com\"]\nsymbol = [\"acme_*\"]");
  REQUIRE(list.size() == 6);
  CHECK(list[0].kind == Pattern::Kind::prefix);
  CHECK(list[0].grade == Grade::defined);
  CHECK(list[1].kind == Pattern::Kind::prefix);
  CHECK(list[1].grade == Grade::referenced);
  CHECK(list[2].kind == Pattern::Kind::glob);
  CHECK(list[2].grade == Grade::defined);
  CHECK(list[3].kind == Pattern::Kind::exact);
  CHECK(list[3].grade == Grade::trace);
  CHECK(list[4].kind == Pattern::Kind::domain);
  CHECK(list[4].grade == Grade::trace);
  CHECK(list[5].grade == Grade::defined);
}

TEST_CASE("a table says kind, grade and weakness") {
  const std::vector<Pattern> list = patterns_of(
      "class = [\"com.acme\"]\nentry = [{ glob = \"assets/acme*\", grade = \"defined\", weak = true }]");
  REQUIRE(list.size() == 2);
  CHECK(list[1].kind == Pattern::Kind::glob);
  CHECK(list[1].text == "assets/acme*");
  CHECK(list[1].grade == Grade::defined);
  CHECK(list[1].weak);
  CHECK(to_string(list[1].place) == "push/a.toml:7:19");
}

TEST_CASE("an unknown surface is listed with all") {
  CHECK(with_pattern("libary = [\"libacme.so\"]") ==
        "push/a.toml:6:1: error: unknown key \"libary\" in [sdk.patterns]; expected one of class, reference, "
        "string, library, symbol, native-string, entry, manifest, host\n  hint: did you mean \"library\"?");
}

TEST_CASE("a surface has an array") {
  CHECK(with_pattern("library = \"libacme.so\"") ==
        "push/a.toml:6:11: error: expected an array of patterns for \"library\", found the string "
        "\"libacme.so\"\n"
        "  hint: put it into brackets");
  CHECK(with_pattern("library = []") ==
        "push/a.toml:6:11: error: expected at least one pattern for \"library\", found an empty array\n"
        "  hint: leave the key out");
  CHECK(with_pattern("library = [3]") ==
        "push/a.toml:6:12: error: expected a pattern for \"library\" (a string or a table), found the "
        "integer 3");
}

TEST_CASE("a pattern table has exactly one kind") {
  CHECK(
      with_pattern("library = [{ weak = true }]") ==
      "push/a.toml:6:12: error: expected one of prefix, exact, glob, regex, domain in a pattern, found none");
  CHECK(with_pattern("string = [{ exact = \"abcd\", glob = \"abcd*\" }]") ==
        "push/a.toml:6:29: error: expected one of prefix, exact, glob, regex, domain in a pattern, found "
        "\"glob\" "
        "besides \"exact\"");
  CHECK(with_pattern("string = [{ exact = 1 }]") ==
        "push/a.toml:6:21: error: expected a string for \"exact\" in a pattern, found the integer 1");
  CHECK(with_pattern("string = [{ exakt = \"abcd\", exact = \"abcd\" }]")
            .starts_with("push/a.toml:6:13: error: unknown key"));
  CHECK(with_pattern("string = [{ exact = \"abcd\", weak = 1 }]") ==
        "push/a.toml:6:36: error: expected true or false for \"weak\" in a pattern, found the integer 1");
}

TEST_CASE("grades are words, and some surfaces cannot give the high ones") {
  CHECK(with_pattern("string = [{ exact = \"abcd\", grade = \"defind\" }]") ==
        "push/a.toml:6:37: error: expected one of trace, referenced, stub, defined for \"grade\", found "
        "\"defind\"\n"
        "  hint: did you mean \"defined\"?");
  CHECK(
      with_pattern("string = [{ exact = \"abcd\", grade = \"structural\" }]").find("expected one of trace") !=
      std::string::npos);
  CHECK(with_pattern("host = [{ exact = \"a.com\", grade = \"defined\" }]") ==
        "push/a.toml:6:36: error: expected at most the grade referenced on the surface host, found defined\n"
        "  hint: naming an SDK does not show that it is there");
}

TEST_CASE("a bad pattern is complained of where it stands") {
  CHECK(with_pattern("reference = [\"com.acme\", \"com/foo\"]") ==
        "push/a.toml:6:26: error: expected a dotted Java name, found \"com/foo\"\n  hint: write \"com.foo\"");
  CHECK(with_pattern("string = [{ regex = 'a(?=b)' }]") ==
        "push/a.toml:6:21: error: regular expression \"a(?=b)\", at its character 2: only (…) and (?:…) are "
        "groups, "
        "and (?i) may begin the expression\n  hint: no named groups, no look-around, no other flags");
  CHECK(with_pattern("string = [{ regex = 'abcd[z-a]' }]") ==
        "push/a.toml:6:21: error: regular expression \"abcd[z-a]\": invalid character class range: z-a");
  CHECK(
      with_pattern("string = [\"*\"]") ==
      "push/a.toml:6:11: error: expected at least 3 characters in a row that are not wildcards, found \"*\"\n"
      "  hint: a pattern as short as that matches by accident");
  CHECK(with_pattern("host = [\"com.cn\"]") ==
        "push/a.toml:6:9: error: expected a domain that somebody owns, found the public suffix \"com.cn\"\n"
        "  hint: add the label before it");
}

TEST_CASE("the same pattern twice is once too often") {
  CHECK(with_pattern("string = [\"acme\",\n  { exact = \"acme\" }]") ==
        "push/a.toml:7:13: error: the pattern \"acme\" stands twice under \"string\"\n"
        "  hint: the first is at push/a.toml:6:11");
  CHECK(with_pattern("string = [{ prefix = \"acme\" }, { exact = \"acme\" }]") == "");
}

TEST_CASE("a version rule has exactly one source") {
  CHECK(with_version("regex = 'v(\\d)'") ==
        "push/a.toml:7:1: error: expected one of field, code, constants, string, library, native-string, "
        "entry, "
        "manifest in "
        "[[sdk.version]], found none");
  CHECK(with_version("field = \"com.acme.A.B\"\nstring = 'acme'") ==
        "push/a.toml:9:1: error: expected one source in [[sdk.version]], found \"string\" besides \"field\"\n"
        "  hint: write a rule for each; they are tried in order");
  CHECK(with_version("feild = \"com.acme.A.B\"").find("did you mean \"field\"?") != std::string::npos);
}

TEST_CASE("version sources have their form") {
  CHECK(with_version("field = \"VERSION\"") ==
        "push/a.toml:8:9: error: expected a class and a field, found \"VERSION\"\n"
        "  hint: com.foo.BuildConfig.VERSION_NAME");
  CHECK(with_version("field = \"com/acme/A.B\"")
            .starts_with("push/a.toml:8:9: error: expected a dotted Java name"));
  CHECK(with_version("code = \"*.*\"").starts_with("push/a.toml:8:8: error: expected at least 3 characters"));
  CHECK(with_version("string = '\\d+\\.\\d+'")
            .starts_with("push/a.toml:8:10: error: expected a regular expression"));
  CHECK(with_version("library = 'lib(acme'").starts_with("push/a.toml:8:11: error: regular expression"));
  CHECK(with_version("entry = \"*\"").starts_with("push/a.toml:8:9: error: expected at least 3 characters"));
  CHECK(with_version("manifest = \"meta-data:ACME\"") ==
        "push/a.toml:8:12: error: expected a meta-data key, found \"meta-data:ACME\"\n"
        "  hint: write \"ACME\": only meta-data has values");
  CHECK(
      with_version("manifest = 3") ==
      "push/a.toml:8:12: error: expected a string for \"manifest\" in [[sdk.version]], found the integer 3");
}

TEST_CASE("keys that mean nothing for a source are refused") {
  CHECK(with_version("string = 'acme'\nregex = 'x'") ==
        "push/a.toml:9:1: error: expected no \"regex\" besides \"string\", found one\n"
        "  hint: its own value is the regular expression");
  CHECK(with_version("field = \"com.acme.A.B\"\nkey = \"x\"") ==
        "push/a.toml:9:1: error: expected no \"key\" besides \"field\", found one\n"
        "  hint: only an entry has lines \"key=value\"");
  CHECK(with_version("string = 'acme'\nin = \"libacme.so\"") ==
        "push/a.toml:9:1: error: expected no \"in\" besides \"string\", found one\n"
        "  hint: it narrows native-string to some libraries");
}

TEST_CASE("formats name groups that exist") {
  CHECK(with_version("library = 'libacme(\\d)(\\d)'\nformat = \"$1.$3\"") ==
        "push/a.toml:9:10: error: expected a group that the regular expression has, found \"$3\" in "
        "\"$1.$3\"; it "
        "has 2\n  hint: groups are written (…)");
  CHECK(with_version("library = 'libacme(\\d)'\nformat = \"x.y\"") ==
        "push/a.toml:9:10: error: expected a format that names a group or is a version, found \"x.y\"\n"
        "  hint: $0 is the whole match");
  CHECK(with_version("library = 'libacme(\\d)'\nformat = \"$1.$x\"") ==
        "push/a.toml:9:10: error: expected a digit or \"$\" after each \"$\" of a format, found \"$1.$x\"");
  CHECK(with_version("field = \"com.acme.A.B\"\nformat = \"$1\"") ==
        "push/a.toml:9:10: error: expected a \"regex\" for the format \"$1\", found none");
  CHECK(with_version("library = 'libacme(\\d)'\nformat = \"$1.$0$$\"") == "");
}
