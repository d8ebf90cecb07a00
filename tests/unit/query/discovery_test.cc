// Which unclaimed packages are worth a signature.
#include "query/discovery.h"

#include <doctest/doctest.h>

#include "store_builder.h"

namespace sdkprint {
namespace {

using namespace test;

TEST_CASE("only what unrelated publishers have counts") {
  StoreBuilder corpus;
  // com.sdk: three publishers. com.own: three apps of one. com.resigned: one app, signed by three.
  corpus.add(ReportBuilder('1', "com.a").signed_by('a').unclaimed("com.sdk.core").unclaimed("com.own.x"));
  corpus.add(ReportBuilder('2', "com.b").signed_by('b').unclaimed("com.sdk.core", 300).unclaimed("a.b"));
  corpus.add(ReportBuilder('3', "com.c").signed_by('c').unclaimed("com.sdk.net").unclaimed("com.beside"));
  corpus.add(ReportBuilder('4', "com.d").signed_by('a').unclaimed("com.own.x"));
  corpus.add(ReportBuilder('5', "com.e").signed_by('a').unclaimed("com.own.x"));
  for (const char digit : {'6', '7', '8'})
    corpus.add(ReportBuilder(digit, "com.f").signed_by(digit).unclaimed("com.resigned"));
  const StoreView view(corpus.store());
  const Discovery found = discover(view, {.least = 2, .limit = 10});
  REQUIRE(found.rows.size() == 1);
  const UnknownSdk& row = found.rows.front();
  CHECK(row.package == "com.sdk");
  CHECK(row.unrelated == 3);
  CHECK(row.apps == 3);
  CHECK(row.code_bytes == 100);
  CHECK(row.parts ==
        std::vector<std::pair<std::string, std::uint64_t>>{{"com.sdk.core", 2}, {"com.sdk.net", 1}});
  CHECK(row.examples.size() == 3);
  CHECK(found.renamed == 1);
  CHECK(found.origins == 4);
  CHECK(found.too_few == 3);
}

TEST_CASE("certificates of one app are one publisher") {
  StoreBuilder corpus;
  corpus.add(ReportBuilder('1', "com.a").signed_by('a').signed_by('b'));
  corpus.add(ReportBuilder('2', "com.b").signed_by('a').unclaimed("com.sdk"));
  corpus.add(ReportBuilder('3', "com.c").signed_by('b').unclaimed("com.sdk"));
  corpus.add(ReportBuilder('4', "com.d").unclaimed("com.sdk"));  // nobody signed it
  const StoreView view(corpus.store());
  const Discovery found = discover(view, {.least = 1, .limit = 0});
  REQUIRE(found.rows.size() == 1);
  CHECK(found.rows.front().certificates == 1);
  CHECK(found.rows.front().app_packages == 3);
  CHECK(found.rows.front().apps == 3);
}

TEST_CASE("more publishers first, then apps, then code; the limit says what it cut") {
  StoreBuilder corpus;
  corpus.add(ReportBuilder('1', "com.a").signed_by('a').unclaimed("com.small").unclaimed("com.large", 999));
  corpus.add(ReportBuilder('2', "com.b").signed_by('b').unclaimed("com.small").unclaimed("com.large", 999));
  corpus.add(ReportBuilder('3', "com.c").signed_by('c').unclaimed("com.most").unclaimed("a-b.c"));
  corpus.add(ReportBuilder('4', "com.d").signed_by('d').unclaimed("com.most"));
  corpus.add(ReportBuilder('5', "com.e").signed_by('e').unclaimed("com.most"));
  const StoreView view(corpus.store());
  const Discovery found = discover(view, {.least = 2, .limit = 2});
  REQUIRE(found.rows.size() == 2);
  CHECK(found.rows[0].package == "com.most");
  CHECK(found.rows[1].package == "com.large");
  CHECK(found.beyond == 1);
  const Discovery all = discover(view, {.least = 2, .limit = 0});
  CHECK(all.rows[1].companions == std::vector<std::string>{"com.small"});
}

TEST_CASE("rows that tie with the last one are measured, too") {
  StoreBuilder corpus;
  for (const char digit : {'1', '2'}) {
    ReportBuilder app(digit, std::string("com.app") + digit);
    app.signed_by(digit);
    for (int i = 0; i < 4; ++i)
      app.unclaimed("com.sdk" + std::to_string(i), static_cast<std::uint64_t>(10 + i));
    corpus.add(app);
  }
  const StoreView view(corpus.store());
  const Discovery found = discover(view, {.least = 1, .limit = 1});
  REQUIRE(found.rows.size() == 1);
  CHECK(found.rows[0].package == "com.sdk3");
  CHECK(found.beyond == 3);
}

TEST_CASE("a sample is the apps with the smallest SHA-256, whatever the order of the scan") {
  StoreBuilder corpus;
  for (const char digit : std::string("9f37a1c5"))
    corpus.add(ReportBuilder(digit, "com.a").signed_by(digit).unclaimed("com.sdk", 100));
  const StoreView view(corpus.store());
  const Discovery found = discover(view, {.least = 1, .limit = 1});
  REQUIRE(found.rows.size() == 1);
  std::string examples;
  for (const auto& [path, sha256] : found.rows[0].examples) examples += sha256.front();
  CHECK(examples == "135");
}

TEST_CASE("what lies in the package of the examples' manifests") {
  StoreBuilder corpus;
  corpus.add(ReportBuilder('1', "com.a")
                 .signed_by('a')
                 .unclaimed("com.sdk")
                 .service("com.sdk.Push")
                 .service("com.sdkother.Push"));
  corpus.add(ReportBuilder('2', "com.b").signed_by('b').unclaimed("com.sdk"));  // without an archive
  const StoreView view(corpus.store());
  const Discovery found = discover(view, {.least = 2, .limit = 1});
  REQUIRE(found.rows.size() == 1);
  CHECK(found.rows[0].manifest == std::vector<std::string>{"service:com.sdk.Push"});
}

TEST_CASE("a shrinker's names") {
  for (const char* name : {"a", "a.b", "aa.bb.c", "o.ab"}) CHECK_MESSAGE(looks_renamed(name), name);
  for (const char* name : {"com.a", "abc", "a.b.core"}) CHECK_MESSAGE(!looks_renamed(name), name);
}

}  // namespace
}  // namespace sdkprint
