// debug_info_item: a byte-coded state machine (address, line) that emits one row for each source position.
// R8 may leave lines that mean nothing without its mapping file; they still tell two places apart.
#include "format/dex.h"

namespace sdkprint {
namespace {

// dex-format, "debug_info_item", table of byte code values.
enum Op : std::uint8_t {
  kEndSequence = 0x00,
  kAdvancePc = 0x01,
  kAdvanceLine = 0x02,
  kStartLocal = 0x03,
  kStartLocalExtended = 0x04,
  kEndLocal = 0x05,
  kRestartLocal = 0x06,
  kSetPrologueEnd = 0x07,
  kSetEpilogueBegin = 0x08,
  kSetFile = 0x09,
  kFirstSpecial = 0x0a,
};
constexpr int kLineBase = -4;
constexpr int kLineRange = 15;

// A method of 64 Ki units with a position and a local at each instruction stays below this.
constexpr int kMaxSteps = 1 << 18;
constexpr std::uint32_t kMaxParameterNames = 255;

/// Arguments of the opcodes that change neither address nor line.
int uleb_arguments(std::uint8_t op) {
  switch (op) {
    case kStartLocal:
      return 3;
    case kStartLocalExtended:
      return 4;
    case kEndLocal:
    case kRestartLocal:
    case kSetFile:
      return 1;
    default:
      return 0;
  }
}

std::optional<std::uint32_t> find_line(Reader& reader, std::uint32_t pc, std::uint64_t& steps_left) {
  std::uint32_t line = reader.uleb128();
  const std::uint32_t parameters = reader.uleb128();
  if (parameters > kMaxParameterNames) return std::nullopt;
  for (std::uint32_t i = 0; i < parameters; ++i) reader.uleb128();

  std::optional<std::uint32_t> result;
  std::uint64_t address = 0;
  for (int step = 0; step < kMaxSteps && steps_left > 0; ++step) {
    --steps_left;
    const std::uint8_t op = reader.u8();
    if (op == kEndSequence) return result;
    if (op == kAdvancePc) {
      address += reader.uleb128();
    } else if (op == kAdvanceLine) {
      line += static_cast<std::uint32_t>(reader.sleb128());
    } else if (op >= kFirstSpecial) {
      const int adjusted = op - kFirstSpecial;
      line += static_cast<std::uint32_t>(kLineBase + adjusted % kLineRange);
      address += static_cast<std::uint32_t>(adjusted / kLineRange);
      if (address > pc) return result;
      result = line;
    } else {
      for (int i = uleb_arguments(op); i > 0; --i) reader.uleb128();
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> DexFile::line(std::uint32_t debug_info_off, std::uint32_t pc) const {
  std::uint64_t steps = UINT64_MAX;
  return line(debug_info_off, pc, steps);
}

std::optional<std::uint32_t> DexFile::line(std::uint32_t debug_info_off, std::uint32_t pc,
                                           std::uint64_t& steps_left) const {
  if (debug_info_off == 0) return std::nullopt;
  try {
    Reader reader = reader_at(debug_info_off, "dex debug_info");
    return find_line(reader, pc, steps_left);
  } catch (const InputError&) {
    return std::nullopt;
  }
}

}  // namespace sdkprint
