#include "signature/diagnostic.h"

#include <doctest/doctest.h>

#include <array>

using namespace sdkprint;

namespace {

constexpr std::array<std::string_view, 4> kWords = {"library", "class", "reference", "host"};

}  // namespace

TEST_CASE("the nearest word is a slip of the pen away") {
  CHECK(nearest("libary", kWords) == "library");
  CHECK(nearest("librayr", kWords) == "library");
  CHECK(nearest("calss", kWords) == "class");
  CHECK(nearest("hots", kWords) == "host");
  CHECK(nearest("refrence", kWords) == "reference");
}

TEST_CASE("far words are not suggested") {
  CHECK(nearest("string", kWords) == "");
  CHECK(nearest("hs", kWords) == "");
  CHECK(nearest("", kWords) == "");
  CHECK(nearest(std::string(10'000, 'x'), kWords) == "");
}

TEST_CASE("a diagnostic is one line and a hint") {
  CHECK(to_string(Diagnostic{{"a.toml", 3, 4}, "bad", ""}) == "a.toml:3:4: error: bad");
  CHECK(to_string(Diagnostic{{"a.toml", 3, 4}, "bad", "do"}) == "a.toml:3:4: error: bad\n  hint: do");
}

TEST_CASE("quoted text is safe for a terminal and short") {
  CHECK(in_quotes("a\"b\n\x1B") == "\"a\\\"b\\x0a\\x1b\"");
  CHECK(in_quotes("极光") == "\"极光\"");
  CHECK(in_quotes(std::string(59, 'a') + "极光") == "\"" + std::string(59, 'a') + "…\"");
}

TEST_CASE("diagnostics are sorted by place") {
  std::vector<Diagnostic> list = {{{"b", 1, 1}, "", ""}, {{"a", 2, 1}, "", ""}, {{"a", 1, 9}, "", ""}};
  sort_by_place(list);
  CHECK(to_string(list[0].place) == "a:1:9");
  CHECK(to_string(list[1].place) == "a:2:1");
  CHECK(to_string(list[2].place) == "b:1:1");
}
