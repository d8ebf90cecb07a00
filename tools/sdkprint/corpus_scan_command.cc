// sdkprint corpus scan: apps → records of a store.
#include <unistd.h>

#include "app_inputs.h"
#include "base/digest.h"
#include "base/error.h"
#include "console.h"
#include "corpus_commands.h"
#include "corpus_metrics.h"
#include "default_database.h"
#include "progress.h"
#include "store/corpus_scan.h"

namespace sdkprint::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// K/N: the apps whose paths' digest falls to part K of N.
struct Shard {
  std::uint64_t index = 0, count = 1;

  bool has(const AppInput& input) const {
    return digest(as_bytes(join_paths(input.paths))).low % count == index;
  }
};

Shard parse_shard(const std::string& text) {
  unsigned long long index = 0, count = 0;
  char rest = 0;
  if (std::sscanf(text.c_str(), "%llu/%llu%c", &index, &count, &rest) != 2 || index < 1 || index > count)
    throw UsageError("--shard takes K/N with 1 <= K <= N, such as 3/16; \"" + text + "\" is none");
  return {index - 1, count};
}

cxxopts::Options scan_options() {
  cxxopts::Options options(
      "sdkprint corpus scan",
      "Scans apps into a store. What the store has already is not done again: run the same command\n"
      "again to go on after an interruption. Ctrl-C ends cleanly.");
  add_store_option(options);
  options.add_options()("db", "compiled signature database", cxxopts::value<std::string>(), "FILE")(
      "threads", "threads to use (default: all)", cxxopts::value<unsigned>()->default_value("0"), "N")(
      "shard", "only part K of N parts, split by a hash of the path", cxxopts::value<std::string>(), "K/N")(
      "metrics", "keep numbers for Prometheus in this file", cxxopts::value<std::string>(), "FILE")(
      "rehash", "read every file, even if size and times are those of the one read before")(
      "retry", "scan apps again of which content was lost")(
      "no-archive", "keep nothing for sdkprint corpus rematch: smaller and faster");
  add_cache_option(options);
  add_input_options(options);
  add_limit_options(options);
  return options;
}

/// What is shown while it runs.
class Watch {
 public:
  Watch(const cxxopts::ParseResult& parsed, const Store& store, std::uint64_t expected)
      : store_(store),
        expected_(expected),
        progress_(::isatty(STDERR_FILENO) == 1 ? Progress::Style::terminal : Progress::Style::log, expected) {
    if (parsed.count("metrics") != 0) metrics_path_ = parsed["metrics"].as<std::string>();
  }

  void app_done(const CorpusTotals& totals, const std::string& problem) {
    if (!problem.empty()) {
      progress_.pause();
      complain(problem);
    }
    const std::uint64_t failed = totals.unreadable + totals.with_loss;
    progress_.app_done(totals.bytes - bytes_, failed > failed_);
    bytes_ = totals.bytes;
    failed_ = failed;
    if (Clock::now() - written_ >= std::chrono::seconds(5)) write_metrics(totals);
  }

  void write_metrics(const CorpusTotals& totals) {
    if (metrics_path_.empty()) return;
    written_ = Clock::now();
    const std::string text = corpus_metrics(totals, seconds(), expected_, store_.environment().file_bytes());
    write_file(metrics_path_, as_bytes(text));
  }

  double seconds() const { return std::chrono::duration<double>(Clock::now() - begun_).count(); }
  void end() { progress_.pause(); }

 private:
  const Store& store_;
  std::uint64_t expected_, bytes_ = 0, failed_ = 0;
  std::string metrics_path_;
  Progress progress_;
  Clock::time_point begun_ = Clock::now(), written_ = begun_;
};

std::string summary(const CorpusTotals& totals, double seconds) {
  char rates[80];
  std::snprintf(rates, sizeof rates, " in %.1f s (%.1f apps/s, %.1f MB/s)\n", seconds,
                static_cast<double>(totals.apps()) / seconds,
                static_cast<double>(totals.bytes) / 1e6 / seconds);
  return std::to_string(totals.apps()) + " apps" + rates + "  " + std::to_string(totals.known_paths) +
         " known by path, " + std::to_string(totals.known_contents) + " known by content\n  " +
         std::to_string(totals.scanned) + " scanned, " + std::to_string(totals.with_loss) +
         " of them with losses\n  " + std::to_string(totals.unreadable) + " could not be read\n  " +
         std::to_string(totals.cache_hits) + " of " +
         std::to_string(totals.cache_hits + totals.cache_misses) + " entries found in the content cache\n";
}

}  // namespace

int corpus_scan_command(const Arguments& arguments) {
  cxxopts::Options options = scan_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  bool has_problems = false;
  AppInputs inputs(*parsed, has_problems);
  const Shard shard =
      parsed->count("shard") != 0 ? parse_shard((*parsed)["shard"].as<std::string>()) : Shard();
  const std::string directory = store_directory(*parsed);
  const PatternDatabase database = open_database(
      parsed->count("db") != 0 ? std::optional((*parsed)["db"].as<std::string>()) : std::nullopt);
  const Matcher matcher(database);
  const std::unique_ptr<Store> store = Store::open_for_writing(directory);  // only once the rest is right

  CorpusOptions corpus;
  corpus.limits = limits(*parsed);
  corpus.threads = (*parsed)["threads"].as<unsigned>();
  corpus.trust_stamps = parsed->count("rehash") == 0;
  corpus.retry = parsed->count("retry") != 0;
  corpus.keep_archive = parsed->count("no-archive") == 0;
  corpus.cache_bytes = cache_bytes(*parsed);
  corpus.should_stop = stop_on_signals();
  const auto next = [&]() -> std::optional<AppInput> {
    for (;;) {
      std::optional<AppInput> input = inputs.next();
      if (!input || shard.has(*input)) return input;
    }
  };
  Watch watch(*parsed, *store, count_apps(*parsed) / shard.count);
  const CorpusTotals totals = scan_corpus(
      *store, matcher, corpus, next,
      [&](const CorpusTotals& so_far, const std::string& problem) { watch.app_done(so_far, problem); });
  watch.end();
  watch.write_metrics(totals);
  print(summary(totals, watch.seconds()));
  if (totals.stopped) complain("stopped; what is done is kept: run the same command again to go on");
  return totals.stopped || has_problems || totals.unreadable + totals.with_loss > 0 ? kDoneWithProblems
                                                                                    : kDone;
}

}  // namespace sdkprint::cli
