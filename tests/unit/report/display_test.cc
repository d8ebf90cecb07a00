#include "report/display.h"

#include <doctest/doctest.h>

namespace sdkprint {
namespace {

TEST_CASE("wide characters take two columns, combining ones none") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("极光推送") == 8);
  CHECK(display_width("JPush 极光") == 10);
  CHECK(display_width("é") == 1);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("ｆｕｌｌ") == 8);
}

TEST_CASE("an invalid byte takes one column") {
  CHECK(display_width("a\xff"
                      "b") == 3);
}

TEST_CASE("padding fills up to columns, not to bytes") {
  CHECK(pad_right("极光", 6) == "极光  ");
  CHECK(pad_left("极光", 6) == "  极光");
  CHECK(pad_right("abc", 3) == "abc");
  CHECK(pad_right("abcd", 3) == "abcd");
  CHECK(pad_left("极光", 3) == "极光");
}

TEST_CASE("control characters cannot reach the terminal") {
  CHECK(escape_for_terminal("a\nb\tc\x1b[2J\x7f") == "a\\u{a}b\\u{9}c\\u{1b}[2J\\u{7f}");
  CHECK(escape_for_terminal(std::string_view("\0", 1)) == "\\u{0}");
  CHECK(escape_for_terminal("\u009b") == "\\u{9b}");
}

TEST_CASE("nothing can turn a line around or hide in it") {
  CHECK(escape_for_terminal("\u202egnp.apk") == "\\u{202e}gnp.apk");
  CHECK(escape_for_terminal("a\u2066b\u200bc\ufeff") == "a\\u{2066}b\\u{200b}c\\u{feff}");
  CHECK(escape_for_terminal("a\u2028b\u2029") == "a\\u{2028}b\\u{2029}");
}

TEST_CASE("invalid UTF-8 never reaches the terminal as it is") {
  CHECK(escape_for_terminal("a\xff"
                            "b\xc3") == "a\uFFFDb\uFFFD");
  CHECK(escape_for_terminal("\xed\xa0\x80") == "\uFFFD\uFFFD\uFFFD");
}

TEST_CASE("ordinary text stays as it is") {
  for (const char* text : {"", "abc", "极光推送", "é 😀", "a b"}) CHECK(escape_for_terminal(text) == text);
}

TEST_CASE("sizes for people") {
  CHECK(human_size(0) == "0 B");
  CHECK(human_size(999) == "999 B");
  CHECK(human_size(1000) == "1.0 KB");
  CHECK(human_size(8'140'000) == "8.1 MB");
  CHECK(human_size(5'000'000'000'000'000ull) == "5000.0 TB");
}

}  // namespace
}  // namespace sdkprint
