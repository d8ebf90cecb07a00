// Calls that mean something only together with a string, a field or an integer of the same method.
#include <doctest/doctest.h>

#include "use_fixture.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kQuery = "Landroid/content/ContentResolver;.query:(Landroid/net/Uri;)V";

UseFixture sms() {
  UseFixture fixture;
  Behaviour& sms = fixture.behaviour("sms");
  sms.context_methods = {member(kQuery)};
  sms.strings = {"content://sms", "content://sms/inbox"};
  sms.context_fields = {member("Landroid/provider/Sms;.URI:Landroid/net/Uri;")};
  return fixture;
}

UseFixture sensors() {
  UseFixture fixture;
  Behaviour& sensors = fixture.behaviour("sensors");
  sensors.context_methods = {member("Lx/Sensors;.get:(I)V"), member("Lx/Sensors;.both:(ZI)V"),
                             member("Lx/Sensors;.wide:(JI)V")};
  sensors.constants = {4, 1};
  return fixture;
}

Code query(Code code) { return code.invoke(0x6e, method_ref(kQuery), {1, 2}); }

}  // namespace

TEST_CASE("context: a string and the call that gives it its meaning") {
  const DexUses found = sms().find({dex_with(query(Code().const_string(0, "content://sms")).return_void())});
  REQUIRE(found.uses.size() == 1);
  CHECK(sms().brief(found.uses[0]) == "sms confirmed context Lapp/A;.m:()V@2");
  CHECK(found.uses[0].api == kQuery);
  CHECK(found.uses[0].item == "content://sms");
}

TEST_CASE("context: the call alone is nothing") {
  CHECK(sms().brief({dex_with(query(Code().const_string(0, "content://other")).return_void())}).empty());
}

TEST_CASE("context: a string of the catalogue without the call is a lead, nothing confirmed") {
  CHECK(sms().brief({dex_with(Code().const_string(0, "content://sms").return_void())}) ==
        Lines{"sms lead string Lapp/A;.m:()V@0"});
}

TEST_CASE("context: string and call in two methods do not meet") {
  DexBuilder dex;
  dex.add_class("Lapp/A;")
      .method("a", "()V", Code().const_string(0, "content://sms").return_void())
      .method("b", "()V", query(Code()).return_void());
  CHECK(sms().brief({dex}) == Lines{"sms lead string Lapp/A;.a:()V@0"});
}

TEST_CASE("context: a field and the call") {
  const FieldRef uri{"Landroid/provider/Sms;", "URI", "Landroid/net/Uri;"};
  const DexUses found = sms().find({dex_with(query(Code().field_op(0x62, 0, uri)).return_void())});
  REQUIRE(found.uses.size() == 1);
  CHECK(found.uses[0].via == UseVia::context);
  CHECK(found.uses[0].item == "Landroid/provider/Sms;.URI:Landroid/net/Uri;");
}

TEST_CASE("context: a context field alone is nothing") {
  const FieldRef uri{"Landroid/provider/Sms;", "URI", "Landroid/net/Uri;"};
  CHECK(sms().brief({dex_with(Code().field_op(0x62, 0, uri).return_void())}).empty());
}

TEST_CASE("context: each string with the call that follows it, the last one's with the last call") {
  Code code = query(query(Code().const_string(0, "content://sms")).const_string(0, "content://sms/inbox"));
  CHECK(sms().brief({dex_with(code.const_string(0, "content://sms").return_void())}) ==
        Lines{"sms confirmed context Lapp/A;.m:()V@2", "sms confirmed context Lapp/A;.m:()V@7"});
}

TEST_CASE("context: through a subclass of the app") {
  DexBuilder dex = dex_with(Code()
                                .const_string(0, "content://sms")
                                .invoke_virtual("Lapp/Resolver;", "query", "(Landroid/net/Uri;)V", {1, 2})
                                .return_void());
  dex.add_class("Lapp/Resolver;").superclass("Landroid/content/ContentResolver;");
  CHECK(sms().brief({dex}) == Lines{"sms confirmed context Lapp/A;.m:()V@2"});
}

TEST_CASE("context: a behaviour that only leads stays a lead") {
  UseFixture lead;
  Behaviour& behaviour = lead.behaviour("sms");
  behaviour = sms().set().behaviours[0];
  behaviour.lead_only = true;
  CHECK(lead.brief({dex_with(query(Code().const_string(0, "content://sms")).return_void())}) ==
        Lines{"sms lead context Lapp/A;.m:()V@2"});
}

