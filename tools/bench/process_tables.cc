// Tables measured on whole processes.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app_contents.h"
#include "measure.h"
#include "process.h"
#include "signature_subset.h"
#include "tables.h"

namespace sdkprint::bench {
namespace {

constexpr int kScanStatus = 1;      // done with problems
constexpr int kPipelineStatus = 1;  // ripgrep found nothing

/// The program and the files that both sides read.
struct Contest {
  /// The program compiles the database itself: a child's peak memory begins with that of its parent, which
  /// therefore must stay small.
  Contest(const BenchOptions& options, const Signatures& signatures)
      : program(shell_quoted(options.program)), database(shell_quoted(folder.path("signatures.sdkdb"))) {
    run_shell("exec " + program + " compile " + shell_quoted(options.signatures) + " -o " + database, 0);
    const std::string lines = prefix_lines(signatures.set);
    prefix_count = static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
    prefixes = shell_quoted(folder.write("prefixes", lines));
  }
  std::string scan(const std::string& app, const std::string& option = "") const {
    return "exec " + program + " scan --db " + database + " " + option + shell_quoted(app);
  }
  std::string pipeline(const std::string& app) const {
    return "unzip -p " + shell_quoted(app) + " '*.dex' '*.so' | rg -a -c -F -f " + prefixes;
  }

  ScratchFolder folder;
  std::string program, database, prefixes;
  std::size_t prefix_count = 0;
};

}  // namespace

void print_process_table(const BenchOptions& options, const Signatures& signatures) {
  const Contest contest(options, signatures);
  std::printf(
      "### The process `sdkprint scan APP` against `unzip -p APP '*.dex' '*.so' | rg -a -c -F -f PREFIXES`, "
      "%zu SDKs, %zu prefixes\n\n",
      signatures.set.sdks.size(), contest.prefix_count);
  Table table({"app", "MB", "sdkprint, ms", "unzip and rg, ms", "ratio"});
  double scan_sum = 0, pipeline_sum = 0;
  std::size_t slower = 0;
  for (const std::string& path : options.apps) {
    const std::vector<Timing> times = measure({[&] { run_shell(contest.scan(path), kScanStatus); },
                                               [&] { run_shell(contest.pipeline(path), kPipelineStatus); }},
                                              options.process_rounds);
    scan_sum += times[0].best, pipeline_sum += times[1].best;
    slower += times[0].best >= times[1].best ? 1 : 0;
    table.add({short_name(path), megabytes(static_cast<double>(std::filesystem::file_size(path))),
               milliseconds(times[0].best), milliseconds(times[1].best),
               number(times[0].best / times[1].best, 2)});
  }
  table.add(
      {"all", "", milliseconds(scan_sum), milliseconds(pipeline_sum), number(scan_sum / pipeline_sum, 2)});
  table.print();
  std::printf("sdkprint is slower on %zu of %zu apps.\n\n", slower, options.apps.size());
}

void print_memory_table(const BenchOptions& options, const Signatures& signatures) {
  const Contest contest(options, signatures);
  const auto size = [](const std::string& path) { return std::filesystem::file_size(path); };
  const std::string largest =
      *std::max_element(options.apps.begin(), options.apps.end(),
                        [&](const std::string& a, const std::string& b) { return size(a) < size(b); });
  std::printf("### Peak memory on the largest app (%s, %s MB)\n\n", short_name(largest).c_str(),
              megabytes(static_cast<double>(size(largest))).c_str());
  Table table({"threads", "peak resident, MB"});
  for (const char* threads : {"1", "2", "8"}) {
    double peak = 0;
    for (int round = 0; round < options.process_rounds; ++round) {
      const std::string option = std::string("--threads ") + threads + " ";
      peak = std::max(peak, run_shell(contest.scan(largest, option), kScanStatus).peak_bytes);
    }
    table.add({threads, megabytes(peak)});
  }
  table.print();
}

}  // namespace sdkprint::bench
