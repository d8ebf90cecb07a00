#pragma once
// Complaints about signature files, and the small helpers that make them useful: quoting what stands there,
// listing what was expected, guessing what was meant.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "signature/sdk.h"

namespace sdkprint {

/// What kind of complaint it is. The codes are stable: allow lists and other tools refer to them
/// (lint/rules.h explains each).
namespace code {
inline constexpr std::string_view kSyntax = "SP001";       ///< no TOML, no UTF-8, too large
inline constexpr std::string_view kSchema = "SP002";       ///< keys, types, forms of values
inline constexpr std::string_view kPattern = "SP003";      ///< a text that can match nothing, or nearly all
inline constexpr std::string_view kIdentity = "SP004";     ///< an id that two records have
inline constexpr std::string_view kUnknownId = "SP005";    ///< a vendor, category or SDK that none describes
inline constexpr std::string_view kClaim = "SP006";        ///< a class pattern that two SDKs have
inline constexpr std::string_view kContainment = "SP007";  ///< an SDK that contains itself
inline constexpr std::string_view kWrongFile = "SP008";    ///< a file that is missing or at the wrong place
}  // namespace code

/// One complaint about a signature file, printed as "file:line:column: error: message".
struct Diagnostic {
  SourcePlace place;
  std::string message;  ///< what was expected, what stands there
  std::string hint;     ///< what to do, may be empty
  std::string_view code = code::kSchema;
};

/// "file:line:column: error: message", and on a second line "  hint: …" when there is one. No final line
/// feed.
std::string to_string(const Diagnostic& diagnostic);

/// "file:line:column"
std::string to_string(const SourcePlace& place);

/// `text` in double quotes, control characters and quotes escaped, cut after 60 bytes: fit for a terminal.
std::string in_quotes(std::string_view text);

/// "a, b, c"
std::string joined(std::span<const std::string_view> words);

/// The candidate nearest to `word` (edits: insert, delete, replace, swap neighbours), if near enough to be a
/// slip of the pen: one edit for up to 4 characters, two up to 8, three beyond. Empty when there is none.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// `did you mean "x"?`, or nothing when nothing is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

/// Orders by file, line, column, message.
void sort_by_place(std::vector<Diagnostic>& diagnostics);

/// Appends what was found in one file: sorted, and after 200 only how many more there are.
void append_of_file(std::vector<Diagnostic> found, std::vector<Diagnostic>& diagnostics);

}  // namespace sdkprint
