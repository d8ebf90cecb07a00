// sdkprint signature diff: what a change of signatures does to the reports of apps.
#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "console.h"
#include "default_database.h"
#include "report/display.h"
#include "review/report_changes.h"
#include "scan/bulk_scan.h"
#include "scan/input_list.h"
#include "table.h"

namespace sdkprint::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr Column kChangeColumns[kChangeCount] = {
    {"gained", "gained", "新增", true},     {"lost", "lost", "丢失", true},
    {"stronger", "stronger", "升级", true}, {"weaker", "weaker", "降级", true},
    {"version", "version", "版本", true},   {"classes", "classes", "类数", true}};

cxxopts::Options diff_options() {
  cxxopts::Options options(
      "sdkprint signature diff",
      "Scans apps with two sets of signatures and tells what the change does: which apps each SDK gains\n"
      "and loses, where grades, versions and owned classes change, with examples. OLD and NEW are folders\n"
      "of signatures or compiled databases.");
  options.add_options()("apps", "apps, or directories of them; more may follow",
                        cxxopts::value<std::string>(),
                        "PATH…")("examples", "apps to show of each kind of change of an SDK",
                                 cxxopts::value<std::size_t>()->default_value("3"), "N")(
      "threads", "threads to use (default: all)", cxxopts::value<unsigned>()->default_value("0"), "N")(
      "arguments", "", cxxopts::value<std::vector<std::string>>());
  add_table_format_option(options);
  add_language_option(options);
  add_limit_options(options);
  options.positional_help("OLD NEW");
  options.parse_positional({"arguments"});
  return options;
}

PatternDatabase database_from(const std::string& path) {
  if (std::filesystem::is_directory(path)) return database_of(load_signatures(path));
  return PatternDatabase::open(path);
}

std::vector<std::string> ids_of(const PatternDatabase& database) {
  std::vector<std::string> ids;
  for (const Sdk& sdk : database.set().sdks) ids.push_back(sdk.id);
  return ids;
}

/// Records of `a` that `b` has not.
std::vector<std::string> only_in(const PatternDatabase& a, const PatternDatabase& b) {
  const std::vector<std::string> first = ids_of(a), second = ids_of(b);
  std::vector<std::string> result;
  std::set_difference(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(result));
  return result;
}

std::string in_one_line(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ", ") + id;
  return text;
}

/// Scans all apps with both databases. Memory holds one set of reports: those of the first pass, reduced to
/// what is compared.
class Comparison {
 public:
  Comparison(const std::vector<std::string>& paths, const BulkOptions& options, std::size_t examples)
      : paths_(paths), options_(options), changes_(examples) {}

  void run(const PatternDatabase& before, const PatternDatabase& after) {
    std::vector<AppReport> reports;
    scan(before, true, [&](AppReport report) { reports.push_back(reduced(std::move(report))); });
    std::size_t next = 0;
    scan(after, false, [&](AppReport report) {
      if (next == reports.size() || reports[next].app.path != report.app.path)
        throw Error(report.app.path +
                    ": the files changed between the two scans (expected the same apps twice)");
      changes_.add(reports[next++], report);
    });
  }

  const ReportChanges& changes() const { return changes_; }
  bool has_problems() const { return has_problems_; }

 private:
  /// One evidence a finding is enough for an example.
  static AppReport reduced(AppReport report) {
    AppReport kept;
    kept.app.path = std::move(report.app.path);
    for (Finding& finding : report.findings) {
      Finding& one = kept.findings.emplace_back();
      one.sdk = std::move(finding.sdk);
      one.grade = finding.grade;
      one.version = std::move(finding.version);
      one.classes = finding.classes;
      if (!finding.evidence.empty()) one.evidence.push_back(std::move(finding.evidence.front()));
    }
    return kept;
  }

  void scan(const PatternDatabase& database, bool tells_problems,
            const std::function<void(AppReport)>& sink) {
    const Matcher matcher(database);
    InputList inputs(paths_, [&](const InputComplaint& complaint) {
      if (tells_problems) complain(complaint.path + ": " + complaint.message);
      has_problems_ = true;
    });
    scan_apps(
        matcher, options_, [&] { return inputs.next(); },
        [&](AppReport report) {
          for (const Problem& problem : report.problems) {
            has_problems_ = has_problems_ || problem.loss;
            if (tells_problems && problem.entry.empty() && problem.loss) complain(problem.message);
          }
          sink(std::move(report));
        });
  }

