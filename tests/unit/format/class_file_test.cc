#include "format/class_file.h"

#include <doctest/doctest.h>

#include "class_builder.h"

using namespace sdkprint;
using test::ByteVector;
using test::ClassBuilder;
using test::code;
using test::u2;

namespace {

constexpr std::uint16_t kPublic = 1, kStatic = 8, kFinal = 16, kAbstract = 0x400;
constexpr const char* kText = "Ljava/lang/String;";

/// A class with a version constant of each shape and one of each kind of member.
ByteVector typical() {
  ClassBuilder builder("com/demo/Sdk", "com/demo/Base");
  builder.implements("java/lang/Runnable").access(0x31);
  builder.field(kPublic | kStatic | kFinal, "VERSION", kText, builder.string("1.2.3"));
  builder.field(kPublic | kStatic | kFinal, "BUILD", "I", builder.integer(-42));
  builder.field(kPublic, "count", "J");
  const std::uint16_t text = builder.string("2.0"), field = builder.field_ref("com/demo/Sdk", "late", kText);
  builder.field(kStatic, "late", kText);
  builder.method(kStatic, "<clinit>", "()V", code(0x13, u2(text), 0xb3, u2(field), 0xb1));
  builder.method(kPublic | kAbstract, "run", "()V");
  builder.attribute({"SourceFile", {0, 1}});
  return builder.build();
}

/// What a method with this code loads.
std::vector<ClassString> strings_of(ClassBuilder& builder, const ByteVector& bytes) {
  static ByteVector file;  // the result borrows it
  file = builder.method(kStatic, "m", "()V", bytes).build();
  const ClassFile parsed(file);
  REQUIRE(parsed.methods().size() == 1);
  REQUIRE(parsed.unreadable_methods() == 0);
  CHECK(parsed.methods()[0].code_size == bytes.size());
  return parsed.methods()[0].strings;
}

/// A class whose method "bad" has this Code attribute, between two sound ones.
ByteVector with_bad_code(const ByteVector& attribute) {
  ClassBuilder builder("a/B");
  const std::uint16_t text = builder.string("kept");
  const ByteVector sound = code(0x13, u2(text), 0x57, 0xb1);
  builder.method(0, "before", "()V", sound);
  builder.method_with(0, "bad", "()V", {{"Code", attribute}});
  builder.method(0, "after", "()V", sound);
  return builder.build();
}

void check_only_bad_is_lost(const ByteVector& file) {
  const ClassFile parsed(file);
  CHECK(parsed.unreadable_methods() == 1);
  REQUIRE(parsed.methods().size() == 3);
  CHECK(parsed.methods()[0].strings.size() == 1);
  CHECK(parsed.methods()[1].name == "bad");
  CHECK(parsed.methods()[1].strings.empty());
  CHECK(parsed.methods()[2].strings.size() == 1);
}

}  // namespace

TEST_CASE("class file: names, flags and version") {
  const ByteVector file = typical();
  const ClassFile parsed(file);
  CHECK(parsed.this_class() == "com/demo/Sdk");
  CHECK(parsed.super_class() == "com/demo/Base");
  CHECK(parsed.interfaces() == std::vector<std::string_view>{"java/lang/Runnable"});
  CHECK(parsed.access_flags() == 0x31);
  CHECK(parsed.major_version() == 52);
}

TEST_CASE("class file: java/lang/Object has no super class") {
  const ByteVector file = ClassBuilder("java/lang/Object", "").build();
  CHECK(ClassFile(file).super_class().empty());
}

