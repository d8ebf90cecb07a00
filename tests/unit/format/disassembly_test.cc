// Instructions in dexdump's notation. The texts expected here were printed by dexdump 11.
#include "format/disassembly.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "dex_builder.h"
#include "hostile.h"

namespace sdkprint {
namespace {

using namespace test;
using Lines = std::vector<std::string>;

/// The text of each instruction.
Lines texts(const Code& code) {
  DexBuilder builder;
  builder.add_class("Lapp/A;").method("m", "()V", code);
  const ByteVector bytes = builder.build();
  const DexFile dex(bytes);
  const std::optional<DexCode> found = find_code(dex, "Lapp/A;.m:()V");
  REQUIRE(found);
  Lines lines;
  InstructionWalker walker(found->insns);
  for (Instruction at; walker.next(at);) lines.push_back(disassemble(dex, at));
  return lines;
}

std::string text(std::initializer_list<std::uint16_t> units) { return texts(Code().raw(units)).front(); }

TEST_CASE("registers, literals and branches") {
  CHECK(text({0x000e}) == "return-void");
  CHECK(text({0x0101}) == "move v1, v0");
  CHECK(text({0x0000}) == "nop // spacer");
  CHECK(text({0x0602, 0x0010}) == "move/from16 v6, v16");
  CHECK(text({0x1312}) == "const/4 v3, #int 1 // #1");
  CHECK(text({0x0113, 0x0012}) == "const/16 v1, #int 18 // #12");
  CHECK(text({0x0815, 0x3f80}) == "const/high16 v8, #int 1065353216 // #3f80");
  CHECK(text({0x0019, 0x8000}) == "const-wide/high16 v0, #long -9223372036854775808 // #8000");
  CHECK(text({0x0d14, 0x002c, 0x0102}) == "const v13, #float 2.38774e-38 // #0102002c");
  CHECK(text({0x0618, 0x999a, 0x9999, 0x9999, 0x3fa9}) == "const-wide v6, #double 0.05 // #3fa999999999999a");
  CHECK(text({0x02df, 0xff01}) == "xor-int/lit8 v2, v1, #int -1 // #ff");
  CHECK(text({0x00d0, 0xd8f0}) == "add-int/lit16 v0, v0, #int -10000 // #d8f0");
  CHECK(text({0x0198, 0x0203}) == "shl-int v1, v3, v2");
  CHECK(text({0x1034, 0x000a}) == "if-lt v0, v1, 000a // +000a");
  CHECK(text({0x0438, 0xfffe}) == "if-eqz v4, fffffffe // -0002");
  CHECK(text({0x012b, 0x0012, 0x0000}) == "packed-switch v1, 00000012 // +00000012");
}

TEST_CASE("what an instruction refers to") {
  CHECK(
      texts(Code().const_string(0, "UNKNOWN"))[0].starts_with("const-string v0, \"UNKNOWN\" // string@000"));
  CHECK(texts(Code().const_string_jumbo(1, "A"))[0].starts_with(
      "const-string/jumbo v1, \"A\" // string@0000000"));
  CHECK(texts(Code().const_class(6, "Landroid/app/ActionBar;"))[0].starts_with(
      "const-class v6, Landroid/app/ActionBar; // type@000"));
  CHECK(texts(Code().field_op(0x60, 0, {"La/B;", "C", "I"}))[0] == "sget v0, La/B;.C:I // field@0000");
  CHECK(texts(Code().invoke_virtual("La/B;", "c", "(I)V", {0, 2}))[0].starts_with(
      "invoke-virtual {v0, v2}, La/B;.c:(I)V // method@000"));
  CHECK(texts(Code().invoke_static("La/B;", "c", "()V"))[0].starts_with("invoke-static {}, La/B;.c:()V // "));
  CHECK(texts(Code().invoke_range(0x77, {"La/B;", "c", "(III)V"}, 3, 3))[0].starts_with(
      "invoke-static/range {v3, v4, v5}, La/B;.c:(III)V // method@000"));
}

TEST_CASE("an index that leads nowhere is told") {
  CHECK(text({0x001a, 0xffff}) == "const-string v0, <string?> // string@ffff");
  CHECK(text({0x206e, 0xffff, 0x0000}) == "invoke-virtual {v0, v0}, <method?> // method@ffff");
}

TEST_CASE("a window around one instruction, as dexdump prints it") {
  DexBuilder builder;
  Code code;
  for (std::uint8_t i = 0; i < 6; ++i) code.const_int(i, i);
  builder.add_class("Lapp/A;").method("m", "()V", code.return_void());
  const ByteVector bytes = builder.build();
  const DexFile dex(bytes);
  const DexCode found = *find_code(dex, "Lapp/A;.m:()V");
  const std::vector<DisassembledLine> lines = disassemble_around(dex, found, 3, 2);
  REQUIRE(lines.size() == 5);
  CHECK(lines[0].pc == 1);
  CHECK(lines[4].pc == 5);
  CHECK(lines[2].offset == found.insns_off + 6);
  char expected[100];
  std::snprintf(expected, sizeof expected,
                "%06x: 1233                                   |0003: const/4 v3, #int 3 // #3",
                found.insns_off + 6);
  CHECK(to_dexdump_line(lines[2]) == expected);
  CHECK(disassemble_around(dex, found, 0, 2).size() == 3);
  CHECK(disassemble_around(dex, found, 6, 2).size() == 3);
  CHECK(disassemble_around(dex, found, 7, 2).empty());
}

TEST_CASE("no instruction begins within another") {
  DexBuilder builder;
  builder.add_class("Lapp/A;").method("m", "()V", Code().const_string(0, "x").return_void());
  const ByteVector bytes = builder.build();
  const DexFile dex(bytes);
  CHECK(disassemble_around(dex, *find_code(dex, "Lapp/A;.m:()V"), 1, 2).empty());
}

TEST_CASE("payloads are one line with seven units") {
  Code code;
  code.raw({0x0300, 0x0004, 0x0005, 0x0000, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  DexBuilder builder;
  builder.add_class("Lapp/A;").method("m", "()V", code.return_void());
  const ByteVector bytes = builder.build();
  const DexFile dex(bytes);
  const std::vector<DisassembledLine> lines = disassemble_around(dex, *find_code(dex, "Lapp/A;.m:()V"), 0, 0);
  REQUIRE(lines.size() == 1);
  CHECK(to_dexdump_line(lines[0]).ends_with(
      ": 0003 0400 0500 0000 0100 0200 0300 ... |0000: array-data (14 units)"));
}

TEST_CASE("a method that is not there") {
  DexBuilder builder;
  builder.add_class("Lapp/A;").method("m", "()V", Code().return_void());
  const ByteVector bytes = builder.build();
  const DexFile dex(bytes);
  for (const char* name : {"Lapp/A;.m:(I)V", "Lapp/B;.m:()V", "m", ""}) CHECK_FALSE(find_code(dex, name));
}

TEST_CASE("no change of bytes crashes the disassembly") {
  DexBuilder builder;
  builder.add_class("Lapp/A;").method("m", "()V",
                                      Code()
                                          .const_string(0, "x")
                                          .invoke_virtual("La/B;", "c", "(I)V", {0, 2})
                                          .const_class(1, "La/C;")
                                          .return_void());
  byte_flips(builder.build(), [](Bytes bytes) {
    const DexFile dex(bytes);
    if (const std::optional<DexCode> code = find_code(dex, "Lapp/A;.m:()V"))
      disassemble_around(dex, *code, 2, 9);
  });
}

}  // namespace
}  // namespace sdkprint
