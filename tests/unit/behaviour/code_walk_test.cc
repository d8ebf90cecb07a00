// The walk over many methods side by side against one that reads instruction by instruction.
#include "behaviour/code_walk.h"

#include <doctest/doctest.h>

#include <random>

#include "behaviour/dex_tables.h"
#include "use_fixture.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

using Units = std::vector<std::uint16_t>;

/// A dex file with a few rows of each table, some of them marked.
class References {
 public:
  References()
      : bytes_(make()),
        dex_(Bytes(bytes_)),
        budget_(bytes_.size()),
        index_(set()),
        tables_(dex_, nullptr, facts_, budget_, log_),
        references_(index_, dex_, tables_, facts_, budget_) {}

  const DexReferences& operator*() const { return references_; }
  const DexFile& dex() const { return dex_; }
  bool is_marked(const Instruction& instruction) const {
    const DexReferences::Marks& marks = references_.marks();
    const bool fits = marks.mask[instruction.opcode] == 0xffffffff;
    const std::uint32_t bit =
        marks.first_bit[instruction.opcode] + (fits ? instruction.index & 0xffff : std::uint32_t{0});
    return (references_.bits()[bit / 64] >> (bit % 64) & 1) != 0;
  }

 private:
  static BehaviourSet set() {
    UseFixture fixture;
    fixture.behaviour("imei").methods = {member("Landroid/telephony/TelephonyManager;.getImei:()V")};
    return fixture.set();
  }
  static ByteVector make() {
    Code code;
    code.invoke(0x6e, method_ref("Landroid/telephony/TelephonyManager;.getImei:()V"), {0})
        .invoke(0x6e, method_ref("Landroid/app/Activity;.finish:()V"), {0})
        .invoke(0x6e, method_ref("Lapp/B;.run:()V"), {0})
        .return_void();
    return dex_with(std::move(code)).build();
  }

  ByteVector bytes_;
  DexFile dex_;
  DexFacts facts_;
  ReadBudget budget_;
  ReadLog log_;
  CatalogueIndex index_;
  DexTables tables_;
  DexReferences references_;
};

struct Expected {
  std::vector<std::tuple<std::uint32_t, std::uint8_t, std::uint16_t>> hits;  // pc, opcode, index
  std::string error;
};

Expected one_by_one(const References& references, Bytes insns) {
  Expected expected;
  InstructionWalker walker(insns);
  Instruction instruction;
  try {
    while (walker.next_brief(instruction)) {
      if (instruction.is_payload || !references.is_marked(instruction)) continue;
      const bool is_jumbo = instruction.opcode == 0x1b;
      expected.hits.emplace_back(instruction.pc, instruction.opcode,
                                 static_cast<std::uint16_t>(is_jumbo ? 0 : instruction.index));
    }
  } catch (const InputError& error) {
    expected.error = error.what();
  }
  return expected;
}

void check(const References& references, CodeWalk& walk, const std::vector<Bytes>& methods) {
  walk.walk(methods);
  for (std::size_t i = 0; i < methods.size(); ++i) {
    CAPTURE(i);
    const Expected expected = one_by_one(references, methods[i]);
    Expected found;
    for (const CodeHit& hit : walk.hits(i)) found.hits.emplace_back(hit.pc, hit.opcode(), hit.index());
    if (const InputError* error = walk.error(i)) found.error = error->what();
    REQUIRE(found.hits == expected.hits);
    REQUIRE(found.error == expected.error);
  }
}

Bytes bytes_of(const Units& units) {
  return {reinterpret_cast<const std::uint8_t*>(units.data()), units.size() * sizeof(std::uint16_t)};
}