TEST_CASE("class file: static constants are text or decimal integers") {
  ClassBuilder builder("a/B");
  builder.field(kStatic, "text", kText, builder.string("v1"));
  builder.field(kStatic, "number", "I", builder.integer(-2147483647 - 1));
  builder.field(kStatic, "wide", "J", builder.long_integer(-9'000'000'000));
  builder.field(kStatic, "empty", kText, builder.string(""));
  const ByteVector file = builder.build();
  const ClassFile parsed(file);
  REQUIRE(parsed.fields().size() == 4);
  CHECK(parsed.fields()[0].name == "text");
  CHECK(parsed.fields()[0].descriptor == kText);
  CHECK(parsed.fields()[0].constant == "v1");
  CHECK(parsed.fields()[1].constant == "-2147483648");
  CHECK(parsed.fields()[2].constant == "-9000000000");
  CHECK(parsed.fields()[3].constant == "");
}

TEST_CASE("class file: floating-point constants and those of instance fields are left out") {
  ClassBuilder builder("a/B");
  builder.field(kStatic, "f", "F", builder.entry(4, {0x3f, 0x80, 0, 0}));
  builder.field(kStatic, "d", "D", builder.entry(6, ByteVector(8), 2));
  builder.field(kFinal, "i", "I", builder.integer(1));
  builder.field(kStatic, "none", "I");
  const ByteVector file = builder.build();
  const ClassFile parsed(file);
  REQUIRE(parsed.fields().size() == 4);
  for (const ClassField& field : parsed.fields()) CHECK_FALSE(field.constant.has_value());
}

TEST_CASE("class file: a ConstantValue that names no constant costs only the constant") {
  ClassBuilder builder("a/B");
  builder.field(kStatic, "bad", "I", 0x7fff).field(kStatic, "good", "I", builder.integer(7));
  const ByteVector file = builder.build();
  const ClassFile parsed(file);
  CHECK_FALSE(parsed.fields()[0].constant.has_value());
  CHECK(parsed.fields()[1].constant == "7");
}

TEST_CASE("class file: a string stored by the next instruction into a static of this class names the field") {
  const ByteVector file = typical();
  const ClassFile parsed(file);
  REQUIRE(parsed.methods().size() == 2);
  REQUIRE(parsed.methods()[0].strings.size() == 1);
  CHECK(parsed.methods()[0].strings[0].text == "2.0");
  CHECK(parsed.methods()[0].strings[0].stored_to == "late");
  CHECK(parsed.methods()[0].strings[0].pc == 0);
  CHECK(parsed.methods()[0].code_size == 7);
}

TEST_CASE("class file: abstract methods have no code") {
  const ByteVector file = typical();
  const ClassFile parsed(file);
  CHECK(parsed.methods()[1].name == "run");
  CHECK(parsed.methods()[1].access_flags == (kPublic | kAbstract));
  CHECK(parsed.methods()[1].code_size == 0);
  CHECK(parsed.unreadable_methods() == 0);
}

TEST_CASE("class file: ldc takes one byte of index, ldc_w two") {
  ClassBuilder builder("a/B");
  const std::uint16_t first = builder.string("one"), second = builder.string("two");
  const std::vector<ClassString> strings =
      strings_of(builder, code(0x12, first, 0x57, 0x13, u2(second), 0x57, 0xb1));
  REQUIRE(strings.size() == 2);
  CHECK(strings[0].text == "one");
  CHECK(strings[1].text == "two");
  CHECK(strings[1].pc == 3);
  CHECK(strings[1].stored_to.empty());
}

TEST_CASE("class file: ldc of a number or a class is no string") {
  ClassBuilder builder("a/B");
  const std::uint16_t number = builder.integer(1), type = builder.class_entry("c/D");
  CHECK(strings_of(builder, code(0x12, number, 0x57, 0x12, type, 0x57, 0xb1)).empty());
}

TEST_CASE("class file: putstatic into another class does not name the field") {
  ClassBuilder builder("a/B");
  const std::uint16_t text = builder.string("x"), field = builder.field_ref("a/Other", "f", kText);
  const std::vector<ClassString> strings = strings_of(builder, code(0x12, text, 0xb3, u2(field), 0xb1));
  REQUIRE(strings.size() == 1);
  CHECK(strings[0].stored_to.empty());
}

TEST_CASE("class file: a putstatic that is not the very next instruction does not name the field") {
  ClassBuilder builder("a/B");
  const std::uint16_t text = builder.string("x"), number = builder.integer(1);
  const std::uint16_t field = builder.field_ref("a/B", "f", kText);
  const std::vector<ClassString> strings =
      strings_of(builder, code(0x12, text, 0x12, number, 0xb3, u2(field), 0xb1));
  REQUIRE(strings.size() == 1);
  CHECK(strings[0].stored_to.empty());
}

TEST_CASE("class file: tableswitch is stepped over at each alignment") {
  for (int padding = 0; padding < 4; ++padding) {
    CAPTURE(padding);
    ClassBuilder builder("a/B");
    const std::uint16_t text = builder.string("behind");
    ByteVector bytes(static_cast<std::size_t>(3 - padding), 0x00);  // nop
    bytes.push_back(0xaa);
    bytes.resize((bytes.size() + 3) & ~std::size_t{3});
    for (const std::uint32_t value : {99u, 0xffffffffu, 1u}) ClassBuilder::append(bytes, value, 4);  // -1 … 1
    bytes.resize(bytes.size() + 3 * 4, 0x12);  // the offsets look like ldc
    const ByteVector tail = code(0x13, u2(text), 0x57, 0xb1);
    bytes.insert(bytes.end(), tail.begin(), tail.end());
    const std::vector<ClassString> strings = strings_of(builder, bytes);
    REQUIRE(strings.size() == 1);
    CHECK(strings[0].text == "behind");
  }
}

TEST_CASE("class file: lookupswitch is stepped over") {
  ClassBuilder builder("a/B");
  const std::uint16_t text = builder.string("behind");
  ByteVector bytes = {0xab, 0, 0, 0};
  for (const std::uint32_t value : {99u, 2u, 0x12121212u, 8u, 0x12121213u, 8u})
    ClassBuilder::append(bytes, value, 4);
  const ByteVector tail = code(0x13, u2(text), 0x57, 0xb1);
  bytes.insert(bytes.end(), tail.begin(), tail.end());
  CHECK(strings_of(builder, bytes).size() == 1);
}

TEST_CASE("class file: wide instructions are stepped over") {
  ClassBuilder builder("a/B");
  const std::uint16_t text = builder.string("behind");
  const ByteVector bytes =
      code(0xc4, 0x15, 0x12, 0x12, 0xc4, 0x84, 0x12, 0x12, 0x12, 0x12, 0x13, u2(text), 0x57, 0xb1);
  CHECK(strings_of(builder, bytes).size() == 1);
}

TEST_CASE("class file: every instruction has the length the JVM specification gives it") {
  struct Length {
    int first, last, operands;
  };
  // From the "Format" of each instruction in JVMS 6.5; all others have none.
  const Length lengths[] = {
      {0x10, 0x10, 1}, {0x11, 0x11, 2}, {0x14, 0x14, 2}, {0x15, 0x19, 1}, {0x36, 0x3a, 1}, {0x84, 0x84, 2},
      {0x99, 0xa8, 2}, {0xa9, 0xa9, 1}, {0xb2, 0xb8, 2}, {0xb9, 0xba, 4}, {0xbb, 0xbb, 2}, {0xbc, 0xbc, 1},
      {0xbd, 0xbd, 2}, {0xc0, 0xc1, 2}, {0xc5, 0xc5, 3}, {0xc6, 0xc7, 2}, {0xc8, 0xc9, 4}};
  for (int opcode = 0; opcode <= 0xc9; ++opcode) {
    if (opcode == 0x12 || opcode == 0x13 || opcode == 0xaa || opcode == 0xab || opcode == 0xc4) continue;
    CAPTURE(opcode);
    int operands = 0;
    for (const Length& length : lengths) {
      if (opcode >= length.first && opcode <= length.last) operands = length.operands;
    }
    ClassBuilder builder("a/B");
    // The operands' bytes, read as opcodes, are illegal.
    ByteVector bytes(1 + static_cast<std::size_t>(operands), 0xff);
    bytes[0] = static_cast<std::uint8_t>(opcode);
    const ByteVector tail = code(0x13, u2(builder.string("x")));
    bytes.insert(bytes.end(), tail.begin(), tail.end());
    CHECK(strings_of(builder, bytes).size() == 1);
  }
}

TEST_CASE("class file: broken code costs its method's strings only") {
  const auto attribute = [](const ByteVector& bytes) { return ClassBuilder::code_attribute(bytes).second; };
  check_only_bad_is_lost(with_bad_code(attribute(code(0x12))));                 // ends inside an instruction
  check_only_bad_is_lost(with_bad_code(attribute(code(0x12, 200, 0xff))));      // illegal opcode
  check_only_bad_is_lost(with_bad_code(attribute(code(0xaa, 0, 0, 0, 0, 0))));  // ends inside a switch
  check_only_bad_is_lost(with_bad_code({}));                                    // empty attribute
  check_only_bad_is_lost(with_bad_code({0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff}));  // code_length
  check_only_bad_is_lost(with_bad_code(attribute(ByteVector(65'536))));         // longer than allowed
}

TEST_CASE("class file: switches with impossible counts are broken code") {
  const auto attribute = [](std::vector<std::uint32_t> values, std::uint8_t opcode) {
    ByteVector bytes = {opcode, 0, 0, 0};
    for (const std::uint32_t value : values) ClassBuilder::append(bytes, value, 4);
    return ClassBuilder::code_attribute(bytes).second;
  };
  check_only_bad_is_lost(with_bad_code(attribute({0, 1, 0}, 0xaa)));                    // low > high
  check_only_bad_is_lost(with_bad_code(attribute({0, 0x80000000, 0x7fffffff}, 0xaa)));  // 2^32 entries
  check_only_bad_is_lost(with_bad_code(attribute({0, 0xffffffff}, 0xab)));              // npairs < 0
  check_only_bad_is_lost(with_bad_code(attribute({0, 0x7fffffff}, 0xab)));
}

TEST_CASE("class file: a second Code attribute is ignored") {
  ClassBuilder builder("a/B");
  const ByteVector first = code(0x13, u2(builder.string("first")), 0xb1);
  const ByteVector second = code(0x13, u2(builder.string("second")), 0xb1);
  builder.method_with(0, "m", "()V",
                      {ClassBuilder::code_attribute(first), ClassBuilder::code_attribute(second)});
  const ByteVector file = builder.build();
  const ClassFile parsed(file);
  REQUIRE(parsed.methods()[0].strings.size() == 1);
  CHECK(parsed.methods()[0].strings[0].text == "first");
}

TEST_CASE("class file: all strings and classes of the pool, each once") {
  ClassBuilder builder("a/B");
  builder.string("unused");
  builder.string("unused");
  builder.utf8("no string constant");
  builder.class_entry("[Lc/D;");
  builder.class_entry("a/B");
  const ByteVector file = builder.build();
  const ClassFile parsed(file);
  CHECK(parsed.strings() == std::vector<std::string_view>{"unused"});
  CHECK(parsed.referenced_classes() == std::vector<std::string_view>{"a/B", "java/lang/Object", "[Lc/D;"});
}

TEST_CASE("class file: every kind of constant is stepped over") {
  ClassBuilder builder("a/B");
  builder.entry(4, ByteVector(4));
  builder.entry(6, ByteVector(8), 2);
  builder.long_integer(1);
  for (const std::uint8_t tag : {9, 10, 11, 12, 17, 18}) builder.entry(tag, ByteVector(4));
  builder.entry(15, ByteVector(3));
  for (const std::uint8_t tag : {16, 19, 20}) builder.entry(tag, ByteVector(2));
  builder.string("behind all of them");
  const ByteVector file = builder.version(68).build();
  const ClassFile parsed(file);
  CHECK(parsed.strings() == std::vector<std::string_view>{"behind all of them"});
  CHECK(parsed.major_version() == 68);
}

TEST_CASE("class file: text stays modified UTF-8 as in the file") {
  using namespace std::string_view_literals;
  const std::string_view text = "\xc0\x80\xed\xa0\xbd\xed\xb8\x80"sv;  // NUL and a surrogate pair
  ClassBuilder builder("a/B");
  builder.string(text);
  const ByteVector file = builder.build();
  const ClassFile parsed(file);
  REQUIRE(parsed.strings().size() == 1);
  CHECK(parsed.strings()[0] == text);
  CHECK(parsed.strings()[0].data() >= as_text(file).data());
  CHECK(parsed.strings()[0].data() < as_text(file).data() + file.size());
}

TEST_CASE("class file: the second index of a long names nothing") {
  ClassBuilder builder("a/B");
  const std::uint16_t number = builder.long_integer(1);
  const ByteVector file = builder.this_class_index(static_cast<std::uint16_t>(number + 1)).build();
  CHECK_THROWS_AS(ClassFile{file}, InputError);
}

TEST_CASE("class file: an index of 0, beyond the pool or of another kind is refused") {
  for (const int index : {0, 1, 0xffff}) {  // 1 is a Utf8
    const ByteVector file = ClassBuilder("a/B").this_class_index(static_cast<std::uint16_t>(index)).build();
    CHECK_THROWS_AS(ClassFile{file}, InputError);
  }
  const ByteVector file = ClassBuilder("a/B").super_class_index(1).build();
  CHECK_THROWS_AS(ClassFile{file}, InputError);
}

TEST_CASE("class file: a constant that names another kind is refused, also when nothing uses it") {
  ClassBuilder builder("a/B");
  builder.entry(8, {0xff, 0xff});
  const ByteVector file = builder.build();
  CHECK_THROWS_AS(ClassFile{file}, InputError);
}

TEST_CASE("class file: an unknown constant tag is refused") {
  ClassBuilder builder("a/B");
  builder.entry(2, {0, 0});
  const ByteVector file = builder.build();
  CHECK_THROWS_AS(ClassFile{file}, InputError);
}

TEST_CASE("class file: an attribute that leaves the file is refused") {
  ByteVector file = ClassBuilder("a/B").attribute({"Big", ByteVector(4)}).build();
  file[file.size() - 5] = 5;  // its length
  CHECK_THROWS_AS(ClassFile{file}, InputError);
}

TEST_CASE("class file: other magic and versions before 45 are refused") {
  CHECK_THROWS_AS(ClassFile(as_bytes("PK\x03\x04")), InputError);
  // A fat Mach-O file for two architectures.
  const ByteVector fat = {0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2, 1, 0, 0, 12, 0, 0, 0, 0};
  CHECK_THROWS_AS(ClassFile{fat}, InputError);
  const ByteVector oldest = ClassBuilder("a/B").version(45).build();
  CHECK(ClassFile(oldest).major_version() == 45);
}

TEST_CASE("class file: thousands of fields with one long constant are refused instead of copied") {
  ClassBuilder builder("a/B");
  const std::uint16_t text = builder.string(std::string(60'000, 'x'));
  for (int i = 0; i < 2'000; ++i) builder.field(kStatic, "f", kText, text);
  const ByteVector file = builder.build();
  CHECK_THROWS_AS(ClassFile{file}, InputError);
}

TEST_CASE("class file: no proper prefix is accepted") {
  const ByteVector file = typical();
  CHECK(test::truncation_sweep(file, [](Bytes bytes) { ClassFile parsed(bytes); }) == file.size());
  CHECK_NOTHROW(ClassFile{file});
}

TEST_CASE("class file: damaged files never read out of bounds") {
  test::byte_flips(
      typical(),
      [](Bytes bytes) {
        const ClassFile parsed(bytes);
        std::size_t total = 0;
        for (const std::string_view text : parsed.strings()) total += text.size();
        REQUIRE(total <= bytes.size());
      },
      20'000);
}
