#include "format/bytecode.h"

#include <doctest/doctest.h>

#include <cstring>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "hostile.h"

using namespace sdkprint;

namespace {

using Units = std::vector<std::uint16_t>;

Bytes bytes_of(const Units& units) {
  return {reinterpret_cast<const std::uint8_t*>(units.data()), units.size() * 2};
}

std::vector<Instruction> decode(const Units& units) {
  InstructionWalker walker(bytes_of(units));
  std::vector<Instruction> result;
  for (Instruction instruction; walker.next(instruction);) result.push_back(instruction);
  return result;
}

Instruction decode_one(const Units& units) {
  const std::vector<Instruction> all = decode(units);
  REQUIRE(all.size() == 1);
  CHECK(all[0].width == units.size());
  return all[0];
}

std::string failure(const Units& units) {
  try {
    decode(units);
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

bool is_unused(unsigned opcode) {
  return std::strncmp(mnemonic(static_cast<std::uint8_t>(opcode)), "unused", 6) == 0;
}

/// Every instruction kind once, made from random units.
Units random_code(std::mt19937& random) {
  Units units;
  for (int i = 0; i < 40; ++i) units.push_back(static_cast<std::uint16_t>(random()));
  return units;
}

}  // namespace

TEST_CASE("no code, no instruction") { CHECK(decode({}).empty()); }

TEST_CASE("12x: move vA, vB") {
  const Instruction i = decode_one({0x2101});
  CHECK(i.a == 1);
  CHECK(i.b == 2);
}

TEST_CASE("22x: move/from16 vAA, vBBBB") {
  const Instruction i = decode_one({0xff02, 0x1234});
  CHECK(i.a == 0xff);
  CHECK(i.b == 0x1234);
}

TEST_CASE("32x: move/16 vAAAA, vBBBB") {
  const Instruction i = decode_one({0x0003, 0xfffe, 0x0102});
  CHECK(i.a == 0xfffe);
  CHECK(i.b == 0x0102);
}

TEST_CASE("11n: const/4 is signed") {
  CHECK(decode_one({0xf312}).literal == -1);
  CHECK(decode_one({0x8312}).literal == -8);
  CHECK(decode_one({0x7312}).literal == 7);
  CHECK(decode_one({0x7312}).a == 3);
}

TEST_CASE("21s: const/16 and const-wide/16 are signed") {
  CHECK(decode_one({0x0513, 0x8000}).literal == -32768);
  CHECK(decode_one({0x0516, 0x7fff}).literal == 32767);
}

TEST_CASE("31i: const and const-wide/32 are signed") {
  CHECK(decode_one({0x0514, 0xffff, 0xffff}).literal == -1);
  CHECK(decode_one({0x0517, 0x0001, 0x8000}).literal == -2147483647);
}

TEST_CASE("21h: high16 constants are shifted") {
  CHECK(decode_one({0x0515, 0x3f80}).literal == 0x3f800000);
  CHECK(decode_one({0x0515, 0x8000}).literal == INT32_MIN);
  CHECK(decode_one({0x0519, 0x3ff0}).literal == 0x3ff0000000000000);
  CHECK(decode_one({0x0519, 0x8000}).literal == INT64_MIN);
}

TEST_CASE("51l: const-wide has all 64 bits") {
  const Instruction i = decode_one({0x0218, 0x1111, 0x2222, 0x3333, 0xf444});
  CHECK(static_cast<std::uint64_t>(i.literal) == 0xf444333322221111u);
  CHECK(i.a == 2);
}

TEST_CASE("21c: const-string names a string") {
  const Instruction i = decode_one({0x071a, 0xbeef});
  CHECK(i.index_kind == IndexKind::string);
  CHECK(i.index == 0xbeef);
  CHECK(i.a == 7);
}

TEST_CASE("31c: const-string/jumbo has a 32-bit index") {
  const Instruction i = decode_one({0x071b, 0xbeef, 0x0001});
  CHECK(i.index_kind == IndexKind::string);
  CHECK(i.index == 0x1beef);
}

TEST_CASE("22c: iget names a field and two registers") {
  const Instruction i = decode_one({0x2152, 0x0009});
  CHECK(i.index_kind == IndexKind::field);
  CHECK(i.index == 9);
  CHECK(i.a == 1);
  CHECK(i.b == 2);
}

TEST_CASE("23x: three registers") {
  const Instruction i = decode_one({0x0144, 0x0302});
  CHECK(i.a == 1);
  CHECK(i.b == 2);
  CHECK(i.c == 3);
}

TEST_CASE("22b and 22s: signed literals") {
  const Instruction lit8 = decode_one({0x01d8, 0xff02});
  CHECK(lit8.literal == -1);
  CHECK(lit8.b == 2);
  const Instruction lit16 = decode_one({0x21d0, 0xfffe});
  CHECK(lit16.literal == -2);
  CHECK(lit16.b == 2);
}

TEST_CASE("branches give their signed distance") {
  CHECK(decode_one({0xff28}).literal == -1);                       // goto
  CHECK(decode_one({0x0029, 0xff00}).literal == -256);             // goto/16
  CHECK(decode_one({0x002a, 0x0000, 0xffff}).literal == -65536);   // goto/32
  CHECK(decode_one({0x0138, 0x0010}).literal == 16);               // if-eqz
  CHECK(decode_one({0x2132, 0x0010}).literal == 16);               // if-eq
  CHECK(decode_one({0x012b, 0x0004, 0x0001}).literal == 0x10004);  // packed-switch
}

TEST_CASE("35c: arguments in their order, the fifth from the first unit") {
  const Instruction i = decode_one({0x556e, 0x0102, 0x4321});
  CHECK(i.index_kind == IndexKind::method);
  CHECK(i.index == 0x0102);
  CHECK(i.arg_count == 5);
  CHECK_FALSE(i.is_range);
  for (unsigned k = 0; k < 5; ++k) CHECK(i.args[k] == k + 1);
}

TEST_CASE("35c: unused argument registers stay zero") {
  const Instruction i = decode_one({0x1071, 0x0000, 0x4321});
  CHECK(i.arg_count == 1);
  CHECK(i.args[0] == 1);
  CHECK(i.args[1] == 0);
}

TEST_CASE("35c: more than five arguments is an error") {
  CHECK(failure({0x606e, 0, 0}).find("invoke-virtual") != std::string::npos);
}

TEST_CASE("3rc: a range of arguments") {
  const Instruction i = decode_one({0xff77, 0x0102, 0x1000});
  CHECK(i.index == 0x0102);
  CHECK(i.is_range);
  CHECK(i.arg_count == 255);
  CHECK(i.args[0] == 0x1000);
}

TEST_CASE("45cc and 4rcc: invoke-polymorphic has a method and a proto") {
  const Instruction i = decode_one({0x20fa, 0x0005, 0x0021, 0x0009});
  CHECK(i.index_kind == IndexKind::method_and_proto);
  CHECK(i.index == 5);
  CHECK(i.proto == 9);
  CHECK(i.arg_count == 2);
  const Instruction range = decode_one({0x03fb, 0x0005, 0x0010, 0x0009});
  CHECK(range.is_range);
  CHECK(range.proto == 9);
  CHECK(range.args[0] == 0x10);
}

TEST_CASE("kinds of index of the opcodes since 038") {
  CHECK(decode_one({0x00fc, 1, 0}).index_kind == IndexKind::call_site);
  CHECK(decode_one({0x00fd, 1, 0}).index_kind == IndexKind::call_site);
  CHECK(decode_one({0x00fe, 1}).index_kind == IndexKind::method_handle);
  CHECK(decode_one({0x00ff, 1}).index_kind == IndexKind::proto);
}

TEST_CASE("an instruction without an index has none") {
  const Instruction i = decode_one({0x0013, 0x1234});
  CHECK(i.index_kind == IndexKind::none);
  CHECK(i.index == 0);
}

TEST_CASE("pc counts units") {
  const std::vector<Instruction> all = decode({0x0000, 0x001a, 0x0001, 0x0018, 0, 0, 0, 0, 0x000e});
  REQUIRE(all.size() == 4);
  CHECK(all[1].pc == 1);
  CHECK(all[2].pc == 3);
  CHECK(all[3].pc == 8);
}

TEST_CASE("packed-switch payload is one instruction") {
  const Instruction i = decode_one({0x0100, 2, 0, 0, 1, 0, 2, 0});
  CHECK(i.is_payload);
  CHECK(i.width == 8);
}

TEST_CASE("sparse-switch payload is one instruction") {
  CHECK(decode_one({0x0200, 1, 0, 0, 1, 0}).is_payload);
}

TEST_CASE("fill-array-data payload is padded to whole units") {
  const Instruction i = decode_one({0x0300, 1, 3, 0, 0x2211, 0x0033});
  CHECK(i.is_payload);
  CHECK(i.width == 6);
}

TEST_CASE("empty payloads end where their heads end") {
  CHECK(decode_one({0x0100, 0, 0, 0}).is_payload);
  CHECK(decode_one({0x0200, 0}).is_payload);
  CHECK(decode_one({0x0300, 8, 0, 0}).is_payload);
}

TEST_CASE("bytes of a payload are not decoded as instructions") {
  CHECK(decode({0x0300, 2, 2, 0, 0x001a, 0x003e, 0x000e}).size() == 2);
}

TEST_CASE("a nop with an unknown high byte is a nop") {
  const Instruction i = decode_one({0x0400});
  CHECK_FALSE(i.is_payload);
  CHECK(i.width == 1);
}

TEST_CASE("payloads that claim more than there is are refused") {
  CHECK_FALSE(failure({0x0100, 0xffff, 0, 0}).empty());
  CHECK_FALSE(failure({0x0200, 0xffff, 0, 0}).empty());
  CHECK_FALSE(failure({0x0300, 0xffff, 0xffff, 0xffff}).empty());
  CHECK_FALSE(failure({0x0300, 1}).empty());
  CHECK_FALSE(failure({0x0100}).empty());
}

TEST_CASE("an unused opcode is named with its pc") {
  const std::string message = failure({0x0000, 0x0000, 0x003e});
  CHECK(message.find("unused-3e") != std::string::npos);
  CHECK(message.find("0x0002") != std::string::npos);
}

TEST_CASE("an instruction that runs past the end is named with its pc") {
  const std::string message = failure({0x0000, 0x001a});
  CHECK(message.find("const-string") != std::string::npos);
  CHECK(message.find("past the end") != std::string::npos);
  CHECK(message.find("0x0001") != std::string::npos);
}

TEST_CASE("every opcode refuses to be cut short and takes its whole width") {
  for (unsigned opcode = 1; opcode < 256; ++opcode) {
    CAPTURE(opcode);
    if (is_unused(opcode)) {
      CHECK_FALSE(failure(Units(6, static_cast<std::uint16_t>(opcode))).empty());
      continue;
    }
    Units units{static_cast<std::uint16_t>(opcode)};
    while (!failure(units).empty()) {
      REQUIRE(units.size() < 6);
      units.push_back(0);
    }
    CHECK(decode_one(units).opcode == opcode);
  }
}

TEST_CASE("there are 224 opcodes with distinct mnemonics and 32 unused ones") {
  std::set<std::string> names;
  unsigned unused = 0;
  for (unsigned opcode = 0; opcode < 256; ++opcode) {
    if (is_unused(opcode)) {
      ++unused;
    } else {
      names.insert(mnemonic(static_cast<std::uint8_t>(opcode)));
    }
  }
  CHECK(unused == 32);
  CHECK(names.size() == 224);
}

TEST_CASE("mnemonics at the seams of the table") {
  CHECK(std::string(mnemonic(0x00)) == "nop");
  CHECK(std::string(mnemonic(0x3d)) == "if-lez");
  CHECK(std::string(mnemonic(0x6d)) == "sput-short");
  CHECK(std::string(mnemonic(0x78)) == "invoke-interface/range");
  CHECK(std::string(mnemonic(0xaf)) == "rem-double");
  CHECK(std::string(mnemonic(0xcf)) == "rem-double/2addr");
  CHECK(std::string(mnemonic(0xe2)) == "ushr-int/lit8");
  CHECK(std::string(mnemonic(0xff)) == "const-method-type");
}

TEST_CASE("next_brief sees what next sees, error for error") {
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    const Units units = random_code(random);
    InstructionWalker full(bytes_of(units)), brief(bytes_of(units));
    Instruction a, b;
    try {
      while (full.next(a)) {
        REQUIRE(brief.next_brief(b));
        REQUIRE(a.pc == b.pc);
        REQUIRE(a.width == b.width);
        REQUIRE(a.opcode == b.opcode);
        REQUIRE(a.is_payload == b.is_payload);
        REQUIRE(a.index_kind == b.index_kind);
        REQUIRE(a.index == b.index);
      }
      CHECK_FALSE(brief.next_brief(b));
    } catch (const InputError& error) {
      // Only next() looks at the arguments.
      if (std::string(error.what()).find("five arguments") == std::string::npos) {
        CHECK_THROWS_AS(brief.next_brief(b), InputError);
      }
    }
  }
}

TEST_CASE("an odd last byte is no instruction") {
  const std::uint8_t bytes[] = {0x0e, 0x00, 0x1a};
  InstructionWalker walker(bytes);
  Instruction instruction;
  CHECK(walker.next(instruction));
  CHECK_FALSE(walker.next(instruction));
}

TEST_CASE("code cut at any byte is refused or decoded, never overrun") {
  const Units units{0x001a, 1, 0x106e, 2, 0, 0x0100, 1, 0, 0, 9, 0, 0x0018, 1, 2, 3, 4, 0x000e};
  const Bytes bytes = bytes_of(units);
  const std::size_t refused =
      test::truncation_sweep(test::ByteVector(bytes.begin(), bytes.end()), [](Bytes code) {
        InstructionWalker walker(code);
        for (Instruction instruction; walker.next(instruction);) {
        }
      });
  CHECK(refused > 20);
}
