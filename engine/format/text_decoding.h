#pragma once
// Text of the resource formats as well-formed UTF-8. Both encodings they use are untrusted: UTF-8 may be
// broken or hold surrogates as three bytes each (old aapt wrote CESU-8), UTF-16 may hold lone surrogates.
#include <cstddef>
#include <string>

#include "base/bytes.h"

namespace sdkprint {

/// Appends one code point; a surrogate or a value above U+10FFFF becomes U+FFFD.
void append_utf8(std::string& out, char32_t point);

/// UTF-8 or CESU-8 in, well-formed UTF-8 out; each byte that fits nowhere becomes U+FFFD. `utf16_units`, when
/// given, receives the length in UTF-16 code units.
std::string decode_utf8(Bytes text, std::size_t* utf16_units = nullptr);

/// UTF-16 little-endian in (a trailing odd byte is ignored), well-formed UTF-8 out.
std::string decode_utf16(Bytes text);

}  // namespace sdkprint
