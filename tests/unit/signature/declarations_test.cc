#include "signature/declarations.h"

#include <doctest/doctest.h>

#include "app_fixture.h"
#include "signature_text.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

std::string declaring(std::string_view lines) {
  return complaint("[[sdk]]\nid = \"acme-push\"\nname = \"Acme Push\"\nvendor = \"acme\"\n" +
                   std::string(lines) + "\n[sdk.patterns]\nclass = [\"com.acme.push\"]\n");
}

BehaviourSet behaviours_named(const std::vector<std::string>& ids) {
  BehaviourSet set;
  for (const std::string& id : ids) set.behaviours.emplace_back().id = id;
  return set;
}

}  // namespace

TEST_CASE("a declaration and its source stand together") {
  CHECK(declaring("declares = [\"imei\"]\ndeclares_source = \"https://acme.com/p\"") == "");
  CHECK(declaring("declares = [\"imei\"]") ==
        "push/a.toml:5:1: error: expected the key \"declares_source\" besides \"declares\", found none\n"
        "  hint: the address of the vendor's page that states it");
  CHECK(declaring("declares_source = \"https://acme.com/p\"") ==
        "push/a.toml:5:1: error: expected the key \"declares\" besides \"declares_source\", found none\n"
        "  hint: ids of behaviours/, or leave it out");
  CHECK(declaring("declares = []\ndeclares_source = \"https://acme.com/p\"") ==
        "push/a.toml:5:12: error: expected at least one id of a behaviour in \"declares\", found an empty "
        "array\n  hint: leave the key out when nothing is known");
}

TEST_CASE("declared behaviours exist, and a slip of the pen is guessed") {
  const SignatureSet set = signatures(
      "[[sdk]]\nid = \"acme-push\"\nname = \"Acme Push\"\nvendor = \"acme\"\n"
      "declares = [\"imei\", \"imie\",\n  \"something-else\"]\n"
      "declares_source = \"https://acme.com/p\"\npatterns.class = [\"com.acme.push\"]\n");
  std::vector<Diagnostic> diagnostics;
  check_declarations(set, behaviours_named({"clipboard-read", "imei"}), diagnostics);
  REQUIRE(diagnostics.size() == 2);
  CHECK(to_string(diagnostics[0]) ==
        "push/a.toml:5:21: error: expected the id of a behaviour in \"declares\", found \"imie\", which none "
        "has\n  hint: did you mean \"imei\"?");
  CHECK(to_string(diagnostics[1]) ==
        "push/a.toml:6:3: error: expected the id of a behaviour in \"declares\", found \"something-else\", "
        "which none has\n  hint: see behaviours/");
  diagnostics.clear();
  check_declarations(set, behaviours_named({"imei", "imie", "something-else"}), diagnostics);
  CHECK(diagnostics.empty());
}