  const std::vector<std::string>& paths_;
  BulkOptions options_;
  ReportChanges changes_;
  bool has_problems_ = false;
};

Table change_table(const std::map<std::string, SdkChanges>& changed) {
  std::vector<Column> columns = {
      {"sdk", "SDK", "SDK"}, {"before", "apps before", "原应用数", true}, {"after", "now", "现应用数", true}};
  columns.insert(columns.end(), std::begin(kChangeColumns), std::end(kChangeColumns));
  Table table(std::move(columns));
  for (const auto& [sdk, row] : changed) {
    std::vector<Cell> cells = {cell(sdk), row.before, row.after};
    for (const Change change : kChanges) cells.emplace_back(row.count(change));
    table.add(std::move(cells));
  }
  return table;
}

std::string examples_text(const std::map<std::string, SdkChanges>& changed) {
  std::string out;
  for (const auto& [sdk, row] : changed) {
    for (const Change change : kChanges) {
      for (const ChangeExample& one : row.examples[static_cast<std::size_t>(change)]) {
        out += sdk + "  " + std::string(name(change)) + "  " + escape_for_terminal(one.app) + "\n    " +
               escape_for_terminal(one.before + " → " + one.after) + "\n    " +
               escape_for_terminal(one.evidence) + "\n";
      }
    }
  }
  return out;
}

std::string as_ndjson(const std::map<std::string, SdkChanges>& changed) {
  std::string out;
  for (const auto& [sdk, row] : changed) {
    Json json = {{"sdk", sdk}, {"before", row.before}, {"after", row.after}};
    for (const Change change : kChanges) json[std::string(name(change))] = row.count(change);
    json["examples"] = Json::array();
    for (const Change change : kChanges) {
      for (const ChangeExample& one : row.examples[static_cast<std::size_t>(change)]) {
        json["examples"].push_back({{"change", name(change)},
                                    {"app", one.app},
                                    {"before", one.before},
                                    {"after", one.after},
                                    {"evidence", one.evidence}});
      }
    }
    out += json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  return out;
}

/// On stderr beside the machine's formats: what the table is about.
std::string heading(const ReportChanges& changes, const PatternDatabase& before,
                    const PatternDatabase& after) {
  std::string text = std::to_string(changes.apps()) + " apps, the findings of " +
                     std::to_string(changes.changed_apps()) + " change\n";
  const std::vector<std::string> added = only_in(after, before), removed = only_in(before, after);
  if (!added.empty()) text += "records added: " + in_one_line(added) + "\n";
  if (!removed.empty()) text += "records removed: " + in_one_line(removed) + "\n";
  return text;
}

}  // namespace

int signature_diff_command(const Arguments& arguments) {
  cxxopts::Options options = diff_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const std::string format = table_format(*parsed);
  std::vector<std::string> paths;
  if (parsed->count("arguments") != 0) paths = (*parsed)["arguments"].as<std::vector<std::string>>();
  if (paths.size() < 2) throw UsageError("name the old and the new signatures");
  const std::string old_path = paths[0], new_path = paths[1];
  paths.erase(paths.begin(), paths.begin() + 2);
  if (parsed->count("apps") != 0) paths.insert(paths.begin(), (*parsed)["apps"].as<std::string>());
  if (paths.empty()) throw UsageError("name the apps to scan with both (--apps PATH…)");

  const PatternDatabase before = database_from(old_path), after = database_from(new_path);
  Comparison comparison(paths, {limits(*parsed), (*parsed)["threads"].as<unsigned>()},
                        (*parsed)["examples"].as<std::size_t>());
  comparison.run(before, after);
  const std::map<std::string, SdkChanges> changed = comparison.changes().changed();
  const std::string head = heading(comparison.changes(), before, after);
  if (format == "text") {
    print(head + (changed.empty() ? ""
                                  : "\n" + change_table(changed).as_text(language(*parsed)) + "\n" +
                                        examples_text(changed)));
  } else {
    print(format == "csv" ? change_table(changed).as_csv() : as_ndjson(changed));
    complain(head.substr(0, head.size() - 1));
  }
  return comparison.has_problems() ? kDoneWithProblems : kDone;
}

}  // namespace sdkprint::cli
