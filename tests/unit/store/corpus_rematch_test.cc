// A new database over what was kept: the reports of a scan, byte for byte, or none.
#include "store/corpus_rematch.h"

#include <doctest/doctest.h>

#include "corpus_fixture.h"
#include "store/report_rematch.h"

namespace sdkprint {
namespace {

using namespace test;

const Corpus& corpus() {
  static const Corpus made;
  return made;
}

RematchTotals rematch(TestStore& test, const Matcher& matcher, unsigned threads = 0) {
  RematchOptions options;
  options.threads = threads;
  return rematch_corpus(*test.store, matcher, options, [](const RematchTotals&) {});
}

TEST_CASE("a rematch is a scan with the new database") {
  const Scanner newer(sdk_toml("acme", "class = [\"com.acme.A\"]\nstring = [\"acme 1\"]") +
                      sdk_toml("apps", "class = [\"com.app1\", \"com.app2\"]\nentry = [\"assets/noise*\"]",
                               "[[sdk.version]]\nentry = \"META-INF/acme.version\"") +
                      sdk_toml("native", "library = [\"libacme.so\"]\nnative-string = [\"*acme 2*\"]"));
  TestStore fresh;
  scan_paths(*fresh.store, newer.matcher(), corpus().paths);
  for (const unsigned threads : {1U, 4U}) {
    TestStore kept;
    corpus().scan(*kept.store);
    CHECK(kept.reports() != fresh.reports());
    const RematchTotals totals = rematch(kept, newer.matcher(), threads);
    CHECK(totals.left == 0);
    CHECK(totals.rematched == StoreView(*kept.store).app_count());
    CHECK(kept.reports() == fresh.reports());
    CHECK(kept.digest() == fresh.digest());
  }
}

TEST_CASE("reports for another database can be had without writing") {
  const Scanner newer(sdk_toml("acme", "class = [\"com.acme.A\"]\nstring = [\"acme 1\"]"));
  TestStore kept, fresh;
  corpus().scan(*kept.store);
  scan_paths(*fresh.store, newer.matcher(), corpus().paths);
  const std::string before = kept.digest();
  std::string reports;
  {
    const Limits limits;
    EntryStore entries(kept.store->environment(), newer.matcher(), limits, {1 << 20, false, false});
    const ReportRematch rematch(*kept.store, newer.matcher(), limits, entries);
    std::vector<AppNumber> apps;
    StoreView(*kept.store).for_each_app([&](AppNumber app, const AppHead&) {
      apps.push_back(app);
      return true;
    });
    for (const AppNumber app : apps) {
      const RematchedReport result = rematch.report_of(app);
      CHECK_FALSE(result.is_current);
      CHECK(result.gaps.empty());
      REQUIRE(result.report);
      const StoreView view(*fresh.store);
      const std::optional<AppNumber> same = view.find_app(result.report->app.sha256);
      REQUIRE(same);
      CHECK(ndjson(*result.report) == ndjson(view.report(*same)));
      entries.drop();
    }
    CHECK(apps.size() > 3);
  }
  CHECK(kept.digest() == before);
  const Limits limits;
  EntryStore entries(fresh.store->environment(), newer.matcher(), limits, {1 << 20, false, false});
  const RematchedReport own = ReportRematch(*fresh.store, newer.matcher(), limits, entries).report_of(1);
  CHECK(own.is_current);
  CHECK_FALSE(own.report);
}

TEST_CASE("each content is matched once, and nothing twice") {
  TestStore kept;
  corpus().scan(*kept.store);
  const Scanner newer(sdk_toml("acme", "class = [\"com.acme.A\"]"));
  const RematchTotals first = rematch(kept, newer.matcher(), 1);
  CHECK(first.entries > 0);
  CHECK(first.entries <= ReadView(kept.store->environment()).count(Table::images));
  const RematchTotals again = rematch(kept, newer.matcher(), 1);
  CHECK(again.current == first.rematched);
  CHECK(again.rematched == 0);
  CHECK(again.entries == 0);
}

TEST_CASE("a scan after a rematch has nothing to do, and knows the entries") {
  TestStore kept;
  corpus().scan(*kept.store);
  const Scanner newer(sdk_toml("acme", "class = [\"com.acme.A\"]"));
  rematch(kept, newer.matcher());
  CHECK(scan_paths(*kept.store, newer.matcher(), corpus().paths).scanned == 0);
}

TEST_CASE("apps that were scanned without an archive are left, and said") {
  TestStore kept;
  CorpusOptions options;
  options.keep_archive = false;
  corpus().scan(*kept.store, options);
  const std::string before = kept.digest();
  const RematchTotals totals = rematch(kept, Scanner(sdk_toml("acme", "class = [\"com.acme.A\"]")).matcher());
  CHECK(totals.rematched == 0);
  CHECK(totals.left == StoreView(*kept.store).app_count());
  CHECK(totals.reasons == std::map<std::string, std::uint64_t>{{"scanned without an archive", totals.left}});
  CHECK(kept.digest() == before);
}

TEST_CASE("a version rule that reads code which was not kept leaves the apps of its SDK") {
  TestStore kept;
  corpus().scan(*kept.store);
  const Scanner newer(
      sdk_toml("acme", "class = [\"com.acme\"]", "[[sdk.version]]\nconstants = \"com.acme.A.version\"") +
      sdk_toml("absent", "class = [\"com.absent\"]",
               "[[sdk.version]]\nconstants = \"com.absent.A.version\""));
  const RematchTotals totals = rematch(kept, newer.matcher());
  CHECK(totals.left > 0);
  REQUIRE(totals.reasons.size() == 1);
  CHECK(totals.reasons.begin()->first ==
        "a version rule of acme reads the code of com.acme.A.version, which was not kept");
  // A scan keeps it, and the next rematch can answer.
  scan_paths(*kept.store, newer.matcher(), corpus().paths);
  const Scanner newest(
      sdk_toml("acme", "class = [\"com.acme.A\"]", "[[sdk.version]]\nconstants = \"com.acme.A.version\""));
  CHECK(rematch(kept, newest.matcher()).left == 0);
}

TEST_CASE("a version rule that reads a text which was not kept leaves the app") {
  TestStore kept;
  const TemporaryDirectory apps;
  const std::string path = apps.write("a.apk", apk_of({{"classes.dex", dex_of({"Lcom/acme/A;"})},
                                                       {"assets/about.txt", bytes_of("acme 1.2")}}));
  corpus().scan_paths(*kept.store, {path});
  const Scanner newer(
      sdk_toml("acme", "class = [\"com.acme\"]", "[[sdk.version]]\nentry = \"assets/about.txt\""));
  const RematchTotals totals = rematch(kept, newer.matcher());
  CHECK(totals.left == 1);
  CHECK(totals.reasons.begin()->first ==
        "a version rule reads assets/about.txt, of which the text was not kept");
}

TEST_CASE("stopping a rematch keeps what was done") {
  TestStore kept;
  corpus().scan(*kept.store);
  const Scanner newer(sdk_toml("acme", "class = [\"com.acme.A\"]"));
  RematchOptions options;
  int asked = 0;
  options.should_stop = [&] { return ++asked > 3; };
  const RematchTotals stopped =
      rematch_corpus(*kept.store, newer.matcher(), options, [](const RematchTotals&) {});
  CHECK(stopped.stopped);
  CHECK(stopped.rematched == 3);
  const RematchTotals rest = rematch(kept, newer.matcher());
  CHECK(rest.current == 3);
  CHECK(rest.left == 0);
  kept.digest();
}

}  // namespace
}  // namespace sdkprint
