#include "signature/pattern.h"

#include <doctest/doctest.h>

#include <chrono>

#include "base/error.h"

using namespace sdkprint;

namespace {

Pattern pattern(Surface surface, Pattern::Kind kind, std::string text) {
  Pattern result;
  result.surface = surface;
  result.kind = kind;
  result.text = std::move(text);
  return result;
}

bool regex_matches(std::string regex, std::string_view item) {
  return PatternMatcher(pattern(Surface::string, Pattern::Kind::regex, std::move(regex))).matches(item);
}

VersionRule version_rule(std::string regex, std::string format = "") {
  VersionRule rule;
  rule.regex = std::move(regex);
  rule.format = std::move(format);
  return rule;
}

std::optional<std::string> version(const VersionRule& rule, std::string_view text) {
  return VersionExtractor(rule).extract(text);
}

/// The host that covers the first occurrence of `part` in `item`.
std::string_view host(std::string_view item, std::string_view part) {
  return host_around(item, item.find(part));
}

}  // namespace

TEST_CASE("a glob without wildcards is the item itself") {
  CHECK(glob_matches("libfoo.so", "libfoo.so"));
  CHECK_FALSE(glob_matches("libfoo.so", "libfoo.so1"));
  CHECK_FALSE(glob_matches("libfoo.so", "xlibfoo.so"));
  CHECK(glob_matches("", ""));
  CHECK_FALSE(glob_matches("", "x"));
}

TEST_CASE("a star is any run, the empty one too") {
  CHECK(glob_matches("libfoo*.so", "libfoo.so"));
  CHECK(glob_matches("libfoo*.so", "libfoo-1.2.so"));
  CHECK_FALSE(glob_matches("libfoo*.so", "libfo.so"));
  CHECK(glob_matches("*", ""));
  CHECK(glob_matches("**", "x\ny"));
}

TEST_CASE("several stars find a way if there is one") {
  CHECK(glob_matches("a*b*c", "a-b-b-c"));
  CHECK(glob_matches("*ab*ab", "ababab"));
  CHECK(glob_matches("*aab", "aaaab"));
  CHECK_FALSE(glob_matches("a*b*c", "a-c-b"));
}

TEST_CASE("a question mark is exactly one byte") {
  CHECK(glob_matches("a?c", "abc"));
  CHECK_FALSE(glob_matches("a?c", "ac"));
  CHECK_FALSE(glob_matches("a?", "abc"));
  CHECK(glob_matches("a???", "a极"));
}

