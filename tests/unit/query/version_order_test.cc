// The order of versions: certain or incomparable, never guessed.
#include "query/version_order.h"

#include <doctest/doctest.h>

namespace sdkprint {
namespace {

struct Case {
  const char *a, *b;
  VersionOrder order;
};

constexpr VersionOrder kLess = VersionOrder::less, kEqual = VersionOrder::equal,
                       kUnclear = VersionOrder::incomparable;

TEST_CASE("versions are in order, whichever stands first") {
  constexpr Case kCases[] = {
      {"4.9", "4.10", kLess},
      {"4.0", "4", kEqual},
      {"4.0.0.1", "4.1", kLess},
      {"4", "4.0.1", kLess},
      {"v1.2", "1.2", kEqual},
      {"1.02", "1.2", kEqual},
      {" 1.2 ", "1.2", kEqual},
      {"1.2+build7", "1.2+build8", kEqual},
      {"99999999999999999999999.1", "99999999999999999999999.2", kLess},
      {"1.0-alpha", "1.0-beta", kLess},
      {"1.0-beta2", "1.0-beta.10", kLess},
      {"1.0-RC1", "1.0", kLess},
      {"1.0-rc1", "1.0-rc1", kEqual},
      {"1.0-rc", "1.0-rc1", kUnclear},
      {"1.0-SNAPSHOT", "1.0", kLess},
      {"1.0-SNAPSHOT", "1.0-rc1", kUnclear},
      {"1.0-SNAPSHOT", "1.1-alpha", kLess},
      {"1.0.Final", "1.0", kEqual},
      {"4.0-cn", "4.0", kUnclear},
      {"4.0-cn", "4.1", kLess},
      {"1.0.1", "1.0.1k", kUnclear},
      {"20190301", "4.5", kUnclear},
      {"20190301", "20200101", kLess},
      {"unknown", "1.0", kUnclear},
      {"", "1.0", kUnclear},
      {"", "", kUnclear},
      {"1.", "1.", kEqual},
      {"1.-", "1", kEqual},
      {"1.0-rc1-cn", "1.0", kUnclear},
      {"1.0-release2", "1.0", kUnclear},
  };
  for (const Case& one : kCases) {
    CAPTURE(one.a);
    CAPTURE(one.b);
    CHECK(compare_versions(one.a, one.b) == one.order);
    const VersionOrder back = one.order == kLess ? VersionOrder::greater : one.order;
    CHECK(compare_versions(one.b, one.a) == back);
  }
}

TEST_CASE("what is certain is transitive") {
  const char* versions[] = {"0.9",     "1.0-alpha", "1.0-beta1", "1.0-beta2", "1.0-rc1", "1.0-SNAPSHOT",
                            "1.0",     "1.0.0",     "1.0-cn",    "1.0.1",     "1.0.1k",  "1.1",
                            "1.10",    "2",         "20200101",  "x",         "1.0-rc",  "1.0-GA",
                            "1.0-rc2", "1.0+5"};
  for (const char* a : versions)
    for (const char* b : versions)
      for (const char* c : versions) {
        const bool chain = compare_versions(a, b) == kLess && compare_versions(b, c) == kLess;
        if (chain) CHECK_MESSAGE(compare_versions(a, c) == kLess, a << " < " << b << " < " << c);
      }
}

TEST_CASE("a condition tells what nobody can") {
  const std::optional<VersionCondition> below = VersionCondition::parse("<4.0");
  REQUIRE(below.has_value());
  CHECK(below->match("3.9.9") == VersionMatch::yes);
  CHECK(below->match("4") == VersionMatch::no);
  CHECK(below->match("10.0") == VersionMatch::no);
  CHECK(below->match("") == VersionMatch::unknown);
  CHECK(below->match("4.0-cn") == VersionMatch::incomparable);
  CHECK(VersionCondition::parse(">= 4.0")->match("4.0") == VersionMatch::yes);
  CHECK(VersionCondition::parse("<=4")->match("4.0.0") == VersionMatch::yes);
  CHECK(VersionCondition::parse(">4")->match("4.0.1") == VersionMatch::yes);
  CHECK(VersionCondition::parse("=4")->match("4.0") == VersionMatch::yes);
  for (const char* wrong : {"", "4.0", "<", "<x", "==4", "<>4", "!4"})
    CHECK_MESSAGE(!VersionCondition::parse(wrong).has_value(), wrong);
}

}  // namespace
}  // namespace sdkprint
