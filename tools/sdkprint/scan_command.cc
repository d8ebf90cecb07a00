// sdkprint scan: apps → the SDKs inside them.
#include <unistd.h>

#include <algorithm>

#include "app_inputs.h"
#include "console.h"
#include "default_database.h"
#include "match/matcher.h"
#include "progress.h"
#include "scan/bulk_scan.h"

namespace sdkprint::cli {
namespace {

cxxopts::Options scan_options() {
  cxxopts::Options options(
      "sdkprint scan",
      "Tells which third-party SDKs are inside apps, by what evidence, and what could not be seen.\n"
      "PATH is an APK, XAPK, APKS, APKM, AAB, AAR, JAR, DEX or native library, whatever its name, or\n"
      "a directory of them. Split APKs of one app that are given together are one app.");
  options.add_options()("db", "compiled signature database", cxxopts::value<std::string>(), "FILE")(
      "format", "text, ndjson, exodus", cxxopts::value<std::string>()->default_value("text"), "FORMAT")(
      "evidence", "text: print all evidence, not only the strongest")(
      "show", "text: sections of their own: behaviours, permissions, hosts, all (separated by commas)",
      cxxopts::value<std::string>(),
      "WHAT")("uses", "places listed for one behaviour of one SDK (all are counted)",
              cxxopts::value<std::uint32_t>()->default_value("20"), "N")(
      "threads", "threads to use (default: all)", cxxopts::value<unsigned>()->default_value("0"), "N");
  add_input_options(options);
  add_language_option(options);
  add_colour_option(options);
  add_limit_options(options);
  return options;
}

/// --show a,b
void add_sections(const std::string& list, TextOptions& options) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    const std::string word = list.substr(at, end - at);
    const bool all = word == "all";
    if (!all && word != "behaviours" && word != "permissions" && word != "hosts")
      throw UsageError("--show takes behaviours, permissions, hosts, all; not \"" + word + "\"");
    options.show_behaviours = options.show_behaviours || all || word == "behaviours";
    options.show_permissions = options.show_permissions || all || word == "permissions";
    options.show_hosts = options.show_hosts || all || word == "hosts";
    at = end + 1;
  }
}

bool lost_something(const AppReport& report) {
  return std::any_of(report.problems.begin(), report.problems.end(),
                     [](const Problem& problem) { return problem.loss; });
}

}  // namespace

int scan_command(const Arguments& arguments) {
  cxxopts::Options options = scan_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  bool has_problems = false;
  AppInputs inputs(*parsed, has_problems);
  const std::string format = one_of(*parsed, "format", {"text", "ndjson", "exodus"});
  TextOptions text_options{language(*parsed), wants_colour(*parsed), parsed->count("evidence") != 0};
  if (parsed->count("show") != 0) add_sections((*parsed)["show"].as<std::string>(), text_options);
  const std::optional<std::string> database_path =
      parsed->count("db") != 0 ? std::optional((*parsed)["db"].as<std::string>()) : std::nullopt;
  const PatternDatabase database = open_database(database_path);
  const Matcher matcher(database);

  const bool wants_progress = ::isatty(STDERR_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 0;
  Progress progress(wants_progress ? Progress::Style::terminal : Progress::Style::none,
                    wants_progress ? count_apps(*parsed) : 0);
  Limits costs = limits(*parsed);
  costs.uses = (*parsed)["uses"].as<std::uint32_t>();
  const BulkOptions bulk{costs, (*parsed)["threads"].as<unsigned>()};
  scan_apps(
      matcher, bulk, [&] { return inputs.next(); },
      [&](AppReport report) {
        const bool lost = lost_something(report);
        has_problems = has_problems || lost;
        std::string out;
        if (format == "ndjson")
          write_ndjson(report, out);
        else if (format == "exodus")
          write_exodus(report, out);
        else
          write_text(report, text_options, out);
        print(out);
        for (const Problem& problem : report.problems) {
          if (!problem.entry.empty() || !problem.loss) continue;  // within the app: the report tells
          progress.pause();
          complain(problem.message);
        }
        progress.app_done(report.app.size, lost);
      });
  return has_problems ? kDoneWithProblems : kDone;
}

}  // namespace sdkprint::cli
