#pragma once
// lint/allow.toml: findings that somebody looked at and found right, each with the reason.
//
//   [[allow]]
//   code = "SP202"
//   sdk = "jpush"               # id of the SDK, for SP103 and SP106 of the vendor
//   pattern = "libfoo.so"       # may be left out: then all such findings of the SDK
//   reason = "why it is right"
#include <string>
#include <vector>

#include "lint/finding.h"

namespace sdkprint {

struct Allowance {
  std::string code, sdk, pattern, reason;
  SourcePlace place;
};

/// What is not sound is complained of and left out. Errors of the parser (SP0xx) cannot be allowed.
std::vector<Allowance> read_allowances(const std::string& path, std::string_view text,
                                       std::vector<Diagnostic>& diagnostics);

/// Takes the findings away that are allowed; adds one (code::kUnusedAllowance) for each allowance that
/// allowed none.
void apply_allowances(const std::vector<Allowance>& allowances, std::vector<LintFinding>& findings);

}  // namespace sdkprint
