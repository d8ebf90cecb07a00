#include "lint_text.h"

namespace sdkprint::test {

LintInput lint_input(std::string_view text) {
  LintInput input;
  input.signatures = {
      {"vendors.toml", "",
       "[[vendor]]\nid = \"acme\"\nname = \"Acme\"\ncountry = \"US\"\n"
       "[[vendor]]\nid = \"jiguang\"\nname = \"Jiguang\"\nname_zh = \"极光\"\ncountry = \"CN\"\n"
       "[[vendor]]\nid = \"lone\"\nname = \"Lone\"\ncountry = \"CN\"\n"},
      {"categories.toml", "", "[[category]]\nid = \"push\"\nname = \"Push\"\nname_zh = \"推送\"\n"},
      {"push/a.toml", "push", std::string(text)}};
  return input;
}

std::string lint_codes(const LintInput& input) {
  std::string result;
  for (const LintFinding& one : lint(input)) {
    const SourcePlace& place = one.diagnostic.place;
    if (one.diagnostic.code == code::kUnusedVendor) continue;
    result += (result.empty() ? "" : "; ") + std::string(one.diagnostic.code) + " ";
    if (place.file != "push/a.toml") result += place.file + ":";
    result += std::to_string(place.line) + ":" + std::to_string(place.column) +
              (one.sdk.empty() ? "" : " " + one.sdk);
  }
  return result;
}

std::string lint_codes(std::string_view text) { return lint_codes(lint_input(text)); }

std::string lint_message(const LintInput& input, std::string_view code) {
  for (const LintFinding& one : lint(input))
    if (one.diagnostic.code == code) return one.diagnostic.message + "; " + one.diagnostic.hint;
  return "";
}

std::string lint_sdk(std::string_view id, std::string_view patterns, std::string_view more,
                     std::string_view vendor) {
  return "[[sdk]]\nid = \"" + std::string(id) + "\"\nname = \"The " + std::string(id) + "\"\nvendor = \"" +
         std::string(vendor) + "\"\n[sdk.patterns]\n" + std::string(patterns) + "\n" + std::string(more) +
         "\n";
}

}  // namespace sdkprint::test
