#include "format/res_value.h"

#include <bit>
#include <charconv>
#include <cstdio>

namespace sdkprint {
namespace {

template <typename Value>
std::string print(const char* format, Value value) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

/// Dimensions and fractions: a 24-bit signed mantissa over a radix of 0, 7, 15 or 23 bits, and a unit.
std::string complex_text(const ResValue& value) {
  constexpr float kRadix[] = {1.0F, 1.0F / (1 << 7), 1.0F / (1 << 15), 1.0F / (1 << 23)};
  constexpr const char* kUnits[] = {"px", "dip", "sp", "pt", "in", "mm"};
  const auto mantissa = static_cast<std::int32_t>(value.data) >> 8;
  const float number = static_cast<float>(mantissa) * kRadix[value.data >> 4 & 3];
  const std::uint32_t unit = value.data & 0xf;
  if (value.type == ResValue::fraction) return print("%g", number * 100) + (unit == 1 ? "%p" : "%");
  return print("%g", number) + (unit < 6 ? kUnits[unit] : "");
}

}  // namespace

std::optional<std::uint32_t> ResValue::referenced() const {
  if ((type != reference && type != dynamic_reference) || data == 0) return std::nullopt;
  return data;
}

std::optional<std::int64_t> ResValue::integer() const {
  if (type < first_integer || type > last_integer) return std::nullopt;
  if (type == boolean) return data != 0 ? 1 : 0;
  return static_cast<std::int32_t>(data);
}

std::string ResValue::text() const {
  switch (type) {
    case reference:
    case dynamic_reference:
      return data == 0 ? "@null" : print("@0x%08x", data);
    case attribute:
    case dynamic_attribute:
      return print("?0x%08x", data);
    case floating:
      return print("%g", std::bit_cast<float>(data));
    case dimension:
    case fraction:
      return complex_text(*this);
    case boolean:
      return data != 0 ? "true" : "false";
    default:
      break;
  }
  if (type >= first_colour && type <= last_integer) return print("#%08x", data);
  if (type >= first_integer && type < first_colour) return std::to_string(static_cast<std::int32_t>(data));
  return {};
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  if (text == "true") return 1;
  if (text == "false") return 0;
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    text.remove_prefix(2);
    base = 16;
    if (text.starts_with('-')) return std::nullopt;
  }
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const std::from_chars_result result = std::from_chars(text.data(), end, value, base);
  if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
  return value;
}

}  // namespace sdkprint
