// sdkprint corpus: what works on the store of a whole corpus. One file a command.
#include <csignal>

#include "corpus_commands.h"

namespace sdkprint::cli {
namespace {

constexpr Subcommand kCommands[] = {
    {"scan", "scan apps into a store; run again to go on", corpus_scan_command},
    {"rematch", "apply a new database to a store, without the apps", corpus_rematch_command},
    {"merge", "join stores", corpus_merge_command},
    {"reports", "print the reports of a store", corpus_reports_command},
    {"query", "questions about all apps of a store", corpus_query_command},
    {"discover", "packages of many apps that no signature claims", corpus_discover_command},
    {"export", "a store as a SQLite database", corpus_export_command},
    {"check", "verify a store", corpus_check_command},
};

constexpr std::string_view kAbout =
    "A store is a directory (docs/store-format.md).\n"
    "Exit status: 0 all done, 1 done with problems, 2 could not run.\n";

volatile std::sig_atomic_t g_stop = 0;

}  // namespace

std::function<bool()> stop_on_signals() {
  struct sigaction action {};
  action.sa_handler = [](int) { g_stop = 1; };
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  return [] { return g_stop != 0; };
}

void add_cache_option(cxxopts::Options& options) {
  options.add_options()("cache-size",
                        "MiB of facts that are kept of entries, to be found again in other apps",
                        cxxopts::value<std::uint64_t>()->default_value("4096"), "MIB");
}

std::uint64_t cache_bytes(const cxxopts::ParseResult& parsed) {
  return parsed["cache-size"].as<std::uint64_t>() << 20;
}

void add_store_option(cxxopts::Options& options) {
  options.add_options()("store", "the store's directory", cxxopts::value<std::string>(), "DIR");
}

std::string store_directory(const cxxopts::ParseResult& parsed) {
  if (parsed.count("store") == 0) throw UsageError("name the store: --store DIR");
  return parsed["store"].as<std::string>();
}

int corpus_command(const Arguments& arguments) { return dispatch(kCommands, arguments, kAbout); }

}  // namespace sdkprint::cli
