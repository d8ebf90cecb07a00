#pragma once
// Which integers a method's calls receive. What counts is whether some path gives the constant, so registers
// are followed from one instruction to the next, past branches and their targets; only where control never
// falls through is everything forgotten. A constant that a compiler loaded far ahead (dx collects those used
// twice at the method's start) is still known when its register is written nowhere else in the method.
#include <cstdint>
#include <optional>
#include <vector>

#include "format/bytecode.h"
#include "format/dex.h"

namespace sdkprint {

/// Its memory is reused from method to method. Belongs to one thread.
class ConstantTracker {
 public:
  /// Before the method's first instruction. Walks the code once; throws nothing: code that cannot be decoded
  /// ends it.
  void begin(const DexCode& code);
  /// What the registers hold when the instruction at `pc` runs; `pc` ascending from call to call. False when
  /// the code cannot be decoded so far.
  bool advance_to(std::uint32_t pc);
  /// The instruction that was advanced to, fully decoded.
  const Instruction& instruction() const { return instruction_; }
  std::optional<std::int64_t> value(std::uint32_t reg) const;

 private:
  struct Slot {
    std::uint64_t line = 0;    // known while it is the current straight line
    std::uint64_t method = 0;  // the writes below are of this method
    std::uint32_t writes = 0;
    bool is_constant = false;  // the only write loads `only`
    std::int64_t value = 0, only = 0;
  };
  bool next();
  void count_writes(const DexCode& code);
  void note_write(std::uint32_t reg, bool is_constant, std::int64_t value);
  void apply();
  void set(std::uint32_t reg, std::optional<std::int64_t> value);
  std::optional<std::int64_t> in_line(std::uint32_t reg) const;

  std::vector<Slot> slots_;
  std::uint64_t line_ = 0, method_ = 0;
  std::uint32_t first_parameter_ = 0, registers_ = 0;  // parameters are written by the caller
  std::optional<InstructionWalker> walker_;
  Instruction instruction_;
  bool is_applied_ = true;
};

}  // namespace sdkprint
