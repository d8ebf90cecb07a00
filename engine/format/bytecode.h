#pragma once
// Dalvik instructions of DEX 035 to 041, table-driven. Source: AOSP "Dalvik bytecode" and "Dalvik executable
// instruction formats".
//
// Code is a row of little-endian 16-bit units; the low byte of an instruction's first unit is its opcode,
// which fixes the format and with it the width (one to five units). The data of switches and array
// initialisers lies among the instructions as payloads: a nop whose high byte is not zero. Android's verifier
// decodes every method linearly from the first unit, so a linear walk sees all code that can run.
#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "base/reader.h"

namespace sdkprint {

/// What an instruction's index operand refers to.
enum class IndexKind : std::uint8_t {
  none,
  string,
  type,
  field,
  method,
  method_and_proto,
  call_site,
  proto,
  method_handle
};

/// One decoded instruction. `pc` counts 16-bit units from the start of the method, as dexdump prints it.
struct Instruction {
  std::uint32_t pc = 0;
  std::uint32_t width = 0;  ///< in 16-bit units; a payload's whole width
  std::uint8_t opcode = 0;  ///< 0 for a payload
  bool is_payload = false;  ///< packed-switch, sparse-switch or fill-array-data payload
  IndexKind index_kind = IndexKind::none;
  std::uint32_t index = 0;  ///< string, type, field, method … index, not checked against its table
  std::uint32_t proto = 0;  ///< invoke-polymorphic's proto
  std::uint32_t a = 0, b = 0, c = 0;  ///< registers vA, vB, vC where the format has them
  /// const*: the value as loaded (high16 already shifted). Branches, switches and fill-array-data: the
  /// target's distance in units from `pc`. lit8 and lit16 operations: the operand.
  std::int64_t literal = 0;
  std::uint8_t arg_count = 0;  ///< invoke*, filled-new-array
  std::uint16_t args[5] = {};  ///< the registers of a non-range invoke; for a range, args[0] is the first
  bool is_range = false;
};

namespace bytecode {

/// What next_brief() must know of an opcode, in one 32-bit load.
struct Brief {
  std::uint8_t width;        ///< in units; 0 for nop (maybe a payload) and for unused opcodes
  IndexKind index_kind;      ///< none when there is no index
  std::uint16_t index_mask;  ///< 0xffff when there is one (in the second unit), else 0
};
static_assert(sizeof(Brief) == 4);

extern const std::array<Brief, 256> kBriefs;

/// Width of what kBriefs cannot tell: a nop, a payload, or an instruction that does not fit. `size` is that
/// of the code in units. Throws InputError for the last and for unused opcodes.
std::uint32_t irregular_width(Reader reader, std::uint32_t size, std::uint32_t pc);

constexpr std::uint8_t kConstStringJumbo = 0x1b;

}  // namespace bytecode

/// Walks a method's code linearly. Throws InputError on an instruction that runs past the end or on an unused
/// opcode, naming opcode and pc. Borrows the code; belongs to one thread.
class InstructionWalker {
 public:
  explicit InstructionWalker(Bytes insns)
      : reader_(insns, "dex code"), size_(static_cast<std::uint32_t>(insns.size() / 2)) {}

  /// Decodes the next instruction; false at the end. Every member of `out` is set.
  bool next(Instruction& out);

  /// As next(), but only pc, width, opcode, is_payload and the index with its kind are set (for scans that
  /// look for references); the other members keep what they had.
  bool next_brief(Instruction& out) {
    if (pc_ >= size_) return false;
    const std::uint8_t opcode = static_cast<std::uint8_t>(unit(pc_));
    const bytecode::Brief brief = bytecode::kBriefs[opcode];
    std::uint32_t width = brief.width;
    bool is_payload = false;
    // One comparison for "no fixed width" (0 wraps around) and "does not fit".
    if (width - 1 >= size_ - pc_) [[unlikely]] {
      width = bytecode::irregular_width(reader_, size_, pc_);
      is_payload = width > 1;
    }
    out.pc = pc_;
    out.width = width;
    out.opcode = opcode;
    out.is_payload = is_payload;
    out.index_kind = brief.index_kind;
    // Without a branch: an instruction that has no index reads its first unit and masks it away.
    out.index = unit(pc_ + (brief.index_mask & 1)) & brief.index_mask;
    if (opcode == bytecode::kConstStringJumbo) [[unlikely]]
      out.index |= std::uint32_t{unit(pc_ + 2)} << 16;
    pc_ += width;
    return true;
  }

 private:
  std::uint16_t unit(std::uint32_t pc) const { return reader_.at<std::uint16_t>(std::size_t{pc} * 2); }
  std::uint32_t unit_pair(std::uint32_t pc) const { return reader_.at<std::uint32_t>(std::size_t{pc} * 2); }
  void decode_operands(Instruction& out);
  void decode_arguments(unsigned high, Instruction& out);

  Reader reader_;
  std::uint32_t size_;  // in units
  std::uint32_t pc_ = 0;
};

/// dexdump's mnemonic ("invoke-virtual/range"); "unused-3e" for an opcode that no dex file may contain. A
/// payload is not a mnemonic's business: its opcode is nop's.
const char* mnemonic(std::uint8_t opcode);

}  // namespace sdkprint
