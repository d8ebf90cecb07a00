#pragma once
// What the lint says of a few records, for its tests.
#include <string>
#include <string_view>

#include "lint/lint.h"

namespace sdkprint::test {

/// push/a.toml with `text` beside vendors "acme" (US), "jiguang" (CN, 极光) and "lone" (CN, without a Chinese
/// name, used by nobody unless the text does).
LintInput lint_input(std::string_view text);

/// "CODE line:column sdk" for each finding, joined by "; ". Findings outside push/a.toml name their file.
std::string lint_codes(const LintInput& input);

/// The same for push/a.toml with `text`; unused vendors are not told.
std::string lint_codes(std::string_view text);

/// The first finding of the code, its message and hint; "" when there is none.
std::string lint_message(const LintInput& input, std::string_view code);

/// A sound [[sdk]] in 7 lines: id, name, vendor "acme", the patterns in line 6; `more` follows.
std::string lint_sdk(std::string_view id, std::string_view patterns, std::string_view more = "",
                     std::string_view vendor = "acme");

}  // namespace sdkprint::test
