// Stores of parts of a corpus, merged: the order of merging and how often it is done change nothing.
#include "store/corpus_merge.h"

#include <doctest/doctest.h>

#include "corpus_fixture.h"
#include "full_report.h"

namespace sdkprint {
namespace {

using namespace test;

const Corpus& corpus() {
  static const Corpus made;
  return made;
}

MergeTotals merge(const TestStore& from, TestStore& into, std::string* conflicts = nullptr) {
  return merge_store(*from.store, *into.store, [&](const std::string& one) {
    if (conflicts != nullptr) *conflicts += one + "\n";
  });
}

void scan_part(TestStore& store, std::size_t part, std::size_t parts) {
  std::vector<std::string> paths;
  for (std::size_t i = part; i < corpus().paths.size(); i += parts) paths.push_back(corpus().paths[i]);
  corpus().scan_paths(*store.store, paths);
}

TEST_CASE("merged parts say what one store of everything says") {
  TestStore whole, merged;
  corpus().scan(*whole.store);
  TestStore parts[3];
  for (std::size_t i = 0; i < 3; ++i) {
    scan_part(parts[i], i, 3);
    CHECK(merge(parts[i], merged).conflicts == 0);
  }
  CHECK(merged.digest() == whole.digest());
  CHECK(merged.reports() == whole.reports());
}

TEST_CASE("merging is associative, commutative and idempotent") {
  TestStore a, b, c;
  scan_part(a, 0, 2);
  scan_part(b, 1, 2);
  scan_part(c, 0, 1);  // overlaps with both
  TestStore left, right, right_pair;
  merge(a, left);
  merge(b, left);
  merge(c, left);
  merge(c, right_pair);
  merge(b, right_pair);
  merge(right_pair, right);
  merge(a, right);
  CHECK(left.digest() == right.digest());
  const std::string before = left.digest();
  for (const TestStore* again : {&a, &b, &c, &right}) merge(*again, left);
  CHECK(left.digest() == before);
}

AppReport report_of(const std::string& path, const std::string& sdk, char database = 'd') {
  AppReport report = full_report();
  report.app.path = path;
  report.app.parts.clear();
  report.app.sha256 = std::string(64, 'a');
  report.findings.front().sdk = sdk;
  report.database_fingerprint = std::string(32, database);
  return report;
}

void write(TestStore& store, const AppReport& report) {
  store.store->environment().write(
      [&](WriteTransaction& transaction) { write_record(transaction, record_of(report)); });
}

TEST_CASE("two reports of one content and one database are a conflict, and the same one stays in any order") {
  TestStore a, b, ab, ba;
  write(a, report_of("a.apk", "one"));
  write(b, report_of("b.apk", "two"));
  std::string conflicts;
  merge(a, ab);
  CHECK(merge(b, ab, &conflicts).conflicts == 1);
  CHECK(conflicts.find("two different reports") != std::string::npos);
  merge(b, ba);
  merge(a, ba);
  CHECK(ab.digest() == ba.digest());
  CHECK(StoreView(*ab.store).report(0).app.path == "a.apk");
}

TEST_CASE("reports of two databases are no conflict, and counted") {
  TestStore older, newer, merged;
  write(older, report_of("a.apk", "one", '1'));
  write(newer, report_of("a.apk", "two", '2'));
  merge(newer, merged);
  const MergeTotals totals = merge(older, merged);
  CHECK(totals.conflicts == 0);
  CHECK(totals.other_database == 1);
  CHECK(StoreView(*merged.store).report(0).findings.front().sdk == "two");
}

TEST_CASE("what could be read wins over what could not, at one path") {
  TestStore failed, fine, one, other;
  AppReport broken;
  broken.app.path = "a.apk";
  broken.problems = {{"", "unreadable", "a.apk: gone", true}};
  write(failed, broken);
  write(fine, report_of("a.apk", "one"));
  merge(failed, one);
  merge(fine, one);
  merge(fine, other);
  merge(failed, other);
  CHECK(one.digest() == other.digest());
  CHECK(StoreView(*one.store).path("a.apk")->app.has_value());
}

}  // namespace
}  // namespace sdkprint
