#include "format/dex_constants.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "dex_builder.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

constexpr const char* kSdk = "Lcom/acme/Sdk;";
constexpr const char* kString = "Ljava/lang/String;";

struct Constant {
  std::string field, text;
  std::optional<std::uint32_t> clinit_pc;
  bool operator==(const Constant&) const = default;
};

std::vector<Constant> constants(DexBuilder& builder) {
  const ByteVector bytes = builder.build();
  const DexFile dex(bytes);
  std::vector<Constant> result;
  for (const StaticConstant& constant : static_constants(dex, dex.class_def(0))) {
    CHECK(dex.string(dex.field(constant.field_idx).name_idx) == constant.field);
    result.push_back({std::string(constant.field), constant.text, constant.clinit_pc});
  }
  return result;
}

/// The constants that a <clinit> of these instructions gives.
std::vector<Constant> of_clinit(Code code) {
  DexBuilder builder;
  builder.add_class(kSdk)
      .static_field("S", kString)
      .static_field("T", kString)
      .static_field("I", "I")
      .method("<clinit>", "()V", kStatic, std::move(code));
  return constants(builder);
}

Code store_string(std::uint8_t reg, Code code = {}) { return code.sput_object(reg, kSdk, "S", kString); }

CodeStrings strings_of(const ByteVector& bytes) {
  const DexFile dex(bytes);
  return code_strings(dex, dex.class_def(0));
}

}  // namespace

TEST_CASE("static_values: strings, integers, booleans and floating numbers as text") {
  DexBuilder builder;
  builder.add_class(kSdk)
      .string_constant("A_VERSION", "4.2.0")
      .int_constant("B_CODE", -420)
      .bool_constant("C_DEBUG", true)
      .bool_constant("D_OTHER", false)
      .static_field("E_LONG", "J", ConstantValue(std::int64_t{1} << 40))
      .static_field("F_FLOAT", "F", ConstantValue(1.5));
  CHECK(constants(builder) == std::vector<Constant>{{"A_VERSION", "4.2.0", {}},
                                                    {"B_CODE", "-420", {}},
                                                    {"C_DEBUG", "true", {}},
                                                    {"D_OTHER", "false", {}},
                                                    {"E_LONG", "1099511627776", {}},
                                                    {"F_FLOAT", "1.5", {}}});
}

TEST_CASE("static_values: null is no constant, and values stay with their fields") {
  DexBuilder builder;
  builder.add_class(kSdk).static_field("A", kString).string_constant("B", "b");
  CHECK(constants(builder) == std::vector<Constant>{{"B", "b", {}}});
}

TEST_CASE("a string constant's text is UTF-8") {
  DexBuilder builder;
  builder.add_class(kSdk).string_constant("A", "\xed\xa0\xbd\xed\xb8\x80");
  CHECK(constants(builder).at(0).text == "\xf0\x9f\x98\x80");
}

TEST_CASE("a class without static fields has no constants") {
  DexBuilder builder;
  builder.add_class(kSdk).field("x", "I");
  CHECK(constants(builder).empty());
}

TEST_CASE("<clinit>: const-string and sput-object") {
  CHECK(of_clinit(store_string(0, Code().const_string(0, "4.2.1")).return_void()) ==
        std::vector<Constant>{{"S", "4.2.1", 2}});
}

TEST_CASE("<clinit>: const-string/jumbo counts too") {
  CHECK(of_clinit(store_string(0, Code().const_string_jumbo(0, "4.2.1")).return_void()) ==
        std::vector<Constant>{{"S", "4.2.1", 3}});
}

TEST_CASE("<clinit>: integers of every const form") {
  for (const std::int32_t value : {0, 7, -8, 300, -300, 70000, INT32_MIN}) {
    const std::vector<Constant> found =
        of_clinit(Code().const_int(0, value).sput(0, kSdk, "I").return_void());
    REQUIRE(found.size() == 1);
    CHECK(found[0].text == std::to_string(value));
  }
  CHECK(of_clinit(Code().raw({0x0015, 0x0001}).sput(0, kSdk, "I").return_void()).at(0).text == "65536");
}

TEST_CASE("<clinit>: the field's type decides how a number reads") {
  DexBuilder builder;
  builder.add_class(kSdk).method("<clinit>", "()V", kStatic,
                                 Code()
                                     .const_int(0, 1)
                                     .field_op(0x6a, 0, {kSdk, "Z", "Z"})
                                     .raw({0x0015, 0x3fc0})  // const/high16 1.5f
                                     .field_op(0x67, 0, {kSdk, "F", "F"})
                                     .raw({0x0019, 0x3ff8})  // const-wide/high16 1.5
                                     .field_op(0x68, 0, {kSdk, "D", "D"})
                                     .return_void());
  const std::vector<Constant> found = constants(builder);
  REQUIRE(found.size() == 3);
  CHECK(found[0].text == "true");
  CHECK(found[1].text == "1.5");
  CHECK(found[2].text == "1.5");
}

