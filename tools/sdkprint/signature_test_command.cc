// sdkprint signature test: the samples that signatures declare, scanned and compared.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "base/error.h"
#include "console.h"
#include "corpus_cache.h"
#include "default_database.h"
#include "report/display.h"
#include "review/sample_check.h"
#include "review/signature_search.h"
#include "scan/bulk_scan.h"
#include "table.h"

namespace sdkprint::cli {
namespace {

constexpr std::size_t kFetchCommands = 10;

/// One sample of one SDK, and how it went.
struct SampleRun {
  const Sdk* sdk = nullptr;
  const Sample* sample = nullptr;
  enum class Outcome { missing, passed, failed } outcome = Outcome::missing;
  std::string got = {}, why = {}, evidence = {};

  const char* word() const {
    return outcome == Outcome::passed ? "passed" : outcome == Outcome::failed ? "failed" : "missing";
  }
  std::string package() const { return sample->package + "@" + sample->package_version; }
};

cxxopts::Options test_options() {
  cxxopts::Options options(
      "sdkprint signature test",
      "Scans the samples that the signatures of a folder declare ([[sdk.sample]], signatures/FORMAT.md)\n"
      "and tells which are found as they must be. corpus/fetch brings the artefacts.");
  options.add_options()("id", "only the samples of this SDK; may be given more than once",
                        cxxopts::value<std::vector<std::string>>(), "ID")(
      "samples", "the cache of corpus/fetch (default: $SDKPRINT_CORPUS, else ~/.cache/sdkprint/corpus)",
      cxxopts::value<std::string>(),
      "DIR")("allow-missing", "samples that are not in the cache are listed and counted, and are no failure")(
      "failures", "text: print only what failed or is missing")(
      "threads", "threads to use (default: all)", cxxopts::value<unsigned>()->default_value("0"), "N")(
      "signatures", "", cxxopts::value<std::vector<std::string>>());
  add_table_format_option(options);
  add_language_option(options);
  add_limit_options(options);
  options.positional_help("[SIGNATURES]");
  options.parse_positional({"signatures"});
  return options;
}

/// In the order of the SDKs, then of the file. Throws UsageError on an id that no SDK has.
std::vector<SampleRun> chosen_samples(const SignatureSet& set, const cxxopts::ParseResult& parsed) {
  std::set<std::string> ids;
  if (parsed.count("id") != 0) {
    for (const std::string& id : parsed["id"].as<std::vector<std::string>>()) {
      if (find_sdk(set, id) == nullptr) throw UsageError("\"" + id + "\" is the id of no SDK");
      ids.insert(id);
    }
  }
  std::vector<SampleRun> runs;
  for (const Sdk& sdk : set.sdks) {
    if (!ids.empty() && !ids.contains(sdk.id)) continue;
    for (const Sample& sample : sdk.samples) runs.push_back({&sdk, &sample});
  }
  if (runs.empty()) {
    throw Error(
        "there is no sample to test (expected [[sdk.sample]] tables; signatures/FORMAT.md tells how)");
  }
  return runs;
}

std::string first_evidence(const Finding* found) {
  if (found == nullptr || found->evidence.empty()) return {};
  const Evidence& one = found->evidence.front();
  std::string text = std::string(name(one.surface)) + " " + one.item;
  if (!one.entry.empty()) text += " [" + one.entry + "]";
  text += " by " + one.pattern;
  for (const VersionEvidence& version : found->version_evidence)
    text += "; version " + version.version + " by " + version.source;
  return text;
}

void judge(SampleRun& run, const AppReport& report) {
  const SampleVerdict verdict = check_sample(*run.sample, run.sdk->id, report);
  run.outcome = verdict.passed ? SampleRun::Outcome::passed : SampleRun::Outcome::failed;
  run.got = outcome(verdict.found);
  run.why = verdict.why;
  run.evidence = first_evidence(verdict.found);
  if (verdict.passed) return;
  for (const Problem& problem : report.problems) {
    if (problem.loss) run.why += "; " + problem.message;
  }
}

/// Every artefact that is in the cache, once for all SDKs that have it as a sample under the same file name.
void run_samples(const Catalogue& catalogue, const std::string& cache, const BulkOptions& options,
                 std::vector<SampleRun>& runs) {
  struct Artefact {
    std::string path;
    std::vector<SampleRun*> runs;
  };
  std::map<std::pair<std::string, std::string>, Artefact> artefacts;  // by digest and file name
  for (SampleRun& run : runs) {
    const std::filesystem::path path = cached_artefact(cache, *run.sample);
    if (!std::filesystem::exists(path)) continue;
    Artefact& artefact = artefacts[{run.sample->sha256, path.filename().string()}];
    artefact.path = path.string();
    artefact.runs.push_back(&run);
  }
  if (artefacts.empty()) return;
  const PatternDatabase database = database_of(catalogue);
  const Matcher matcher(database);
  auto to_scan = artefacts.begin(), scanned = artefacts.begin();
  scan_apps(
      matcher, options,
      [&]() -> std::optional<AppInput> {
        if (to_scan == artefacts.end()) return std::nullopt;
        return AppInput{{(to_scan++)->second.path}};
      },
      [&](AppReport report) {
        for (SampleRun* run : scanned->second.runs) judge(*run, report);
        ++scanned;
      });
}

std::string as_text(const std::vector<SampleRun>& runs, bool only_failures) {
  std::size_t ids = 0, artefacts = 0;
  for (const SampleRun& run : runs) {
    ids = std::max(ids, run.sdk->id.size());
    artefacts = std::max(artefacts, display_width(expectation(*run.sample)));
  }
  std::string out;
  for (const SampleRun& run : runs) {
    const bool passed = run.outcome == SampleRun::Outcome::passed;
    if (passed && only_failures) continue;
    out += pad_right(run.word(), 9) + pad_right(run.sdk->id, ids + 2) +
           pad_right(expectation(*run.sample), artefacts + 2) + run.package() + " " +
           escape_for_terminal(run.sample->path) + "\n";
    if (!run.why.empty()) out += "         " + escape_for_terminal(run.why) + "\n";
    if (!run.evidence.empty()) out += "         " + escape_for_terminal(run.evidence) + "\n";
  }
  return out;
}

std::string as_table(const std::vector<SampleRun>& runs, const std::string& format) {
  Table table({{"result", "", ""},
               {"sdk", "", ""},
               {"expected", "", ""},
               {"got", "", ""},
               {"why", "", ""},
               {"evidence", "", ""},
               {"npm", "", ""},
               {"integrity", "", ""},
               {"path", "", ""},
               {"sha256", "", ""}});
  for (const SampleRun& run : runs) {
    table.add({cell(run.word()), cell(run.sdk->id), cell(expectation(*run.sample)), cell(run.got),
               cell(run.why), cell(run.evidence), cell(run.package()), cell(run.sample->integrity),
               cell(run.sample->path), cell(run.sample->sha256)});
  }
  return table.as(format, Language::english);
}

std::size_t count(const std::vector<SampleRun>& runs, SampleRun::Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(runs.begin(), runs.end(), [&](const SampleRun& run) { return run.outcome == outcome; }));
}

/// On stderr: how many are missing, and the commands that bring them.
void tell_of_missing(const std::vector<SampleRun>& runs, const std::string& cache) {
  std::set<std::string> packages;
  for (const SampleRun& run : runs) {
    if (run.outcome == SampleRun::Outcome::missing) packages.insert(run.package());
  }
  complain(std::to_string(count(runs, SampleRun::Outcome::missing)) + " samples are not in " + cache +
           "; fetch them with:");
  if (packages.size() > kFetchCommands) return complain("  corpus/fetch --set all");
  for (const std::string& package : packages) complain("  corpus/fetch --package '" + package + "'");
}

std::string summary(const std::vector<SampleRun>& runs) {
  std::set<const Sdk*> sdks;
  for (const SampleRun& run : runs) sdks.insert(run.sdk);
  return std::to_string(runs.size()) + " samples of " + std::to_string(sdks.size()) +
         " SDKs: " + std::to_string(count(runs, SampleRun::Outcome::passed)) + " passed, " +
         std::to_string(count(runs, SampleRun::Outcome::failed)) + " failed, " +
         std::to_string(count(runs, SampleRun::Outcome::missing)) + " missing";
}

}  // namespace

int signature_test_command(const Arguments& arguments) {
  cxxopts::Options options = test_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const std::string format = table_format(*parsed);
  const std::string cache =
      parsed->count("samples") != 0 ? (*parsed)["samples"].as<std::string>() : default_corpus_cache();
  const Catalogue catalogue = load_signatures(signature_folder(*parsed));
  std::vector<SampleRun> runs = chosen_samples(catalogue.signatures, *parsed);
  run_samples(catalogue, cache, {limits(*parsed), (*parsed)["threads"].as<unsigned>()}, runs);
  if (format == "text") {
    print(as_text(runs, parsed->count("failures") != 0) + summary(runs) + "\n");
  } else {
    print(as_table(runs, format));
    complain(summary(runs));
  }
  const bool misses = count(runs, SampleRun::Outcome::missing) != 0;
  if (misses) tell_of_missing(runs, cache);
  const bool failed = count(runs, SampleRun::Outcome::failed) != 0;
  return failed || (misses && parsed->count("allow-missing") == 0) ? kDoneWithProblems : kDone;
}

}  // namespace sdkprint::cli
