#include <doctest/doctest.h>

#include "lint_text.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

std::string with_key(std::string_view line, std::string_view vendor = "acme") {
  return lint_codes("[[sdk]]\nid = \"x\"\nname = \"X\"\nvendor = \"" + std::string(vendor) + "\"\n" +
                    std::string(line) + "\n[sdk.patterns]\nclass = [\"com.acme.push\"]\n");
}

std::string with_ids(std::string_view ids) {
  LintInput input = lint_input(lint_sdk("jpush", "class = [\"com.acme.push\"]"));
  input.ids = LintFile{"lint/ids.txt", std::string(ids)};
  return lint_codes(input);
}

}  // namespace

TEST_CASE("a sound record is clean") { CHECK(with_key("") == ""); }

TEST_CASE("what the parser says is told with its code") {
  CHECK(lint_codes("[[sdk") == "SP001 1:6");
  CHECK(with_key("hompage = \"https://a.cn\"") == "SP002 5:1");
  CHECK(lint_codes(lint_sdk("a", "class = [\"com/acme\"]")) == "SP003 6:10");
  CHECK(with_key("", "nobody") == "SP005 4:10");
  CHECK(lint_codes(lint_sdk("a", "class = [\"com.acme\"]") + lint_sdk("a", "class = [\"com.other\"]")) ==
        "SP004 9:6");
  CHECK(lint_codes(lint_sdk("a", "class = [\"com.acme\"]") + lint_sdk("b", "class = [\"com.acme\"]")) ==
        "SP006 13:10");
}

TEST_CASE("a released id must not vanish") {
  CHECK(with_ids("# released\njpush\n") == "");
  CHECK(with_ids("jpush\njcore\n") == "SP101 lint/ids.txt:2:1 jcore");
  LintInput input = lint_input(lint_sdk("jpush", "class = [\"com.acme.push\"]"));
  input.ids = LintFile{"lint/ids.txt", "jpsh\n"};
  CHECK(lint_message(input, code::kVanishedId) ==
        "expected an SDK with the released id \"jpsh\", found none; did you mean \"jpush\"?");
}

TEST_CASE("a record that is not sound has its id all the same") {
  LintInput input = lint_input(lint_sdk("jpush", "class = [\"com.acme.push\"]", "[sdk.defined]\nclass = 1"));
  input.ids = LintFile{"lint/ids.txt", "jpush\n"};
  CHECK(lint_codes(input) == "SP002 8:1");
}

TEST_CASE("SDKs of Chinese vendors have a Chinese name, and their vendors too") {
  CHECK(with_key("name_zh = \"极光推送\"", "jiguang") == "");
  CHECK(with_key("", "jiguang") == "SP102 3:8 x");
  CHECK(with_key("name_zh = \"推送\"", "lone") == "SP103 vendors.toml:12:8 lone");
  CHECK(with_key("kind = \"library\"", "lone") == "");  // building blocks go by their project's name
}

TEST_CASE("addresses must lead somewhere") {
  for (const char* good : {"https://www.jiguang.cn/push", "http://a.io", "https://a.com:8443/x?y=1#z",
                           "https://a.cn/%E6%9E%81", "https://a.cn/推送", "https://xn--fiqs8s.cn"}) {
    CHECK_MESSAGE(with_key("homepage = \"" + std::string(good) + "\"") == "", good);
  }
  for (const char* bad : {"https://localhost/x", "https://www.example.com/x", "https://10.0.0.1/x",
                          "https://user@a.com", "https://a..com", "https://a.com:port/", "https://a.com/%zz",
                          "https://a.com/{id}", "https://nodot/x", "https://a.test"}) {
    CHECK_MESSAGE(with_key("homepage = \"" + std::string(bad) + "\"") == "SP104 5:12 x", bad);
    CHECK_MESSAGE(with_key("privacy_policy = \"" + std::string(bad) + "\"") == "SP104 5:18 x", bad);
  }
}

TEST_CASE("sources are those of SOURCES.md") {
  const std::string text =
      "[[sdk]]\nid = \"x\"\nname = \"X\"\nvendor = \"acme\"\nsources = [\"curator\", \"curater\"]\n"
      "[sdk.patterns]\nclass = [\"com.acme.push\"]\n";
  LintInput input = lint_input(text);
  CHECK(lint_codes(input) == "");  // without the file nothing is known
  input.sources = LintFile{"SOURCES.md", "| id | what |\n| --- | --- |\n| `curator` | by hand |\n"};
  CHECK(lint_codes(input) == "SP105 5:23 x");
  CHECK(lint_message(input, code::kUnknownSource).find("did you mean \"curator\"?") != std::string::npos);
}

TEST_CASE("a vendor without an SDK is told") {
  const LintInput input = lint_input(lint_sdk("a", "class = [\"com.acme\"]"));
  std::string vendors;
  for (const LintFinding& one : lint(input))
    vendors += std::string(one.diagnostic.code) + " " + one.sdk + "; ";
  CHECK(vendors == "SP106 jiguang; SP106 lone; ");
}

TEST_CASE("drafts are told") {
  CHECK(with_key("draft = true") == "SP107 5:9 x");
  CHECK(with_key("draft = false") == "");
}