TEST_CASE("<clinit>: other instructions between load and store do not matter") {
  const Code code = Code()
                        .const_string(1, "one")
                        .const_string(0, "zero")
                        .new_instance(2, "Ljava/lang/Object;")
                        .invoke(0x70, {"Ljava/lang/Object;", "<init>", "()V"}, {2})
                        .sput_object(1, kSdk, "S", kString)
                        .sput_object(0, kSdk, "T", kString)
                        .return_void();
  CHECK(of_clinit(code) == std::vector<Constant>{{"S", "one", 9}, {"T", "zero", 11}});
}

TEST_CASE("<clinit>: a register that was written since holds no constant") {
  const Code loaded = Code().const_string(0, "old");
  CHECK(of_clinit(store_string(0, Code(loaded).new_instance(0, kString))).empty());
  CHECK(of_clinit(store_string(0, Code(loaded).raw({0x1007}))).empty());  // move-object v0, v1
  CHECK(of_clinit(store_string(0, Code(loaded).raw({0x000c}))).empty());  // move-result-object v0
}

TEST_CASE("<clinit>: a wide result overwrites the next register too") {
  const Code loaded = Code().const_string(1, "old");
  CHECK(of_clinit(store_string(1, Code(loaded).raw({0x0016, 1}))).empty());      // const-wide/16 v0
  CHECK(of_clinit(store_string(1, Code(loaded).raw({0x0013, 1}))).size() == 1);  // const/16 v0
}

TEST_CASE("<clinit>: a branch forgets what was known") {
  CHECK(of_clinit(store_string(0, Code().const_string(0, "maybe").raw({0x0138, 2})).return_void()).empty());
}

TEST_CASE("<clinit>: the target of a forward branch forgets what was known") {
  // if-eqz v1, +4; const-string v0; <target> sput-object v0
  CHECK(of_clinit(store_string(0, Code().raw({0x0138, 4}).const_string(0, "one way")).return_void()).empty());
}

TEST_CASE("<clinit>: the target of a backward branch forgets what was known") {
  // const-string v0; <target> sput-object v0; if-eqz v1, -2
  CHECK(of_clinit(store_string(0, Code().const_string(0, "first round")).raw({0x0138, 0xfffe}).return_void())
            .empty());
}

TEST_CASE("<clinit>: what is loaded after a branch and its targets counts again") {
  const Code code = store_string(0, Code().raw({0x0138, 2}).const_string(0, "sure"));
  CHECK(of_clinit(Code(code).return_void()).empty() == false);
}

TEST_CASE("<clinit>: an exception handler's entry forgets what was known") {
  CHECK(of_clinit(store_string(0, Code().const_string(0, "x").raw({0x010d})).return_void()).empty());
}

TEST_CASE("<clinit>: the walk ends at a switch") {
  CHECK(of_clinit(store_string(0, Code().raw({0x012b, 8, 0}).const_string(0, "x")).return_void()).empty());
}

TEST_CASE("<clinit>: stores to other classes are not this class's constants") {
  CHECK(of_clinit(Code().const_string(0, "x").sput_object(0, "Lb/B;", "S", kString).return_void()).empty());
}

TEST_CASE("<clinit>: storing null is no constant") {
  CHECK(of_clinit(store_string(0, Code().const_int(0, 0)).return_void()).empty());
}

TEST_CASE("<clinit>: code that cannot be decoded ends the walk and keeps what was found") {
  const Code code = store_string(0, Code().const_string(0, "before")).raw({0x003e});
  CHECK(of_clinit(store_string(0, Code(code).const_string(0, "after"))) ==
        std::vector<Constant>{{"S", "before", 2}});
}

TEST_CASE("<clinit>: registers beyond registers_size are not followed") {
  CHECK(of_clinit(store_string(9, Code().registers(1).const_string(9, "x")).return_void()).empty());
}

TEST_CASE("only <clinit> makes static constants") {
  DexBuilder builder;
  builder.add_class(kSdk).method("init", "()V", kStatic,
                                 store_string(0, Code().const_string(0, "x")).return_void());
  CHECK(constants(builder).empty());
}

TEST_CASE("static_values come before <clinit>") {
  DexBuilder builder;
  builder.add_class(kSdk).int_constant("I", 1).method(
      "<clinit>", "()V", kStatic, Code().const_int(0, 2).sput(0, kSdk, "I").return_void());
  const std::vector<Constant> found = constants(builder);
  REQUIRE(found.size() == 2);
  CHECK(found[0].text == "1");
  CHECK(found[1].text == "2");
}

