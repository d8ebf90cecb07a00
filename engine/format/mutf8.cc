#include "format/mutf8.h"

#include <cstddef>
#include <cstdint>

namespace sdkprint {
namespace {

constexpr std::uint32_t kReplacement = 0xfffd;

struct Decoded {
  std::uint32_t code_point;
  std::size_t length;  // bytes consumed
};

constexpr Decoded kInvalid{kReplacement, 1};

bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xd800 && unit <= 0xdbff; }
bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

/// The payload bits of `count` continuation bytes from text[1], or nothing sensible when `ok` turns false.
std::uint32_t continuation(std::string_view text, std::size_t count, std::uint32_t lead_bits, bool& ok) {
  std::uint32_t value = lead_bits;
  ok = text.size() > count;
  for (std::size_t i = 1; ok && i <= count; ++i) {
    const std::uint8_t byte = static_cast<std::uint8_t>(text[i]);
    ok = (byte & 0xc0) == 0x80;
    value = value << 6 | (byte & 0x3fu);
  }
  return value;
}

/// A three-byte unit, joined with the next one when both are halves of a pair.
Decoded decode_three(std::string_view text) {
  bool ok = false;
  const std::uint32_t unit = continuation(text, 2, static_cast<std::uint8_t>(text[0]) & 0x0fu, ok);
  if (!ok || unit < 0x800) return kInvalid;
  if (is_low_surrogate(unit)) return {kReplacement, 3};
  if (!is_high_surrogate(unit)) return {unit, 3};
  const std::string_view rest = text.substr(3);
  if (rest.empty() || static_cast<std::uint8_t>(rest[0]) != 0xed) return {kReplacement, 3};
  const std::uint32_t low = continuation(rest, 2, 0x0d, ok);
  if (!ok || !is_low_surrogate(low)) return {kReplacement, 3};
  return {0x10000 + ((unit - 0xd800) << 10 | (low - 0xdc00)), 6};
}

/// `text` is not empty and starts with a byte of 0x80 or more.
Decoded decode(std::string_view text) {
  const std::uint8_t lead = static_cast<std::uint8_t>(text[0]);
  bool ok = false;
  if (lead >= 0xc0 && lead < 0xe0) {
    const std::uint32_t value = continuation(text, 1, lead & 0x1fu, ok);
    const bool is_shortest = value >= 0x80 || value == 0;
    return ok && is_shortest ? Decoded{value, 2} : kInvalid;
  }
  if (lead >= 0xe0 && lead < 0xf0) return decode_three(text);
  if (lead >= 0xf0 && lead < 0xf8) {
    const std::uint32_t value = continuation(text, 3, lead & 0x07u, ok);
    return ok && value >= 0x10000 && value <= 0x10ffff ? Decoded{value, 4} : kInvalid;
  }
  return kInvalid;
}

void append_utf8(std::uint32_t code_point, std::string& out) {
  const auto continuation_byte = [&](int shift) {
    out.push_back(static_cast<char>(0x80 | (code_point >> shift & 0x3f)));
  };
  if (code_point < 0x80) {
    out.push_back(static_cast<char>(code_point));
  } else if (code_point < 0x800) {
    out.push_back(static_cast<char>(0xc0 | code_point >> 6));
    continuation_byte(0);
  } else if (code_point < 0x10000) {
    out.push_back(static_cast<char>(0xe0 | code_point >> 12));
    continuation_byte(6), continuation_byte(0);
  } else {
    out.push_back(static_cast<char>(0xf0 | code_point >> 18));
    continuation_byte(12), continuation_byte(6), continuation_byte(0);
  }
}

std::size_t ascii_prefix(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && static_cast<std::uint8_t>(text[length]) < 0x80) ++length;
  return length;
}

}  // namespace

std::string mutf8_to_utf8(std::string_view mutf8) {
  std::string result;
  result.reserve(mutf8.size());
  while (!mutf8.empty()) {
    const std::size_t ascii = ascii_prefix(mutf8);
    result.append(mutf8.substr(0, ascii));
    mutf8.remove_prefix(ascii);
    if (mutf8.empty()) break;
    const Decoded decoded = decode(mutf8);
    append_utf8(decoded.code_point, result);
    mutf8.remove_prefix(decoded.length);
  }
  return result;
}

}  // namespace sdkprint
