// A store as a SQLite file: whole or not there, and described as it is.
#include "query/sqlite_export.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "full_report.h"
#include "query/sqlite_file.h"
#include "query/sqlite_schema.h"
#include "store_builder.h"

namespace sdkprint {
namespace {

using namespace test;
namespace fs = std::filesystem;

std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::size_t files_in(const std::string& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST_CASE("equal stores give equal files, whatever the order of the work") {
  const ReportBuilder a = ReportBuilder('a', "com.a").signed_by('1').sdk("x", "1.0").does("imei");
  const ReportBuilder b = ReportBuilder('b', "com.b").signed_by('2').sdk("x").app_does("imei");
  StoreBuilder one, other;
  one.add(a), one.add(b), other.add(b), other.add(a);
  const std::string first = one.directory() + "/one.sqlite", second = other.directory() + "/other.sqlite";
  CHECK(export_sqlite(StoreView(one.store()), first, {}) == 2);
  CHECK(export_sqlite(StoreView(other.store()), second, {}) == 2);
  CHECK(content_of(first) == content_of(second));
  CHECK(content_of(first).starts_with("SQLite format 3"));
  CHECK(files_in(one.directory()) == 2);  // the store and the file
}

TEST_CASE("every member of a full report finds its place") {
  StoreBuilder corpus;
  ReportBuilder app('a', "com.a");
  app.report = full_report();
  corpus.add(app);
  const std::string path = corpus.directory() + "/full.sqlite";
  CHECK(export_sqlite(StoreView(corpus.store()), path, {}) == 1);
  const std::string without = corpus.directory() + "/less.sqlite";
  CHECK(export_sqlite(StoreView(corpus.store()), without, {.with_evidence = false}) == 1);
  CHECK(content_of(path).find("Landroid/a;.b:()V") != std::string::npos);
  CHECK(content_of(without).find("Landroid/a;.b:()V") == std::string::npos);
}

TEST_CASE("what fails leaves what was there") {
  TemporaryDirectory directory;
  const std::string path = directory.path() + "/x.sqlite";
  std::ofstream(path) << "before";
  CHECK_THROWS_AS(SqliteFile(directory.path() + "/absent/x.sqlite"), Error);
  {
    SqliteFile file(path);
    file.run("CREATE TABLE t (a)");
    CHECK_THROWS_AS(file.run("nonsense"), Error);
  }
  {
    SqliteFile file(path);
    file.run(
        "CREATE TABLE a (x INTEGER PRIMARY KEY); CREATE TABLE b (x REFERENCES a); INSERT INTO b VALUES (7)");
    CHECK_THROWS_AS(file.finish(), Error);
  }
  CHECK(content_of(path) == "before");
  CHECK(files_in(directory.path()) == 1);
}

/// Words that follow "CREATE TABLE" or "CREATE … INDEX".
std::vector<std::string> made_by(const std::string& sql, const std::string& what) {
  std::vector<std::string> names;
  std::istringstream words(sql);
  for (std::string word, last; words >> word; last = word) {
    if (last == what) names.push_back(word);
  }
  return names;
}

TEST_CASE("the document names every table") {
  const std::string document = content_of(std::string(SDKPRINT_SOURCE_DIR) + "/docs/sqlite-schema.md");
  const std::vector<std::string> tables = made_by(kSqliteTables, "TABLE");
  CHECK(tables.size() == 19);
  for (const std::string& table : tables)
    CHECK_MESSAGE(document.find("### " + table + "\n") != std::string::npos, table);
  CHECK(std::string(kSqliteTables).find("user_version = " + std::to_string(kSqliteSchema)) !=
        std::string::npos);
}

}  // namespace
}  // namespace sdkprint
