#include "format/bytecode.h"

#include <cstdio>

#include "format/opcode_table.h"

namespace sdkprint {
namespace {

using bytecode::Format;

constexpr std::uint8_t kNop = 0x00;
constexpr std::uint8_t kConstHigh16 = 0x15;
constexpr unsigned kMaxArguments = 5;

// A payload's first unit (dex-format of the instructions, "packed-switch-payload" and its neighbours).
constexpr std::uint16_t kPackedSwitch = 0x0100;
constexpr std::uint16_t kSparseSwitch = 0x0200;
constexpr std::uint16_t kFillArrayData = 0x0300;

std::int64_t signed4(unsigned value) { return static_cast<std::int64_t>(value ^ 8) - 8; }
std::int64_t signed8(unsigned value) { return static_cast<std::int8_t>(value); }
std::int64_t signed16(unsigned value) { return static_cast<std::int16_t>(value); }
std::int64_t signed32(std::uint32_t value) { return static_cast<std::int32_t>(value); }

[[noreturn]] void fail(std::uint8_t opcode, std::uint32_t pc, const char* message) {
  char text[128];
  std::snprintf(text, sizeof text, "dex code: %s (0x%02x) at pc 0x%04x: %s", mnemonic(opcode), opcode, pc,
                message);
  throw InputError(text);
}

bool is_payload_head(std::uint16_t first) {
  return first == kPackedSwitch || first == kSparseSwitch || first == kFillArrayData;
}

/// In units. A hostile size gives more than 2^32 of them; the caller compares it with what is there.
std::uint64_t payload_width(const Reader& reader, std::uint32_t pc) {
  const std::size_t start = std::size_t{pc} * 2;
  const std::uint16_t first = reader.at<std::uint16_t>(start);
  const std::uint64_t count = reader.at<std::uint16_t>(start + 2);
  if (first == kPackedSwitch) return 4 + count * 2;
  if (first == kSparseSwitch) return 2 + count * 4;
  return 4 + (count * reader.at<std::uint32_t>(start + 4) + 1) / 2;
}

}  // namespace

/// What the fast path leaves: nops, payloads and everything bad.
std::uint32_t bytecode::irregular_width(Reader reader, std::uint32_t size, std::uint32_t pc) {
  const std::uint16_t first = reader.at<std::uint16_t>(std::size_t{pc} * 2);
  const std::uint8_t opcode = static_cast<std::uint8_t>(first);
  if (opcode != kNop) {
    const bool is_unused = bytecode::kBriefs[opcode].width == 0;
    fail(opcode, pc, is_unused ? "unused opcode" : "instruction runs past the end");
  }
  if (!is_payload_head(first)) return 1;
  const std::uint64_t width = payload_width(reader, pc);
  if (width > size - pc) fail(opcode, pc, "payload runs past the end");
  return static_cast<std::uint32_t>(width);
}

bool InstructionWalker::next(Instruction& out) {
  out = Instruction{};
  if (!next_brief(out)) return false;
  if (!out.is_payload) decode_operands(out);
  return true;
}

/// Only reads units within the instruction's width, which next_brief() has compared with the end.
void InstructionWalker::decode_operands(Instruction& out) {
  const std::uint16_t first = unit(out.pc);
  const unsigned high = first >> 8;
  const unsigned low_nibble = high & 0xf, high_nibble = high >> 4;
  const std::uint16_t second = out.width > 1 ? unit(out.pc + 1) : std::uint16_t{0};
  switch (bytecode::kOpcodes[out.opcode].format) {
    case Format::unused:
    case Format::k10x:
      break;
    case Format::k12x:
      out.a = low_nibble, out.b = high_nibble;
      break;
    case Format::k11n:
      out.a = low_nibble, out.literal = signed4(high_nibble);
      break;
    case Format::k11x:
      out.a = high;
      break;
    case Format::k10t:
      out.literal = signed8(high);
      break;
    case Format::k20t:
      out.literal = signed16(second);
      break;
    case Format::k22x:
      out.a = high, out.b = second;
      break;
    case Format::k21t:
    case Format::k21s:
      out.a = high, out.literal = signed16(second);
      break;
    case Format::k21h:
      out.a = high;
      out.literal =
          signed16(second) * (out.opcode == kConstHigh16 ? std::int64_t{1} << 16 : std::int64_t{1} << 48);
      break;
    case Format::k21c:
    case Format::k31c:
      out.a = high;
      break;
    case Format::k23x:
      out.a = high, out.b = second & 0xff, out.c = second >> 8;
      break;
    case Format::k22b:
      out.a = high, out.b = second & 0xff, out.literal = signed8(second >> 8);
      break;
    case Format::k22t:
    case Format::k22s:
      out.a = low_nibble, out.b = high_nibble, out.literal = signed16(second);
      break;
    case Format::k22c:
      out.a = low_nibble, out.b = high_nibble;
      break;
    case Format::k30t:
      out.literal = signed32(unit_pair(out.pc + 1));
      break;
    case Format::k32x:
      out.a = second, out.b = unit(out.pc + 2);
      break;
    case Format::k31i:
    case Format::k31t:
      out.a = high, out.literal = signed32(unit_pair(out.pc + 1));
      break;
    case Format::k35c:
    case Format::k3rc:
    case Format::k45cc:
    case Format::k4rcc:
      decode_arguments(high, out);
      break;
    case Format::k51l:
      out.a = high;
      out.literal =
          static_cast<std::int64_t>(unit_pair(out.pc + 1) | std::uint64_t{unit_pair(out.pc + 3)} << 32);
      break;
  }
}

/// 35c, 3rc and their two-index kin 45cc, 4rcc: the argument registers stand in the third unit (and, for a
/// fifth one, in the first), the proto index in the fourth.
void InstructionWalker::decode_arguments(unsigned high, Instruction& out) {
  const Format format = bytecode::kOpcodes[out.opcode].format;
  const std::uint16_t third = unit(out.pc + 2);
  out.is_range = format == Format::k3rc || format == Format::k4rcc;
  if (out.width == 4) out.proto = unit(out.pc + 3);
  if (out.is_range) {
    out.arg_count = static_cast<std::uint8_t>(high);
    out.args[0] = third;
    return;
  }
  const unsigned count = high >> 4;
  if (count > kMaxArguments) fail(out.opcode, out.pc, "more than five arguments");
  out.arg_count = static_cast<std::uint8_t>(count);
  for (unsigned i = 0; i < count; ++i) {
    out.args[i] = i < 4 ? third >> (i * 4) & 0xf : high & 0xf;
  }
}

const char* mnemonic(std::uint8_t opcode) { return bytecode::kOpcodes[opcode].mnemonic; }

}  // namespace sdkprint
