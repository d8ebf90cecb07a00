// sdkprint corpus reports: the reports of a store, as sdkprint scan prints them.
#include <algorithm>

#include "console.h"
#include "corpus_commands.h"
#include "store/store.h"

namespace sdkprint::cli {
namespace {

/// In the order of their paths, which does not depend on how the store was made.
std::vector<std::pair<std::string, AppNumber>> apps_by_path(const StoreView& view) {
  std::vector<std::pair<std::string, AppNumber>> apps;
  view.for_each_app([&](AppNumber app, const AppHead& head) {
    apps.emplace_back(head.path, app);
    return true;
  });
  std::sort(apps.begin(), apps.end());
  return apps;
}

/// False when one of them is not there; complains of it.
bool find_apps(const StoreView& view, const std::vector<std::string>& names,
               std::vector<std::pair<std::string, AppNumber>>& apps) {
  bool all_found = true;
  for (const std::string& name : names) {
    std::optional<AppNumber> app = view.find_app(name);
    const std::optional<PathRecord> path = view.path(name);
    if (!app && path) app = path->app;
    if (app) {
      apps.emplace_back(name, *app);
      continue;
    }
    all_found = false;
    const bool was_tried = path && !path->problems.empty();
    complain(name + (was_tried
                         ? ": could not be read when it was scanned: " + path->problems.front().message
                         : ": no such app in the store (expected a path as it was scanned, or a SHA-256)"));
  }
  return all_found;
}

}  // namespace

int corpus_reports_command(const Arguments& arguments) {
  cxxopts::Options options(
      "sdkprint corpus reports",
      "Prints the reports of a store in the order of their paths, as sdkprint scan would. APP is a\n"
      "path as it was scanned, or a SHA-256; without any, all of them.");
  add_store_option(options);
  options.add_options()("format", "text, ndjson", cxxopts::value<std::string>()->default_value("ndjson"),
                        "FORMAT")("apps", "", cxxopts::value<std::vector<std::string>>());
  add_language_option(options);
  add_colour_option(options);
  options.positional_help("[APP…]");
  options.parse_positional({"apps"});
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const bool ndjson = one_of(*parsed, "format", {"text", "ndjson"}) == "ndjson";
  const TextOptions text_options{language(*parsed), wants_colour(*parsed)};
  const std::unique_ptr<Store> store = Store::open_for_reading(store_directory(*parsed));
  const StoreView view(*store);
  bool all_found = true;
  std::vector<std::pair<std::string, AppNumber>> apps;
  if (parsed->count("apps") == 0)
    apps = apps_by_path(view);
  else
    all_found = find_apps(view, (*parsed)["apps"].as<std::vector<std::string>>(), apps);
  for (const auto& [path, app] : apps) {
    std::string out;
    if (ndjson)
      write_ndjson(view.report(app), out);
    else
      write_text(view.report(app), text_options, out);
    print(out);
  }
  return all_found ? kDone : kDoneWithProblems;
}

}  // namespace sdkprint::cli
