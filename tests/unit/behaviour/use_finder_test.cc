// Calls, fields, strings and overrides; what broken and hostile files may cost.
#include <doctest/doctest.h>

#include "behaviour/app_code.h"
#include "use_fixture.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kGetImei = "Landroid/telephony/TelephonyManager;.getImei:()Ljava/lang/String;";
constexpr const char* kStartActivity = "Landroid/content/Context;.startActivity:(Landroid/content/Intent;)V";
constexpr const char* kIntentArgument = "(Landroid/content/Intent;)V";

UseFixture imei() {
  UseFixture fixture;
  fixture.behaviour("imei").methods = {member(kGetImei)};
  return fixture;
}

UseFixture start() {
  UseFixture fixture;
  fixture.behaviour("start").methods = {member(kStartActivity)};
  return fixture;
}

Code call(std::string_view method) { return Code().invoke(0x6e, method_ref(method), {0}).return_void(); }

void put32(ByteVector& bytes, std::size_t at, std::uint32_t value) {
  std::copy_n(reinterpret_cast<const std::uint8_t*>(&value), 4,
              bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

TEST_CASE("uses: a call, with everything that finds it again") {
  Code code;
  code.line(41).const_int(0, 0).line(42).invoke(0x6e, method_ref(kGetImei), {0}).return_void();
  DexBuilder dex = dex_with(code);
  const ByteVector bytes = dex.build();
  const DexUses found = imei().find_in({bytes});
  CHECK(found.problems.empty());
  REQUIRE(found.uses.size() == 1);
  const Use& use = found.uses.front();
  CHECK(use.behaviour == 0);
  CHECK(use.strength == UseStrength::confirmed);
  CHECK(use.via == UseVia::call);
  CHECK(use.api == kGetImei);
  CHECK(use.item.empty());
  CHECK(use.class_name == "app.A");
  CHECK(use.method == "Lapp/A;.m:()V");
  CHECK(use.pc == 1);
  CHECK(use.line == 42);
  REQUIRE(use.offset);
  CHECK(bytes.at(*use.offset) == 0x6e);
  CHECK(*use.offset == dex.layout().code.at("Lapp/A;.m:()V") + 16 + 2);
}

TEST_CASE("uses: every kind of invoke, ranges too") {
  Code code;
  for (const std::uint8_t opcode : {0x6e, 0x6f, 0x70, 0x71, 0x72})
    code.invoke(opcode, method_ref(kGetImei), {0});
  for (const std::uint8_t opcode : {0x74, 0x75, 0x76, 0x77, 0x78}) {
    code.invoke_range(opcode, method_ref(kGetImei), 300, 1);
  }
  CHECK(imei().find({dex_with(code.return_void())}).uses.size() == 10);
}

TEST_CASE("uses: another overload, another class, another name are none") {
  Code code;
  code.invoke_virtual("Landroid/telephony/TelephonyManager;", "getImei", "(I)Ljava/lang/String;")
      .invoke_virtual("Landroid/telephony/TelephonyManager;", "getImei2", "()Ljava/lang/String;")
      .invoke_virtual("Lapp/TelephonyManager;", "getImei", "()Ljava/lang/String;")
      .return_void();
  CHECK(imei().brief({dex_with(code)}).empty());
}

TEST_CASE("uses: without a descriptor every overload counts") {
  UseFixture fixture;
  fixture.behaviour("pay").methods = {member("Lcom/x/Pay;.send")};
  Code code;
  code.invoke_static("Lcom/x/Pay;", "send", "(La/a/a;)V")
      .invoke_static("Lcom/x/Pay;", "send", "()I")
      .return_void();
  CHECK(fixture.brief({dex_with(code)}).size() == 2);
}

TEST_CASE("uses: weak methods and behaviours that only ever lead") {
  UseFixture fixture;
  fixture.behaviour("weak").weak_methods = {member("La/B;.w:()V")};
  Behaviour& clusters = fixture.behaviour("clusters");
  clusters.methods = {member("La/B;.w:()V")};
  clusters.lead_only = true;
  CHECK(fixture.brief({dex_with(call("La/B;.w:()V"))}) ==
        Lines{"weak lead call Lapp/A;.m:()V@0", "clusters lead call Lapp/A;.m:()V@0"});
}

TEST_CASE("uses: fields that are read, not those that are written") {
  UseFixture fixture;
  fixture.behaviour("serial").fields = {member("Landroid/os/Build;.SERIAL:Ljava/lang/String;")};
  const FieldRef serial{"Landroid/os/Build;", "SERIAL", "Ljava/lang/String;"};
  const FieldRef other{"Landroid/os/Build;", "SERIAL", "I"};
  Code code;
  code.field_op(0x62, 0, serial).field_op(0x69, 0, serial).field_op(0x60, 0, other);
  code.field_op(0x54, 0, serial).field_op(0x5b, 0, serial).return_void();
  const Lines lines = fixture.brief({dex_with(code)});
  CHECK(lines == Lines{"serial confirmed field Lapp/A;.m:()V@0", "serial confirmed field Lapp/A;.m:()V@6"});
}

TEST_CASE("uses: a string alone is a lead, whole strings only, jumbo too") {
  UseFixture fixture;
  fixture.behaviour("sms").strings = {"content://sms"};
  Code code;
  code.const_string(0, "content://sms/inbox").const_string(0, "content://sms");
  code.const_string_jumbo(0, "content://sms").return_void();
  const DexUses found = fixture.find({dex_with(code)});
  REQUIRE(found.uses.size() == 2);
  CHECK(fixture.brief(found.uses[0]) == "sms lead string Lapp/A;.m:()V@2");
  CHECK(fixture.brief(found.uses[1]) == "sms lead string Lapp/A;.m:()V@4");
  CHECK(found.uses[0].item == "content://sms");
  CHECK(found.uses[0].api.empty());
}

TEST_CASE("uses: strings beyond ASCII") {
  UseFixture fixture;
  fixture.behaviour("shake").strings = {"摇一摇"};
  const DexUses found = fixture.find({dex_with(Code().const_string(0, "摇一摇").return_void())});
  REQUIRE(found.uses.size() == 1);
  CHECK(found.uses[0].item == "摇一摇");
}

TEST_CASE("uses: a string that no code loads is none") {
  UseFixture fixture;
  fixture.behaviour("sms").strings = {"content://sms"};
  CHECK(fixture.brief({dex_with(Code().return_void()).add_string("content://sms")}).empty());
}

TEST_CASE("uses: through a class of the app, defined in another dex file") {
  DexBuilder first, second;
  first.add_class("Lapp/A;").method(
      "m", "()V", Code().invoke_virtual("Lapp/Screen;", "startActivity", kIntentArgument).return_void());
  second.add_class("Lapp/Screen;").superclass("Lapp/Base;");
  second.add_class("Lapp/Base;").superclass("Landroid/content/Context;");
  const DexUses found = start().find({first, second});
  REQUIRE(found.uses.size() == 1);
  CHECK(found.uses[0].via == UseVia::subclass_call);
  CHECK(found.uses[0].strength == UseStrength::confirmed);
  CHECK(found.uses[0].api == kStartActivity);
  CHECK(found.uses[0].item == "Lapp/Screen;.startActivity:(Landroid/content/Intent;)V");
}

TEST_CASE("uses: a method that the app's class defines itself is not the platform's") {
  DexBuilder dex;
  dex.add_class("Lapp/A;").method(
      "m", "()V", Code().invoke_virtual("Lapp/Screen;", "startActivity", kIntentArgument).return_void());
  dex.add_class("Lapp/Screen;").superclass("Lapp/Base;");
  dex.add_class("Lapp/Base;")
      .superclass("Landroid/content/Context;")
      .method("startActivity", kIntentArgument,
              Code().invoke(0x6f, method_ref(kStartActivity), {0, 1}).return_void());
  // The call of super is the platform's.
  CHECK(start().brief({dex}) ==
        Lines{"start confirmed call Lapp/Base;.startActivity:(Landroid/content/Intent;)V@0"});
}

TEST_CASE("uses: constructors are not inherited") {
  UseFixture fixture;
  fixture.behaviour("view").methods = {member("Landroid/x/View;.<init>:()V")};
  DexBuilder dex;
  dex.add_class("Lapp/A;").method("m", "()V", call("Lapp/MyView;.<init>:()V"));
  dex.add_class("Lapp/MyView;").superclass("Landroid/x/View;");
  CHECK(fixture.brief({dex}).empty());
}

TEST_CASE("uses: subclasses of the platform only for receiver_subtypes") {
  DexBuilder dex;
  dex.add_class("Lapp/A;").method(
      "m", "()V",
      Code()
          .invoke_virtual("Landroid/app/Activity;", "startActivity", kIntentArgument)
          .invoke_virtual("Lapp/Screen;", "startActivity", kIntentArgument)
          .return_void());
  dex.add_class("Lapp/Screen;").superclass("Landroid/app/Activity;");
  CHECK(start().brief({dex}).empty());

  UseFixture with_subtypes;
  Behaviour& start = with_subtypes.behaviour("start");
  start.methods = {member(kStartActivity)};
  start.receiver_subtypes = {"Landroid/content/Context;"};
  CHECK(with_subtypes.brief({dex}) == Lines{"start confirmed subclass-call Lapp/A;.m:()V@0",
                                            "start confirmed subclass-call Lapp/A;.m:()V@3"});
}

TEST_CASE("uses: superclasses in a circle end") {
  DexBuilder dex;
  dex.add_class("Lapp/A;").superclass("Lapp/B;").method(
      "m", "()V", Code().invoke_virtual("Lapp/B;", "startActivity", kIntentArgument).return_void());
  dex.add_class("Lapp/B;").superclass("Lapp/A;");
  CHECK(start().brief({dex}).empty());
}

TEST_CASE("uses: a class that implements what overrides names") {
  UseFixture fixture;
  fixture.behaviour("listen").overrides = {member("Landroid/x/Listener;")};
  DexBuilder dex;
  dex.add_class("Lapp/Kind;").interface("Landroid/x/Listener;").flags(kInterface | kAbstract);
  dex.add_class("Lapp/Impl;").interface("Lapp/Kind;");
  dex.add_class("Lapp/Other;");
  const ByteVector bytes = dex.build();
  const DexUses found = fixture.find_in({bytes});
  REQUIRE(found.uses.size() == 1);
  CHECK(fixture.brief(found.uses[0]) == "listen confirmed override app.Impl@0");
  CHECK(found.uses[0].api == "Landroid/x/Listener;");
  CHECK(found.uses[0].offset == dex.layout().string_item.at("Lapp/Impl;") + 1);
}

TEST_CASE("uses: an override with a method counts where the method is") {
  UseFixture fixture;
  fixture.behaviour("trust").overrides = {member("Ljavax/net/ssl/X509TrustManager;.checkServerTrusted")};
  DexBuilder dex;
  dex.add_class("Lapp/Trust;")
      .interface("Ljavax/net/ssl/X509TrustManager;")
      .method("checkServerTrusted", "()V", Code().line(7).return_void())
      .method("other", "()V", Code().return_void());
  dex.add_class("Lapp/Sub;").superclass("Lapp/Trust;");
  const DexUses found = fixture.find({dex});
  REQUIRE(found.uses.size() == 1);
  CHECK(fixture.brief(found.uses[0]) == "trust confirmed override Lapp/Trust;.checkServerTrusted:()V@0");
  CHECK(found.uses[0].line == 7);
}

TEST_CASE("uses: in the order of classes, methods and code, one for each behaviour and place") {
  UseFixture fixture;
  Behaviour& a = fixture.behaviour("a");
  a.methods = {member("Lx/P;.one:()V"), member("Lx/P;.two:()V")};
  a.weak_methods = {member("Lx/P;.one:()V")};
  fixture.behaviour("b").methods = {member("Lx/P;.two:()V")};
  DexBuilder dex;
  dex.add_class("Lapp/Z;").method(
      "m", "()V",
      Code().invoke_static("Lx/P;", "two", "()V").invoke_static("Lx/P;", "one", "()V").return_void());
  dex.add_class("Lapp/A;")
      .method("n", "()V", Code().invoke_static("Lx/P;", "one", "()V").return_void())
      .method("s", "()V", kStatic, Code().invoke_static("Lx/P;", "one", "()V").return_void());
  CHECK(fixture.brief({dex}) == Lines{"a confirmed call Lapp/Z;.m:()V@0", "b confirmed call Lapp/Z;.m:()V@0",
                                      "a confirmed call Lapp/Z;.m:()V@3", "a confirmed call Lapp/A;.s:()V@0",
                                      "a confirmed call Lapp/A;.n:()V@0"});
}

TEST_CASE("uses: broken code is a problem, what stands before it is told, and the rest is read") {
  DexBuilder dex;
  dex.add_class("Lapp/A;")
      .method("broken", "()V",
              Code()
                  .invoke(0x6e, method_ref(kGetImei), {0})
                  .raw({0x003e})
                  .invoke(0x6e, method_ref(kGetImei), {0}))
      .method("good", "()V", call(kGetImei));
  const DexUses found = imei().find({dex});
  CHECK(found.uses.size() == 2);
  REQUIRE(found.problems.size() == 1);
  CHECK(found.problems[0].kind == "malformed");
  CHECK(found.problems[0].message.find("Lapp/A;.broken:()V") != std::string::npos);
  CHECK(found.problems[0].message.find("0x0003") != std::string::npos);
}

TEST_CASE("uses: a file of broken methods is told in a few problems") {
  DexBuilder dex;
  for (int i = 0; i < 50; ++i) {
    dex.add_class("Lapp/C" + std::to_string(i) + ";").method("m", "()V", Code().raw({0x003e}));
  }
  CHECK(imei().find({dex}).problems.size() < 15);
}

TEST_CASE("uses: a code item that many methods share is read a few times only") {
  constexpr int kMethods = 500;
  Code code;
  for (int i = 0; i < 2000; ++i) code.invoke(0x6e, method_ref(kGetImei), {0});
  DexBuilder dex;
  ClassSpec& spec = dex.add_class("Lapp/A;").method("a", "()V", std::move(code));
  for (int i = 0; i < kMethods; ++i) spec.method("z" + std::to_string(1000 + i), "()V", Code().return_void());
  ByteVector bytes = dex.build();
  // class_data's code offsets are LEB128s of one length here, as all code lies behind the tables.
  const std::uint32_t shared = dex.layout().code.at("Lapp/A;.a:()V");
  const auto leb = [](std::uint32_t value) {
    std::array<std::uint8_t, 3> out{};
    for (int i = 0; i < 3; ++i)
      out[i] = static_cast<std::uint8_t>((value >> (7 * i) & 0x7f) | (i < 2 ? 0x80 : 0));
    return out;
  };
  int patched = 0;
  for (const auto& [method, offset] : dex.layout().code) {
    const std::array<std::uint8_t, 3> from = leb(offset), to = leb(shared);
    const auto at = std::search(bytes.begin() + dex.layout().class_data.at("Lapp/A;"), bytes.end(),
                                from.begin(), from.end());
    if (at == bytes.end()) continue;
    std::copy(to.begin(), to.end(), at);
    ++patched;
  }
  REQUIRE(patched >= kMethods);
  const DexUses found = imei().find_in({bytes});
  REQUIRE(found.problems.size() == 1);
  CHECK(found.problems[0].kind == "limit");
  CHECK(found.uses.size() > 2000);
  CHECK(found.uses.size() < 2000 * 20);
}

TEST_CASE("uses: a method without end hides nothing that follows it") {
  Code code;
  for (int i = 0; i < 70'000; ++i) code.invoke(0x6e, method_ref(kGetImei), {0});
  DexBuilder dex = dex_with(std::move(code));
  dex.add_class("Lapp/B;").method("m", "()V", call(kGetImei));
  const DexUses found = imei().find({dex});
  REQUIRE(found.problems.size() == 1);
  CHECK(found.problems[0].kind == "limit");
  CHECK(found.uses.size() > 60'000);
  CHECK(found.uses.back().class_name == "app.B");
}

TEST_CASE("uses: no more than the limit, and it is said") {
  Code code;
  for (int i = 0; i < 20; ++i) code.invoke(0x6e, method_ref(kGetImei), {0});
  const DexUses found = imei().find({dex_with(code.return_void())}, 5);
  CHECK(found.uses.size() == 5);
}

TEST_CASE("uses: a limit that is reached before the last class is a problem") {
  DexBuilder dex = dex_with(call(kGetImei));
  dex.add_class("Lapp/B;").method("m", "()V", call(kGetImei));
  const DexUses found = imei().find({dex}, 1);
  CHECK(found.uses.size() == 1);
  REQUIRE(found.problems.size() == 1);
  CHECK(found.problems[0].kind == "limit");
}

TEST_CASE("uses: long names are cut") {
  const std::string name(100'000, 'x');
  DexBuilder dex;
  dex.add_class("Lapp/" + name + ";").method(name, "()V", call(kGetImei));
  const DexUses found = imei().find({dex});
  REQUIRE(found.uses.size() == 1);
  CHECK(found.uses[0].class_name.size() < 5000);
  CHECK(found.uses[0].method.size() < 5000);
}

TEST_CASE("uses: all dex files of a container") {
  std::vector<DexBuilder> parts(2, DexBuilder(41));
  parts[0].add_class("Lapp/A;").method("m", "()V", call(kGetImei));
  parts[1].add_class("Lapp/B;").method("m", "()V", call(kGetImei));
  const ByteVector bytes = build_dex_container(parts);
  const DexUses found = imei().find_in({bytes});
  REQUIRE(found.uses.size() == 2);
  CHECK(bytes.at(*found.uses[1].offset) == 0x6e);
}

TEST_CASE("uses: a class_def that cannot be read is a problem") {
  DexBuilder dex = dex_with(call(kGetImei));
  dex.add_class("Lapp/B;").method("m", "()V", call(kGetImei));
  ByteVector bytes = dex.build();
  put32(bytes, dex.layout().class_defs + 24, static_cast<std::uint32_t>(bytes.size()) + 100);
  const DexUses found = imei().find_in({bytes});
  CHECK(found.problems.size() == 1);
  CHECK(found.uses.size() == 1);
}

TEST_CASE("uses: damaged files never do more than throw or report") {
  UseFixture fixture = start();
  Behaviour& all = fixture.behaviour("all");
  all.methods = {member(kGetImei)};
  all.context_methods = {member("Lx/P;.c:(I)V")};
  all.constants = {4};
  all.strings = {"content://sms"};
  all.context_fields = {member("Lx/P;.F:I")};
  all.overrides = {member("Lx/Listener;"), member("Lx/Listener;.m")};
  DexBuilder dex;
  dex.add_class("Lapp/A;").superclass("Lapp/B;").method(
      "m", "()V",
      Code()
          .line(4)
          .const_int(1, 4)
          .invoke_virtual("Lx/P;", "c", "(I)V", {0, 1})
          .field_op(0x60, 0, {"Lx/P;", "F", "I"})
          .const_string(0, "content://sms")
          .invoke_virtual("Lapp/B;", "startActivity", kIntentArgument)
          .return_void());
  dex.add_class("Lapp/B;").superclass("Landroid/content/Context;").interface("Lx/Listener;");
  const ByteVector bytes = dex.build();
  REQUIRE(fixture.find_in({bytes}).uses.size() == 5);
  const auto parse = [&](Bytes file) { fixture.find_in({file}); };
  CHECK(truncation_sweep(bytes, parse) > 0);
  byte_flips(bytes, parse, 1500);
}
