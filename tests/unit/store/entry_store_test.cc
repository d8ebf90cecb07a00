// The content cache and the archive of images.
#include "store/entry_store.h"

#include <doctest/doctest.h>

#include "corpus_fixture.h"
#include "scan/facts_codec.h"

namespace sdkprint {
namespace {

using namespace test;

const Corpus& corpus() {
  static const Corpus made;
  return made;
}

EntryKey key(int number) { return entry_key(EntryKind::dex, 8, static_cast<std::uint64_t>(number), "", {}); }

EntryFacts facts_of(int number, std::size_t hashes = 10) {
  EntryFacts facts;
  facts.kind = EntryKind::dex;
  facts.classes = static_cast<std::uint64_t>(number);
  for (std::size_t i = 0; i < hashes; ++i)
    facts.class_hashes.push_back(i * 0x9e3779b97f4a7c15 + facts.classes);
  return facts;
}

struct Fixture {
  TestStore test;
  EntryStore make(std::uint64_t most_bytes, const Matcher& matcher = corpus().scanner.matcher()) {
    return EntryStore(test.store->environment(), matcher, Limits(), {most_bytes, true, false});
  }
  void write(EntryStore& entries) {
    entries.take();
    test.store->environment().write([&](WriteTransaction& transaction) { entries.write(transaction); });
    entries.written();
  }
};

TEST_CASE("what is kept is found: before it is written, after, and by another process") {
  Fixture fixture;
  EntryStore entries = fixture.make(1 << 20);
  CHECK_FALSE(entries.find(key(1)).has_value());
  entries.keep(key(1), "", facts_of(1), true, dex_of({"La;"}));
  REQUIRE(entries.find(key(1)).has_value());
  fixture.write(entries);
  REQUIRE(entries.find(key(1)).has_value());
  EntryStore later = fixture.make(1 << 20);
  REQUIRE(later.find(key(1)).has_value());
  CHECK(encode_entry_facts(*later.find(key(1))) == encode_entry_facts(facts_of(1)));
  CHECK(entries.counts().hits == 2);
  CHECK(entries.counts().misses == 1);
  CHECK(read_image(ReadView(fixture.test.store->environment()), key(1)).has_value());
}

TEST_CASE("facts of one database are not found by another") {
  Fixture fixture;
  EntryStore entries = fixture.make(1 << 20);
  entries.keep(key(1), "", facts_of(1), true, dex_of({"La;"}));
  fixture.write(entries);
  const Scanner other(sdk_toml("other", kCorpusPatterns));
  CHECK_FALSE(fixture.make(1 << 20, other.matcher()).find(key(1)).has_value());
}

TEST_CASE("facts that the clock cut short are not kept, the image is") {
  Fixture fixture;
  EntryStore entries = fixture.make(1 << 20);
  entries.keep(key(1), "", facts_of(1), false, dex_of({"La;"}));
  fixture.write(entries);
  CHECK_FALSE(entries.find(key(1)).has_value());
  CHECK(read_image(ReadView(fixture.test.store->environment()), key(1)).has_value());
}

TEST_CASE("the cache keeps within its bound, and keeps what is asked for") {
  Fixture fixture;
  constexpr std::uint64_t kMost = 200'000;
  EntryStore entries = fixture.make(kMost);
  entries.keep(key(0), "", facts_of(0, 500), true, dex_of({"La;"}));
  for (int i = 1; i < 400; ++i) {
    entries.keep(key(i), "", facts_of(i, 500), true, dex_of({"La;"}));
    fixture.write(entries);
    REQUIRE(entries.find(key(0)).has_value());
  }
  const ReadView view(fixture.test.store->environment());
  std::uint64_t bytes = 0;
  view.for_each(Table::facts, {}, [&](Bytes, Bytes value) {
    bytes += value.size();
    return true;
  });
  CHECK(bytes <= kMost);
  CHECK(bytes > kMost / 2);
  CHECK(view.count(Table::facts) == view.count(Table::fact_uses));
  CHECK_FALSE(entries.find(key(1)).has_value());
  CHECK(entries.find(key(399)).has_value());
}

TEST_CASE("a record that is larger than a generation is not cached") {
  Fixture fixture;
  EntryStore entries = fixture.make(1000);
  entries.keep(key(1), "", facts_of(1, 500), true, dex_of({"La;"}));
  fixture.write(entries);
  CHECK_FALSE(entries.find(key(1)).has_value());
}

TEST_CASE("facts that cannot be read are no facts") {
  Fixture fixture;
  EntryStore entries = fixture.make(1 << 20);
  entries.keep(key(1), "", facts_of(1), true, dex_of({"La;"}));
  fixture.write(entries);
  fixture.test.store->environment().write([](WriteTransaction& transaction) {
    std::string name;
    transaction.for_each(Table::facts, {}, [&](Bytes row, Bytes) {
      name = as_text(row);
      return true;
    });
    transaction.put(Table::facts, as_bytes(name), as_bytes("nonsense"));
  });
  CHECK_FALSE(entries.find(key(1)).has_value());
}

TEST_CASE("a damaged image is an error that names it") {
  Fixture fixture;
  EntryStore entries = fixture.make(1 << 20);
  entries.keep(key(1), "", facts_of(1), true, dex_of({"La;"}));
  fixture.write(entries);
  fixture.test.store->environment().write(
      [](WriteTransaction& transaction) { transaction.put(Table::images, key(1), as_bytes("nonsense")); });
  CHECK_THROWS_WITH_AS(read_image(ReadView(fixture.test.store->environment()), key(1)),
                       doctest::Contains("the store is damaged: image "), Error);
}

}  // namespace
}  // namespace sdkprint
