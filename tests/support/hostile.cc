#include "hostile.h"

#include <memory>
#include <random>

namespace sdkprint::test {
namespace {

/// False when the input was refused.
bool accepts(const ByteVector& input, std::size_t size, const std::function<void(Bytes)>& parse) {
  const auto block = std::make_unique<std::uint8_t[]>(size);
  std::copy_n(input.begin(), size, block.get());
  try {
    parse(Bytes(block.get(), size));
    return true;
  } catch (const InputError&) {
    return false;
  }
}

}  // namespace

std::size_t truncation_sweep(const ByteVector& valid, const std::function<void(Bytes)>& parse) {
  std::size_t refused = 0;
  for (std::size_t size = 0; size < valid.size(); ++size) refused += accepts(valid, size, parse) ? 0 : 1;
  return refused;
}

void byte_flips(const ByteVector& valid, const std::function<void(Bytes)>& parse, int rounds,
                std::uint32_t seed) {
  if (valid.empty()) return;
  std::mt19937 random(seed);
  for (int round = 0; round < rounds; ++round) {
    ByteVector damaged = valid;
    for (std::uint32_t flips = 1 + random() % 4; flips > 0; --flips) {
      damaged[random() % damaged.size()] = static_cast<std::uint8_t>(random());
    }
    accepts(damaged, damaged.size(), parse);
  }
}

}  // namespace sdkprint::test
