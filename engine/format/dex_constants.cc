#include "format/dex_constants.h"

#include <algorithm>
#include <bit>
#include <charconv>

#include "format/bytecode.h"
#include "format/register_effects.h"

namespace sdkprint {
namespace {

// Opcodes that mean something to constants ("Dalvik bytecode", instruction set).
constexpr std::uint8_t kMoveException = 0x0d;
constexpr std::uint8_t kConstString = 0x1a, kConstStringJumbo = 0x1b;
constexpr std::uint8_t kSput = 0x67, kSputObject = 0x69, kSputShort = 0x6d;
constexpr std::uint8_t kInvokeVirtual = 0x6e, kInvokeInterfaceRange = 0x78;

/// What is known of the registers at one point of a straight line of code.
class Registers {
 public:
  explicit Registers(std::size_t count) : slots_(count) {}

  void forget_all() { ++epoch_; }
  void forget(std::uint32_t reg) {
    if (reg < slots_.size()) slots_[reg].epoch = 0;
  }
  void set(std::uint32_t reg, DexValue value) {
    if (reg < slots_.size()) slots_[reg] = {epoch_, value};
  }
  std::optional<DexValue> get(std::uint32_t reg) const {
    if (reg >= slots_.size() || slots_[reg].epoch != epoch_) return std::nullopt;
    return slots_[reg].value;
  }

 private:
  struct Slot {
    std::uint64_t epoch = 0;  // known while this is the current one, so that forgetting all costs nothing
    DexValue value;
  };
  std::vector<Slot> slots_;
  std::uint64_t epoch_ = 1;
};

std::string to_text(const DexFile& dex, const DexValue& value) {
  char digits[64];
  switch (value.type) {
    case DexValue::Type::string:
      return mutf8_to_utf8(dex.string(static_cast<std::uint32_t>(value.integer)));
    case DexValue::Type::boolean:
      return value.integer != 0 ? "true" : "false";
    case DexValue::Type::floating:
      return std::string(digits, std::to_chars(digits, std::end(digits), value.floating).ptr);
    default:
      return std::to_string(value.integer);
  }
}

bool is_constant(DexValue::Type type) {
  return type == DexValue::Type::string || type == DexValue::Type::integer ||
         type == DexValue::Type::boolean || type == DexValue::Type::floating;
}

bool decodes(InstructionWalker& walker, Instruction& instruction) {
  try {
    return walker.next(instruction);
  } catch (const InputError&) {
    return false;
  }
}

/// An instruction's effect on what is known.
void apply(const Instruction& instruction, Registers& registers) {
  const std::uint8_t opcode = instruction.opcode;
  // An exception handler is entered with whatever the registers held anywhere in its try block.
  if (is_branch(opcode) || opcode == kMoveException) return registers.forget_all();
  if (writes_nothing(opcode)) return;
  registers.forget(instruction.a);
  if (writes_pair(opcode)) registers.forget(instruction.a + 1);
  if (loads_number(opcode)) {
    registers.set(instruction.a, {DexValue::Type::integer, instruction.literal, 0});
  } else if (opcode == kConstString || opcode == kConstStringJumbo) {
    registers.set(instruction.a, {DexValue::Type::string, std::int64_t{instruction.index}, 0});
  }
}

char first_letter(std::string_view text) { return text.empty() ? char{0} : text.front(); }

/// A bit pattern in a register, read as the field's type says.
DexValue as_field_type(std::int64_t bits, char type) {
  switch (type) {
    case 'Z':
      return {DexValue::Type::boolean, bits & 1, 0};
    case 'F':
      return {DexValue::Type::floating, 0, std::bit_cast<float>(static_cast<std::uint32_t>(bits))};
    case 'D':
      return {DexValue::Type::floating, 0, std::bit_cast<double>(bits)};
    default:
      return {DexValue::Type::integer, bits, 0};
  }
}

/// Where branches lead, in ascending order. A switch's targets are not collected: the walk ends at a switch.
std::vector<std::uint32_t> branch_targets(Bytes insns) {
  std::vector<std::uint32_t> targets;
  try {
    InstructionWalker walker(insns);
    for (Instruction instruction; walker.next(instruction);) {
      if (is_switch(instruction.opcode)) break;
      if (!has_branch_target(instruction.opcode)) continue;
      const std::int64_t target = instruction.pc + instruction.literal;
      if (target >= 0 && target <= UINT32_MAX) targets.push_back(static_cast<std::uint32_t>(target));
    }
  } catch (const InputError&) {
    // The walk over the same code ends at the same place.
  }
  std::sort(targets.begin(), targets.end());
  return targets;
}

/// Follows code in a straight line and calls `visit(instruction, registers)` before each instruction's own
/// effect: a register keeps its constant until it is written, or until a branch or the target of one.
template <typename Visit>
void follow(const DexCode& code, Visit visit) {
  Registers registers(code.registers_size);
  const std::vector<std::uint32_t> targets = branch_targets(code.insns);
  std::vector<std::uint32_t>::const_iterator target = targets.begin();
  InstructionWalker walker(code.insns);
  for (Instruction instruction; decodes(walker, instruction) && !is_switch(instruction.opcode);) {
    if (target != targets.end() && *target <= instruction.pc) {
      registers.forget_all();
      while (target != targets.end() && *target <= instruction.pc) ++target;
    }
    visit(instruction, registers);
    apply(instruction, registers);
  }
}

/// Follows <clinit> and notes what it stores.
class ClinitWalk {
 public:
  ClinitWalk(const DexFile& dex, const DexClassDef& def, std::vector<StaticConstant>& out)
      : dex_(dex), def_(def), out_(out) {}

