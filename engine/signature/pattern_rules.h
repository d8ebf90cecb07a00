#pragma once
// What the text of a pattern must satisfy, besides being a string: patterns that can match nothing, or nearly
// everything, are refused with a way out. FORMAT.md, "What is refused", is the prose.
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "signature/sdk.h"

namespace sdkprint {

struct Objection {
  std::string message, hint;
};

using Verdict = std::optional<Objection>;

/// The kinds of manifest items ("permission", "action", …).
std::span<const std::string_view> manifest_kinds();

Verdict object_to_pattern(const Pattern& pattern);

/// A dotted Java name of any number of segments: letters, digits, `_`, `$`, `-` and anything outside ASCII.
/// With `globs`, `*` and `?` too.
Verdict object_to_java_name(std::string_view name, bool globs = false);

/// The subset, RE2's own word, and the literal run that every match must contain (0 = none needed).
Verdict object_to_regex(std::string_view regex, std::size_t literal_run);

/// `*`, `?` and at least three other characters in a row.
Verdict object_to_glob(std::string_view glob);

/// No control character, no character beyond U+FFFF (DEX spells those differently), at most 512 bytes, not
/// empty.
Verdict object_to_text(std::string_view text);

}  // namespace sdkprint
