#include "lint/allowances.h"

#include <algorithm>
#include <array>

#include "signature/table_reader.h"

namespace sdkprint {
namespace {

constexpr std::array<std::string_view, 1> kFileKeys = {"allow"};
constexpr std::array<std::string_view, 4> kKeys = {"code", "sdk", "pattern", "reason"};

std::string text_of(const std::optional<PlacedText>& text) { return text ? text->text : std::string(); }

bool may_be_allowed(std::string_view code) {
  return find_rule(code) != nullptr && !code.starts_with("SP0") && !code.starts_with("SP4");
}

std::optional<Allowance> read_allowance(FileComplaints& complaints, const TomlNode& table) {
  const std::size_t complaints_before = complaints.count();
  const TableReader reader(complaints, table, "[[allow]]", kKeys);
  Allowance allowance{text_of(reader.required_text("code")), text_of(reader.required_identifier("sdk")),
                      text_of(reader.text("pattern")), text_of(reader.required_text("reason")),
                      reader.place()};
  if (!allowance.code.empty() && !may_be_allowed(allowance.code)) {
    complaints.add(complaints.place(reader.find("code")->value),
                   "expected the code of a rule from SP101 on, found " + in_quotes(allowance.code),
                   "sdkprint signature lint --explain all lists them");
  }
  if (complaints.count() != complaints_before) return std::nullopt;
  return allowance;
}

bool allows(const Allowance& allowance, const LintFinding& finding) {
  return allowance.code == finding.diagnostic.code && allowance.sdk == finding.sdk &&
         (allowance.pattern.empty() || allowance.pattern == finding.pattern);
}

}  // namespace

std::vector<Allowance> read_allowances(const std::string& path, std::string_view text,
                                       std::vector<Diagnostic>& diagnostics) {
  std::vector<Allowance> allowances;
  std::vector<Diagnostic> own;
  FileComplaints complaints(path, own);
  if (const std::optional<TomlNode> document = parse_toml(path, text, own)) {
    const TableReader reader(complaints, *document, "allow.toml", kFileKeys);
    for (const TomlNode* table : reader.tables("allow"))
      if (std::optional<Allowance> allowance = read_allowance(complaints, *table))
        allowances.push_back(std::move(*allowance));
  }
  for (Diagnostic& diagnostic : own) diagnostic.code = code::kLintFile;
  append_of_file(std::move(own), diagnostics);
  return allowances;
}

void apply_allowances(const std::vector<Allowance>& allowances, std::vector<LintFinding>& findings) {
  std::vector<bool> used(allowances.size());
  std::erase_if(findings, [&](const LintFinding& finding) {
    bool allowed = false;
    for (std::size_t i = 0; i < allowances.size(); ++i) {
      if (!allows(allowances[i], finding)) continue;
      used[i] = true;
      allowed = true;
    }
    return allowed;
  });
  for (std::size_t i = 0; i < allowances.size(); ++i) {
    if (used[i]) continue;
    const Allowance& one = allowances[i];
    findings.push_back(
        {{one.place,
          "the allowance of " + one.code + " for " + in_quotes(one.sdk) +
              (one.pattern.empty() ? "" : " and the pattern " + in_quotes(one.pattern)) + " allows nothing",
          "leave it out", code::kUnusedAllowance},
         find_rule(code::kUnusedAllowance)->severity,
         one.sdk,
         one.pattern});
  }
}

}  // namespace sdkprint
