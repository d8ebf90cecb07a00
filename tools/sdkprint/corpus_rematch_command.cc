// sdkprint corpus rematch: a new database over a store, no app is opened.
#include <unistd.h>

#include "base/error.h"
#include "console.h"
#include "corpus_commands.h"
#include "default_database.h"
#include "progress.h"
#include "store/corpus_rematch.h"

namespace sdkprint::cli {
namespace {

std::string summary(const RematchTotals& totals, double seconds) {
  char rate[64];
  std::snprintf(rate, sizeof rate, " in %.1f s (%.1f apps/s)\n", seconds,
                static_cast<double>(totals.apps()) / seconds);
  return std::to_string(totals.apps()) + " apps" + rate + "  " + std::to_string(totals.current) +
         " are of this database already\n  " + std::to_string(totals.untouched) +
         " have nothing that a changed signature could match\n  " + std::to_string(totals.rematched) +
         " rematched, " + std::to_string(totals.entries) + " entries matched for them\n  " +
         std::to_string(totals.left) + " left as they were\n";
}

}  // namespace

int corpus_rematch_command(const Arguments& arguments) {
  cxxopts::Options options("sdkprint corpus rematch",
                           "Applies a signature database to the apps of a store, out of what was kept of "
                           "them: no app is opened. Reports\n"
                           "become those that a scan with this database would give; apps of which too little "
                           "was kept are named and left\n"
                           "as they are, sdkprint corpus scan does them.");
  add_store_option(options);
  options.add_options()("db", "compiled signature database", cxxopts::value<std::string>(), "FILE")(
      "threads", "threads to use (default: all)", cxxopts::value<unsigned>()->default_value("0"), "N");
  add_cache_option(options);
  add_limit_options(options);
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const std::string directory = store_directory(*parsed);
  Store::open_for_reading(directory);  // a rematch makes no store
  const std::unique_ptr<Store> store = Store::open_for_writing(directory);
  const PatternDatabase database = open_database(
      parsed->count("db") != 0 ? std::optional((*parsed)["db"].as<std::string>()) : std::nullopt);
  const Matcher matcher(database);
  RematchOptions rematch;
  rematch.limits = limits(*parsed);
  rematch.threads = (*parsed)["threads"].as<unsigned>();
  rematch.cache_bytes = cache_bytes(*parsed);
  rematch.should_stop = stop_on_signals();
  Progress progress(::isatty(STDERR_FILENO) == 1 ? Progress::Style::terminal : Progress::Style::log,
                    StoreView(*store).app_count());
  const auto begun = std::chrono::steady_clock::now();
  std::uint64_t left = 0;
  const RematchTotals totals = rematch_corpus(*store, matcher, rematch, [&](const RematchTotals& so_far) {
    progress.app_done(0, so_far.left > left);
    left = so_far.left;
  });
  progress.pause();
  print(summary(totals, std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count()));
  for (const auto& [reason, apps] : totals.reasons)
    complain(std::to_string(apps) + " apps need sdkprint corpus scan: " + reason);
  if (totals.stopped) complain("stopped; what is done is kept: run the same command again to go on");
  return totals.left != 0 || totals.stopped ? kDoneWithProblems : kDone;
}

}  // namespace sdkprint::cli
