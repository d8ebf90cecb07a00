#include "signature/pattern_rules.h"

#include <doctest/doctest.h>

#include <string>

using namespace sdkprint;

namespace {

using enum Pattern::Kind;

/// "" when the pattern is accepted, else the hint, or "-" when it is refused without one.
std::string verdict(Surface surface, Pattern::Kind kind, std::string text) {
  Pattern pattern;
  pattern.surface = surface;
  pattern.kind = kind;
  pattern.text = std::move(text);
  const Verdict verdict = object_to_pattern(pattern);
  if (!verdict) return "";
  return verdict->hint.empty() ? "-" : verdict->hint;
}

bool accepted(Surface surface, Pattern::Kind kind, std::string text) {
  return verdict(surface, kind, std::move(text)).empty();
}

}  // namespace

TEST_CASE("class prefixes are dotted Java names") {
  CHECK(accepted(Surface::class_name, prefix, "com.foo"));
  CHECK(accepted(Surface::class_name, prefix, "com.foo.Bar$Inner_1"));
  CHECK(accepted(Surface::class_name, prefix, "com.极光.推送"));
  CHECK(accepted(Surface::class_name, prefix, "okio.-DeprecatedOkio"));
  CHECK(verdict(Surface::class_name, prefix, "com/foo/Bar") == "write \"com.foo.Bar\"");
  CHECK(verdict(Surface::class_name, prefix, "Lcom/foo/Bar;") == "write \"com.foo.Bar\"");
  CHECK(verdict(Surface::class_name, prefix, "com.foo.") == "write \"com.foo\"");
  CHECK(verdict(Surface::class_name, prefix, ".com.foo") == "write \"com.foo\"");
  CHECK(verdict(Surface::class_name, prefix, "com..foo") == "-");
  CHECK(verdict(Surface::class_name, prefix, "com.foo bar") == "-");
}

TEST_CASE("a wildcard in a prefix is a mistake with two ways out") {
  CHECK(verdict(Surface::class_name, prefix, "com.foo.*") ==
        "write \"com.foo\" (a prefix covers what lies below it)");
  CHECK(verdict(Surface::class_name, prefix, "com.*.foo") == "write { glob = \"com.*.foo\" }");
}

TEST_CASE("class prefixes that every app has are refused") {
  for (const char* text : {"com", "XI", "java", "android", "a.b.c", "e.a", "aa.bb", "a.b.cd"}) {
    CAPTURE(text);
    CHECK_FALSE(accepted(Surface::class_name, prefix, text));
  }
  for (const char* text : {"okio", "androidx", "com.loc", "c.t.m.g", "ms.bd.c", "XI.CA.XI", "kotlin"}) {
    CAPTURE(text);
    CHECK(accepted(Surface::class_name, prefix, text));
  }
  CHECK(accepted(Surface::class_name, exact, "XI.K0"));
  CHECK_FALSE(accepted(Surface::class_name, exact, "e"));
}

TEST_CASE("globs need three characters in a row") {
  CHECK(accepted(Surface::string, glob, "*abc*"));
  CHECK_FALSE(accepted(Surface::string, glob, "*ab*cd*"));
  CHECK_FALSE(accepted(Surface::class_name, glob, "*.?.*"));
  CHECK(accepted(Surface::class_name, glob, "com.*.push.?"));
}

TEST_CASE("what every native library has does not count") {
  CHECK(accepted(Surface::library, glob, "libjpush*.so"));
  CHECK(accepted(Surface::library, exact, "libqq.so"));
  CHECK(accepted(Surface::library, glob, "libjiagu*"));
  CHECK_FALSE(accepted(Surface::library, glob, "lib*.so"));
  CHECK_FALSE(accepted(Surface::library, glob, "libqq*.so"));
  CHECK(verdict(Surface::library, exact, "jpush") == "write \"libjpush.so\"");
  CHECK(verdict(Surface::library, glob, "lib/arm64-v8a/libfoo.so") ==
        "write \"libfoo.so\", or use the surface entry");
}

