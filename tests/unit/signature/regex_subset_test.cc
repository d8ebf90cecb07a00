#include "signature/regex_subset.h"

#include <doctest/doctest.h>

#include <string>

using namespace sdkprint;

namespace {

bool refused(std::string_view regex) { return !summarize_regex(regex).problem.empty(); }
std::size_t run(std::string_view regex) { return summarize_regex(regex).literal_run; }

}  // namespace

TEST_CASE("the literal run is what every match contains") {
  CHECK(run("jpush") == 5);
  CHECK(run("^jpush$") == 5);
  CHECK(run("ab\\.cd\\x41") == 6);
  CHECK(run("a.bcd") == 3);
  CHECK(run("极") == 3);
  CHECK(run("") == 0);
}

TEST_CASE("alternatives guarantee the shortest of their runs") {
  CHECK(run("jpush|umeng|abc") == 3);
  CHECK(run("jpush|") == 0);
  CHECK(run("(jpush|umeng-push)x") == 5);
  CHECK(run("(?:a|jpush)core") == 4);
}

TEST_CASE("optional parts guarantee nothing") {
  CHECK(run("abc(jpush)?") == 3);
  CHECK(run("abcd*") == 3);
  CHECK(run("abcd{0,3}") == 3);
  CHECK(run("abcd+") == 4);
  CHECK(run("abc+d") == 3);
  CHECK(run("(jpush)+") == 5);
  CHECK(run("(jpush){2}") == 5);
  CHECK(run("a?b?c?d?") == 0);
}

TEST_CASE("capturing groups are counted") {
  CHECK(summarize_regex("(a)(?:b)((c))").groups == 3);
  CHECK(summarize_regex("\\((a)").groups == 1);
}

TEST_CASE("what both engines understand alike is allowed") {
  for (const char* regex :
       {"(?i)^jpush", "a*?b+?c??", "a{2}b{1,}c{1,3}?", "[^/]+", "[a-z0-9_.-]", "[\\]\\[\\d\\s]", "\\bfoo",
        "\\w\\W\\d\\D\\s", "\\n\\t\\r\\f\\x7f\\xE6", "\\.\\*\\/\\-", "(?:极)?"}) {
    CAPTURE(regex);
    CHECK(summarize_regex(regex).problem == "");
  }
}

TEST_CASE("what they do not is refused") {
  for (const char* regex :
       {"\\Qa.b\\E", "\\C",    "\\pN",   "\\p{Han}",    "\\A",    "\\z",    "\\1",      "\\07",
        "\\S",       "\\v",    "\\B",    "\\x{7F}",     "\\x7",   "\\x00",  "(?P<v>a)", "(?<v>a)",
        "(?=a)",     "(?<!a)", "(?s)a",  "(?-i)a",      "a(?i)b", "(?i:a)", "(*UTF8)a", "[[:alpha:]]",
        "[^\\s]",    "[\\D]",  "[极]",   "[]",          "[^]a]x", "a{,3}",  "a{x",      "a}",
        "a]",        "极?",    "(?i)极", "(?i)[\\xE6]", "a\\"}) {
    CAPTURE(regex);
    CHECK(refused(regex));
  }
}

TEST_CASE("anchors stand at the ends only") {
  for (const char* regex : {"a^b", "a|^b", "(^a)", "a$b", "a$|b", "(a$)", "^*a"}) {
    CAPTURE(regex);
    CHECK(refused(regex));
  }
  CHECK_FALSE(refused("a\\^b\\$c"));
  CHECK_FALSE(refused("[$^]a"));
}

TEST_CASE("quantifiers need something to repeat") {
  for (const char* regex : {"*a", "a|*", "(+a)", "a**", "a+*", "a{2}{3}", "\\b*"}) {
    CAPTURE(regex);
    CHECK(refused(regex));
  }
}

TEST_CASE("groups and classes are closed") {
  for (const char* regex : {"(a", "a)", "[a", "[a\\]", "((a)"}) {
    CAPTURE(regex);
    CHECK(refused(regex));
  }
}

TEST_CASE("deep nesting is refused") {
  CHECK(refused(std::string(20, '(') + "a" + std::string(20, ')')));
  CHECK_FALSE(refused(std::string(16, '(') + "a" + std::string(16, ')')));
}

TEST_CASE("a problem has its place") {
  CHECK(summarize_regex("abc\\Qd").offset == 3);
  CHECK(summarize_regex("ab[cd").offset == 2);
  CHECK(summarize_regex("ab(?=c)").offset == 2);
}
