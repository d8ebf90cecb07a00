// The instruction walker: its two ways of walking must agree, and every instruction must lie within the code.
#include <cstring>

#include "base/error.h"
#include "format/bytecode.h"
#include "fuzz_target.h"

namespace {

using namespace sdkprint;

void require(bool condition) {
  if (!condition) __builtin_trap();
}

void check(const Instruction& full, const Instruction& brief, std::uint32_t expected_pc, std::size_t units) {
  require(full.pc == expected_pc && full.width > 0 && full.width <= units - full.pc);
  require(full.pc == brief.pc && full.width == brief.width && full.opcode == brief.opcode);
  require(full.is_payload == brief.is_payload && full.index_kind == brief.index_kind &&
          full.index == brief.index);
  require(std::strncmp(mnemonic(full.opcode), "unused", 6) != 0);
  require(full.is_range || full.arg_count <= 5);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    InstructionWalker full({data, size}), brief({data, size});
    Instruction a, b;
    std::uint32_t pc = 0;
    while (full.next(a)) {
      require(brief.next_brief(b));
      check(a, b, pc, size / 2);
      pc += a.width;
    }
    require(!brief.next_brief(b));
    require(pc == size / 2);
  } catch (const InputError&) {
  }
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  std::vector<std::vector<std::uint8_t>> seeds;
  // Each opcode before zeros enough for its operands.
  for (unsigned opcode = 0; opcode < 256; ++opcode) {
    std::vector<std::uint8_t> code(12, 0);
    code[0] = static_cast<std::uint8_t>(opcode);
    seeds.push_back(code);
  }
  seeds.push_back({0x00, 0x01, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0});
  seeds.push_back({0x00, 0x02, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0});
  seeds.push_back({0x00, 0x03, 1, 0, 3, 0, 0, 0, 0x11, 0x22, 0x33, 0});
  seeds.push_back({0x00, 0x03, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff});
  return seeds;
}
