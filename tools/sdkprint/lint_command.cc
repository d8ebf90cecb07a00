// sdkprint signature lint: what is wrong with signatures.
#include <algorithm>

#include "console.h"
#include "lint_output.h"

namespace sdkprint::cli {
namespace {

cxxopts::Options lint_options() {
  cxxopts::Options options(
      "sdkprint signature lint",
      "Checks a folder of signatures (signatures/FORMAT.md, \"Lint\"): schema, names, patterns against\n"
      "each other and against what unrelated apps hold, version rules.");
  options.add_options()("format", "text, json, sarif", cxxopts::value<std::string>()->default_value("text"),
                        "FORMAT")("severity", "least severity that is shown: note, warning, error",
                                  cxxopts::value<std::string>()->default_value("note"),
                                  "WORD")("werror", "warnings count as errors")(
      "explain", "tell what a code means (SP204; all: every code), and check nothing",
      cxxopts::value<std::string>(), "CODE")("signatures", "", cxxopts::value<std::vector<std::string>>());
  add_language_option(options);
  add_colour_option(options);
  options.positional_help("SIGNATURES");
  options.parse_positional({"signatures"});
  return options;
}

int explain_code(const std::string& wanted, Language language) {
  if (wanted == "all") {
    for (const Rule& rule : rules()) print(explain(rule, language));
    return kDone;
  }
  if (const Rule* rule = find_rule(wanted)) return print(explain(*rule, language)), kDone;
  throw UsageError("\"" + wanted + "\" is no code of the lint; --explain all lists them");
}

LintSeverity severity(const std::string& word) {
  return word == "error"     ? LintSeverity::error
         : word == "warning" ? LintSeverity::warning
                             : LintSeverity::note;
}

}  // namespace

int lint_command(const Arguments& arguments) {
  cxxopts::Options options = lint_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  if (parsed->count("explain") != 0)
    return explain_code((*parsed)["explain"].as<std::string>(), language(*parsed));
  const std::string format = one_of(*parsed, "format", {"text", "json", "sarif"});
  const LintSeverity least = severity(one_of(*parsed, "severity", {"note", "warning", "error"}));
  if (parsed->count("signatures") == 0 || (*parsed)["signatures"].as<std::vector<std::string>>().size() != 1)
    throw UsageError("name one folder of signatures");
  const LintInput input = read_lint_input((*parsed)["signatures"].as<std::vector<std::string>>().front());
  std::vector<LintFinding> findings = lint(input);
  if (parsed->count("werror") != 0) {
    for (LintFinding& one : findings)
      one.severity = one.severity == LintSeverity::warning ? LintSeverity::error : one.severity;
  }
  std::erase_if(findings, [&](const LintFinding& one) { return one.severity < least; });
  if (format == "json")
    print(lint_json(findings));
  else if (format == "sarif")
    print(lint_sarif(findings));
  else
    print(lint_text(findings, input, {language(*parsed), wants_colour(*parsed)}));
  const bool failed = std::any_of(findings.begin(), findings.end(),
                                  [](const LintFinding& one) { return one.severity == LintSeverity::error; });
  return failed ? kDoneWithProblems : kDone;
}

}  // namespace sdkprint::cli
