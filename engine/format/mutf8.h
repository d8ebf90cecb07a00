#pragma once
// MUTF-8 is how dex and class files spell UTF-16: each 16-bit code unit on its own, in one to three bytes. So
// a character beyond U+FFFF is two three-byte surrogates instead of one four-byte sequence, and U+0000 is C0
// 80, which keeps NUL free as the terminator.
#include <string>
#include <string_view>

namespace sdkprint {

/// MUTF-8 (dex-format, "MUTF-8 (Modified UTF-8) Encoding") to UTF-8: C0 80 becomes U+0000 and surrogate pairs
/// one four-byte sequence. Well-formed UTF-8 of four bytes, which some tools write, is taken as it is.
/// Anything else (lone surrogates, overlong or broken sequences, a byte at a time) becomes U+FFFD, so the
/// result is always valid UTF-8.
std::string mutf8_to_utf8(std::string_view mutf8);

}  // namespace sdkprint