TEST_CASE("a hostile glob does not explode") {
  const std::string glob = "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b";
  const std::string item(20'000, 'a');
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(glob_matches(glob, item));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
}

TEST_CASE("a package prefix ends at a boundary") {
  CHECK(package_prefix_matches("com.umeng", "com.umeng"));
  CHECK(package_prefix_matches("com.umeng", "com.umeng.Foo"));
  CHECK(package_prefix_matches("com.umeng", "com.umeng$Foo"));
  CHECK_FALSE(package_prefix_matches("com.umeng", "com.umengine.Foo"));
  CHECK_FALSE(package_prefix_matches("com.umeng", "xcom.umeng.Foo"));
  CHECK_FALSE(package_prefix_matches("com.umeng", "com.umen"));
}

TEST_CASE("a domain covers itself and its subdomains, in any case") {
  CHECK(domain_matches("jpush.cn", "jpush.cn"));
  CHECK(domain_matches("jpush.cn", "S.JPush.CN"));
  CHECK_FALSE(domain_matches("jpush.cn", "xjpush.cn"));
  CHECK_FALSE(domain_matches("jpush.cn", "jpush.cn.evil.com"));
  CHECK_FALSE(domain_matches("jpush.cn", "push.cn"));
}

TEST_CASE("a host stands after two slashes") {
  CHECK(host("https://s.jpush.cn/v3", "jpush") == "s.jpush.cn");
  CHECK(host("see http://s.jpush.cn:80 there", "jpush") == "s.jpush.cn");
  CHECK(host("//s.jpush.cn", "jpush") == "s.jpush.cn");
  CHECK(host("{\"u\":\"https:\\/\\/s.jpush.cn\\/v3\"}", "jpush") == "s.jpush.cn");
}

TEST_CASE("a host stands after the user of a URL") {
  CHECK(host("https://me:secret@jpush.cn/", "jpush") == "jpush.cn");
  CHECK(host("https://jpush.cn@evil.com/", "jpush") == "");
  CHECK(host("https://evil.com/@jpush.cn", "jpush") == "");
  CHECK(host("https://evil.com?q@jpush.cn", "jpush") == "");
}

TEST_CASE("an address of a mailbox has no host") {
  CHECK(host("support@jpush.cn", "jpush") == "");
  CHECK(host("jpush.cn@gmail.com", "jpush") == "");
}

TEST_CASE("a bare host begins its string") {
  CHECK(host("jpush.cn", "jpush") == "jpush.cn");
  CHECK(host("jpush.cn:8080/x", "jpush") == "jpush.cn");
  CHECK(host(".jpush.cn", "jpush") == "jpush.cn");
  CHECK(host("*.jpush.cn", "jpush") == "jpush.cn");
  CHECK(host("jpush.cn.", "jpush") == "jpush.cn");
  CHECK(host("at jpush.cn", "jpush") == "");
  CHECK(host("/jpush.cn", "jpush") == "");
}

TEST_CASE("a position outside any host has none") {
  CHECK(host_around("https://jpush.cn/v3", 0) == "https");  // a bare run, which no domain matches
  CHECK(host_around("https://jpush.cn/v3", 5) == "");
  CHECK(host_around("https://jpush.cn/v3", 17) == "");
  CHECK(host_around("jpush.cn", 8) == "");
  CHECK(host_around("", 0) == "");
  CHECK(host_around("jpush.cn.", 8) == "");
}

TEST_CASE("a host is at most 253 characters long") {
  const std::string label = std::string(61, 'a') + ".";
  const std::string longest = label + label + label + label + "abcde";
  REQUIRE(longest.size() == 253);
  CHECK(host_around(longest, 100) == longest);
  CHECK(host_around(longest + "f", 100) == "");
  CHECK(host_around(longest + "f", 253) == "");
  CHECK(host_around(std::string(100'000, 'a'), 50'000) == "");
}

TEST_CASE("prefix means packages on class and reference, characters elsewhere") {
  CHECK_FALSE(
      PatternMatcher(pattern(Surface::class_name, Pattern::Kind::prefix, "com.foo")).matches("com.foobar"));
  CHECK_FALSE(
      PatternMatcher(pattern(Surface::reference, Pattern::Kind::prefix, "com.foo")).matches("com.foobar"));
  CHECK(PatternMatcher(pattern(Surface::entry, Pattern::Kind::prefix, "com.foo")).matches("com.foobar"));
}

TEST_CASE("exact means the whole item") {
  const PatternMatcher matcher(pattern(Surface::class_name, Pattern::Kind::exact, "com.foo.Bar"));
  CHECK(matcher.matches("com.foo.Bar"));
  CHECK_FALSE(matcher.matches("com.foo.Bar$1"));
}

TEST_CASE("hosts are compared in lower case, whatever the kind") {
  CHECK(PatternMatcher(pattern(Surface::host, Pattern::Kind::exact, "s.jpush.io")).matches("S.JPush.io"));
  CHECK(PatternMatcher(pattern(Surface::host, Pattern::Kind::glob, "*-api.foo.cn")).matches("EU-api.foo.cn"));
  CHECK(PatternMatcher(pattern(Surface::host, Pattern::Kind::regex, "^api\\d")).matches("API3.foo.cn"));
  CHECK_FALSE(PatternMatcher(pattern(Surface::host, Pattern::Kind::glob, "*.cn"))
                  .matches(std::string(300, 'a') + ".cn"));
}

TEST_CASE("a regular expression is searched, its anchors are the item's ends") {
  CHECK(regex_matches("push", "jpush-core"));
  CHECK(regex_matches("^jpush", "jpush-core"));
  CHECK_FALSE(regex_matches("^push", "jpush-core"));
  CHECK_FALSE(regex_matches("^core", "jpush\ncore"));
  CHECK_FALSE(regex_matches("core$", "core\n"));
  CHECK_FALSE(regex_matches("a.c", "a\nc"));
}

TEST_CASE("items of any bytes can be matched") {
  CHECK(regex_matches("foo.bar",
                      "\xFF\xFE foo\xC0"
                      "bar"));
  CHECK(regex_matches("极光", "\xFF极光\xED\xA0\x80"));
  CHECK(regex_matches("(?:极)?光-sdk", "光-sdk"));
  CHECK_FALSE(regex_matches("(?i)k-sdk", "\xE2\x84\xAA-sdk"));  // U+212A KELVIN SIGN is no K
}

TEST_CASE("a bad regular expression is refused with RE2's words") {
  CHECK_THROWS_AS(PatternMatcher(pattern(Surface::string, Pattern::Kind::regex, "a(b")), InputError);
  CHECK(regex_error("a(b")->find("missing )") != std::string::npos);
  CHECK_FALSE(regex_error("a(b)").has_value());
}

TEST_CASE("an expression too large for its memory is refused") {
  CHECK(regex_error("((a{999}){999}){999}").has_value());
  CHECK(regex_error("(\\w{900}x){40}").has_value());
}

TEST_CASE("without an expression the trimmed text is the version") {
  CHECK(version(version_rule(""), " 1.2.3\r\n") == "1.2.3");
  CHECK_FALSE(version(version_rule(""), "  ").has_value());
  CHECK_FALSE(version(version_rule(""), "1.2\n1.3").has_value());
}

TEST_CASE("the first group is the version, or the whole match without one") {
  CHECK(version(version_rule("v([\\d.]+)"), "sdk v1.2 of v3") == "1.2");
  CHECK(version(version_rule("[\\d.]+"), "sdk v1.2") == "1.2");
  CHECK_FALSE(version(version_rule("v([\\d.]+)"), "sdk").has_value());
}

TEST_CASE("a format joins the groups") {
  CHECK(version(version_rule("lib(\\d)(\\d)(x)?\\.so", "$1.$2$3"), "lib34.so") == "3.4");
  CHECK(version(version_rule("(\\d)", "$$$1-$0"), "7") == "$7-7");
}

TEST_CASE("a format that names an absent group is refused") {
  CHECK_THROWS_AS(VersionExtractor(version_rule("(\\d)", "$2")), InputError);
}

TEST_CASE("what cannot be a version is none") {
  CHECK_FALSE(version(version_rule(""), std::string(65, '1')).has_value());
  CHECK(version(version_rule(""), std::string(64, '1')) == std::string(64, '1'));
  CHECK_FALSE(version(version_rule(""), "1.2\x01").has_value());
  CHECK_FALSE(version(version_rule(""), "1.2极").has_value());
  CHECK_FALSE(version(version_rule("v(\\d*)"), "v").has_value());
  CHECK_FALSE(version(version_rule("v(.*)"), "v" + std::string(100'000, '1')).has_value());
}

TEST_CASE("a key picks its line") {
  VersionRule rule = version_rule("");
  rule.key = "version";
  CHECK(version(rule, "name=foo\nversion=1.2\r\nversion=1.3\n") == "1.2");
  CHECK(version(rule, "versions=9\n version : 1.2") == "1.2");
  CHECK_FALSE(version(rule, "subversion=1.2\nversion\n").has_value());
  rule.regex = "(\\d+)";
  CHECK(version(rule, "other=5\nversion=r42") == "42");
}
