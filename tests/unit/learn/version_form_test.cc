// Texts with a version in them → regular expressions.
#include "learn/version_form.h"

#include <doctest/doctest.h>

#include "signature/pattern.h"
#include "signature/pattern_rules.h"

namespace sdkprint {
namespace {

const std::string kThree = "\\d+(?:\\.\\d+){2}";

std::string regex_of(std::string_view text, std::string_view version, const std::string& shape = kThree) {
  const std::vector<VersionForm> forms = forms_in_text(text, version, shape);
  return forms.empty() ? "none" : forms.front().regex;
}

/// What the form reads out of another text.
std::string read_by(const VersionForm& form, std::string_view text) {
  VersionRule rule;
  rule.regex = form.regex, rule.format = form.format;
  return VersionExtractor(rule).extract(text).value_or("none");
}

TEST_CASE("the shape of versions") {
  CHECK(version_shape({"3.1.2", "10.0.1"}) == kThree);
  CHECK(version_shape({"3.1", "3.1.2", ""}) == "\\d+(?:\\.\\d+){1,2}");
  CHECK(version_shape({"7"}) == "\\d+");
  CHECK(version_shape({""}) == "");
  CHECK(version_shape({"3.1.2-beta1"}) == kThree + "(?:[-.]?[A-Za-z][-.A-Za-z\\d]*)?");
}

TEST_CASE("a bare version") { CHECK(regex_of("3.1.2", "3.1.2") == "^" + kThree + "$"); }

TEST_CASE("a version among words; other numbers may change") {
  CHECK(regex_of("action:init - sdkVersion:3.1.2, buildId:57", "3.1.2") ==
        "^action:init - sdkVersion:(" + kThree + "), buildId:\\d+$");
  const VersionForm form = forms_in_text("sdk(3.1.2) build 57", "3.1.2", kThree).at(0);
  CHECK(read_by(form, "sdk(4.0.11) build 9") == "4.0.11");
  CHECK(read_by(form, "sdk(4.0) build 9") == "none");
  CHECK(form.context_letters == 5);
}

TEST_CASE("a version that goes on is another") {
  CHECK(regex_of("x3.1.21", "3.1.2") == "none");
  CHECK(regex_of("13.1.2", "3.1.2") == "none");
  CHECK(regex_of("3.1.2.4", "3.1.2") == "none");
  CHECK(regex_of("0.3.1.2", "3.1.2") == "none");
  CHECK(regex_of("see 3.1.2.", "3.1.2") == "^see (" + kThree + ")\\.$");
}

TEST_CASE("underscores") {
  const std::vector<VersionForm> forms = forms_in_text("acme_3_1_2", "3.1.2", kThree);
  REQUIRE(forms.size() == 1);
  CHECK(forms[0].format == "$1.$2.$3");
  CHECK(read_by(forms[0], "acme_4_10_0") == "4.10.0");
}

TEST_CASE("of a long text what stands near the version is kept") {
  const std::string text = std::string(90, 'x') + " version=3.1.2 " + std::string(90, 'y');
  const VersionForm form = forms_in_text(text, "3.1.2", kThree).at(0);
  CHECK(form.regex.size() < 120);
  CHECK(read_by(form, std::string(60, 'x') + " version=4.0.0 " + std::string(40, 'y')) == "4.0.0");
}

TEST_CASE("a control character bounds what is kept, and never becomes part of the expression") {
  const VersionForm form = forms_in_text("a\nversion 3.1.2 ok\nb", "3.1.2", kThree).at(0);
  CHECK_FALSE(object_to_regex(form.regex, 0));
  CHECK(read_by(form, "version 5.5.5 ok\n") == "5.5.5");
  CHECK(regex_of("a\n3.1.2", "3.1.2") == "none");  // nothing would tell it from the middle of a number
  CHECK(regex_of("v 3.1.2\nb", "3.1.2") == "none");
}

TEST_CASE("every text gives expressions that the format allows") {
  for (const char* text :
       {"(3.1.2)", "[3.1.2]{x}", "a\\b 3.1.2 $^", "极光 3.1.2", "?3.1.2*", "3.1.2-", "\"3.1.2\""}) {
    for (const VersionForm& form : forms_in_text(text, "3.1.2", kThree)) {
      CHECK_MESSAGE(!object_to_regex(form.regex, 0), form.regex);
      CHECK(read_by(form, text) == "3.1.2");
    }
  }
}

TEST_CASE("a library's name, digits run together") {
  const std::vector<VersionForm> forms = forms_in_library("libacme312.so", "3.1.2", kThree);
  REQUIRE(forms.size() == 1);
  CHECK(forms[0].regex == "^libacme(\\d)(\\d)(\\d)\\.so$");
  CHECK(read_by(forms[0], "libacme220.so") == "2.2.0");
  CHECK(read_by(forms[0], "libacme1100.so") == "none");
  CHECK(forms_in_library("libacme3112.so", "3.11.2", kThree).empty());  // 3.1.12, 31.1.2 …?
  CHECK(forms_in_library("libacme_v3_1_2.so", "3.1.2", kThree).at(0).format == "$1.$2.$3");
}

}  // namespace
}  // namespace sdkprint
