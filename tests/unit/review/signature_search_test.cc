#include "review/signature_search.h"

#include <doctest/doctest.h>

#include "app_fixture.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

using Lines = std::vector<std::string>;

SignatureSet family() {
  return signatures(sdk_toml("outer", "class = [\"com.acme\"]\nhost = [\"acme.com\"]") +
                    sdk_toml_with("inner", "name_zh = \"极光推送\"\naliases = [\"Nested Thing\"]",
                                  "class = [\"com.acme.push\", { exact = \"com.acme.Odd\" }]\n"
                                  "library = [\"libinner*.so\"]") +
                    sdk_toml_with("platform", "in_platform = true", "class = [\"org.json\"]"));
}

Lines claims(const SignatureSet& set, Surface surface, std::string_view item) {
  Lines lines;
  for (const PatternClaim& claim : claims_on(set, surface, item))
    lines.push_back(claim.sdk->id + " " + claim.pattern->text);
  return lines;
}

Lines hits(const SignatureSet& set, std::string_view text) {
  Lines lines;
  for (const TextHit& hit : find_text(set, text))
    lines.push_back(hit.sdk->id + " " + std::string(hit.field) + " " + std::string(hit.text));
  return lines;
}

}  // namespace

TEST_CASE("claims come in the order in which they own a class") {
  const SignatureSet set = family();
  CHECK(claims(set, Surface::class_name, "com.acme.push.A") ==
        Lines{"inner com.acme.push", "outer com.acme"});
  CHECK(claims(set, Surface::class_name, "com.acme.Odd") == Lines{"inner com.acme.Odd", "outer com.acme"});
  CHECK(claims(set, Surface::class_name, "com.acmeextra.A") == Lines{});
  CHECK(claims(set, Surface::library, "libinner2.so") == Lines{"inner libinner*.so"});
  CHECK(claims(set, Surface::host, "s.acme.com") == Lines{"outer acme.com"});
}

TEST_CASE("the owner is the one that a scan gives the class to") {
  const Scanner scanner(sdk_toml("outer", "class = [\"com.acme\"]") +
                        sdk_toml("inner", "class = [\"com.acme.push\"]"));
  const AppReport report = scanner.scan(apk_of({{"classes.dex", dex_of({"Lcom/acme/push/A;"})}}));
  REQUIRE(report.findings.size() == 1);
  const SignatureSet& set = scanner.matcher().database().set();
  CHECK(report.findings[0].sdk == claims_on(set, Surface::class_name, "com.acme.push.A").front().sdk->id);
}

TEST_CASE("what Android has too is referenced by nobody") {
  CHECK(claims(family(), Surface::class_name, "org.json.JSONObject") == Lines{"platform org.json"});
  CHECK(claims(family(), Surface::reference, "org.json.JSONObject") == Lines{});
  CHECK(claims(family(), Surface::reference, "com.acme.X") == Lines{"outer com.acme"});
}

TEST_CASE("patterns below a package are told from those on it") {
  const SignatureSet set = family();
  Lines within;
  for (const PatternClaim& claim : claims_within(set, "com.acme"))
    within.push_back(claim.sdk->id + " " + claim.pattern->text);
  CHECK(within == Lines{"inner com.acme.push", "inner com.acme.Odd"});
  CHECK(claims_within(set, "com.acm").empty());
}

TEST_CASE("texts are found in every field, in any case, in Chinese") {
  const SignatureSet set = family();
  CHECK(hits(set, "NESTED") == Lines{"inner alias Nested Thing"});
  CHECK(hits(set, "极光") == Lines{"inner name_zh 极光推送"});
  CHECK(hits(set, "libinner") == Lines{"inner library libinner*.so"});
  CHECK(hits(set, "org.json") == Lines{"platform class org.json"});
  CHECK(hits(set, "推送").size() == 4);  // the category of all three, and a name
  CHECK(hits(set, "absent from all").empty());
}

TEST_CASE("a record that bears the very name stands first") {
  const SignatureSet set = signatures(sdk_toml("a-json", "class = [\"org.json\"]") +
                                      sdk_toml("json", "class = [\"com.fast.xml\"]"));
  REQUIRE(find_text(set, "json").size() >= 2);
  CHECK(find_text(set, "JSON").front().sdk->id == "json");
}

TEST_CASE("records are found by id") {
  const SignatureSet set = family();
  CHECK(find_sdk(set, "inner")->id == "inner");
  CHECK(find_sdk(set, "inne") == nullptr);
  CHECK(find_vendor(set, "acme")->name == "Acme");
  CHECK(find_category(set, "push")->name_zh == "推送");
}
