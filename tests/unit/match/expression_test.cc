#include "match/expression.h"

#include <doctest/doctest.h>

#include "pattern_set.h"

namespace sdkprint {
namespace {

using test::pattern_of;
using Kind = Pattern::Kind;

std::string expression_of(Surface surface, Kind kind, const std::string& text) {
  return expression(pattern_of(surface, kind, text), surface);
}

TEST_CASE("texts of code and constant data are scanned as they lie, all others joined by NUL") {
  for (const Surface surface : kSurfaces) {
    const bool raw =
        surface == Surface::string || surface == Surface::native_string || surface == Surface::host;
    CHECK((layout(surface) == TextLayout::raw) == raw);
  }
}

TEST_CASE("a package prefix ends at a package boundary or at the name's end") {
  CHECK(expression_of(Surface::class_name, Kind::prefix, "com.umeng") == "\\x00com\\x2eumeng[.$\\x00]");
  CHECK(expression_of(Surface::reference, Kind::prefix, "com.umeng") == "\\x00com\\x2eumeng[.$\\x00]");
}

TEST_CASE("a class pattern means the same on references") {
  const Pattern pattern = pattern_of(Surface::class_name, Kind::prefix, "com.umeng");
  CHECK(expression(pattern, Surface::reference) == expression(pattern, Surface::class_name));
}

TEST_CASE("a prefix elsewhere is a plain prefix") {
  CHECK(expression_of(Surface::library, Kind::prefix, "libfoo") == "\\x00libfoo");
  CHECK(expression_of(Surface::entry, Kind::prefix, "assets/a") == "\\x00assets\\x2fa");
  CHECK(expression_of(Surface::symbol, Kind::prefix, "Foo_") == "\\x00Foo_");
  CHECK(expression_of(Surface::manifest, Kind::prefix, "service:a") == "\\x00service\\x3aa");
}

TEST_CASE("exact is delimited on both sides where items are") {
  CHECK(expression_of(Surface::class_name, Kind::exact, "a.B") == "\\x00a\\x2eB\\x00");
  CHECK(expression_of(Surface::string, Kind::exact, "a b") == "a\\x20b");
  CHECK(expression_of(Surface::host, Kind::exact, "a.cn") == "a\\x2ecn");
}

TEST_CASE("a glob is anchored at the ends that have no star") {
  CHECK(expression_of(Surface::library, Kind::glob, "lib*.so") == "\\x00lib[^\\x00]*\\x2eso\\x00");
  CHECK(expression_of(Surface::library, Kind::glob, "*foo") == "foo\\x00");
  CHECK(expression_of(Surface::library, Kind::glob, "foo*") == "\\x00foo");
  CHECK(expression_of(Surface::library, Kind::glob, "**foo**") == "foo");
  CHECK(expression_of(Surface::library, Kind::glob, "f?o") == "\\x00f[^\\x00]o\\x00");
}

TEST_CASE("a glob on raw text is only its middle") {
  CHECK(expression_of(Surface::string, Kind::glob, "*foo*bar*") == "foo[^\\x00]*bar");
  CHECK(expression_of(Surface::native_string, Kind::glob, "foo") == "foo");
}

TEST_CASE(
    "the anchors of a regular expression become delimiters where items have them, else they are dropped") {
  CHECK(expression_of(Surface::library, Kind::regex, "^libfoo$") == "\\x00(?:libfoo)\\x00");
  CHECK(expression_of(Surface::library, Kind::regex, "libfoo") == "(?:libfoo)");
  CHECK(expression_of(Surface::string, Kind::regex, "^foo$") == "(?:foo)");
}

TEST_CASE("a dollar sign that is escaped is no anchor") {
  CHECK(expression_of(Surface::library, Kind::regex, "foo\\$") == "(?:foo\\$)");
  CHECK(expression_of(Surface::library, Kind::regex, "foo\\\\$") == "(?:foo\\\\)\\x00");
}

TEST_CASE("a flag stays in front of the anchor that follows it") {
  CHECK(expression_of(Surface::library, Kind::regex, "(?i)^foo") == "(?i)\\x00(?:foo)");
  CHECK(expression_of(Surface::string, Kind::regex, "(?i)foo$") == "(?i)(?:foo)");
}

TEST_CASE("a word boundary is dropped from raw text, where the byte before an item may be a letter") {
  CHECK(expression_of(Surface::library, Kind::regex, "\\bfoo") == "(?:\\bfoo)");
  CHECK(expression_of(Surface::string, Kind::regex, "\\bfoo\\b") == "(?:(?:)foo(?:))");
  CHECK(expression_of(Surface::string, Kind::regex, "\\\\bfoo") == "(?:\\\\bfoo)");
}

TEST_CASE("every byte that means something to a regular expression is escaped") {
  CHECK(expression_of(Surface::entry, Kind::exact, "a+b(c)[d]{e}^$|\\.-") ==
        "\\x00a\\x2bb\\x28c\\x29\\x5bd\\x5d\\x7be\\x7d\\x5e\\x24\\x7c\\x5c\\x2e\\x2d\\x00");
  CHECK(expression_of(Surface::entry, Kind::exact, "极") == "\\x00\\xe6\\x9e\\x81\\x00");
}

TEST_CASE("a domain is a caseless literal") {
  const Pattern domain = pattern_of(Surface::host, Kind::domain, "jpush.cn");
  CHECK(expression(domain, Surface::host) == "jpush\\x2ecn");
  CHECK(is_caseless(domain));
}

TEST_CASE("hosts have no case, everything else has") {
  CHECK(is_caseless(pattern_of(Surface::host, Kind::exact, "a.cn")));
  CHECK(is_caseless(pattern_of(Surface::host, Kind::glob, "*.a.cn")));
  CHECK_FALSE(is_caseless(pattern_of(Surface::string, Kind::exact, "a.cn")));
  CHECK_FALSE(is_caseless(pattern_of(Surface::class_name, Kind::prefix, "com.a")));
}

TEST_CASE("only literal kinds on joined text need no check") {
  CHECK(is_exact(pattern_of(Surface::class_name, Kind::prefix, "com.a"), Surface::reference));
  CHECK(is_exact(pattern_of(Surface::entry, Kind::exact, "a"), Surface::entry));
  CHECK_FALSE(is_exact(pattern_of(Surface::entry, Kind::glob, "a*"), Surface::entry));
  CHECK_FALSE(is_exact(pattern_of(Surface::entry, Kind::regex, "aaa"), Surface::entry));
  CHECK_FALSE(is_exact(pattern_of(Surface::string, Kind::exact, "aaa"), Surface::string));
  CHECK_FALSE(is_exact(pattern_of(Surface::host, Kind::domain, "a.cn"), Surface::host));
}

TEST_CASE("class patterns apply to references too, and nothing else to a second surface") {
  for (const Surface own : kSurfaces) {
    for (const Surface other : kSurfaces) {
      const bool both = own == other || (own == Surface::class_name && other == Surface::reference);
      CHECK(applies_to(pattern_of(own, Kind::exact, "a"), other) == both);
    }
  }
}

}  // namespace
}  // namespace sdkprint
