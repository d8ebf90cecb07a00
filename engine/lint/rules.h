#pragma once
// Every kind of complaint about signatures, with a code that stays: allow lists, editors and pull requests
// refer to it.
#include <cstdint>
#include <span>
#include <string_view>

namespace sdkprint {

enum class LintSeverity : std::uint8_t { note, warning, error };
std::string_view name(LintSeverity severity);

/// SP0xx are the parser's (signature/diagnostic.h), SP1xx speak of records, SP2xx of patterns, SP3xx of
/// version rules, SP4xx of the lint's own files.
namespace code {
inline constexpr std::string_view kVanishedId = "SP101", kNoChineseName = "SP102",
                                  kNoChineseVendorName = "SP103", kUrl = "SP104", kUnknownSource = "SP105",
                                  kUnusedVendor = "SP106", kDraft = "SP107";
inline constexpr std::string_view kCovered = "SP201", kCollision = "SP202", kNested = "SP203",
                                  kGeneric = "SP204", kPlatform = "SP205", kBoundary = "SP206",
                                  kSlow = "SP207";
inline constexpr std::string_view kCapturesNothing = "SP301", kReadsNothing = "SP302", kNeverTried = "SP303";
inline constexpr std::string_view kLintFile = "SP401", kUnusedAllowance = "SP402";
}  // namespace code

/// What a code means, in both languages.
struct Rule {
  std::string_view code;
  LintSeverity severity;
  std::string_view title, title_zh;
  std::string_view explanation, explanation_zh;  ///< why it matters, what to do
};

/// All rules, by code.
std::span<const Rule> rules();

/// nullptr when no rule has the code.
const Rule* find_rule(std::string_view code);

}  // namespace sdkprint
