// sdkprint_bench: what a scan costs, against the work that no scan can avoid. tools/bench/run calls it.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/error.h"
#include "signature_subset.h"
#include "tables.h"

namespace {

using namespace sdkprint;
using namespace sdkprint::bench;

constexpr const char* kUsage =
    "Usage: sdkprint_bench --signatures DIR --sdkprint PROGRAM [--rounds N] [--only "
    "floor|stages|sdks|threads|memory|"
    "processes] APK…\n";

struct NamedTable {
  const char* name;
  void (*print)(const BenchOptions&, const Signatures&);
};
/// Those that look at processes come first: see Contest.
constexpr NamedTable kTables[] = {{"memory", print_memory_table}, {"processes", print_process_table},
                                  {"floor", print_floor_table},   {"stages", print_stage_table},
                                  {"sdks", print_sdk_table},      {"threads", print_thread_table}};

int usage() {
  std::fputs(kUsage, stderr);
  return 2;
}

int run(int argc, char** argv) {
  BenchOptions options;
  std::string only;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (!argument.starts_with("--")) {
      options.apps.push_back(argument);
      continue;
    }
    if (++i == argc) return usage();
    if (argument == "--signatures")
      options.signatures = argv[i];
    else if (argument == "--sdkprint")
      options.program = argv[i];
    else if (argument == "--rounds")
      options.rounds = options.process_rounds = std::max(1, std::atoi(argv[i]));
    else if (argument == "--only")
      only = argv[i];
    else
      return usage();
  }
  if (options.signatures.empty() || options.program.empty() || options.apps.empty()) return usage();
  const Signatures signatures = load_signatures(options.signatures);
  bool printed = false;
  for (const NamedTable& table : kTables) {
    if (!only.empty() && only != table.name) continue;
    table.print(options, signatures);
    printed = true;
  }
  return printed ? 0 : usage();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "sdkprint_bench: %s\n", error.what());
    return 2;
  }
}
