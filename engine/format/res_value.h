#pragma once
// Res_value (AOSP ResourceTypes.h): a type byte and 32 bits, the value of an attribute or of a resource.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sdkprint {

struct ResValue {
  enum Type : std::uint8_t {
    null = 0x00,
    reference = 0x01,
    attribute = 0x02,
    string = 0x03,
    floating = 0x04,
    dimension = 0x05,
    fraction = 0x06,
    dynamic_reference = 0x07,
    dynamic_attribute = 0x08,
    decimal = 0x10,
    hexadecimal = 0x11,
    boolean = 0x12,
    first_integer = 0x10,
    first_colour = 0x1c,
    last_integer = 0x1f,  ///< 0x1c to 0x1f are colours
  };

  std::uint8_t type = null;
  std::uint32_t data = 0;

  /// The resource id of a reference that is not @null.
  std::optional<std::uint32_t> referenced() const;
  /// Integers, colours, and booleans (0 or 1); all are read as signed 32 bits, as Android does.
  std::optional<std::int64_t> integer() const;
  /// Every type but strings, printed: "@0x7f0b0001", "@null", "?0x…", "-3", "true", "#ff112233", "1.5"; ""
  /// for null.
  std::string text() const;
};

/// Text as Res_value::integer would tell it: decimal, 0x-hexadecimal, "true" (1), "false" (0); else nullopt.
std::optional<std::int64_t> parse_integer(std::string_view text);

}  // namespace sdkprint
