#include "lint/allowances.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "lint_text.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

constexpr std::string_view kReason = "reason = \"looked at\"\n";

std::string with_allow(std::string_view allow) {
  LintInput input = lint_input(lint_sdk("a", "class = [\"com.acme\", \"com.acme.push\", \"com.acme.core\"]"));
  input.allow = LintFile{"lint/allow.toml", std::string(allow)};
  return lint_codes(input);
}

}  // namespace

TEST_CASE("what is allowed is not told") {
  CHECK(with_allow("") == "SP201 6:22 a; SP201 6:39 a");
  CHECK(with_allow("[[allow]]\ncode = \"SP201\"\nsdk = \"a\"\n" + std::string(kReason)) == "");
  CHECK(with_allow("[[allow]]\ncode = \"SP201\"\nsdk = \"a\"\npattern = \"com.acme.core\"\n" +
                   std::string(kReason)) == "SP201 6:22 a");
}

TEST_CASE("an allowance of something else allows nothing, and is told") {
  CHECK(with_allow("[[allow]]\ncode = \"SP202\"\nsdk = \"a\"\n" + std::string(kReason)) ==
        "SP402 lint/allow.toml:1:1 a; SP201 6:22 a; SP201 6:39 a");
  CHECK(with_allow("[[allow]]\ncode = \"SP201\"\nsdk = \"b\"\n" + std::string(kReason)) ==
        "SP402 lint/allow.toml:1:1 b; SP201 6:22 a; SP201 6:39 a");
}

TEST_CASE("an allowance needs a known code and a reason") {
  CHECK(with_allow("[[allow]]\ncode = \"SP201\"\nsdk = \"a\"\n").starts_with("SP401 lint/allow.toml:1:1"));
  CHECK(with_allow("[[allow]]\ncode = \"SP999\"\nsdk = \"a\"\n" + std::string(kReason))
            .starts_with("SP401 lint/allow.toml:2:8"));
  CHECK(with_allow("[[allow]]\ncode = \"SP002\"\nsdk = \"a\"\n" + std::string(kReason))
            .starts_with("SP401 lint/allow.toml:2:8"));
  CHECK(with_allow("[[alow]]\n").starts_with("SP401 lint/allow.toml:1:3"));
  CHECK(with_allow("[[allow").starts_with("SP401 lint/allow.toml:1:8"));
}

TEST_CASE("rules stand by code, each once, in both languages") {
  std::set<std::string_view> codes;
  for (const Rule& rule : rules()) {
    CHECK(codes.insert(rule.code).second);
    CHECK(find_rule(rule.code) == &rule);
    for (const std::string_view text : {rule.title, rule.title_zh, rule.explanation, rule.explanation_zh})
      CHECK(!text.empty());
  }
  CHECK(std::is_sorted(rules().begin(), rules().end(),
                       [](const Rule& a, const Rule& b) { return a.code < b.code; }));
  CHECK(find_rule("SP999") == nullptr);
}

TEST_CASE("the lint says the same whatever the order of the sources") {
  LintInput input = lint_input(lint_sdk("a", "class = [\"com.acme\", \"com.acme.push\"]"));
  input.signatures.push_back(
      {"push/b.toml", "push", lint_sdk("b", "class = [\"com.acme.push.core\"]", "", "jiguang")});
  const std::string said = lint_codes(input);
  std::reverse(input.signatures.begin(), input.signatures.end());
  CHECK(lint_codes(input) == said);
}
