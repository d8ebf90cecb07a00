#pragma once
// Dalvik instructions of DEX 035 to 041, table-driven. Source: AOSP "Dalvik bytecode" and "Dalvik executable
// instruction formats".
#include <cstdint>

#include "base/bytes.h"

namespace sdkprint {

/// What an instruction's index operand refers to.
enum class IndexKind : std::uint8_t { none, string, type, field, method, method_and_proto, call_site, proto, method_handle };

/// One decoded instruction. `pc` counts 16-bit units from the start of the method, as dexdump prints it.
struct Instruction {
  std::uint32_t pc = 0;
  std::uint32_t width = 0;  ///< in 16-bit units; a payload's whole width
  std::uint8_t opcode = 0;
  bool is_payload = false;  ///< packed-switch, sparse-switch or fill-array-data payload
  IndexKind index_kind = IndexKind::none;
  std::uint32_t index = 0;     ///< string, type, field, method … index
  std::uint32_t proto = 0;     ///< invoke-polymorphic's proto
  std::uint32_t a = 0, b = 0, c = 0;  ///< registers vA, vB, vC where the format has them
  std::int64_t literal = 0;    ///< const*, branches' target offset, lit8/lit16 operations
  std::uint8_t arg_count = 0;  ///< invoke*, filled-new-array
  std::uint16_t args[5] = {};  ///< the registers of a non-range invoke; for a range, args[0] is the first
  bool is_range = false;
};

/// Walks a method's code linearly. Throws InputError on an instruction that runs past the end or on an unused
/// opcode, naming opcode and pc.
class InstructionWalker {
 public:
  explicit InstructionWalker(Bytes insns) : insns_(insns) {}
  /// Decodes the next instruction; false at the end.
  bool next(Instruction& out);

  /// As next(), but only the width, opcode and index are filled in (for scans that look for references).
  bool next_brief(Instruction& out);

 private:
  Bytes insns_;
  std::uint32_t pc_ = 0;
};

/// dexdump's mnemonic ("invoke-virtual/range").
const char* mnemonic(std::uint8_t opcode);

}  // namespace sdkprint
