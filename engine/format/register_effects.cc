#include "format/register_effects.h"

#include <algorithm>

namespace sdkprint {
namespace {

struct OpcodeRange {
  std::uint8_t first, last;
  bool contains(std::uint8_t opcode) const { return opcode >= first && opcode <= last; }
};

template <std::size_t N>
bool in_any(const OpcodeRange (&ranges)[N], std::uint8_t opcode) {
  return std::any_of(ranges, ranges + N, [&](const OpcodeRange& range) { return range.contains(opcode); });
}

constexpr OpcodeRange kMoves = {0x01, 0x09};
constexpr OpcodeRange kReturns = {0x0e, 0x11};
constexpr OpcodeRange kNumbers = {0x12, 0x19};  // const/4 … const-wide/high16
constexpr OpcodeRange kThrow = {0x27, 0x27};
constexpr OpcodeRange kGotos = {0x28, 0x2a};
constexpr OpcodeRange kSwitches = {0x2b, 0x2c};
constexpr OpcodeRange kIfs = {0x32, 0x3d};

}  // namespace

bool is_branch(std::uint8_t opcode) {
  static constexpr OpcodeRange kBranches[] = {kReturns, kThrow, kGotos, kSwitches, kIfs};
  return in_any(kBranches, opcode);
}

bool ends_straight_line(std::uint8_t opcode) {
  static constexpr OpcodeRange kEnds[] = {kReturns, kThrow, kGotos};
  return in_any(kEnds, opcode);
}

bool has_branch_target(std::uint8_t opcode) { return kGotos.contains(opcode) || kIfs.contains(opcode); }

bool is_switch(std::uint8_t opcode) { return kSwitches.contains(opcode); }

bool writes_nothing(std::uint8_t opcode) {
  static constexpr OpcodeRange kReaders[] = {
      {0x00, 0x00}, kReturns,     {0x1d, 0x1f},  // monitor-*, check-cast
      {0x24, 0x2c},                              // filled-new-array, fill-array-data, throw, goto, switches
      kIfs,         {0x4b, 0x51}, {0x59, 0x5f}, {0x67, 0x6d},  // aput, iput, sput
      {0x6e, 0x78}, {0xfa, 0xfd}};                             // invoke-*
  return in_any(kReaders, opcode);
}

bool writes_pair(std::uint8_t opcode) {
  static constexpr OpcodeRange kPairs[] = {
      {0x04, 0x06}, {0x0b, 0x0b}, {0x16, 0x19},  // move-wide, move-result-wide, const-wide
      {0x45, 0x45}, {0x53, 0x53}, {0x61, 0x61},  // aget-, iget-, sget-wide
      {0x7d, 0x7e}, {0x80, 0x81}, {0x83, 0x83}, {0x86, 0x86}, {0x88, 0x89},  // neg, not, conversions
      {0x8b, 0x8b}, {0x9b, 0xa5}, {0xab, 0xaf}, {0xbb, 0xc5}, {0xcb, 0xcf}};
  return in_any(kPairs, opcode);
}

bool loads_number(std::uint8_t opcode) { return kNumbers.contains(opcode); }

bool is_move(std::uint8_t opcode) { return kMoves.contains(opcode); }

}  // namespace sdkprint
