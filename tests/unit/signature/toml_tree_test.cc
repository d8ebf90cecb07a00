#include "signature/toml_tree.h"

#include <doctest/doctest.h>

#include <string>

using namespace sdkprint;

namespace {

/// The one diagnostic of a text that is refused, or "" when it is not.
std::string refusal(std::string_view text) {
  std::vector<Diagnostic> diagnostics;
  const std::optional<TomlNode> tree = parse_toml("f.toml", text, diagnostics);
  REQUIRE(diagnostics.size() == (tree ? 0U : 1U));
  return diagnostics.empty() ? "" : to_string(diagnostics[0]);
}

TomlNode tree(std::string_view text) {
  std::vector<Diagnostic> diagnostics;
  std::optional<TomlNode> result = parse_toml("f.toml", text, diagnostics);
  REQUIRE(result.has_value());
  return *result;
}

std::string repeated(std::string_view part, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += part;
  return result;
}

}  // namespace

TEST_CASE("keys and values know their places, in characters") {
  const TomlNode root = tree("# 极光\nb = \"极\"\na = [1, true]\n");
  REQUIRE(root.members.size() == 2);
  CHECK(root.members[0].key == "b");
  CHECK(root.members[0].value.text == "极");
  CHECK(root.members[1].line == 3);
  const TomlNode& array = root.members[1].value;
  CHECK(array.items[0].column == 6);
  CHECK(array.items[0].integer == 1);
  CHECK(array.items[1].column == 9);
  CHECK(array.items[1].boolean);
  CHECK(tree("\"极光\".x = 3").members[0].value.members[0].column == 6);
}

TEST_CASE("members keep the order of the file") {
  const TomlNode root = tree("z = 1\na = 2\nm = 3\n");
  CHECK(root.members[0].key == "z");
  CHECK(root.members[1].key == "a");
  CHECK(root.members[2].key == "m");
}

TEST_CASE("syntax errors carry their place") {
  CHECK(refusal("a = 1\nb = \"极光\", \n").starts_with("f.toml:2:9: error: invalid TOML: "));
  CHECK(refusal("a = 1\na = 2\n").starts_with("f.toml:2:5: error: invalid TOML: "));
  CHECK(refusal("a = \"x\n").starts_with("f.toml:1:7: error: invalid TOML: "));
}

TEST_CASE("what is no UTF-8 is refused at its place") {
  const std::string message = ": error: expected UTF-8, found a byte that is not";
  CHECK(refusal("a = 1\nb = \"极\xFF\"") == "f.toml:2:7" + message);
  CHECK(refusal("# \xC0\x80") == "f.toml:1:3" + message);          // overlong
  CHECK(refusal("# \xED\xA0\x80") == "f.toml:1:3" + message);      // surrogate
  CHECK(refusal("# \xF4\x90\x80\x80") == "f.toml:1:3" + message);  // beyond U+10FFFF
  CHECK(refusal("# \xE6\x9E") == "f.toml:1:3" + message);          // cut short
  CHECK(refusal("# \xF0\x9F\x98\x80 \xC3\xA9") == "");
}

TEST_CASE("deep nesting never reaches the library") {
  CHECK(refusal("a = " + repeated("[", 300'000)) ==
        "f.toml:1:21: error: expected at most 16 brackets within brackets, found more");
  CHECK(refusal(repeated("a.", 300'000) + "a = 1") ==
        "f.toml:1:34: error: expected at most 16 parts of a dotted key, found more");
  CHECK(refusal("[" + repeated("a .\t", 100'000) + "a]").find("dotted key") != std::string::npos);
  CHECK(refusal("[" + repeated("'a'.", 100'000) + "a]").find("dotted key") != std::string::npos);
  CHECK(refusal("x = " + repeated("{a = ", 100'000)).find("brackets") != std::string::npos);
  CHECK(refusal("x = " + repeated("[\n{a.b = ", 100'000)).find("brackets") != std::string::npos);
}

TEST_CASE("dots and brackets within strings and comments are no nesting") {
  const std::string dots = repeated("[.{.", 40);
  CHECK(refusal("a = \"" + dots + "\\\"" + dots + "\"") == "");
  CHECK(refusal("a = '" + dots + "\\'\nb = 1") == "");
  CHECK(refusal("a = \"\"\"" + dots + "\n\" \\\"\"\" " + dots + "\"\"\"\"\"") == "");
  CHECK(refusal("a = '''" + dots + "\n'' " + dots + "''''") == "");
  CHECK(refusal("a = 1 # \" " + dots + "\n# ' " + dots) == "");
  CHECK(refusal(repeated("[[a.b.c]]\nx = 1.5\n", 100)) == "");
}

TEST_CASE("a file is bounded") {
  CHECK(refusal(std::string(kMaxTomlBytes, '\n')) == "");
  CHECK(refusal(std::string(kMaxTomlBytes + 1, '\n')) ==
        "f.toml:1:1: error: expected a file of at most 1048576 bytes, found 1048577\n  hint: split it");
}

TEST_CASE("control characters of the text do not come through in messages") {
  const std::string message = refusal("a\x1B = \"\x1B[31m\"");
  CHECK(message != "");
  CHECK(message.find('\x1B') == std::string::npos);
}

TEST_CASE("what trips the library's assertions does not reach it") {
  for (const char* text : {"[!]\n", "[[!llow]]\n", "[\n]\n", "a = 1\n [ =x]\n", "[.a]\n"}) {
    CHECK_MESSAGE(refusal(text).find("expected a key in the table's header, found none") != std::string::npos,
                  text);
  }
  for (const char* text :
       {"[[sdk]]\u00BF", "\u00BF = 1\n", "a\u0400 = 1\n", "a = 1 \u3000\n", "a = [\uFEFF]\n"})
    CHECK_MESSAGE(refusal(text).find("expected ASCII outside strings and comments") != std::string::npos,
                  text);
  CHECK(refusal("\uFEFFa = \"\u00BF\" # \u00BF\n") == "");
  CHECK(refusal("x = [}\n").find("expected \"]\" to close the array") != std::string::npos);
  CHECK(refusal("x = [\n [1], [2] ]\ny = [{ a = 1 }]\n[\"a b\"]\n[[ 'c' ]]\n[-]\n[_]\n") == "");
  for (const char* text : {"[", "[[", "[ ", "[a", "[[a"}) CHECK(refusal(text) != "");
}
