#pragma once
// The 256 opcodes of the Dalvik bytecode and their formats, for format/bytecode.cc only.
#include <cstdint>

#include "format/bytecode.h"

namespace sdkprint::bytecode {

/// The specification's names: number of units, number of registers (r: a range of them), kind of extra data
/// (n, s, i, l: literals; b: byte literal; h: high bits; c: index; cc: two indexes; t: branch target; x:
/// none).
enum class Format : std::uint8_t {
  unused,
  k10x,
  k12x,
  k11n,
  k11x,
  k10t,
  k20t,
  k22x,
  k21t,
  k21s,
  k21h,
  k21c,
  k23x,
  k22b,
  k22t,
  k22s,
  k22c,
  k30t,
  k32x,
  k31i,
  k31t,
  k31c,
  k35c,
  k3rc,
  k45cc,
  k4rcc,
  k51l
};

struct Opcode {
  const char* mnemonic;
  Format format;
  IndexKind index_kind;
};

extern const Opcode kOpcodes[256];

}  // namespace sdkprint::bytecode
