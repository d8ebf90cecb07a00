#include "base/codec.h"

namespace sdkprint {

void Encoder::fixed(const std::vector<std::uint64_t>& numbers) {
  varint(numbers.size());
  for (const std::uint64_t number : numbers) {
    for (int i = 0; i < 8; ++i) bytes_.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
  }
}

void Encoder::ascending(const std::vector<std::uint32_t>& numbers) {
  varint(numbers.size());
  std::uint32_t last = 0;
  for (const std::uint32_t number : numbers) {
    varint(number - last);
    last = number;
  }
}

std::uint64_t Decoder::varint() {
  std::uint64_t result = 0;
  for (int shift = 0; shift < 70; shift += 7) {
    const std::uint8_t byte = in_.u8();
    if (shift == 63 && byte > 1) break;
    result |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return result;
  }
  in_.malformed(in_.offset(), "LEB128 wider than 64 bits");
}

std::size_t Decoder::count(std::size_t smallest) {
  const std::uint64_t items = varint();
  in_.require_table(in_.offset(), items, smallest);
  return static_cast<std::size_t>(items);
}

void Decoder::fixed(std::vector<std::uint64_t>& numbers) {
  numbers.resize(count(8));
  for (std::uint64_t& number : numbers) number = in_.u64();
}

void Decoder::ascending(std::vector<std::uint32_t>& numbers) {
  numbers.clear();
  std::uint64_t last = 0;
  for (std::size_t left = count(); left > 0; --left) {
    last += varint();
    if (last > UINT32_MAX) in_.malformed(in_.offset(), "number out of range");
    numbers.push_back(static_cast<std::uint32_t>(last));
  }
}

}  // namespace sdkprint
