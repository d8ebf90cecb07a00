#include "format/text_decoding.h"

#include <cstdint>

namespace sdkprint {
namespace {

constexpr char32_t kReplacement = 0xfffd;

bool is_surrogate(char32_t point) { return point >= 0xd800 && point <= 0xdfff; }
bool is_high(char32_t unit) { return unit >= 0xd800 && unit <= 0xdbff; }
bool is_low(char32_t unit) { return unit >= 0xdc00 && unit <= 0xdfff; }
char32_t join(char32_t high, char32_t low) { return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00); }

struct Decoded {
  char32_t point;
  std::size_t length;  // bytes taken, at least 1
};

/// One sequence of 1 to 4 bytes (RFC 3629, but surrogates are let through).
Decoded decode_sequence(Bytes text) {
  const std::uint8_t lead = text[0];
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {kReplacement, 1};
  char32_t point = lead & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((text[i] & 0xc0) != 0x80) return {kReplacement, 1};
    point = point << 6 | (text[i] & 0x3f);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (point < kLeast[length] || point > 0x10ffff) return {kReplacement, 1};
  return {point, length};
}

}  // namespace

void append_utf8(std::string& out, char32_t point) {
  if (is_surrogate(point) || point > 0x10ffff) point = kReplacement;
  if (point < 0x80) {
    out.push_back(static_cast<char>(point));
    return;
  }
  if (point < 0x800) {
    out.push_back(static_cast<char>(0xc0 | point >> 6));
  } else if (point < 0x10000) {
    out.push_back(static_cast<char>(0xe0 | point >> 12));
    out.push_back(static_cast<char>(0x80 | (point >> 6 & 0x3f)));
  } else {
    out.push_back(static_cast<char>(0xf0 | point >> 18));
    out.push_back(static_cast<char>(0x80 | (point >> 12 & 0x3f)));
    out.push_back(static_cast<char>(0x80 | (point >> 6 & 0x3f)));
  }
  out.push_back(static_cast<char>(0x80 | (point & 0x3f)));
}

std::string decode_utf8(Bytes text, std::size_t* utf16_units) {
  std::string out;
  out.reserve(text.size());
  std::size_t units = 0;
  while (!text.empty()) {
    Decoded sequence = decode_sequence(text);
    text = text.subspan(sequence.length);
    if (is_high(sequence.point) && !text.empty()) {
      const Decoded low = decode_sequence(text);
      if (is_low(low.point)) {
        sequence.point = join(sequence.point, low.point);
        text = text.subspan(low.length);
      }
    }
    append_utf8(out, sequence.point);
    units += sequence.point > 0xffff ? 2 : 1;
  }
  if (utf16_units != nullptr) *utf16_units = units;
  return out;
}

std::string decode_utf16(Bytes text) {
  std::string out;
  out.reserve(text.size() / 2);
  const auto unit = [&](std::size_t i) { return static_cast<char32_t>(text[2 * i] | text[2 * i + 1] << 8); };
  const std::size_t count = text.size() / 2;
  for (std::size_t i = 0; i < count; ++i) {
    char32_t point = unit(i);
    if (is_high(point) && i + 1 < count && is_low(unit(i + 1))) point = join(point, unit(++i));
    append_utf8(out, point);
  }
  return out;
}

}  // namespace sdkprint
