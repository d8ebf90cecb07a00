// Tables measured inside this process.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "app_contents.h"
#include "base/digest.h"
#include "match/matcher.h"
#include "measure.h"
#include "signature_subset.h"
#include "stages.h"
#include "tables.h"

namespace sdkprint::bench {
namespace {

/// A database of some SDKs, ready to scan with.
struct Engine {
  explicit Engine(const Signatures& signatures)
      : bytes(compile_database(signatures.set, signatures.behaviours)),
        database(PatternDatabase::from_bytes(bytes)),
        matcher(database) {}

  std::vector<std::uint8_t> bytes;
  PatternDatabase database;
  Matcher matcher;
};

/// Of all threads of this process, in the program and in the kernel.
double processor_seconds() {
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct FloorAndScan {
  double floor = 0, digest = 0, scan = 0;
};

FloorAndScan floor_and_scan(const Matcher& matcher, const AppContents& app, int rounds) {
  Inflater inflater;
  Buffer buffer;
  const auto digest_file = [&] { sha256(MappedFile(app.path(), MappedFile::Extent::whole).bytes()); };
  const std::vector<Timing> times = measure({[&] { app.inflate_all(inflater, buffer); }, digest_file,
                                             [&] { scan_whole(matcher, {app.path()}, 1); }},
                                            rounds);
  return {times[0].best, times[1].best, times[2].best};
}

}  // namespace

void print_floor_table(const BenchOptions& options, const Signatures& signatures) {
  const Engine engine(subset(signatures, kReferenceSdks));
  std::printf("### Whole scan against inflating, %zu SDKs, one thread\n\n",
              engine.database.set().sdks.size());
  Table table(
      {"app", "MB", "code, MB", "inflate, ms", "SHA-256, ms", "scan, ms", "ratio", "without SHA-256"});
  const auto add = [&](const std::string& name, double file_bytes, double code_bytes,
                       const FloorAndScan& times) {
    table.add({name, megabytes(file_bytes), megabytes(code_bytes), milliseconds(times.floor),
               milliseconds(times.digest), milliseconds(times.scan),
               times.floor < 1e-6 ? "nothing to inflate" : number(times.scan / times.floor, 2),
               times.floor < 1e-6 ? "" : number((times.scan - times.digest) / times.floor, 2)});
  };
  FloorAndScan sum;
  double file_bytes = 0, code_bytes = 0;
  for (const std::string& path : options.apps) {
    const AppContents app(path);
    const FloorAndScan times = floor_and_scan(engine.matcher, app, options.rounds);
    sum.floor += times.floor, sum.digest += times.digest, sum.scan += times.scan;
    file_bytes += static_cast<double>(app.file().size()), code_bytes += static_cast<double>(app.code_size());
    add(short_name(path), static_cast<double>(app.file().size()), static_cast<double>(app.code_size()),
        times);
  }
  add("all", file_bytes, code_bytes, sum);
  table.print();
}

void print_stage_table(const BenchOptions& options, const Signatures& signatures) {
  const Engine engine(subset(signatures, kReferenceSdks));
  std::printf("### Time per stage, all apps, %zu SDKs, one thread\n\n", engine.database.set().sdks.size());
  std::vector<StageTime> sum;
  for (const std::string& path : options.apps) {
    const std::vector<StageTime> times = stage_times(engine.matcher, AppContents(path), options.rounds);
    if (sum.empty())
      sum = times;
    else
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i].seconds += times[i].seconds;
  }
  Table table({"stage", "ms", "share"});
  for (const StageTime& stage : sum) {
    table.add({stage.name, milliseconds(stage.seconds),
               number(stage.seconds / sum.back().seconds * 100, 1) + " %"});
  }
  table.print();
}

/// What growing the set may cost is measured between these two.
constexpr std::size_t kFewSdks = 150, kManySdks = 1500;

void print_sdk_table(const BenchOptions& options, const Signatures& signatures) {
  std::printf("### Cost over the number of SDKs, all apps, one thread\n\n");
  std::vector<std::unique_ptr<Engine>> engines;
  for (const std::size_t count :
       {std::size_t{1}, std::size_t{10}, kFewSdks, kReferenceSdks, kManySdks, signatures.set.sdks.size()}) {
    if (count > signatures.set.sdks.size()) continue;
    if (engines.empty() || count > engines.back()->database.set().sdks.size()) {
      engines.push_back(std::make_unique<Engine>(subset(signatures, count)));
    }
  }
  Inflater inflater;
  Buffer buffer;
  std::vector<std::unique_ptr<AppContents>> apps;
  for (const std::string& path : options.apps) apps.push_back(std::make_unique<AppContents>(path));
  std::vector<std::function<void()>> tasks = {[&] {
    for (const std::unique_ptr<AppContents>& app : apps) app->inflate_all(inflater, buffer);
  }};
  for (const std::unique_ptr<Engine>& engine : engines) {
    tasks.push_back([&] { scan_whole(engine->matcher, options.apps, 1); });
  }
  const std::vector<Timing> times = measure(tasks, options.rounds);
  Table table({"SDKs", "patterns", "database, MB", "open it, ms", "scan, ms", "ratio to inflating"});
  for (std::size_t i = 0; i < engines.size(); ++i) {
    const Engine& engine = *engines[i];
    const std::vector<Timing> open =
        measure({[&] { PatternDatabase::from_bytes(engine.bytes); }}, options.rounds);
    std::size_t patterns = 0;
    for (const Sdk& sdk : engine.database.set().sdks) patterns += sdk.patterns.size();
    table.add({std::to_string(engine.database.set().sdks.size()), std::to_string(patterns),
               number(static_cast<double>(engine.bytes.size()) / 1e6, 2), number(open[0].best * 1e3, 2),
               milliseconds(times[i + 1].best), number(times[i + 1].best / times[0].best, 2)});
  }
  table.print();
  const auto time_of = [&](std::size_t sdks) {
    for (std::size_t i = 0; i < engines.size(); ++i) {
      if (engines[i]->database.set().sdks.size() == sdks) return times[i + 1].best;
    }
    return 0.0;
  };
  if (time_of(kFewSdks) > 0 && time_of(kManySdks) > 0) {
    std::printf("Scan with %zu SDKs to scan with %zu: %s\n\n", kManySdks, kFewSdks,
                number(time_of(kManySdks) / time_of(kFewSdks), 3).c_str());
  }
}

void print_thread_table(const BenchOptions& options, const Signatures& signatures) {
  const Engine engine(subset(signatures, kReferenceSdks));
  std::printf("### Many apps: one thread and two, %zu SDKs\n\n", engine.database.set().sdks.size());
  std::vector<std::string> paths;
  for (int copy = 0; copy < 2; ++copy) paths.insert(paths.end(), options.apps.begin(), options.apps.end());
  std::vector<double> processor(2, 1e9);
  const auto scan = [&](unsigned threads) {
    const double before = processor_seconds();
    scan_whole(engine.matcher, paths, threads);
    processor[threads - 1] = std::min(processor[threads - 1], processor_seconds() - before);
  };
  const std::vector<Timing> times = measure({[&] { scan(1); }, [&] { scan(2); }}, options.rounds);
  Table table({"threads", "apps", "ms", "processor, ms", "apps/s", "times one thread"});
  for (std::size_t i = 0; i < times.size(); ++i) {
    table.add({std::to_string(i + 1), std::to_string(paths.size()), milliseconds(times[i].best),
               milliseconds(processor[i]), number(static_cast<double>(paths.size()) / times[i].best, 0),
               number(times[0].best / times[i].best, 2)});
  }
  table.print();
}

}  // namespace sdkprint::bench
