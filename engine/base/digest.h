#pragma once
// Content identity. XXH3-128 names content inside the engine (fast, not collision-proof against an
// attacker); SHA-256 names files and certificates to people.
#include <array>
#include <compare>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "base/bytes.h"

namespace sdkprint {

/// XXH3, 128 bits, seed 0 (xxHash specification). Compared and printed big-endian.
struct Digest {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const Digest&) const = default;
};

Digest digest(Bytes bytes);

using Sha256 = std::array<std::uint8_t, 32>;
Sha256 sha256(Bytes bytes);
/// Of all parts, one after the other.
Sha256 sha256(std::initializer_list<Bytes> parts);

/// Lower-case hexadecimal.
std::string to_hex(Bytes bytes);
std::string to_hex(const Digest& digest);

}  // namespace sdkprint
