// sdkprint_clone_store: a large store made of a small one's real reports, for measuring questions.
// Every clone has a SHA-256, package, version and certificate of its own kind, and some more packages that no
// signature claims: as in a crawl few of them in many apps, many in few. The same arguments give the same
// store. tools/bench/queries calls it.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "base/digest.h"
#include "base/error.h"
#include "store/store.h"

namespace {

using namespace sdkprint;

constexpr std::uint64_t kBatch = 2000;
/// As in a crawl: developers publish some apps each, apps come in some versions.
constexpr std::uint64_t kAppsOfDeveloper = 20, kVersions = 4;
/// Each app has this many of so many unknown SDKs; the n-th commonest is in an n-th of the apps of the first.
constexpr int kUnknownOfApp = 12;
constexpr double kUnknownSdks = 50000;

std::string sha256_of(const std::string& text) { return to_hex(sha256(as_bytes(text))); }

/// All versions of an app have the same ones.
void add_unknown_sdks(std::uint64_t app, AppReport& report) {
  std::mt19937_64 random(app);
  for (int i = 0; i < kUnknownOfApp; ++i) {
    const double share = static_cast<double>(random() >> 11) * 0x1p-53;
    const auto rank = static_cast<std::uint64_t>(std::pow(kUnknownSdks, share));
    report.unattributed.push_back({"net.unknown" + std::to_string(rank) + ".core", 10 + rank % 90, 20000});
  }
}

/// Makes a report another app's; `unclaimed` is how many packages it had at first. In place: a copy of a
/// report costs more than all else.
void become_clone(std::uint64_t number, std::size_t unclaimed, AppReport& report) {
  const std::uint64_t app = number / kVersions, version = number % kVersions + 1;
  const std::string developer = std::to_string(app / kAppsOfDeveloper);
  report.app.parts.clear();
  report.app.package = "org.clone.d" + developer + ".app" + std::to_string(app);
  report.app.version_code = static_cast<std::int64_t>(version);
  report.app.version_name = std::to_string(version) + ".0";
  report.app.path = "clones/" + report.app.package + "-" + std::to_string(version) + ".apk";
  report.app.sha256 = sha256_of("app " + std::to_string(number));
  report.app.certificates = {{sha256_of("developer " + developer), "CN=Developer " + developer, {2}}};
  report.unattributed.resize(unclaimed);
  add_unknown_sdks(app, report);
}

struct Original {
  AppReport report;
  std::size_t unclaimed;
};

std::vector<Original> read_all(const std::string& directory) {
  const std::unique_ptr<Store> store = Store::open_for_reading(directory);
  const StoreView view(*store);
  std::vector<Original> originals;
  view.for_each_app([&](AppNumber app, const AppHead&) {
    AppReport report = view.report(app);
    const std::size_t unclaimed = report.unattributed.size();
    originals.push_back({std::move(report), unclaimed});
    return true;
  });
  if (originals.empty()) throw Error(directory + ": no apps to clone");
  return originals;
}

/// Packing takes most of the time, so all processors do it; each original belongs to one of them.
std::vector<AppRecord> records_of(std::vector<Original>& originals, std::uint64_t first, std::uint64_t end) {
  std::vector<AppRecord> records(end - first);
  const std::uint64_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::future<void>> workers;
  for (std::uint64_t worker = 0; worker < threads; ++worker) {
    workers.push_back(std::async(std::launch::async, [&, worker] {
      for (std::uint64_t i = first; i < end; ++i) {
        // Versions of one app are clones of one original.
        const std::uint64_t chosen = i / kVersions % originals.size();
        if (chosen % threads != worker) continue;
        become_clone(i, originals[chosen].unclaimed, originals[chosen].report);
        records[i - first] = record_of(originals[chosen].report);
      }
    }));
  }
  for (std::future<void>& worker : workers) worker.get();
  return records;
}

int run(const std::string& from, const std::string& to, std::uint64_t apps) {
  std::vector<Original> originals = read_all(from);
  const std::unique_ptr<Store> store = Store::open_for_writing(to);
  // What an earlier run wrote, if it was stopped, is there: clones are written in order.
  for (std::uint64_t first = StoreView(*store).app_count(); first < apps; first += kBatch) {
    const std::vector<AppRecord> records = records_of(originals, first, std::min(apps, first + kBatch));
    store->environment().write([&](WriteTransaction& transaction) {
      for (const AppRecord& record : records) write_record(transaction, record);
    });
  }
  std::printf("%llu apps, cloned from %zu\n", static_cast<unsigned long long>(apps), originals.size());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("Usage: sdkprint_clone_store FROM TO APPS\n", stderr);
    return 2;
  }
  try {
    return run(argv[1], argv[2], std::strtoull(argv[3], nullptr, 10));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "sdkprint_clone_store: %s\n", error.what());
    return 2;
  }
}
