#include "match/behaviour_codec.h"

#include <doctest/doctest.h>

#include "behaviour_text.h"
#include "hostile.h"
#include "signature/member_ref.h"

namespace sdkprint {
namespace {

using namespace test;

ByteVector encoded(const BehaviourSet& set) {
  ByteWriter out;
  encode(set, out);
  return out.take();
}

BehaviourSet decoded(Bytes bytes) {
  Reader in(bytes, "behaviour table");
  return decode_behaviours(in);
}

void check_same(const std::vector<MemberRef>& a, const std::vector<MemberRef>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].class_descriptor == b[i].class_descriptor);
    CHECK(a[i].name == b[i].name);
    CHECK(a[i].descriptor == b[i].descriptor);
  }
}

TEST_CASE("behaviours come back as they were, without their places") {
  const BehaviourSet set = behaviours(complete_behaviour() + behaviour("other") + "lead_only = true\n");
  const BehaviourSet back = decoded(encoded(set));
  REQUIRE(back.categories.size() == set.categories.size());
  CHECK(back.categories.back().id == set.categories.back().id);
  CHECK(back.categories.back().name == set.categories.back().name);
  CHECK(back.categories.back().name_zh == set.categories.back().name_zh);
  REQUIRE(back.behaviours.size() == 2);
  CHECK(back.behaviours[1].lead_only);
  CHECK(back.behaviours[1].severity == Severity::low);
  const Behaviour &a = set.behaviours[0], &b = back.behaviours[0];
  CHECK(a.id == b.id);
  CHECK(a.name == b.name);
  CHECK(a.name_zh == b.name_zh);
  CHECK(a.category == b.category);
  CHECK(a.data_type_zh == b.data_type_zh);
  CHECK(a.standard == b.standard);
  CHECK(b.severity == Severity::high);
  CHECK_FALSE(b.lead_only);
  CHECK(b.place.file.empty());
  check_same(a.methods, b.methods);
  check_same(a.weak_methods, b.weak_methods);
  check_same(a.context_methods, b.context_methods);
  check_same(a.context_fields, b.context_fields);
  check_same(a.fields, b.fields);
  check_same(a.overrides, b.overrides);
  CHECK(a.strings == b.strings);
  CHECK(a.constants == b.constants);
  CHECK(a.receiver_subtypes == b.receiver_subtypes);
  CHECK(a.native_symbols == b.native_symbols);
  CHECK(a.manifest == b.manifest);
  CHECK(a.permissions == b.permissions);
  CHECK(a.notice_labels == b.notice_labels);
}

TEST_CASE("permissions, their rules and benign classes come back as they were") {
  const BehaviourSet set = behaviours(
      behaviour("one"),
      permission("a.P") +
          permission_rule("needed", "a.P", "behaviours = [\"one\"]\ndevice_api = 30\ntarget_sdk = 29\n"),
      "[[benign]]\nclass = \"a.B\"\nbehaviours = [\"one\"]\n");
  const ByteVector bytes = encoded(set);
  const BehaviourSet back = decoded(bytes);
  REQUIRE(back.permissions.size() == 1);
  CHECK(back.permissions[0].id == "a.P");
  CHECK(back.permissions[0].name_zh == "甲");
  CHECK(back.permissions[0].category == "A");
  CHECK(back.permissions[0].category_zh == "乙");
  CHECK(back.permissions[0].protection == "dangerous");
  REQUIRE(back.permission_rules.size() == 1);
  const PermissionRule& rule = back.permission_rules[0];
  CHECK(rule.kind == PermissionRule::Kind::needed);
  CHECK(rule.permission == "a.P");
  CHECK(rule.behaviours == std::vector<std::string>{"one"});
  CHECK(rule.device_api == 30);
  CHECK(rule.target_sdk == 29);
  CHECK(rule.reason == "why");
  CHECK(rule.reason_zh == "缘由");
  CHECK(rule.source == "https://a.b/c");
  REQUIRE(back.benign.size() == 1);
  CHECK(back.benign[0].class_name == "a.B");
  CHECK(back.benign[0].behaviours == std::vector<std::string>{"one"});
  CHECK(encoded(back) == bytes);
  CHECK(truncation_sweep(bytes, [](Bytes part) { decoded(part); }) == bytes.size());
  byte_flips(bytes, [](Bytes part) { decoded(part); });
}

TEST_CASE("an empty set of behaviours is encoded too") {
  CHECK(decoded(encoded({})).behaviours.empty());
  CHECK(encoded({}).size() == 20);
}

TEST_CASE("every list has a place of its own") {
  BehaviourSet set;
  set.behaviours.resize(1);
  const ByteVector empty = encoded(set);
  std::vector<ByteVector> seen = {empty};
  const auto check_new = [&](const BehaviourSet& changed) {
    const ByteVector bytes = encoded(changed);
    for (const ByteVector& other : seen) CHECK(bytes != other);
    CHECK(encoded(decoded(bytes)) == bytes);
    seen.push_back(bytes);
  };
  for (const auto list : {&Behaviour::methods, &Behaviour::weak_methods, &Behaviour::context_methods,
                          &Behaviour::context_fields, &Behaviour::fields, &Behaviour::overrides}) {
    BehaviourSet changed = set;
    (changed.behaviours[0].*list).push_back({"La;", "b", "()V"});
    check_new(changed);
  }
  for (const auto list : {&Behaviour::strings, &Behaviour::receiver_subtypes, &Behaviour::native_symbols,
                          &Behaviour::manifest, &Behaviour::permissions, &Behaviour::notice_labels}) {
    BehaviourSet changed = set;
    (changed.behaviours[0].*list).push_back("La;b()V");
    check_new(changed);
  }
}

TEST_CASE("a severity out of range is refused") {
  BehaviourSet set;
  set.behaviours.emplace_back();
  ByteVector bytes = encoded(set);
  const std::size_t severity_at = 4 + 4 + 6 * 4;
  CHECK_NOTHROW(decoded(bytes));
  bytes[severity_at] = 3;
  CHECK_THROWS_AS(decoded(bytes), InputError);
}

TEST_CASE("moving the lines of behaviours does not change the encoding") {
  CHECK(encoded(behaviours(complete_behaviour())) == encoded(behaviours("\n\n\n" + complete_behaviour())));
}

TEST_CASE("every truncated table of behaviours is refused, and no change of bytes crashes") {
  const ByteVector table = encoded(behaviours(complete_behaviour()));
  CHECK(truncation_sweep(table, [](Bytes bytes) { decoded(bytes); }) == table.size());
  byte_flips(table, [](Bytes bytes) { decoded(bytes); });
}

}  // namespace
}  // namespace sdkprint
