#pragma once
// Pattern → Hyperscan expression. The expression is a filter: whatever PatternMatcher accepts, it matches
// too, ending inside the same item; where is_exact() says so, it accepts nothing else.
#include <string>

#include "signature/sdk.h"

namespace sdkprint {

/// How the text of a surface is laid out when it is scanned.
enum class TextLayout : std::uint8_t {
  joined,  ///< NUL item NUL item NUL: items are delimited, so expressions are anchored to them
  raw,     ///< the file's own bytes (string data, constant data): items are found around a match
};
TextLayout layout(Surface surface);

/// PCRE text (no UTF-8 mode, no DOTALL) for the pattern on a surface: its own, or `reference` for a `class`
/// pattern.
std::string expression(const Pattern& pattern, Surface surface);

/// True when a match of the expression is a match of the pattern, so that no check is needed.
bool is_exact(const Pattern& pattern, Surface surface);

/// Host patterns, of every kind, ignore case: hosts are compared in lower case.
bool is_caseless(const Pattern& pattern);

/// Surfaces that the pattern is compiled for: its own, and `reference` for `class`.
bool applies_to(const Pattern& pattern, Surface surface);

}  // namespace sdkprint
