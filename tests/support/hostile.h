#pragma once
// What every parser must survive: each proper prefix of a valid input, and each valid input with bytes
// flipped.
#include <cstdint>
#include <functional>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"

namespace sdkprint::test {

using ByteVector = std::vector<std::uint8_t>;

/// Calls `parse` on every proper prefix of `valid` (each in a heap block of exactly its size, so that ASan
/// sees a read past its end). InputError is expected and fine; any other exception escapes and fails the
/// test. Returns how many prefixes were refused.
std::size_t truncation_sweep(const ByteVector& valid, const std::function<void(Bytes)>& parse);

/// Calls `parse` on `rounds` copies of `valid`, each with 1 to 4 bytes changed at pseudo-random places
/// (seeded, repeatable). InputError is fine, anything else escapes.
void byte_flips(const ByteVector& valid, const std::function<void(Bytes)>& parse, int rounds = 2000,
                std::uint32_t seed = 1);

}  // namespace sdkprint::test
