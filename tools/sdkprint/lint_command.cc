// sdkprint signature lint: what is wrong with signatures.
#include "console.h"
#include "signature/behaviour_reader.h"
#include "signature/parser.h"

namespace sdkprint::cli {

int lint_command(const Arguments& arguments) {
  cxxopts::Options options("sdkprint signature lint",
                           "Checks a folder of signatures (signatures/FORMAT.md).");
  options.add_options()("signatures", "", cxxopts::value<std::vector<std::string>>());
  options.positional_help("SIGNATURES");
  options.parse_positional({"signatures"});
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  if (parsed->count("signatures") == 0 ||
      (*parsed)["signatures"].as<std::vector<std::string>>().size() != 1) {
    throw UsageError("name one folder of signatures");
  }
  const std::string folder = (*parsed)["signatures"].as<std::vector<std::string>>().front();
  std::vector<Diagnostic> diagnostics;
  parse_signatures(read_signature_folder(folder), diagnostics);
  parse_behaviours(read_behaviour_folder(folder), diagnostics);
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += to_string(diagnostic) + "\n";
  print(text);
  return diagnostics.empty() ? kDone : kDoneWithProblems;
}

}  // namespace sdkprint::cli