TEST_CASE("manifest items name a known kind and a value") {
  CHECK(accepted(Surface::manifest, exact, "meta-data:JPUSH_APPKEY"));
  CHECK(accepted(Surface::manifest, glob, "*:com.foo.*"));
  CHECK(verdict(Surface::manifest, exact, "metadata:JPUSH_APPKEY") == "did you mean \"meta-data\"?");
  CHECK_FALSE(accepted(Surface::manifest, exact, "JPUSH_APPKEY"));
  CHECK_FALSE(accepted(Surface::manifest, glob, "action:*"));
  CHECK_FALSE(accepted(Surface::manifest, exact, "scheme:qq"));
}

TEST_CASE("entry names tell more than a folder and an extension") {
  CHECK(accepted(Surface::entry, exact, "assets/a.dat"));
  CHECK(accepted(Surface::entry, glob, "META-INF/com.foo_*.version"));
  CHECK(accepted(Surface::entry, prefix, "assets/foo/"));
  CHECK_FALSE(accepted(Surface::entry, glob, "assets/*.dat"));
  CHECK_FALSE(accepted(Surface::entry, prefix, "assets/"));
  CHECK_FALSE(accepted(Surface::entry, exact, "/assets/foo.dat"));
  CHECK_FALSE(accepted(Surface::entry, exact, "assets\\foo.dat"));
}

TEST_CASE("domains are somebody's") {
  CHECK(accepted(Surface::host, domain, "jpush.cn"));
  CHECK(accepted(Surface::host, domain, "xn--fiq228c.com.cn"));
  CHECK(accepted(Surface::host, domain, "114.55.1.2"));
  CHECK_FALSE(accepted(Surface::host, domain, "com.cn"));
  CHECK_FALSE(accepted(Surface::host, domain, "co.uk"));
  CHECK_FALSE(accepted(Surface::host, domain, "cn"));
  CHECK_FALSE(accepted(Surface::host, domain, "foo.123"));
  CHECK_FALSE(accepted(Surface::host, domain, "-foo.com"));
  CHECK_FALSE(accepted(Surface::host, domain, "foo..com"));
}

TEST_CASE("a domain that is more than a host shows the host") {
  const std::string expected = "write \"s.jpush.cn\" (subdomains are covered)";
  for (const char* text :
       {"https://s.jpush.cn/v3?x", "s.jpush.cn:443", "*.s.jpush.cn", "S.JPush.cn", "s.jpush.cn."}) {
    CAPTURE(text);
    CHECK(verdict(Surface::host, domain, text) == expected);
  }
}

TEST_CASE("kinds and surfaces that do not go together are refused") {
  CHECK(verdict(Surface::string, domain, "jpush.cn") == "domains belong under host");
  CHECK(verdict(Surface::host, prefix, "jpush.cn") == "a domain covers its subdomains");
}

TEST_CASE("regular expressions pass the subset, RE2, and the literal run") {
  CHECK(accepted(Surface::string, regex, "^jpush-\\d+$"));
  CHECK_FALSE(accepted(Surface::string, regex, "\\Qjpush\\E"));
  CHECK_FALSE(accepted(Surface::string, regex, "jpush[z-a]"));
  CHECK(verdict(Surface::string, regex, "\\d+ab") == "each alternative needs them, outside optional parts");
}

TEST_CASE("texts are printable, of the basic plane, and not endless") {
  CHECK_FALSE(object_to_text("极光 push").has_value());
  CHECK(object_to_text("").has_value());
  CHECK(object_to_text("a\nb").has_value());
  CHECK(object_to_text(std::string_view("a\0b", 3)).has_value());
  CHECK(object_to_text("\xF0\x9F\x98\x80").has_value());
  CHECK_FALSE(object_to_text(std::string(512, 'a')).has_value());
  CHECK(object_to_text(std::string(513, 'a')).has_value());
}

TEST_CASE("a JNI symbol tells more than Java_") {
  CHECK(accepted(Surface::symbol, glob, "Java_cn_jpush_*"));
  CHECK_FALSE(accepted(Surface::symbol, glob, "Java_*"));
}
