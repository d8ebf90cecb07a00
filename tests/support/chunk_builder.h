#pragma once
// Little-endian byte writing and the ResStringPool that binary XML and resources.arsc share.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hostile.h"

namespace sdkprint::test {

void put8(ByteVector& out, std::uint32_t value);
void put16(ByteVector& out, std::uint32_t value);
void put32(ByteVector& out, std::uint32_t value);
void set16(ByteVector& out, std::size_t at, std::uint32_t value);
void set32(ByteVector& out, std::size_t at, std::uint32_t value);
void append(ByteVector& out, const ByteVector& bytes);
void align4(ByteVector& out);

/// UTF-8 to UTF-16 code units (well-formed input only).
std::u16string to_utf16(std::string_view utf8);

/// How a string pool may lie. Absent means the truth.
struct StringPoolOptions {
  bool utf8 = false;
  std::optional<std::uint32_t> string_count = std::nullopt;
  std::optional<std::uint32_t> style_count = std::nullopt;
  std::optional<std::uint32_t> strings_start = std::nullopt;
  std::optional<std::uint32_t> size = std::nullopt;
  std::uint16_t header_size = 28;
  std::int32_t utf16_length_delta = 0;  ///< UTF-8 pools: added to the first (UTF-16) of the two lengths
  bool terminators = true;
};

/// Collects strings, then writes the chunk.
class StringPoolBuilder {
 public:
  /// Appends without looking for an equal string; returns its index.
  std::uint32_t append(std::string text);
  /// The index of an equal string that `add` put there before, else a new one.
  std::uint32_t add(const std::string& text);
  ByteVector build(const StringPoolOptions& options = {}) const;

 private:
  std::vector<std::string> strings_;
  std::map<std::string, std::uint32_t> index_;
};

}  // namespace sdkprint::test
