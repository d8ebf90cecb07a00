// Questions about a store of a few apps, whose answers can be counted by hand.
#include <doctest/doctest.h>

#include <algorithm>

#include "query/app_query.h"
#include "query/co_occurrence.h"
#include "query/prevalence.h"
#include "store_builder.h"

namespace sdkprint {
namespace {

using namespace test;

/// a: push 3.0, ads. b: push 4.0, ads as a lead. c: push without version, a library that reads too. d: ads.
void fill(StoreBuilder& corpus) {
  corpus.add(ReportBuilder('a', "com.a")
                 .signed_by('1')
                 .sdk("push", "3.0")
                 .does("imei")
                 .sdk("ads")
                 .does("imei", UseStrength::confirmed, Reach::provider_start));
  corpus.add(ReportBuilder('b', "com.b")
                 .signed_by('2')
                 .sdk("push", "4.0")
                 .sdk("ads")
                 .does("imei", UseStrength::lead));
  corpus.add(ReportBuilder('c', "com.c")
                 .signed_by('2')
                 .sdk("push", "")
                 .does("clock", UseStrength::confirmed, Reach::screen, "low")
                 .sdk("glue", "", Grade::defined, "library")
                 .does("imei", UseStrength::confirmed, Reach::screen, "high", true)
                 .app_does("imei")
                 .requests("android.permission.CAMERA"));
  corpus.add(ReportBuilder('d', "com.d").signed_by('3').sdk("ads", "4.0-cn", Grade::referenced));
}

std::string packages(const std::vector<FoundApp>& apps) {
  std::string text;
  for (const FoundApp& app : apps) {
    const std::string name = app.head.package.substr(4) + (app.match == VersionMatch::yes ? "" : "?");
    if (app.uses.empty()) text += name + " ";
    for (const OwnerUse& use : app.uses) text += name + ":" + use.owner + " ";
  }
  return text;
}

TEST_CASE("apps are found by every condition, and by all together") {
  StoreBuilder corpus;
  fill(corpus);
  const StoreView view(corpus.store());
  const auto ask = [&](auto set) {
    AppQuery query;
    set(query);
    return packages(find_apps(view, query));
  };
  CHECK(ask([](AppQuery& q) { q.sdk = "push"; }) == "a b c ");
  CHECK(ask([](AppQuery& q) { q.sdk = "pus"; }).empty());
  CHECK(ask([](AppQuery& q) { q.sdk = "ads"; }) == "a b ");
  CHECK(ask([](AppQuery& q) { q.sdk = "ads", q.grade = Grade::trace; }) == "a b d ");
  CHECK(ask([](AppQuery& q) { q.vendor = "ads-vendor"; }) == "a b ");
  CHECK(ask([](AppQuery& q) { q.category = "push"; }) == "a b c ");
  CHECK(ask([](AppQuery& q) { q.certificate = std::string(8, '2'); }) == "b c ");
  CHECK(ask([](AppQuery& q) { q.certificate = "2"; }).empty());
  CHECK(ask([](AppQuery& q) { q.package = "com.d"; }) == "d ");
  CHECK(ask([](AppQuery& q) { q.permission = "android.permission.CAMERA"; }) == "c ");
  CHECK(ask([](AppQuery& q) { q.coverage = "full"; }) == "a b c d ");
  CHECK(ask([](AppQuery& q) { q.sdk = "push", q.certificate = std::string(64, '2'); }) == "b c ");
  CHECK(ask([](AppQuery& q) { q.sdk = "push", q.version = VersionCondition::parse("<4.0"); }) == "a c? ");
  CHECK(ask([](AppQuery& q) {
          q.sdk = "ads", q.grade = Grade::trace, q.version = VersionCondition::parse("<4");
        }) == "a? b? d? ");
}

TEST_CASE("a behaviour has a row for each owner; what is benign has none") {
  StoreBuilder corpus;
  fill(corpus);
  const StoreView view(corpus.store());
  const auto ask = [&](auto set) {
    AppQuery query;
    query.behaviour = "imei";
    set(query);
    return packages(find_apps(view, query));
  };
  CHECK(ask([](AppQuery&) {}) == "a:ads a:push b:ads c:app ");
  CHECK(ask([](AppQuery& q) { q.standing = Standing::confirmed; }) == "a:ads a:push c:app ");
  CHECK(ask([](AppQuery& q) { q.reach = Reach::background; }) == "a:ads ");
  CHECK(ask([](AppQuery& q) { q.owner = "app"; }) == "c:app ");
  CHECK(ask([](AppQuery& q) { q.sdk = "push"; }) == "a:push ");
}

TEST_CASE("an app counts once in each count") {
  StoreBuilder corpus;
  fill(corpus);
  const StoreView view(corpus.store());
  const std::vector<GradeCounts> sdks = count_by_grade(view, Index::sdk, Grade::defined);
  REQUIRE(sdks.size() == 3);
  CHECK(sdks[0].id == "push");
  CHECK(sdks[0].at_least(Grade::defined) == 3);
  CHECK(sdks[1].id == "ads");
  CHECK(sdks[1].at_least(Grade::defined) == 2);
  CHECK(sdks[1].at_least(Grade::trace) == 3);
  const std::vector<GradeCounts> categories = count_by_grade(view, Index::category, Grade::defined);
  REQUIRE(categories.size() == 1);
  CHECK(categories[0].at_least(Grade::defined) == 3);
  Names names(view);
  const std::vector<BehaviourCounts> behaviours = count_behaviours(view, names);
  REQUIRE(behaviours.size() == 2);
  CHECK(behaviours[0].id == "imei");
  CHECK(behaviours[0].apps == 3);
  CHECK(behaviours[0].confirmed == 2);
  CHECK(behaviours[0].by_sdks == 1);
  CHECK(behaviours[0].owners == 2);
  CHECK(count_terms(view, Index::certificate).front().apps == 2);
}

TEST_CASE("who shows a behaviour: sure, unsure, benign, and how early") {
  StoreBuilder corpus;
  fill(corpus);
  const StoreView view(corpus.store());
  const std::vector<OwnerCounts> owners =
      count_owners(view, "imei", Standing::benign, Reach::not_established);
  REQUIRE(owners.size() == 4);
  CHECK(owners[0].owner == "ads");
  CHECK(owners[0].confirmed == 1);
  CHECK(owners[0].leads == 1);
  CHECK(owners[0].reach[static_cast<std::size_t>(Reach::provider_start)] == 1);
  const auto glue =
      std::find_if(owners.begin(), owners.end(), [](const auto& row) { return row.owner == "glue"; });
  REQUIRE(glue != owners.end());
  CHECK(glue->benign == 1);
  CHECK(glue->confirmed == 0);
}

TEST_CASE("problem apps are those of SDKs, confirmed and grave") {
  StoreBuilder corpus;
  fill(corpus);
  const StoreView view(corpus.store());
  Names names(view);
  const ProblemShares high = problem_shares(view, names, {});
  CHECK(high.apps == 1);  // b has a lead only, c's code is the app's own and a library's
  CHECK(high.pairs == 2);
  REQUIRE(high.sdks.size() == 2);
  CHECK(high.sdks[0].sdk == "ads");
  CHECK(high.sdks[0].apps == 1);
  CHECK(high.sdks[0].behaviours == std::vector<std::string>{"imei"});
  CHECK(problem_shares(view, names, {.severity = "low"}).apps == 2);
  CHECK(problem_shares(view, names, {.reach = Reach::background}).pairs == 1);
  CHECK(problem_shares(view, names, {.category = "location"}).apps == 0);
}

TEST_CASE("pairs, all and of one SDK, agree") {
  StoreBuilder corpus;
  fill(corpus);
  const StoreView view(corpus.store());
  const std::vector<SdkPair> pairs = co_occurrences(view, {"", Grade::defined, 1});
  REQUIRE(pairs.size() == 2);
  CHECK(pairs[0].a == "ads");
  CHECK(pairs[0].b == "push");
  CHECK(pairs[0].both == 2);
  CHECK(lift(pairs[0], 4) == doctest::Approx(2.0 * 4 / (2 * 3)));
  const std::vector<SdkPair> of_push = co_occurrences(view, {"push", Grade::defined, 1});
  REQUIRE(of_push.size() == 2);
  CHECK(of_push[0].a == "push");
  CHECK(of_push[0].b == "ads");
  CHECK(of_push[0].both == 2);
  CHECK(co_occurrences(view, {"", Grade::defined, 2}).size() == 1);
  CHECK(co_occurrences(view, {"absent", Grade::defined, 1}).empty());
}

TEST_CASE("names come from the records") {
  StoreBuilder corpus;
  fill(corpus);
  const StoreView view(corpus.store());
  Names names(view);
  CHECK(names.sdk("glue").kind == "library");
  CHECK(names.vendor("ads-vendor").name_zh == "厂商");
  CHECK(names.behaviour("clock").severity == "low");
  CHECK(names.category("push").name == "Push");
  CHECK(names.sdk("absent").name.empty());
  CHECK(names.sdk("").name.empty());
}

}  // namespace
}  // namespace sdkprint
