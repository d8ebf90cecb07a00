// permissions.toml and benign.toml: what arrives, and every complaint with its place.
#include <doctest/doctest.h>

#include "behaviour_text.h"
#include "signature/behaviour_reader.h"

namespace sdkprint {
namespace {

using namespace test;
using Lines = std::vector<std::string>;

Lines complaints(const std::string& permissions, const std::string& benign = "") {
  std::vector<SignatureSource> sources = behaviours_with(behaviour("one"));
  if (!permissions.empty()) sources.push_back({"permissions.toml", "", permissions});
  if (!benign.empty()) sources.push_back({"benign.toml", "", benign});
  std::vector<Diagnostic> diagnostics;
  parse_behaviours(sources, diagnostics);
  Lines lines;
  for (const Diagnostic& one : diagnostics) lines.push_back(to_string(one));
  return lines;
}

bool says(const Lines& lines, const std::string& place, const std::string& part) {
  return lines.size() == 1 && lines[0].starts_with(place) && lines[0].find(part) != std::string::npos;
}

TEST_CASE("permissions arrive sorted, rules as they were written") {
  const BehaviourSet set =
      behaviours(behaviour("one"), permission("b.P", "signature|appop") + permission("a.P") +
                                       permission_rule("void", "b.P", "device_api = 29\n") +
                                       permission_rule("optional", "a.P", "behaviours = [\"one\"]\n"));
  REQUIRE(set.permissions.size() == 2);
  CHECK(set.permissions[0].id == "a.P");
  CHECK(set.permissions[1].protection == "signature|appop");
  REQUIRE(set.permission_rules.size() == 2);
  CHECK(set.permission_rules[0].kind == PermissionRule::Kind::voided);
  CHECK(set.permission_rules[0].behaviours.empty());
  CHECK(set.permission_rules[0].target_sdk == 0);
  CHECK(set.permission_rules[1].kind == PermissionRule::Kind::optional);
}

TEST_CASE("what is wrong with permissions is said at its place") {
  CHECK(says(complaints(permission("a.P") + permission("a.P")), "permissions.toml:7:1", "already"));
  CHECK(says(complaints(permission("a P")), "permissions.toml:2:6", "name"));
  CHECK(says(complaints(permission("a.P", "signature privileged")), "permissions.toml:6:14", "protection"));
  CHECK(says(complaints(permission("a.P") + "colour = \"red\"\n"), "permissions.toml:7:1", "unknown key"));
  CHECK(says(complaints("[[permission]]\nid = \"a.P\"\nname_zh = \"甲\"\ncategory = \"A\"\n"),
             "permissions.toml:1:", "category_zh"));
}

TEST_CASE("what is wrong with rules is said at its place") {
  const std::string known = permission("a.P");  // six lines
  CHECK(says(complaints(known + permission_rule("void", "a.Q", "device_api = 29\n")), "permissions.toml:9:14",
             "\"a.Q\""));
  CHECK(says(complaints(known + permission_rule("never", "a.P", "device_api = 29\n")), "permissions.toml:8:8",
             "void"));
  CHECK(says(complaints(known + permission_rule("void", "a.P", "")), "permissions.toml:7:1", "device_api"));
  CHECK(says(complaints(known + permission_rule("needed", "a.P", "device_api = 29\n")),
             "permissions.toml:7:1", "behaviours"));
  CHECK(
      says(complaints(known + permission_rule("needed", "a.P", "device_api = 29\nbehaviours = [\"two\"]\n")),
           "permissions.toml:14:15", "\"two\""));
  CHECK(says(complaints(known + permission_rule("void", "a.P", "device_api = 0\n")), "permissions.toml:13:14",
             "device_api"));
}

TEST_CASE("what is wrong with benign classes is said at its place") {
  CHECK(complaints("", "[[benign]]\nclass = \"a.B\"\nbehaviours = [\"one\"]\n").empty());
  CHECK(says(complaints("", "[[benign]]\nclass = \"a.B\"\nbehaviours = [\"two\"]\n"), "benign.toml:3:15",
             "\"two\""));
  CHECK(says(complaints("", "[[benign]]\nclass = \"a.B\"\n"), "benign.toml:1:", "behaviours"));
  CHECK(says(complaints("", "[[benign]]\nclass = \"La/B;\"\nbehaviours = [\"one\"]\n"), "benign.toml:2:9",
             "name"));
}

TEST_CASE("a file that is no TOML does not make others wrong") {
  CHECK(complaints("[[permission\n").size() == 1);
  CHECK(complaints(permission("a.P"), "[[benign\n").size() == 1);
}

}  // namespace
}  // namespace sdkprint