TEST_CASE("context: a weak method that is a context method too is confirmed by the string") {
  UseFixture fixture;
  Behaviour& b = fixture.behaviour("b");
  b.weak_methods = b.context_methods = {member(kQuery)};
  b.strings = {"content://sms"};
  CHECK(fixture.brief({dex_with(query(Code()).return_void())}) == Lines{"b lead call Lapp/A;.m:()V@0"});
  CHECK(fixture.brief({dex_with(query(Code().const_string(0, "content://sms")).return_void())}) ==
        Lines{"b confirmed context Lapp/A;.m:()V@2"});
}

TEST_CASE("context: an integer argument") {
  Code code;
  code.const_int(1, 4).invoke_virtual("Lx/Sensors;", "get", "(I)V", {0, 1});
  code.const_int(1, 7).invoke_virtual("Lx/Sensors;", "get", "(I)V", {0, 1}).return_void();
  const DexUses found = sensors().find({dex_with(code)});
  REQUIRE(found.uses.size() == 1);
  CHECK(found.uses[0].via == UseVia::context);
  CHECK(found.uses[0].pc == 1);
  CHECK(found.uses[0].item == "4");
}

TEST_CASE("context: an integer of the method that is no argument is nothing") {
  Code code;
  code.const_int(3, 4).const_int(1, 7).invoke_virtual("Lx/Sensors;", "get", "(I)V", {0, 1}).return_void();
  CHECK(sensors().brief({dex_with(code)}).empty());
}

TEST_CASE("context: booleans and receivers are no integers") {
  Code code;
  code.const_int(1, 1)
      .const_int(2, 0)
      .invoke_virtual("Lx/Sensors;", "both", "(ZI)V", {1, 1, 2})
      .return_void();
  CHECK(sensors().brief({dex_with(code)}).empty());
}

TEST_CASE("context: a long takes two registers") {
  Code code;
  code.const_int(3, 4).invoke_virtual("Lx/Sensors;", "wide", "(JI)V", {0, 1, 2, 3}).return_void();
  CHECK(sensors().brief({dex_with(code)}) == Lines{"sensors confirmed context Lapp/A;.m:()V@1"});
}

TEST_CASE("context: the arguments of static calls and of ranges") {
  Code code;
  code.const_int(1, 4).invoke_static("Lx/Sensors;", "get", "(I)V", {1});
  code.invoke_range(0x74, method_ref("Lx/Sensors;.get:(I)V"), 0, 2);
  code.invoke_range(0x77, method_ref("Lx/Sensors;.get:(I)V"), 1, 1).return_void();
  CHECK(sensors().find({dex_with(code)}).uses.size() == 3);
}

TEST_CASE("context: constants survive a branch, moves, and a goto when nothing else writes the register") {
  Code code;
  code.const_int(1, 4);         // 0
  code.raw({0x0038, 0x0003});   // 1: if-eqz v0, +3
  code.raw({0x0028 | 0x0100});  // 3: goto +1
  code.raw({0x1201 | 0x0000});  // 4: move v2, v1
  code.invoke_virtual("Lx/Sensors;", "get", "(I)V", {0, 1}).return_void();
  CHECK(sensors().brief({dex_with(code)}) == Lines{"sensors confirmed context Lapp/A;.m:()V@5"});
}

TEST_CASE("context: a move carries the constant") {
  Code code;
  code.const_int(1, 4).raw({0x1201}).invoke_virtual("Lx/Sensors;", "get", "(I)V", {0, 2}).return_void();
  CHECK(sensors().brief({dex_with(code)}) == Lines{"sensors confirmed context Lapp/A;.m:()V@2"});
}

TEST_CASE("context: after a goto a register that is written twice is unknown") {
  Code code;
  code.const_int(1, 7).const_int(1, 4).raw({0x0128});
  code.invoke_virtual("Lx/Sensors;", "get", "(I)V", {0, 1}).return_void();
  CHECK(sensors().brief({dex_with(code)}).empty());
}

TEST_CASE("context: a result overwrites the constant") {
  Code code;
  code.const_int(1, 4).invoke_static("Lx/Q;", "f", "()I").raw({0x010a});
  code.invoke_virtual("Lx/Sensors;", "get", "(I)V", {0, 1}).return_void();
  CHECK(sensors().brief({dex_with(code)}).empty());
}