class RandomCode {
 public:
  explicit RandomCode(std::uint32_t methods) : methods_(methods) {}

  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(random_() % end); }
  /// About `count` instructions; one in `broken_in` methods is broken somewhere.
  Units method(std::uint32_t count, std::uint32_t broken_in) {
    Units units;
    for (std::uint32_t i = 0; i < count; ++i) add(units);
    if (below(broken_in) != 0 || units.empty()) return units;
    if (below(2) == 0) {
      units.resize(units.size() - 1 -
                   below(std::min<std::uint32_t>(3, static_cast<std::uint32_t>(units.size()))));
    } else {
      units[below(static_cast<std::uint32_t>(units.size()))] = 0x3e;  // unused, where it is an instruction
    }
    return units;
  }

 private:
  std::uint16_t index() { return static_cast<std::uint16_t>(below(methods_ + 2)); }
  std::uint16_t any() { return static_cast<std::uint16_t>(random_()); }
  void add(Units& units) {
    switch (below(12)) {
      case 0:
        return units.push_back(0x0012);  // const/4
      case 1:
        return units.push_back(0x000e);  // return-void
      case 2:
        return units.push_back(0x0000);  // nop
      case 3:
        return add(units, {0x0013, any()});  // const/16
      case 4:
        return add(units, {0x0018, any(), any(), any(), any()});  // const-wide
      case 5:
        return add(units, {0x0022, index()});  // new-instance
      case 6:
        return add(units, {0x001a, index()});  // const-string
      case 7:
        return add(units, {0x001b, any(), 0});  // const-string/jumbo
      case 8:
        return add(units, {0x0060, index()});  // sget
      case 9:
        return add(units, {0x0300, 2, 3, 0, any(), any(), any()});  // fill-array-data-payload
      default:
        return add(units, {static_cast<std::uint16_t>(0x106e + below(5)), index(), any()});  // invoke
    }
  }
  static void add(Units& units, std::initializer_list<std::uint16_t> more) {
    units.insert(units.end(), more);
  }

  std::mt19937 random_{7};
  std::uint32_t methods_;
};

}  // namespace

TEST_CASE("code walk: many methods side by side are read as each one for itself") {
  const References references;
  CodeWalk walk(*references);
  RandomCode random(references.dex().method_count());
  std::size_t hits = 0, errors = 0;
  for (int round = 0; round < 200; ++round) {
    std::vector<Units> code(random.below(40));
    for (Units& method : code) method = random.method(random.below(30), 4);
    std::vector<Bytes> methods;
    for (const Units& method : code) methods.push_back(bytes_of(method));
    check(references, walk, methods);
    for (std::size_t i = 0; i < methods.size(); ++i) {
      hits += walk.hits(i).size();
      errors += walk.error(i) != nullptr ? 1 : 0;
    }
  }
  CHECK(hits > 1000);
  CHECK(errors > 100);
}

TEST_CASE("code walk: one unit, none, and no methods at all") {
  const References references;
  CodeWalk walk(*references);
  check(references, walk, {});
  const Units nothing, good{0x000e}, nop{0x0000}, cut{0x106e}, unused{0x003e}, payload{0x0100},
      two{0x0012, 0x000e};
  check(references, walk,
        {bytes_of(nothing), bytes_of(good), bytes_of(nop), bytes_of(cut), bytes_of(unused), bytes_of(payload),
         bytes_of(two)});
  CHECK(walk.has_errors());
  check(references, walk, {bytes_of(two)});
  CHECK(!walk.has_errors());
}

TEST_CASE("code walk: an instruction that is cut off is no hit, though its index is marked") {
  const References references;
  std::uint16_t marked = 0;
  for (std::uint16_t i = 0; i < references.dex().method_count(); ++i) {
    if (references.dex().method_name(i).find("getImei") != std::string::npos) marked = i;
  }
  CodeWalk walk(*references);
  const Units whole{0x106e, marked, 0, 0x106e, marked, 0}, cut{0x106e, marked, 0, 0x106e, marked};
  check(references, walk, {bytes_of(whole), bytes_of(cut)});
  CHECK(walk.hits(0).size() == 2);
  CHECK(walk.hits(1).size() == 1);
  REQUIRE(walk.error(1) != nullptr);
  CHECK(std::string(walk.error(1)->what()).find("runs past the end") != std::string::npos);
}

TEST_CASE("code walk: a method longer than any compiler writes") {
  const References references;
  RandomCode random(references.dex().method_count());
  CodeWalk walk(*references);
  Units dull;
  while (dull.size() < 3 * CodeWalk::kHitsPerMethod) dull.push_back(0x0012);
  Units mixed = random.method(60'000, 1'000'000'000);
  const Units small{0x0012, 0x000e};
  // Few hits: read to the end, whoever stands beside it.
  check(references, walk, {bytes_of(small), bytes_of(dull), bytes_of(mixed), bytes_of(small)});

  Units jumbo;  // always a hit
  while (jumbo.size() < 4 * CodeWalk::kHitsPerMethod) jumbo.insert(jumbo.end(), {0x001b, 0, 0});
  const std::vector<Bytes> methods{bytes_of(small), bytes_of(jumbo), bytes_of(small)};
  walk.walk(methods);
  CHECK(walk.hits(1).size() == CodeWalk::kHitsPerMethod - 1);
  REQUIRE(walk.error(1) != nullptr);
  CHECK(walk.error(1)->kind() == InputError::Kind::limit);
  CHECK(walk.error(0) == nullptr);
  CHECK(walk.error(2) == nullptr);
}
