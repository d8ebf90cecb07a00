// Source of the notation: AOSP art/dexdump/dexdump.cc, dumpInstruction() and indexString().
#include "format/disassembly.h"

#include <algorithm>
#include <cinttypes>
#include <cstdarg>
#include <cstdio>
#include <deque>

#include "format/mutf8.h"
#include "format/opcode_table.h"

namespace sdkprint {
namespace {

using bytecode::Format;

constexpr std::uint8_t kNop = 0x00, kConstHigh16 = 0x15, kConstStringJumbo = 0x1b;
constexpr std::size_t kUnitsShown = 7;  // of a long payload, then " ... "

[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...) {
  char text[256];
  va_list arguments;
  va_start(arguments, pattern);
  std::vsnprintf(text, sizeof text, pattern, arguments);
  va_end(arguments);
  return text;
}

std::string field_name(const DexFile& dex, std::uint32_t index) {
  const DexFieldId field = dex.field(index);
  return std::string(dex.type(field.class_idx)) + "." + std::string(dex.string(field.name_idx)) + ":" +
         std::string(dex.type(field.type_idx));
}

std::string referred(const DexFile& dex, const Instruction& at) {
  switch (at.index_kind) {
    case IndexKind::string:
      return "\"" + std::string(dex.string(at.index)) + "\"";
    case IndexKind::type:
      return std::string(dex.type(at.index));
    case IndexKind::field:
      return field_name(dex, at.index);
    case IndexKind::method:
      return dex.method_name(at.index);
    case IndexKind::method_and_proto:
      return dex.method_name(at.index) + ", " + dex.proto_descriptor(at.proto);
    case IndexKind::proto:
      return dex.proto_descriptor(at.index);
    case IndexKind::call_site:
    case IndexKind::method_handle:
    case IndexKind::none:
      break;
  }
  return {};
}

const char* kind_name(IndexKind kind) {
  switch (kind) {
    case IndexKind::string:
      return "string";
    case IndexKind::type:
      return "type";
    case IndexKind::field:
      return "field";
    case IndexKind::method:
    case IndexKind::method_and_proto:
      return "method";
    case IndexKind::proto:
      return "proto";
    case IndexKind::call_site:
      return "call_site";
    case IndexKind::method_handle:
      return "method_handle";
    case IndexKind::none:
      break;
  }
  return "";
}

/// "La/B;.c:(I)V // method@0012"
std::string index_text(const DexFile& dex, const Instruction& at) {
  const char* kind = kind_name(at.index_kind);
  std::string text;
  try {
    text = referred(dex, at);
  } catch (const InputError&) {
    text = format("<%s?>", kind);
  }
  const bool has_text = at.index_kind != IndexKind::call_site && at.index_kind != IndexKind::method_handle;
  if (has_text) text += " // ";
  const int digits = at.opcode == kConstStringJumbo ? 8 : 4;
  text += format("%s@%0*x", kind, digits, at.index);
  if (at.index_kind == IndexKind::method_and_proto) text += format(", proto@%04x", at.proto);
  return text;
}

std::string arguments_text(const Instruction& at) {
  std::string text = "{";
  for (std::uint32_t i = 0; i < at.arg_count; ++i) {
    text += format("%sv%u", i == 0 ? "" : ", ", at.is_range ? at.args[0] + i : unsigned{at.args[i]});
  }
  return text + "}";
}

/// A branch's target and distance.
std::string branch_text(const Instruction& at, int digits) {
  const std::int64_t distance = at.literal;
  const std::uint32_t target = static_cast<std::uint32_t>(at.pc + distance);
  return format("%0*x // %c%0*" PRIx64, digits, target, distance < 0 ? '-' : '+', digits,
                static_cast<std::uint64_t>(distance < 0 ? -distance : distance));
}

/// A literal as a number and as the bits that stand in the instruction.
std::string literal_text(std::int64_t value, std::uint64_t bits, const char* type, int digits) {
  return format("#%s %" PRId64 " // #%0*" PRIx64, type, value, digits, bits);
}

std::string float_text(std::int64_t bits) {
  const std::uint32_t raw = static_cast<std::uint32_t>(bits);
  float value = 0;
  std::memcpy(&value, &raw, sizeof value);
  return format("#float %g // #%08x", static_cast<double>(value), raw);
}

std::string double_text(std::int64_t bits) {
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return format("#double %g // #%016" PRIx64, value, static_cast<std::uint64_t>(bits));
}

std::string high16_text(const Instruction& at) {
  if (at.opcode == kConstHigh16)
    return literal_text(at.literal, static_cast<std::uint16_t>(at.literal >> 16), "int", 1);
  return literal_text(at.literal, static_cast<std::uint16_t>(at.literal >> 48), "long", 1);
}

std::string operands(const DexFile& dex, const Instruction& at) {
  switch (bytecode::kOpcodes[at.opcode].format) {
    case Format::unused:
    case Format::k10x:
      return {};
    case Format::k12x:
    case Format::k22x:
    case Format::k32x:
      return format("v%u, v%u", at.a, at.b);
    case Format::k11n:
      return format("v%u, ", at.a) +
             literal_text(at.literal, static_cast<std::uint8_t>(at.literal), "int", 1);
    case Format::k11x:
      return format("v%u", at.a);
    case Format::k10t:
    case Format::k20t:
      return branch_text(at, 4);
    case Format::k21t:
      return format("v%u, ", at.a) + branch_text(at, 4);
    case Format::k21s:
      return format("v%u, ", at.a) +
             literal_text(at.literal, static_cast<std::uint16_t>(at.literal), "int", 1);
    case Format::k21h:
      return format("v%u, ", at.a) + high16_text(at);
    case Format::k21c:
    case Format::k31c:
      return format("v%u, ", at.a) + index_text(dex, at);
    case Format::k23x:
      return format("v%u, v%u, v%u", at.a, at.b, at.c);
    case Format::k22b:
      return format("v%u, v%u, ", at.a, at.b) +
             literal_text(at.literal, static_cast<std::uint8_t>(at.literal), "int", 2);
    case Format::k22t:
      return format("v%u, v%u, ", at.a, at.b) + branch_text(at, 4);
    case Format::k22s:
      return format("v%u, v%u, ", at.a, at.b) +
             literal_text(at.literal, static_cast<std::uint16_t>(at.literal), "int", 4);
    case Format::k22c:
      return format("v%u, v%u, ", at.a, at.b) + index_text(dex, at);
    case Format::k30t:
      return format("#%08x", static_cast<std::uint32_t>(at.literal));
    case Format::k31i:
      return format("v%u, ", at.a) + float_text(at.literal);
    case Format::k31t: {
      const std::uint32_t distance = static_cast<std::uint32_t>(at.literal);
      return format("v%u, %08x // +%08x", at.a, at.pc + distance, distance);
    }
    case Format::k35c:
    case Format::k3rc:
    case Format::k45cc:
    case Format::k4rcc:
      return arguments_text(at) + ", " + index_text(dex, at);
    case Format::k51l:
      return format("v%u, ", at.a) + double_text(at.literal);
  }
  return {};
}

/// A payload's name, by its first unit's high byte.
const char* payload_name(std::uint16_t first) {
  return first == 0x0100 ? "packed-switch-data" : first == 0x0200 ? "sparse-switch-data" : "array-data";
}

DisassembledLine line_of(const DexFile& dex, const DexCode& code, const Instruction& at) {
  DisassembledLine line;
  line.pc = at.pc;
  line.offset = code.insns_off + std::uint64_t{at.pc} * 2;
  line.width = at.width;
  const Reader reader(code.insns, "dex code");
  for (std::uint32_t i = 0; i < at.width && i <= kUnitsShown; ++i) {
    line.units.push_back(reader.at<std::uint16_t>((std::size_t{at.pc} + i) * 2));
  }
  line.text =
      at.is_payload ? format("%s (%u units)", payload_name(line.units[0]), at.width) : disassemble(dex, at);
  return line;
}

/// Name and types of a method reference, and whether a class_def's method is the one that is looked for.
bool is_method(const DexFile& dex, std::uint32_t method_idx, std::string_view wanted) {
  return mutf8_to_utf8(dex.method_name(method_idx)) == wanted;
}

}  // namespace

std::string disassemble(const DexFile& dex, const Instruction& instruction) {
  if (instruction.opcode == kNop) return "nop // spacer";
  const std::string rest = operands(dex, instruction);
  return rest.empty() ? mnemonic(instruction.opcode) : mnemonic(instruction.opcode) + (" " + rest);
}

std::vector<DisassembledLine> disassemble_around(const DexFile& dex, const DexCode& code, std::uint32_t pc,
                                                 std::size_t context) {
  std::deque<Instruction> window;
  InstructionWalker walker(code.insns);
  Instruction at;
  bool is_found = false;
  std::size_t after = 0;
  while ((!is_found || after < context) && walker.next(at)) {
    if (is_found) ++after;
    window.push_back(at);
    is_found = is_found || at.pc == pc;
    if (at.pc > pc && !is_found) return {};
    if (!is_found && window.size() > context) window.pop_front();
  }
  if (!is_found) return {};
  std::vector<DisassembledLine> lines;
  for (const Instruction& one : window) lines.push_back(line_of(dex, code, one));
  return lines;
}

std::string to_dexdump_line(const DisassembledLine& line) {
  std::string text = format("%06" PRIx64 ":", line.offset);
  for (std::size_t i = 0; i <= kUnitsShown; ++i) {
    if (i >= line.units.size())
      text += "     ";
    else if (i == kUnitsShown)
      text += " ... ";
    else  // the bytes in the order of the file
      text += format(" %02x%02x", line.units[i] & 0xffu, line.units[i] >> 8u);
  }
  return text + format("|%04x: ", line.pc) + line.text;
}

std::optional<DexCode> find_code(const DexFile& dex, std::string_view method) {
  const std::size_t end = method.find(";.");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view descriptor = method.substr(0, end + 1);
  DexClassData data;
  for (std::uint32_t i = 0; i < dex.class_count(); ++i) {
    try {
      const DexClassDef def = dex.class_def(i);
      if (mutf8_to_utf8(dex.type(def.class_idx)) != descriptor) continue;
      dex.class_data(def.class_data_off, data);
      for (const std::vector<DexMethod>* methods : {&data.direct_methods, &data.virtual_methods}) {
        for (const DexMethod& one : *methods) {
          if (one.code_off != 0 && is_method(dex, one.method_idx, method)) return dex.code(one.code_off);
        }
      }
    } catch (const InputError&) {
      continue;  // a broken class hides no other
    }
  }
  return std::nullopt;
}

}  // namespace sdkprint
