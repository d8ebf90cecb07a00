#include "scan/facts_codec.h"

#include <doctest/doctest.h>

#include "app_fixture.h"
#include "corpus_fixture.h"
#include "hostile.h"

namespace sdkprint {
namespace {

using namespace test;

const Corpus& corpus() {
  static const Corpus made;
  return made;
}

AppFacts gathered() {
  GatherOptions options;
  options.keep_names = true;
  return gather_app(corpus().scanner.matcher(), {{corpus().paths.front()}}, {}, options);
}

TEST_CASE("facts of entries come back as they were") {
  const AppFacts facts = gathered();
  const PatternDatabase& database = corpus().scanner.matcher().database();
  for (const EntryFacts* entry : all_entries(facts.containers.front())) {
    const ByteVector record = encode_entry_facts(*entry);
    CHECK(encode_entry_facts(decode_entry_facts(record, database.set(), database.behaviours())) == record);
  }
}

TEST_CASE("an app comes back without the facts of its entries and without its paths") {
  const AppFacts facts = gathered();
  const ByteVector record = encode_app_facts(facts);
  const AppFacts back = decode_app_facts(record);
  CHECK(encode_app_facts(back) == record);
  CHECK(back.app.path.empty());
  CHECK(back.app.sha256 == facts.app.sha256);
  REQUIRE(back.containers.size() == 1);
  CHECK(back.containers.front().entries.empty());
  CHECK(back.containers.front().parts.size() == facts.containers.front().parts.size());
  CHECK(back.containers.front().names.size() == facts.containers.front().names.size());
  CHECK(back.containers.front().texts.size() == 1);
  CHECK(back.containers.front().manifest->package == "com.example.app");
}

TEST_CASE("every truncated record is refused, and no change of bytes crashes") {
  const AppFacts facts = gathered();
  const PatternDatabase& database = corpus().scanner.matcher().database();
  const ByteVector app = encode_app_facts(facts);
  const auto read_app = [](Bytes bytes) { decode_app_facts(bytes); };
  CHECK(truncation_sweep(app, read_app) == app.size());
  byte_flips(app, read_app);
  for (const EntryFacts* entry : all_entries(facts.containers.front())) {
    const ByteVector record = encode_entry_facts(*entry);
    const auto read_entry = [&](Bytes bytes) {
      decode_entry_facts(bytes, database.set(), database.behaviours());
    };
    CHECK(truncation_sweep(record, read_entry) == record.size());
    byte_flips(record, read_entry, 500);
  }
}

TEST_CASE("facts that name what the database does not have are refused") {
  EntryFacts facts;
  facts.hits.push_back({{7, 0, false}, Surface::string, "x", std::nullopt, "", 1});
  const PatternDatabase& database = corpus().scanner.matcher().database();
  CHECK_THROWS_AS(decode_entry_facts(encode_entry_facts(facts), database.set(), database.behaviours()),
                  InputError);
}

TEST_CASE("ways that lead nowhere, or in a circle, are refused") {
  AppFacts sound;
  sound.uses.ways.methods = {{"a.B", "La/B;.m:()V", true}};
  sound.uses.ways.steps = {{0, CallWays::kNone, StepKind::entry}, {0, 0, StepKind::call}};
  sound.uses.uses.emplace_back().way = 1;
  sound.uses.uses[0].callers.emplace_back();
  CHECK_NOTHROW(decode_app_facts(encode_app_facts(sound)));
  const auto refused = [&](auto damage) {
    AppFacts facts = sound;
    damage(facts.uses);
    CHECK_THROWS_AS(decode_app_facts(encode_app_facts(facts)), InputError);
  };
  refused([](AppUses& uses) { uses.ways.steps[1].from = 1; });
  refused([](AppUses& uses) { uses.ways.steps[1].method = 1; });
  refused([](AppUses& uses) { uses.uses[0].way = 2; });
  refused([](AppUses& uses) { uses.uses[0].method = 1; });
  refused([](AppUses& uses) { uses.uses[0].callers[0].calls = 1; });
  refused([](AppUses& uses) { uses.uses[0].callers[0].method = 1; });
  refused([](AppUses& uses) { uses.uses[0].callers[0].way = 2; });
}

TEST_CASE("containers nested without end are refused") {
  AppFacts facts;
  ContainerFacts* innermost = &facts.containers.emplace_back();
  for (int i = 0; i < 1000; ++i) innermost = &innermost->nested.emplace_back();
  CHECK_THROWS_AS(decode_app_facts(encode_app_facts(facts)), InputError);
}

}  // namespace
}  // namespace sdkprint
