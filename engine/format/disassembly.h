#pragma once
// Dalvik code for a person's eyes, in dexdump's own notation ("dexdump -d"), so that both can be laid side by
// side.
#include <cstdint>
#include <string>
#include <vector>

#include "format/bytecode.h"
#include "format/dex.h"

namespace sdkprint {

struct DisassembledLine {
  std::uint32_t pc = 0;              ///< in 16-bit units
  std::uint64_t offset = 0;          ///< of the instruction in the file
  std::vector<std::uint16_t> units;  ///< at most 8
  std::uint32_t width = 0;           ///< units in all
  std::string text;                  ///< MUTF-8: "invoke-virtual {v0, v1}, La/B;.c:(I)V // method@0012"
};

/// One instruction without its place. An index that leads nowhere is told as dexdump tells it:
/// "<method?> // method@ffff".
std::string disassemble(const DexFile& dex, const Instruction& instruction);

/// The instructions of a code item from `context` before the one at `pc` to `context` after it; empty when no
/// instruction begins there. Throws InputError on code that cannot be decoded before it.
std::vector<DisassembledLine> disassemble_around(const DexFile& dex, const DexCode& code, std::uint32_t pc,
                                                 std::size_t context);

/// A line as `dexdump -d` prints it, without the line feed.
std::string to_dexdump_line(const DisassembledLine& line);

/// The code of a method that a class defines, found by its name in dexdump's notation
/// ("Lcom/foo/Bar;.name:(I)V", UTF-8 as reports have it); nullopt when there is none.
std::optional<DexCode> find_code(const DexFile& dex, std::string_view method);

}  // namespace sdkprint
