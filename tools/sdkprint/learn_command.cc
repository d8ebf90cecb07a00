// sdkprint signature learn: an SDK's own releases → the draft of its signature.
#include <filesystem>

#include "console.h"
#include "default_database.h"
#include "learn/learner.h"
#include "learn/names.h"

namespace sdkprint::cli {
namespace {

namespace fs = std::filesystem;

cxxopts::Options learn_options() {
  cxxopts::Options options("sdkprint signature learn",
                           "Drafts a signature (TOML) from an SDK's own releases: .aar, .jar, .so, .apk. "
                           "Several versions at once\n"
                           "give the version rules and tell what is stable. ARTEFACT is PATH or "
                           "VERSION=PATH; without VERSION it is\n"
                           "read from Maven's pom.properties, the file's name, or the folders above it.");
  options.add_options()("o,output", "write the draft to FILE, not to standard output",
                        cxxopts::value<std::string>(), "FILE")("force", "write over an existing FILE")(
      "id", "id of the SDK", cxxopts::value<std::string>()->default_value(""), "ID")(
      "name", "its name", cxxopts::value<std::string>()->default_value(""), "NAME")(
      "name-zh", "its Chinese name", cxxopts::value<std::string>()->default_value(""), "NAME")(
      "vendor", "id of its vendor (vendors.toml)", cxxopts::value<std::string>()->default_value(""), "ID")(
      "category", "id of its category, which is also the folder's name",
      cxxopts::value<std::string>()->default_value(""),
      "ID")("package", "the SDK's own package (may be repeated); all other classes are somebody else's",
            cxxopts::value<std::vector<std::string>>(), "PACKAGE")(
      "db", "compiled signature database (to tell whose other classes are)", cxxopts::value<std::string>(),
      "FILE")("artefacts", "", cxxopts::value<std::vector<std::string>>());
  add_limit_options(options);
  options.positional_help("ARTEFACT…");
  options.parse_positional({"artefacts"});
  return options;
}

LearnInput input_of(const std::string& argument) {
  const std::size_t equals = argument.find('=');
  if (equals != std::string::npos && is_version(std::string_view(argument).substr(0, equals)))
    return {argument.substr(0, equals), argument.substr(equals + 1)};
  return {"", argument};
}

std::string identifier(const cxxopts::ParseResult& parsed, const std::string& option) {
  const std::string& value = parsed[option].as<std::string>();
  if (!value.empty() && as_id(value) != value) {
    throw UsageError("--" + option + " takes lower-case letters, digits and single hyphens between them; \"" +
                     value + "\" is no such id" +
                     (as_id(value).empty() ? "" : ", \"" + as_id(value) + "\" is"));
  }
  return value;
}

LearnOptions given_identity(const cxxopts::ParseResult& parsed) {
  LearnOptions options;
  options.id = identifier(parsed, "id");
  options.vendor = identifier(parsed, "vendor");
  options.category = identifier(parsed, "category");
  options.name = parsed["name"].as<std::string>();
  options.name_zh = parsed["name-zh"].as<std::string>();
  if (parsed.count("package") != 0) options.packages = parsed["package"].as<std::vector<std::string>>();
  return options;
}

/// An app holds many SDKs: whose signature is wanted must be said.
void refuse_apps_without_package(const std::vector<Release>& releases) {
  for (const Release& release : releases) {
    for (std::size_t i = 0; i < release.parts.size(); ++i) {
      const AppReport& report = release.parts[i].report;
      if (report.app.kind != "apk" && report.app.kind != "apk-set" && report.app.kind != "aab") continue;
      std::string packages;
      for (std::size_t row = 0; row < report.unattributed.size() && row < 5; ++row)
        packages += (row > 0 ? ", " : "") + report.unattributed[row].package;
      throw UsageError(release.paths[i] +
                       " is an app, which holds many SDKs; name the packages of the one to learn with " +
                       "--package" +
                       (packages.empty() ? "" : " (without a signature are: " + packages + ")"));
    }
  }
}

/// Complaints about artefacts; true when content was lost.
bool complain_of_problems(const std::vector<Release>& releases) {
  bool lost = false;
  for (const Release& release : releases) {
    for (std::size_t i = 0; i < release.parts.size(); ++i) {
      for (const Problem& problem : release.parts[i].report.problems) {
        if (!problem.loss) continue;
        lost = true;
        const std::string where = release.paths[i] + (problem.entry.empty() ? "" : "!" + problem.entry);
        complain(problem.message.starts_with(release.paths[i]) ? problem.message
                                                               : where + ": " + problem.message);
      }
    }
  }
  return lost;
}

void require_new_file(const std::string& path) {
  if (!fs::exists(path)) return;
  throw UsageError(path +
                   " exists already, maybe reviewed; choose another name, or give --force to write over it");
}

}  // namespace

int learn_command(const Arguments& arguments) {
  cxxopts::Options options = learn_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  if (parsed->count("artefacts") == 0) throw UsageError("name at least one artefact: PATH or VERSION=PATH");
  const std::string output = parsed->count("output") != 0 ? (*parsed)["output"].as<std::string>() : "";
  if (!output.empty() && parsed->count("force") == 0) require_new_file(output);
  const LearnOptions identity = given_identity(*parsed);
  std::vector<LearnInput> inputs;
  for (const std::string& argument : (*parsed)["artefacts"].as<std::vector<std::string>>())
    inputs.push_back(input_of(argument));

  const PatternDatabase database = open_database(
      parsed->count("db") != 0 ? std::optional((*parsed)["db"].as<std::string>()) : std::nullopt);
  const Matcher matcher(database);
  const std::vector<Release> releases = inspect_releases(matcher, inputs, limits(*parsed));
  if (identity.packages.empty()) refuse_apps_without_package(releases);
  const bool lost = complain_of_problems(releases);
  const LearnedSignature learned = learn_signature(database, releases, identity, limits(*parsed));
  for (const std::string& problem : learned.problems) complain(problem);
  if (learned.toml.empty()) return kCouldNotRun;
  if (output.empty())
    print(learned.toml);
  else
    write_file(output, as_bytes(learned.toml));
  return lost || !learned.problems.empty() ? kDoneWithProblems : kDone;
}

}  // namespace sdkprint::cli
