// Members that are looked up by their names.
#include <doctest/doctest.h>

#include "use_fixture.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kClass = "Ljava/lang/Class;";
constexpr const char* kFinder = "(Ljava/lang/String;[Ljava/lang/Class;)Ljava/lang/reflect/Method;";

UseFixture fixture() {
  UseFixture fixture;
  Behaviour& imei = fixture.behaviour("imei");
  imei.methods = {member("Landroid/telephony/TelephonyManager;.getImei:()Ljava/lang/String;"),
                  member("Landroid/telephony/TelephonyManager;.getImei:(I)Ljava/lang/String;")};
  imei.weak_methods = {member("Landroid/telephony/TelephonyManager;.getTac:()Ljava/lang/String;")};
  fixture.behaviour("serial").fields = {member("Landroid/os/Build;.SERIAL:Ljava/lang/String;")};
  Behaviour& property = fixture.behaviour("property");
  property.context_methods = {
      member("Landroid/os/SystemProperties;.get:(Ljava/lang/String;)Ljava/lang/String;")};
  property.strings = {"ro.serialno"};
  return fixture;
}

Code for_name(std::string name, Code code = {}) {
  return code.const_string(0, std::move(name))
      .invoke_static(kClass, "forName", "(Ljava/lang/String;)Ljava/lang/Class;", {0});
}
Code get_method(std::string name, Code code, const char* finder = "getMethod") {
  return code.const_string(1, std::move(name)).invoke_virtual(kClass, finder, kFinder, {0, 1, 2});
}

Lines of(Code code) { return fixture().brief({dex_with(code.return_void())}); }

}  // namespace

TEST_CASE("reflection: forName and getMethod with constant names") {
  const DexUses found = fixture().find(
      {dex_with(get_method("getImei", for_name("android.telephony.TelephonyManager")).return_void())});
  REQUIRE(found.uses.size() == 1);
  CHECK(fixture().brief(found.uses[0]) == "imei confirmed reflection Lapp/A;.m:()V@7");
  CHECK(found.uses[0].api == "Landroid/telephony/TelephonyManager;.getImei");
}

TEST_CASE("reflection: getDeclaredMethod and loadClass, of subclasses of ClassLoader too") {
  Code code;
  code.const_string(0, "android.telephony.TelephonyManager")
      .invoke_virtual("Ldalvik/system/PathClassLoader;", "loadClass", "(Ljava/lang/String;)Ljava/lang/Class;",
                      {3, 0});
  CHECK(of(get_method("getImei", code, "getDeclaredMethod")) ==
        Lines{"imei confirmed reflection Lapp/A;.m:()V@7"});
}

TEST_CASE("reflection: a class literal names the class") {
  Code code;
  code.const_class(0, "Landroid/telephony/TelephonyManager;");
  CHECK(of(get_method("getImei", code)) == Lines{"imei confirmed reflection Lapp/A;.m:()V@4"});
}

TEST_CASE("reflection: a cast, or a name without forName, is a lead") {
  Code cast;
  cast.type_op(0x1f, 0, "Landroid/telephony/TelephonyManager;");
  CHECK(of(get_method("getImei", cast)) == Lines{"imei lead reflection Lapp/A;.m:()V@4"});
  Code string;
  string.const_string(0, "android.telephony.TelephonyManager");
  CHECK(of(get_method("getImei", string)) == Lines{"imei lead reflection Lapp/A;.m:()V@4"});
}

TEST_CASE("reflection: weak members are leads") {
  CHECK(of(get_method("getTac", for_name("android.telephony.TelephonyManager"))) ==
        Lines{"imei lead reflection Lapp/A;.m:()V@7"});
}

TEST_CASE("reflection: names without a lookup are nothing") {
  CHECK(of(for_name("android.telephony.TelephonyManager", Code().const_string(1, "getImei"))).empty());
}

TEST_CASE("reflection: another class's method of that name is nothing") {
  CHECK(of(get_method("getImei", for_name("android.os.Build"))).empty());
  CHECK(of(get_method("getImei", for_name("com.other.Manager"))).empty());
}

TEST_CASE("reflection: fields") {
  Code code = for_name("android.os.Build").const_string(1, "SERIAL");
  code.invoke_virtual(kClass, "getField", "(Ljava/lang/String;)Ljava/lang/reflect/Field;", {0, 1});
  CHECK(of(code) == Lines{"serial confirmed reflection Lapp/A;.m:()V@7"});
  CHECK(of(get_method("SERIAL", for_name("android.os.Build"))).empty());
}

TEST_CASE("reflection: a context method needs its string all the same") {
  const Code lookup = get_method("get", for_name("android.os.SystemProperties"));
  CHECK(of(lookup).empty());
  const DexUses found = fixture().find({dex_with(Code(lookup).const_string(3, "ro.serialno").return_void())});
  REQUIRE(found.uses.size() == 1);
  CHECK(fixture().brief(found.uses[0]) == "property confirmed reflection Lapp/A;.m:()V@7");
  CHECK(found.uses[0].api == "Landroid/os/SystemProperties;.get");
  CHECK(found.uses[0].item == "ro.serialno");
}

TEST_CASE("reflection: what one method names is forgotten in the next") {
  DexBuilder dex;
  dex.add_class("Lapp/A;")
      .method("a", "()V", for_name("android.telephony.TelephonyManager").return_void())
      .method("b", "()V", get_method("getImei", Code()).return_void());
  CHECK(fixture().brief({dex}).empty());
}
