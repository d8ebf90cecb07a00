// sdkprint signature diff: what a change of signatures does to the reports of apps.
#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "console.h"
#include "default_database.h"
#include "report/display.h"
#include "review/report_changes.h"
#include "signature_comparison.h"
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
      "Tells what a change of signatures does: which apps each SDK gains and loses, where grades, versions\n"
      "and owned classes change, with examples. OLD and NEW are folders of signatures or compiled "
      "databases.\n"
      "The apps are those of a store, matched anew from what it keeps of them, or are scanned with both.");
  options.add_options()("store", "a store that sdkprint corpus scan made; it is only read",
                        cxxopts::value<std::string>(), "DIR")(
      "apps", "apps, or directories of them; more may follow", cxxopts::value<std::string>(), "PATH…")(
      "examples", "apps to show of each kind of change of an SDK",
      cxxopts::value<std::size_t>()->default_value("3"),
      "N")("threads", "threads to use (default: all)", cxxopts::value<unsigned>()->default_value("0"), "N")(
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
  const bool has_store = parsed->count("store") != 0;
  if (paths.empty() != has_store)
    throw UsageError("name either a store (--store DIR) or apps (--apps PATH…)");

  const PatternDatabase before = database_from(old_path), after = database_from(new_path);
  Comparison comparison((*parsed)["examples"].as<std::size_t>());
  const BulkOptions bulk{limits(*parsed), (*parsed)["threads"].as<unsigned>()};
  if (has_store)
    compare_store((*parsed)["store"].as<std::string>(), before, after, bulk, comparison);
  else
    compare_apps(paths, before, after, bulk, comparison);
  const std::map<std::string, SdkChanges> changed = comparison.changes.changed();
  const std::string head = heading(comparison.changes, before, after);
  if (format == "text") {
    print(head + (changed.empty() ? ""
                                  : "\n" + change_table(changed).as_text(language(*parsed)) + "\n" +
                                        examples_text(changed)));
  } else {
    print(format == "csv" ? change_table(changed).as_csv() : as_ndjson(changed));
    complain(head.substr(0, head.size() - 1));
  }
  for (const auto& [reason, apps] : comparison.left_out)
    complain(std::to_string(apps) + " apps are left out, a scan has to tell of them (--apps): " + reason);
  return comparison.has_problems || !comparison.left_out.empty() ? kDoneWithProblems : kDone;
}

}  // namespace sdkprint::cli
