// Records in, records out: what a store says of apps, paths and terms.
#include "store/store.h"

#include <doctest/doctest.h>

#include "app_fixture.h"
#include "base/error.h"
#include "full_report.h"
#include "store/corpus_check.h"

namespace sdkprint {
namespace {

using namespace test;

struct Fixture {
  TemporaryDirectory directory;
  std::unique_ptr<Store> store = Store::open_for_writing(directory.path() + "/store");

  void write(const AppReport& report) {
    store->environment().write(
        [&](WriteTransaction& transaction) { write_record(transaction, record_of(report)); });
  }
  std::string check() {
    std::string complaints;
    check_store(*store, [&](const std::string& one) { complaints += one + "\n"; });
    return complaints;
  }
  std::string digest() {
    return check_store(*store, [](const std::string&) {}).digest;
  }
};

AppReport report_of(const std::string& path, char sha256, const std::string& sdk = "com.acme") {
  AppReport report = full_report();
  report.app.path = path;
  report.app.parts.clear();
  report.app.sha256 = std::string(64, sha256);
  report.findings.front().sdk = sdk;
  return report;
}

TEST_CASE("a record is found by content, path and term, and its report comes back") {
  Fixture fixture;
  fixture.write(report_of("a.apk", 'a'));
  const StoreView view(*fixture.store);
  CHECK(view.app_count() == 1);
  const std::optional<AppNumber> app = view.find_app(std::string(64, 'a'));
  REQUIRE(app.has_value());
  CHECK(ndjson(view.report(*app)) == ndjson(report_of("a.apk", 'a')));
  CHECK(view.head(*app).package == "com.example.app");
  CHECK(view.path("a.apk")->app == app);
  CHECK_FALSE(view.path("b.apk").has_value());
  CHECK_FALSE(view.find_app(std::string(64, 'b')).has_value());
  CHECK(view.apps_of(Index::package, "com.example.app") == std::vector<AppNumber>{*app});
  CHECK(view.apps_with(Index::sdk, "com.acme\t") == std::vector<AppNumber>{*app});
  CHECK(view.apps_with(Index::sdk, "com.acm\t").empty());
  CHECK(fixture.check().empty());
}

TEST_CASE("the parts of a split app come back") {
  Fixture fixture;
  fixture.write(full_report());
  const StoreView view(*fixture.store);
  CHECK(ndjson(view.report(0)) == ndjson(full_report()));
  CHECK(view.path("apps/a.apk\tapps/b.apk").has_value());
}

TEST_CASE("a new report of the same app takes the place of the old one, in the indexes too") {
  Fixture fixture;
  fixture.write(report_of("a.apk", 'a', "old"));
  AppReport newer = report_of("a.apk", 'a', "new");
  newer.database_fingerprint = std::string(32, 'e');
  fixture.write(newer);
  const StoreView view(*fixture.store);
  CHECK(view.app_count() == 1);
  CHECK(view.apps_with(Index::sdk, "old\t").empty());
  CHECK(view.apps_with(Index::sdk, "new\t").size() == 1);
  CHECK(view.report(0).findings.front().sdk == "new");
  CHECK(fixture.check().empty());
}

TEST_CASE("the smallest path speaks for a content, whatever the order") {
  Fixture forwards, backwards;
  for (const char* path : {"a.apk", "b.apk", "c.apk"}) forwards.write(report_of(path, 'a'));
  for (const char* path : {"c.apk", "a.apk", "b.apk"}) backwards.write(report_of(path, 'a'));
  CHECK(StoreView(*forwards.store).report(0).app.path == "a.apk");
  CHECK(StoreView(*backwards.store).report(0).app.path == "a.apk");
  CHECK(forwards.digest() == backwards.digest());
  CHECK(forwards.check().empty());
  CHECK(backwards.check().empty());
}

TEST_CASE("the digest does not depend on the order of the work, and on everything that is said") {
  Fixture forwards, backwards, other;
  for (const char one : {'a', 'b', 'c'}) forwards.write(report_of(std::string(1, one) + ".apk", one));
  for (const char one : {'c', 'b', 'a'}) backwards.write(report_of(std::string(1, one) + ".apk", one));
  for (const char one : {'a', 'b', 'c'}) other.write(report_of(std::string(1, one) + ".apk", one, "other"));
  CHECK(forwards.digest() == backwards.digest());
  CHECK(forwards.digest() != other.digest());
}

TEST_CASE("an app that could not be read is a record of its path") {
  Fixture fixture;
  AppReport report;
  report.app.path = "gone.apk";
  report.problems = {{"", "unreadable", "gone.apk: no such file", true}};
  fixture.write(report);
  const StoreView view(*fixture.store);
  CHECK(view.app_count() == 0);
  REQUIRE(view.path("gone.apk").has_value());
  CHECK_FALSE(view.path("gone.apk")->app.has_value());
  CHECK(view.path("gone.apk")->problems.front().message == "gone.apk: no such file");
  CHECK(fixture.check().empty());
}

TEST_CASE("check notices what does not agree") {
  Fixture fixture;
  fixture.write(report_of("a.apk", 'a'));
  Environment& environment = fixture.store->environment();
  SUBCASE("a missing index row") {
    environment.write([](WriteTransaction& transaction) {
      transaction.remove_number(as_bytes(index_key(Index::package, "com.example.app")), 0);
    });
    CHECK(fixture.check().find("missing in the index") != std::string::npos);
  }
  SUBCASE("a row too many") {
    environment.write([](WriteTransaction& transaction) {
      transaction.add_number(as_bytes(index_key(Index::package, "com.other")), 0);
    });
    CHECK(fixture.check().find("the indexes have") != std::string::npos);
  }
  SUBCASE("a damaged report") {
    environment.write([](WriteTransaction& transaction) {
      transaction.put(Table::reports, key_of(0), as_bytes("nonsense"));
    });
    CHECK(fixture.check().find("the report of app 0") != std::string::npos);
    CHECK_THROWS_AS(StoreView(*fixture.store).report(0), Error);
  }
  SUBCASE("a report that is gone") {
    environment.write([](WriteTransaction& transaction) { transaction.erase(Table::reports, key_of(0)); });
    CHECK(fixture.check().find("is not there") != std::string::npos);
  }
  SUBCASE("a path without its app") {
    environment.write([](WriteTransaction& transaction) { transaction.erase(Table::apps, key_of(0)); });
    CHECK(fixture.check().find("a.apk: ") != std::string::npos);
  }
}

TEST_CASE("a reader sees the state of its beginning, while a writer goes on") {
  Fixture fixture;
  fixture.write(report_of("a.apk", 'a'));
  const StoreView before(*fixture.store);
  fixture.write(report_of("b.apk", 'b'));
  CHECK(before.app_count() == 1);
  CHECK(StoreView(*fixture.store).app_count() == 2);
}

TEST_CASE("what a failing transaction wrote is not there") {
  Fixture fixture;
  const auto failing = [&] {
    fixture.store->environment().write([](WriteTransaction& transaction) {
      write_record(transaction, record_of(report_of("a.apk", 'a')));
      throw std::runtime_error("no");
    });
  };
  CHECK_THROWS_WITH(failing(), "no");
  CHECK(StoreView(*fixture.store).app_count() == 0);
}

TEST_CASE("what is no store, or one of another format, is said") {
  TemporaryDirectory directory;
  CHECK_THROWS_WITH_AS(Store::open_for_reading(directory.path()),
                       doctest::Contains("no store (expected a directory that sdkprint corpus scan made)"),
                       Error);
  directory.write("data.mdb", as_bytes(std::string(8192, 'x')));
  CHECK_THROWS_AS(Store::open_for_reading(directory.path()), Error);
  Fixture fixture;
  fixture.store->environment().write([](WriteTransaction& transaction) {
    transaction.put(Table::meta, as_bytes("format"), as_bytes("999"));
  });
  fixture.store.reset();
  CHECK_THROWS_WITH_AS(Store::open_for_reading(fixture.directory.path() + "/store"),
                       doctest::Contains("a store of format 999, this program reads and writes 2"), Error);
}

TEST_CASE("there is one writer") {
  Fixture fixture;
  CHECK_THROWS_WITH_AS(Store::open_for_writing(fixture.directory.path() + "/store"),
                       doctest::Contains("another process is writing to this store"), Error);
}

}  // namespace
}  // namespace sdkprint
