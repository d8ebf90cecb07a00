#pragma once
// The first bytes of a DEFLATE stream (RFC 1951), for looking at what an archive's thousands of entries are.
// All that takes is the head of the first block: a whole decompressor would spend its time on lookup tables
// that pay off only later.
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"

namespace sdkprint {

/// Writes the stream's first bytes, at most `out.size()` (4 KiB at most), and returns how many. Stops before
/// the first defect or where the stream ends; reads no more of it than needed. Never throws.
std::size_t deflate_prefix(Bytes compressed, std::span<std::uint8_t> out);

}  // namespace sdkprint
