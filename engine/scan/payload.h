#pragma once
// Does unknown content look encrypted? Packers keep the real code in such a file.
#include "base/bytes.h"

namespace sdkprint {

/// Formats that are dense without being secret (pictures, sound, video, compressed archives, fonts), by
/// magic.
bool is_known_dense_format(Bytes head);

/// Shannon entropy of the bytes in bits per byte, 0 to 8.
double entropy(Bytes bytes);

/// True when a stored entry's content is as dense as random bytes: entropy above 7.9 in samples of its
/// beginning and its middle (random 8 KiB samples have 7.97 and more; compressed text or code stays below
/// when sampled raw).
bool looks_encrypted(Bytes content);

/// The same for a deflated entry, by what DEFLATE could not save.
bool looks_encrypted(std::uint64_t compressed_size, std::uint64_t uncompressed_size);

}  // namespace sdkprint
