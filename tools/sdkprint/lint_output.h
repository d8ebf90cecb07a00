#pragma once
// Findings of the lint as text for people, JSON for scripts, SARIF for editors and pull requests.
#include <string>
#include <vector>

#include "lint/lint.h"
#include "report/report_writer.h"

namespace sdkprint::cli {

struct LintTextOptions {
  Language language = Language::english;
  bool colour = false;
};

/// "file:line:column: severity: message [code]", the line with a caret under the place, the hint; at the end
/// the counts.
std::string lint_text(const std::vector<LintFinding>& findings, const LintInput& input,
                      const LintTextOptions& options);

/// One object: "findings" (docs/cli.md lists the keys) and "counts".
std::string lint_json(const std::vector<LintFinding>& findings);

/// Static Analysis Results Interchange Format 2.1.0 (OASIS). Paths are relative URIs as they were given.
std::string lint_sarif(const std::vector<LintFinding>& findings);

/// What a rule means and what to do about it.
std::string explain(const Rule& rule, Language language);

}  // namespace sdkprint::cli