TEST_CASE("a constant with a bad string index is refused") {
  DexBuilder builder;
  builder.add_class(kSdk).string_constant("A", "x");
  ByteVector bytes = builder.build();
  const std::uint32_t values = DexFile(bytes).class_def(0).static_values_off;
  REQUIRE(bytes[values + 1] == 0x17);
  bytes[values + 2] = 0x7f;
  const DexFile dex(bytes);
  CHECK_THROWS_AS(static_constants(dex, dex.class_def(0)), InputError);
}

TEST_CASE("code_strings: every load with method and pc") {
  DexBuilder builder;
  builder.add_class(kSdk)
      .method("a", "()V", kStatic, Code().const_string(0, "one").const_string_jumbo(1, "two").return_void())
      .method("b", "()V", Code().raw({0x0000}).const_string(0, "one").return_void())
      .method("c", "()V");
  const ByteVector bytes = builder.build();
  const DexFile dex(bytes);
  const CodeStrings found = code_strings(dex, dex.class_def(0));
  CHECK(found.unreadable_methods == 0);
  REQUIRE(found.strings.size() == 3);
  CHECK(dex.method_name(found.strings[0].method_idx) == "Lcom/acme/Sdk;.a:()V");
  CHECK(found.strings[0].pc == 0);
  CHECK(dex.string(found.strings[0].string_idx) == "one");
  CHECK(found.strings[1].pc == 2);
  CHECK(dex.string(found.strings[1].string_idx) == "two");
  CHECK(dex.method_name(found.strings[2].method_idx) == "Lcom/acme/Sdk;.b:()V");
  CHECK(found.strings[2].pc == 1);
}

TEST_CASE("code_strings: broken code is counted and costs only its own rest") {
  DexBuilder builder;
  builder.add_class(kSdk)
      .method("a", "()V", Code().const_string(0, "kept").raw({0x003e}).const_string(0, "lost"))
      .method("b", "()V", Code().const_string(0, "fine").return_void());
  const CodeStrings found = strings_of(builder.build());
  CHECK(found.unreadable_methods == 1);
  CHECK(found.strings.size() == 2);
}

TEST_CASE("code_strings: an index beyond string_ids is broken code") {
  DexBuilder builder;
  builder.add_class(kSdk).method("a", "()V", Code().raw({0x001a, 0xffff, 0x000e}));
  const CodeStrings found = strings_of(builder.build());
  CHECK(found.unreadable_methods == 1);
  CHECK(found.strings.empty());
}

TEST_CASE("code_strings: methods that share one large code_item do not multiply the work") {
  DexBuilder builder;
  ClassSpec& spec = builder.add_class(kSdk);
  Code large;
  for (int i = 0; i < 20000; ++i) large.const_string(0, "x");
  spec.method("a", "()V", kStatic, large.return_void());
  for (int i = 0; i < 100; ++i) spec.method("b" + std::to_string(i), "()V", kStatic | kNative);
  const ByteVector honest = builder.build();

  // All methods of a second class_data_item point to the code of "a".
  ByteVector bytes = honest;
  const std::uint32_t code = builder.layout().code.at("Lcom/acme/Sdk;.a:()V");
  const std::uint32_t class_data = static_cast<std::uint32_t>(bytes.size());
  bytes.insert(bytes.end(), {0, 0, 101, 0});
  for (int i = 0; i < 101; ++i) {
    bytes.insert(
        bytes.end(),
        {static_cast<std::uint8_t>(i == 0 ? 0 : 1), 8, static_cast<std::uint8_t>((code & 0x7f) | 0x80),
         static_cast<std::uint8_t>((code >> 7 & 0x7f) | 0x80), static_cast<std::uint8_t>(code >> 14 & 0x7f)});
  }
  const DexFile dex(bytes);
  DexClassDef def = dex.class_def(0);
  CHECK(code_strings(dex, def).strings.size() == 20000);
  def.class_data_off = class_data;
  const CodeStrings found = code_strings(dex, def);
  CHECK(found.strings.size() == 20000);
  CHECK(found.unreadable_methods == 100);
}

TEST_CASE("constants of damaged files are refused or read within their bounds") {
  DexBuilder builder;
  builder.add_class(kSdk)
      .string_constant("V", "1.0")
      .int_constant("N", 3)
      .static_field("S", kString)
      .method("<clinit>", "()V", kStatic, store_string(0, Code().const_string(0, "late")).return_void());
  const std::function<void(Bytes)> read = [](Bytes file) {
    const DexFile dex(file);
    for (std::uint32_t i = 0; i < dex.class_count(); ++i) {
      static_constants(dex, dex.class_def(i));
      code_strings(dex, dex.class_def(i));
    }
  };
  byte_flips(builder.build(), read);
  CHECK(truncation_sweep(builder.build(), read) > 0);
}
