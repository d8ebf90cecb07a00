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

TEST_CASE("only what a changed signature can match is matched again") {
  struct Case {
    const char* what;
    std::string before, after;
    std::uint64_t touched;  // apps at least
    std::uint64_t untouched;
  };
  const std::string acme = sdk_toml("acme", kCorpusPatterns);
  const std::uint64_t all = 17;
  const Case cases[] = {
      {"a new SDK that nothing has", "", sdk_toml("zero", "class = [\"com.zeroes\"]"), 0, all},
      {"its number moves those of others", "", sdk_toml("aaa", "class = [\"com.zeroes\"]"), 0, all},
      {"a class that some apps have", "", sdk_toml("apps", "class = [\"com.app1\"]"), 2, 10},
      {"an SDK that goes", sdk_toml("apps", "class = [\"com.app1\"]"), "", 2, 10},
      {"one that is called otherwise", sdk_toml("apps", "class = [\"com.app1\"]"),
       sdk_toml_with("apps", "aliases = [\"x\"]", "class = [\"com.app1\"]"), 2, 10},
      {"a longer name",
       sdk_toml("acme2", "class = [\"com.acme.B\"]", "[[sdk.version]]\nentry = \"META-INF/acme.version\""),
       sdk_toml_with("acme2", "homepage = \"https://acme.com/\"", "class = [\"com.acme.B\"]",
                     "[[sdk.version]]\nentry = \"META-INF/acme.version\""),
       8, 1},
      {"a string", "", sdk_toml("text", "string = [\"acme 3*\"]"), 2, 5},
      {"a name of an entry", "", sdk_toml("name", "entry = [\"assets/noise7\"]"), 1, all - 1},
      {"any name of a library", "", sdk_toml("library", "library = [\"libacme*\"]"), 10, 3},
      {"a constant of a library", "", sdk_toml("native", "native-string = [\"*acme 1*\"]"), 1, 3},
      {"a longer claim on the same classes", "", sdk_toml("deep", "class = [\"com.acme.A\"]"), 10, 1},
      {"a text too short to ask for", "", sdk_toml("short", "class = [\"abcd\"]"), all, 0},
      {"a regular expression", "", sdk_toml("regex", "string = [{ regex = \"^acme [23]$\" }]"), 1, 0},
  };
  for (const Case& one : cases) {
    INFO(std::string(one.what));
    const Scanner before(acme + one.before), after(acme + one.after);
    TestStore kept, fresh;
    scan_paths(*kept.store, before.matcher(), corpus().paths);
    scan_paths(*fresh.store, after.matcher(), corpus().paths);
    const RematchTotals totals = rematch(kept, after.matcher());
    CHECK(totals.left == 0);
    CHECK(totals.current == 0);
    CHECK(totals.rematched >= one.touched);
    CHECK(totals.untouched >= one.untouched);
    CHECK(totals.apps() == StoreView(*kept.store).app_count());
    CHECK(kept.reports() == fresh.reports());
    CHECK(kept.digest() == fresh.digest());
    // And a scan goes on from there, with the facts of before where they hold.
    CHECK(scan_paths(*kept.store, after.matcher(), corpus().paths).scanned == 0);
  }
}

TEST_CASE("facts of entries that no changed signature can match serve a scan with the new database") {
  TestStore kept;
  corpus().scan(*kept.store);
  const std::string acme = sdk_toml("acme", kCorpusPatterns);
  const TemporaryDirectory apps;
  const std::string path =
      apps.write("new.apk", apk_of({{"classes.dex", dex_of({"Lcom/acme/A;"})}, {"a", bytes_of("new")}}));
  const Scanner newer(sdk_toml("aaa", "class = [\"com.zeroes\"]") + acme);
  TestStore fresh;
  scan_paths(*fresh.store, newer.matcher(), {path});
  const CorpusTotals totals = scan_paths(*kept.store, newer.matcher(), {path});
  CHECK(totals.cache_hits == 1);
  CHECK(totals.cache_misses == 0);
  const std::string sha256 = StoreView(*fresh.store).head(0).sha256;
  const StoreView view(*kept.store);
  REQUIRE(view.find_app(sha256));
  CHECK(ndjson(view.report(*view.find_app(sha256))) == ndjson(StoreView(*fresh.store).report(0)));
  // An SDK that may be in it: the entry is scanned.
  const Scanner deeper(sdk_toml("deep", "class = [\"com.acme.A\"]") + acme);
  TestStore other;
  corpus().scan(*other.store);
  CHECK(scan_paths(*other.store, deeper.matcher(), {path}).cache_misses == 1);
}

TEST_CASE("a store remembers the last eight databases; apps of others are matched again") {
  TestStore kept;
  const std::string acme = sdk_toml("acme", kCorpusPatterns);
  corpus().scan(*kept.store);
  for (int i = 0; i < 9; ++i) {
    const Scanner other(acme + sdk_toml("s" + std::to_string(i), "class = [\"com.zeroes\"]"));
    KnownDatabases::keep(kept.store->environment(), other.matcher().database());
  }
  const Scanner newer(acme + sdk_toml("zero", "class = [\"com.zeroes\"]"));
  CHECK(KnownDatabases::changes(ReadView(kept.store->environment()), newer.matcher().database()).size() == 8);
  const RematchTotals totals = rematch(kept, newer.matcher());
  CHECK(totals.untouched == 0);
  CHECK(totals.rematched == StoreView(*kept.store).app_count());
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