  void run(const DexCode& code) {
    follow(code, [&](const Instruction& instruction, const Registers& registers) {
      if (instruction.opcode >= kSput && instruction.opcode <= kSputShort) store(instruction, registers);
    });
  }

 private:
  void store(const Instruction& instruction, const Registers& registers) {
    const std::optional<DexValue> known = registers.get(instruction.a);
    if (!known) return;
    const DexFieldId field = dex_.field(instruction.index);
    if (field.class_idx != def_.class_idx) return;
    DexValue value = *known;
    const bool is_string = value.type == DexValue::Type::string;
    if (is_string != (instruction.opcode == kSputObject)) return;  // null, or code that cannot verify
    if (!is_string) value = as_field_type(value.integer, first_letter(dex_.type(field.type_idx)));
    out_.push_back(
        {instruction.index, dex_.string(field.name_idx), value, to_text(dex_, value), instruction.pc});
  }

  const DexFile& dex_;
  const DexClassDef& def_;
  std::vector<StaticConstant>& out_;
};

void add_static_values(const DexFile& dex, const DexClassDef& def, const DexClassData& data,
                       std::vector<StaticConstant>& out) {
  if (def.static_values_off == 0) return;
  const std::vector<DexValue> values = dex.encoded_array(def.static_values_off, data.static_fields.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_constant(values[i].type)) continue;
    const std::uint32_t field_idx = data.static_fields[i].field_idx;
    out.push_back(
        {field_idx, dex.string(dex.field(field_idx).name_idx), values[i], to_text(dex, values[i]), {}});
  }
}

}  // namespace

std::vector<StaticConstant> static_constants(const DexFile& dex, const DexClassDef& def) {
  std::vector<StaticConstant> result;
  DexClassData data;
  dex.class_data(def.class_data_off, data);
  add_static_values(dex, def, data, result);
  for (const DexMethod& method : data.direct_methods) {
    if (method.code_off == 0 || dex.string(dex.method(method.method_idx).name_idx) != "<clinit>") continue;
    ClinitWalk(dex, def, result).run(dex.code(method.code_off));
    break;  // a class has one
  }
  return result;
}

std::string call_constants(const DexFile& dex, std::uint32_t code_off, std::size_t limit) {
  std::string text;
  const auto add = [&](const Registers& registers, std::uint32_t reg) {
    const std::optional<DexValue> value = registers.get(reg);
    if (!value || text.size() >= limit) return;
    if (!text.empty()) text += ' ';
    text += to_text(dex, *value);
  };
  follow(dex.code(code_off), [&](const Instruction& instruction, const Registers& registers) {
    if (instruction.opcode < kInvokeVirtual || instruction.opcode > kInvokeInterfaceRange) return;
    for (std::uint32_t i = 0; i < instruction.arg_count; ++i) {
      add(registers, instruction.is_range ? std::uint32_t{instruction.args[0]} + i : instruction.args[i]);
    }
  });
  return text;
}

CodeStrings code_strings(const DexFile& dex, const DexClassDef& def) {
  CodeStrings result;
  DexClassData data;
  dex.class_data(def.class_data_off, data);
  std::size_t budget = dex.file().size();
  const auto walk = [&](const DexMethod& method) {
    if (method.code_off == 0) return;
    try {
      const Bytes insns = dex.code(method.code_off).insns;
      if (insns.size() > budget) throw InputError(InputError::Kind::limit, "dex code: longer than its file");
      budget -= insns.size();
      InstructionWalker walker(insns);
      for (Instruction instruction; walker.next_brief(instruction);) {
        if (instruction.index_kind != IndexKind::string) continue;
        if (instruction.index >= dex.string_count()) throw InputError("dex code: no such string");
        result.strings.push_back({method.method_idx, instruction.pc, instruction.index});
      }
    } catch (const InputError&) {
      ++result.unreadable_methods;
    }
  };
  for (const DexMethod& method : data.direct_methods) walk(method);
  for (const DexMethod& method : data.virtual_methods) walk(method);
  return result;
}

}  // namespace sdkprint
