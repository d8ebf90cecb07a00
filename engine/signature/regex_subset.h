#pragma once
// The regular expressions that mean the same in RE2, which decides, and in Hyperscan, which only proposes:
// every match of RE2 must be one of Hyperscan's. FORMAT.md, "Regular expressions", lists what is allowed;
// anything else is refused, because it differs between the two or may differ after an upgrade of either.
#include <cstddef>
#include <string>
#include <string_view>

namespace sdkprint {

struct RegexSummary {
  std::string problem;     ///< empty when the expression is within the subset
  std::string hint;        ///< may be empty
  std::size_t offset = 0;  ///< of the problem, in bytes
  /// Length of a run of literal characters that every match contains (a lower bound).
  std::size_t literal_run = 0;
  int groups = 0;  ///< capturing groups
};

/// One pass, no recursion. Does not check everything that RE2 checks: compile the expression as well.
RegexSummary summarize_regex(std::string_view regex);

}  // namespace sdkprint
