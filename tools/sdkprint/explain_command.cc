// sdkprint explain: the evidence of an SDK's behaviours, with the code around it.
#include "base/error.h"
#include "console.h"
#include "default_database.h"
#include "match/matcher.h"
#include "scan/explain.h"

namespace sdkprint::cli {
namespace {

constexpr std::uint32_t kUses = 1000;  // who asks for one SDK wants to see all of it

cxxopts::Options explain_options() {
  cxxopts::Options options(
      "sdkprint explain",
      "Prints each piece of evidence for what an SDK's code does, with the instructions around it, the way\n"
      "that leads there, and the commands that show the same with other tools. SDK is an id of the report,\n"
      "\"app\" for the app's own code, or \"package:NAME\" for a package that no signature claims.\n"
      "--parts names the other files of an app that consists of several.");
  options.add_options()("db", "compiled signature database", cxxopts::value<std::string>(), "FILE")(
      "format", "text, ndjson", cxxopts::value<std::string>()->default_value("text"), "FORMAT")(
      "parts", "a further file of the same app (a split APK); may be given more than once",
      cxxopts::value<std::vector<std::string>>(),
      "FILE")("arguments", "", cxxopts::value<std::vector<std::string>>());
  add_language_option(options);
  add_limit_options(options);
  options.positional_help("APP SDK [BEHAVIOUR]");
  options.parse_positional({"arguments"});
  return options;
}

}  // namespace

int explain_command(const Arguments& arguments) {
  cxxopts::Options options = explain_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const std::vector<std::string> words = parsed->count("arguments") != 0
                                             ? (*parsed)["arguments"].as<std::vector<std::string>>()
                                             : std::vector<std::string>();
  if (words.size() < 2 || words.size() > 3) throw UsageError("name an app, an SDK and maybe a behaviour");
  const bool ndjson = one_of(*parsed, "format", {"text", "ndjson"}) == "ndjson";
  AppInput input{{words[0]}};
  if (parsed->count("parts") != 0) {
    const std::vector<std::string> parts = (*parsed)["parts"].as<std::vector<std::string>>();
    input.paths.insert(input.paths.end(), parts.begin(), parts.end());
  }
  const PatternDatabase database = open_database(
      parsed->count("db") != 0 ? std::optional((*parsed)["db"].as<std::string>()) : std::nullopt);
  const Matcher matcher(database);
  Limits costs = limits(*parsed);
  costs.uses = kUses;
  const AppReport report = scan_app(matcher, input, costs);
  bool lost = false;
  for (const Problem& problem : report.problems) {
    lost = lost || problem.loss;
    if (problem.loss) complain((problem.entry.empty() ? "" : problem.entry + ": ") + problem.message);
  }
  const Explanation explanation = explain(input, report, words[1], words.size() > 2 ? words[2] : "", costs);
  std::string out;
  if (ndjson)
    write_explanation_ndjson(explanation, out);
  else
    write_explanation(explanation, language(*parsed), out);
  print(out);
  return lost ? kDoneWithProblems : kDone;
}

}  // namespace sdkprint::cli
