#include "behaviour/constant_tracker.h"

#include "base/error.h"
#include "format/register_effects.h"

namespace sdkprint {
namespace {

constexpr std::uint8_t kMoveException = 0x0d;

}  // namespace

void ConstantTracker::begin(const DexCode& code) {
  if (slots_.size() < code.registers_size) slots_.resize(code.registers_size);
  ++line_, ++method_;
  registers_ = code.registers_size;
  first_parameter_ = code.registers_size - std::min(code.ins_size, code.registers_size);
  count_writes(code);
  walker_.emplace(code.insns);
  is_applied_ = true;
}

bool ConstantTracker::next() {
  try {
    return walker_->next(instruction_);
  } catch (const InputError&) {
    return false;
  }
}

void ConstantTracker::count_writes(const DexCode& code) {
  walker_.emplace(code.insns);
  while (next()) {
    if (writes_nothing(instruction_.opcode)) continue;
    note_write(instruction_.a, loads_number(instruction_.opcode), instruction_.literal);
    if (writes_pair(instruction_.opcode)) note_write(instruction_.a + 1, false, 0);
  }
}

void ConstantTracker::note_write(std::uint32_t reg, bool is_constant, std::int64_t value) {
  if (reg >= slots_.size()) return;
  Slot& slot = slots_[reg];
  if (slot.method != method_) slot.writes = 0;
  slot.method = method_;
  ++slot.writes;
  slot.is_constant = is_constant;
  slot.only = value;
}

bool ConstantTracker::advance_to(std::uint32_t pc) {
  while (is_applied_ || instruction_.pc < pc) {
    if (!is_applied_) apply();
    if (!next()) return false;
    is_applied_ = false;
  }
  return instruction_.pc == pc;
}

void ConstantTracker::apply() {
  is_applied_ = true;
  const std::uint8_t opcode = instruction_.opcode;
  // An exception handler is entered with whatever the registers held anywhere in its try block.
  if (ends_straight_line(opcode) || opcode == kMoveException) {
    ++line_;
    return;
  }
  if (writes_nothing(opcode)) return;
  std::optional<std::int64_t> value;
  if (loads_number(opcode)) value = instruction_.literal;
  if (is_move(opcode)) value = in_line(instruction_.b);
  set(instruction_.a, value);
  if (writes_pair(opcode)) set(instruction_.a + 1, std::nullopt);
}

void ConstantTracker::set(std::uint32_t reg, std::optional<std::int64_t> value) {
  if (reg >= slots_.size()) return;
  slots_[reg].line = value ? line_ : 0;
  slots_[reg].value = value.value_or(0);
}

std::optional<std::int64_t> ConstantTracker::in_line(std::uint32_t reg) const {
  if (reg >= slots_.size() || slots_[reg].line != line_) return std::nullopt;
  return slots_[reg].value;
}

std::optional<std::int64_t> ConstantTracker::value(std::uint32_t reg) const {
  const std::optional<std::int64_t> here = in_line(reg);
  if (here || reg >= slots_.size()) return here;
  const Slot& slot = slots_[reg];
  const bool is_parameter = reg >= first_parameter_ && reg < registers_;
  if (is_parameter || slot.method != method_ || slot.writes != 1 || !slot.is_constant) return std::nullopt;
  return slot.only;
}

}  // namespace sdkprint
