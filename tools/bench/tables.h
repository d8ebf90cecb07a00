#pragma once
// The tables of docs/performance.md, printed as Markdown.
#include <string>
#include <vector>

#include "signature_subset.h"

namespace sdkprint::bench {

struct BenchOptions {
  std::string signatures;         ///< folder
  std::string program;            ///< path of sdkprint
  std::vector<std::string> apps;  ///< paths of APKs
  int rounds = 7;                 ///< of measurements inside this process
  int process_rounds = 5;         ///< of whole processes
};

inline constexpr std::size_t kReferenceSdks = 400;

/// Each app: inflate floor, whole scan, their ratio; one thread, kReferenceSdks.
void print_floor_table(const BenchOptions& options, const Signatures& signatures);
/// Time per stage over all apps; one thread, kReferenceSdks.
void print_stage_table(const BenchOptions& options, const Signatures& signatures);
/// Cost over the number of SDKs.
void print_sdk_table(const BenchOptions& options, const Signatures& signatures);
/// Many apps on one and on two threads.
void print_thread_table(const BenchOptions& options, const Signatures& signatures);
/// Peak memory of `sdkprint scan` on the largest app.
void print_memory_table(const BenchOptions& options, const Signatures& signatures);
/// Wall time of the process `sdkprint scan APP` against unzip and ripgrep with the same prefixes.
void print_process_table(const BenchOptions& options, const Signatures& signatures);

}  // namespace sdkprint::bench
