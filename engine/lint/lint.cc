#include "lint/lint.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <tuple>

#include "base/error.h"
#include "lint/allowances.h"
#include "lint/check.h"
#include "signature/behaviour_reader.h"
#include "signature/declarations.h"

namespace sdkprint {
namespace {

constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{16} << 20;

using Check = void (*)(const LintContext&, LintFindings&);

constexpr Check kChecks[] = {
    check_ids,     check_chinese_names, check_addresses, check_sources,
    check_vendors, check_drafts,        check_covered,   check_collisions,
    check_nesting, check_generic,       check_platform,  check_boundaries,
    check_speed,   check_captures,      check_targets,   check_repeated_rules,
};

/// nullopt when there is no such file.
std::optional<LintFile> read_optional(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return std::nullopt;
  if (std::filesystem::file_size(path, error) > kMaxFileBytes || error)
    throw Error(path.string() +
                ": expected a file of at most 16 MiB (a file of the lint; see signatures/FORMAT.md)");
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw Error(path.string() + ": cannot be read (a file of the lint; see signatures/FORMAT.md)");
  return LintFile{path.generic_string(), text.str()};
}

void add_diagnostics(std::vector<Diagnostic> diagnostics, LintFindings& findings) {
  for (Diagnostic& one : diagnostics) {
    const Rule* rule = find_rule(one.code);
    findings.push_back({std::move(one), rule == nullptr ? LintSeverity::error : rule->severity, "", ""});
  }
}

}  // namespace

LintInput read_lint_input(const std::string& folder) {
  const std::filesystem::path path(folder);
  return {read_signature_folder(folder),
          read_behaviour_folder(folder),
          read_optional(path / "SOURCES.md"),
          read_optional(path / "lint" / "ids.txt"),
          read_optional(path / "lint" / "reference.tsv"),
          read_optional(path / "lint" / "allow.toml")};
}

std::vector<LintFinding> lint(const LintInput& input) {
  LintFindings findings;
  std::vector<Diagnostic> diagnostics;
  const BehaviourSet behaviours = parse_behaviours(input.behaviours, diagnostics);
  const bool knows_behaviours = diagnostics.empty() && !behaviours.behaviours.empty();
  const SignatureSet set = parse_signatures(input.signatures, diagnostics);
  if (knows_behaviours) check_declarations(set, behaviours, diagnostics);
  const Reference reference =
      input.reference ? Reference(input.reference->path, input.reference->text, diagnostics) : Reference();
  std::vector<Allowance> allowances;
  if (input.allow) allowances = read_allowances(input.allow->path, input.allow->text, diagnostics);
  add_diagnostics(std::move(diagnostics), findings);

  const KeyPlaces places(input.signatures);
  const LintContext context{set, places, input, reference};
  for (const Check check : kChecks) check(context, findings);
  apply_allowances(allowances, findings);
  std::stable_sort(findings.begin(), findings.end(), [](const LintFinding& a, const LintFinding& b) {
    const auto key = [](const LintFinding& one) {
      const Diagnostic& d = one.diagnostic;
      return std::tie(d.place.file, d.place.line, d.place.column, d.code, d.message);
    };
    return key(a) < key(b);
  });
  return findings;
}

}  // namespace sdkprint
