#pragma once
// What is wrong with a folder of signatures beyond what the parser refuses: names that are missing, patterns
// that say too much, too little or the same as others, version rules that cannot work. FORMAT.md, "Lint", is
// the prose.
//
// The way of the data: texts → parser → SignatureSet → checks (one file a theme: name_checks, pattern_checks,
// reference_checks, version_checks) → allowances → findings.
#include <optional>
#include <string>
#include <vector>

#include "lint/finding.h"
#include "signature/parser.h"

namespace sdkprint {

struct LintFile {
  std::string path, text;
};

/// The texts that the lint reads. Without one of the optional files, what it decides is not checked.
struct LintInput {
  std::vector<SignatureSource> signatures, behaviours;
  std::optional<LintFile> sources;    ///< SOURCES.md: the ids of sources
  std::optional<LintFile> ids;        ///< lint/ids.txt: the ids that were released
  std::optional<LintFile> reference;  ///< lint/reference.tsv: who bears which name
  std::optional<LintFile> allow;      ///< lint/allow.toml: what was looked at and is right
};

/// Throws Error when the folder or a file cannot be read.
LintInput read_lint_input(const std::string& folder);

/// All findings that are not allowed, sorted by place. Deterministic; never throws on bad text.
std::vector<LintFinding> lint(const LintInput& input);

}  // namespace sdkprint
