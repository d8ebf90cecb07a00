#include "base/reader.h"

#include <cstdio>

namespace sdkprint {

std::uint32_t Reader::uleb128() {
  std::uint32_t result = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    const std::uint8_t byte = u8();
    if (shift == 28 && (byte & 0xf0) != 0) malformed(offset_ - 1, "LEB128 wider than 32 bits");
    result |= static_cast<std::uint32_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return result;
  }
  malformed(offset_, "LEB128 longer than 5 bytes");
}

std::int32_t Reader::sleb128() {
  std::uint32_t result = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    const std::uint8_t byte = u8();
    result |= static_cast<std::uint32_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) {
      const int bits = shift + 7;
      if (bits < 32 && (byte & 0x40) != 0) result |= ~std::uint32_t{0} << bits;
      return static_cast<std::int32_t>(result);
    }
  }
  malformed(offset_, "LEB128 longer than 5 bytes");
}

std::string_view Reader::c_string(std::size_t offset) const {
  if (offset >= data_.size()) fail(offset, 1);
  const auto* start = data_.data() + offset;
  const void* end = std::memchr(start, 0, data_.size() - offset);
  if (end == nullptr) malformed(offset, "string without a terminating NUL");
  return {reinterpret_cast<const char*>(start),
          static_cast<std::size_t>(static_cast<const std::uint8_t*>(end) - start)};
}

void Reader::require_table(std::size_t offset, std::uint64_t count, std::size_t item_size) const {
  if (offset > data_.size() || count > (data_.size() - offset) / item_size) {
    // The message's product may saturate; it is for people, the check above is exact.
    const std::uint64_t needed = count > UINT64_MAX / item_size ? UINT64_MAX : count * item_size;
    fail(offset, needed);
  }
}

void Reader::malformed(std::size_t offset, const char* message) const {
  char text[256];
  std::snprintf(text, sizeof text, "%s at 0x%zx: %s", what_, offset, message);
  throw InputError(InputError::Kind::malformed, text);
}

void Reader::fail(std::size_t offset, std::uint64_t needed) const {
  const std::size_t there = offset > data_.size() ? 0 : data_.size() - offset;
  char text[256];
  std::snprintf(text, sizeof text, "%s at 0x%zx: needed %llu bytes, %zu are there", what_, offset,
                static_cast<unsigned long long>(needed), there);
  throw InputError(InputError::Kind::truncated, text);
}

}  // namespace sdkprint
