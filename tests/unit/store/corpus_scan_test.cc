// A corpus into a store: what is known is not done again; the store says the same however it was made.
#include "store/corpus_scan.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "app_fixture.h"
#include "corpus_fixture.h"

namespace sdkprint {
namespace {

using namespace test;
namespace fs = std::filesystem;

const Corpus& corpus() {
  static const Corpus made;
  return made;
}

CorpusOptions with_threads(unsigned threads) {
  CorpusOptions options;
  options.threads = threads;
  return options;
}

TEST_CASE("reports of the store are those of a plain scan") {
  TestStore kept;
  const CorpusTotals totals = corpus().scan(*kept.store);
  CHECK(totals.apps() == corpus().paths.size());
  CHECK(totals.unreadable == 2);  // the empty file and the absent one
  CHECK(totals.with_loss >= 2);   // those cut short and the text
  const StoreView view(*kept.store);
  CHECK(view.app_count() == corpus().paths.size() - 2 - 2);  // two pairs of the same content
  view.for_each_app([&](AppNumber app, const AppHead& head) {
    CHECK(ndjson(view.report(app)) == ndjson(scan_app(corpus().scanner.matcher(), {{head.path}})));
    return true;
  });
  CHECK_FALSE(view.path("/nonexistent/x.apk")->app.has_value());
}

TEST_CASE("the store does not depend on threads, order or interruptions") {
  TestStore one, two, eight, reversed, resumed;
  corpus().scan(*one.store, with_threads(1));
  corpus().scan(*two.store, with_threads(2));
  corpus().scan(*eight.store, with_threads(8));
  corpus().scan_paths(*reversed.store, {corpus().paths.rbegin(), corpus().paths.rend()}, with_threads(1));
  corpus().scan(*resumed.store, with_threads(2), 0, 7);
  resumed.reopen();
  corpus().scan(*resumed.store, with_threads(2));
  const std::string expected = one.digest();
  CHECK(two.digest() == expected);
  CHECK(eight.digest() == expected);
  CHECK(reversed.digest() == expected);
  CHECK(resumed.digest() == expected);
  CHECK(reversed.reports() == one.reports());
}

TEST_CASE("what is known is not done again") {
  TestStore kept;
  corpus().scan(*kept.store);
  const std::string before = kept.digest();
  const CorpusTotals again = corpus().scan(*kept.store);
  CHECK(again.scanned == 0);
  CHECK(again.known_paths == corpus().paths.size() - 2);
  CHECK(again.unreadable == 2);  // tried every time
  CorpusOptions rehash;
  rehash.trust_stamps = false;
  const CorpusTotals hashed = corpus().scan(*kept.store, rehash);
  CHECK(hashed.scanned == 0);
  CHECK(hashed.known_contents == corpus().paths.size() - 2);
  CHECK(kept.digest() == before);
}

TEST_CASE("a moved file is no new work, a changed one is") {
  TestStore kept;
  const TemporaryDirectory apps;
  const std::string path = apps.write("a.apk", apk_of({{"classes.dex", dex_of({"Lcom/acme/A;"})}}));
  CHECK(corpus().scan_paths(*kept.store, {path}).scanned == 1);
  const std::string moved = apps.path() + "/b.apk";
  fs::rename(path, moved);
  const CorpusTotals after = corpus().scan_paths(*kept.store, {moved});
  CHECK(after.scanned == 0);
  CHECK(after.known_contents == 1);
  apps.write("b.apk", apk_of({{"classes.dex", dex_of({"Lcom/acme/B;"})}}));
  CHECK(corpus().scan_paths(*kept.store, {moved}).scanned == 1);
  CHECK(StoreView(*kept.store).app_count() == 2);
  kept.digest();
}

TEST_CASE("another database means the work is new") {
  TestStore kept;
  const std::string path = corpus().paths.front();
  corpus().scan_paths(*kept.store, {path});
  const Scanner other(sdk_toml("other", kCorpusPatterns));
  bool taken = false;
  const CorpusTotals totals = scan_corpus(
      *kept.store, other.matcher(), {},
      [&]() -> std::optional<AppInput> {
        if (std::exchange(taken, true)) return std::nullopt;
        return AppInput{{path}};
      },
      [](const CorpusTotals&, const std::string&) {});
  CHECK(totals.scanned == 1);
  const StoreView view(*kept.store);
  CHECK(view.app_count() == 1);
  CHECK(view.apps_with(Index::sdk, "acme\t").empty());
  CHECK(view.apps_with(Index::sdk, "other\t").size() == 1);
}

TEST_CASE("stopping keeps what was begun, and a retry does what was lost again") {
  TestStore kept;
  CorpusOptions options;
  int asked = 0;
  options.should_stop = [&] { return ++asked > 4; };
  const CorpusTotals stopped = corpus().scan(*kept.store, options);
  CHECK(stopped.stopped);
  CHECK(stopped.apps() == 4);
  kept.digest();
  corpus().scan(*kept.store);
  CorpusOptions retry;
  retry.retry = true;
  const CorpusTotals again = corpus().scan(*kept.store, retry);
  CHECK(again.scanned == again.with_loss);
  CHECK(again.with_loss >= 2);
  kept.digest();
}

TEST_CASE("an app over its limits is a record with its problem") {
  TestStore kept;
  CorpusOptions options;
  options.limits.app_bytes = 16;
  const CorpusTotals totals = corpus().scan_paths(*kept.store, {corpus().paths.front()}, options);
  CHECK(totals.with_loss == 1);
  CHECK(StoreView(*kept.store).apps_of(Index::problem, "limit").size() == 1);
}

TEST_CASE("entries that were met before are not scanned again, and the store says the same") {
  TestStore kept, bare;
  CorpusOptions one_thread = with_threads(1);
  const CorpusTotals totals = corpus().scan(*kept.store, one_thread);
  CHECK(totals.cache_hits >= totals.cache_misses);
  CorpusOptions without = one_thread;
  without.cache_bytes = 0;  // nothing is found but what waits to be written
  without.keep_archive = false;
  corpus().scan(*bare.store, without);
  CHECK(bare.reports() == kept.reports());
}

}  // namespace
}  // namespace sdkprint
