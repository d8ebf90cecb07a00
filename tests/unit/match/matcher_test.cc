#include "match/matcher.h"

#include <doctest/doctest.h>

#include <set>
#include <thread>

#include "base/error.h"
#include "pattern_set.h"
#include "scan/surface_text.h"

namespace sdkprint {
namespace {

using test::pattern_of;
using test::set_of;
using Kind = Pattern::Kind;

struct Loaded {
  explicit Loaded(const SignatureSet& set)
      : database(PatternDatabase::from_bytes(compile_database(set))), matcher(database) {}
  explicit Loaded(const std::vector<Pattern>& patterns) : Loaded(set_of(patterns)) {}

  PatternDatabase database;
  Matcher matcher;
};

/// The items in which the only pattern of a joined surface has a match, without any further check.
std::vector<std::string> matching(const Pattern& pattern, Surface surface,
                                  const std::vector<std::string>& items) {
  const Loaded loaded({pattern});
  SurfaceText text;
  for (const std::string& item : items) text.add(item);
  std::vector<Match> matches;
  CHECK(loaded.matcher.scan(surface, text.bytes(), matches, 1000));
  std::set<std::size_t> found;
  std::size_t at = 0;
  for (const Match& match : matches) found.insert(at = text.item_at(match.end, at));
  std::vector<std::string> result;
  for (const std::size_t index : found) result.emplace_back(text.item(index));
  return result;
}

std::vector<std::string> names(const std::vector<std::string>& list) { return list; }

TEST_CASE("package boundaries") {
  const std::vector<std::string> items = {
      "com.umeng",   "com.umeng.A",   "com.umeng$X",  "com.umengine.A",  "xcom.umeng.A",
      "com.umen",    "a.com.umeng.A", "com.umeng_.A", "com.umeng.a.b.C", "com.umeng2.A",
      "com/umeng/A", "com.umeng-x",   "COM.UMENG.A",  "com.umeng.A$B",   "comxumeng.A"};
  const std::vector<std::string> expected = {"com.umeng", "com.umeng.A", "com.umeng$X", "com.umeng.a.b.C",
                                             "com.umeng.A$B"};
  const Pattern pattern = pattern_of(Surface::class_name, Kind::prefix, "com.umeng");
  CHECK(matching(pattern, Surface::class_name, items) == expected);
  CHECK(matching(pattern, Surface::reference, items) == expected);
}

TEST_CASE("exact is the whole item") {
  CHECK(matching(pattern_of(Surface::class_name, Kind::exact, "a.Bc"), Surface::class_name,
                 {"a.Bc", "a.Bcd", "xa.Bc", "a.Bc$D", "aXBc"}) == names({"a.Bc"}));
}

TEST_CASE("items at both ends of the text are delimited too") {
  const Pattern pattern = pattern_of(Surface::entry, Kind::exact, "abc");
  CHECK(matching(pattern, Surface::entry, {"abc"}) == names({"abc"}));
  CHECK(matching(pattern, Surface::entry, {"abc", "x", "abc"}).size() == 2);
}

TEST_CASE("an item does not reach into the next one") {
  CHECK(matching(pattern_of(Surface::entry, Kind::glob, "abc*xyz"), Surface::entry,
                 {"abc", "xyz", "abcxyz"}) == names({"abcxyz"}));
  CHECK(matching(pattern_of(Surface::entry, Kind::glob, "abc?xyz"), Surface::entry, {"abc", "xyz"}).empty());
}

TEST_CASE("what follows a NUL is no part of an item") {
  const std::string cut("abc\0def", 7);
  CHECK(matching(pattern_of(Surface::entry, Kind::exact, "abc"), Surface::entry, {cut}) == names({"abc"}));
  CHECK(matching(pattern_of(Surface::entry, Kind::glob, "*def*"), Surface::entry, {cut}).empty());
}

TEST_CASE("bytes outside ASCII match as they are") {
  CHECK(matching(pattern_of(Surface::entry, Kind::exact, "推送.dat"), Surface::entry,
                 {"推送.dat", "推.dat"}) == names({"推送.dat"}));
  CHECK(matching(pattern_of(Surface::entry, Kind::prefix, "\xff"), Surface::entry, {"\xff\xfe", "\xfe"})
            .size() == 1);
}

TEST_CASE("matches come ordered by end and pattern, each once") {
  const Loaded loaded(std::vector<Pattern>{
      pattern_of(Surface::string, Kind::glob, "*bcd*"), pattern_of(Surface::string, Kind::glob, "*abcd*"),
      pattern_of(Surface::string, Kind::regex, "a+b"), pattern_of(Surface::string, Kind::glob, "*cd*")});
  std::vector<Match> matches;
  CHECK(loaded.matcher.scan(Surface::string, as_bytes("aaabcd abcd"), matches, 100));
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  for (const Match& match : matches) found.emplace_back(match.end, match.pattern);
  CHECK(found == std::vector<std::pair<std::uint32_t, std::uint32_t>>{
                     {4, 2}, {6, 0}, {6, 1}, {6, 3}, {9, 2}, {11, 0}, {11, 1}, {11, 3}});
}

TEST_CASE("matches are appended") {
  const Loaded loaded(std::vector<Pattern>{pattern_of(Surface::string, Kind::glob, "*abc*")});
  std::vector<Match> matches = {{7, 7}};
  CHECK(loaded.matcher.scan(Surface::string, as_bytes("abc"), matches, 100));
  REQUIRE(matches.size() == 2);
  CHECK(matches[0].pattern == 7);
}

TEST_CASE("the limit ends a scan, and says so; reaching it exactly does not") {
  const Loaded loaded(std::vector<Pattern>{pattern_of(Surface::string, Kind::glob, "*abc*")});
  const Bytes text = as_bytes("abc abc abc abc");
  for (std::size_t limit = 0; limit <= 5; ++limit) {
    std::vector<Match> matches = {{0, 0}};  // what was there before does not count
    CHECK(loaded.matcher.scan(Surface::string, text, matches, limit) == (limit >= 4));
    CHECK(matches.size() == 1 + std::min<std::size_t>(limit, 4));
  }
}

TEST_CASE("a scan that was cut short leaves the matcher usable") {
  const Loaded loaded(std::vector<Pattern>{pattern_of(Surface::string, Kind::glob, "*abc*")});
  std::vector<Match> matches;
  CHECK_FALSE(loaded.matcher.scan(Surface::string, as_bytes("abc abc"), matches, 1));
  matches.clear();
  CHECK(loaded.matcher.scan(Surface::string, as_bytes("abc abc"), matches, 2));
  CHECK(matches.size() == 2);
}

TEST_CASE("a surface without patterns matches nothing") {
  const Loaded loaded(std::vector<Pattern>{pattern_of(Surface::string, Kind::glob, "*abc*")});
  std::vector<Match> matches;
  for (const Surface surface : kSurfaces) {
    if (surface != Surface::string) CHECK(loaded.matcher.scan(surface, as_bytes("abc"), matches, 10));
  }
  CHECK(matches.empty());
}

TEST_CASE("a database without a pattern matches nothing") {
  const Loaded loaded(SignatureSet{});
  std::vector<Match> matches;
  for (const Surface surface : kSurfaces) CHECK(loaded.matcher.scan(surface, as_bytes("abc"), matches, 10));
  CHECK(matches.empty());
}

TEST_CASE("an empty text has no match") {
  const Loaded loaded(std::vector<Pattern>{pattern_of(Surface::string, Kind::glob, "*abc*")});
  std::vector<Match> matches;
  CHECK(loaded.matcher.scan(Surface::string, Bytes(), matches, 10));
  CHECK(matches.empty());
}

TEST_CASE("one matcher serves many threads") {
  const Loaded loaded(std::vector<Pattern>{pattern_of(Surface::string, Kind::glob, "*abc*"),
                                           pattern_of(Surface::symbol, Kind::glob, "*abc*"),
                                           pattern_of(Surface::string, Kind::regex, "x[yz]+abc")});
  std::string text;
  for (int i = 0; i < 2000; ++i) text += i % 3 == 0 ? "xyzabc " : "abcd ";
  std::vector<Match> expected;
  CHECK(loaded.matcher.scan(Surface::string, as_bytes(text), expected, 100000));
  std::vector<int> wrong(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 40; ++round) {
        std::vector<Match> matches;
        loaded.matcher.scan(round % 2 == 0 ? Surface::string : Surface::symbol, as_bytes(text), matches,
                            100000);
        if (round % 2 != 0) continue;
        const auto same = [](const Match& a, const Match& b) {
          return a.end == b.end && a.pattern == b.pattern;
        };
        wrong[i] += !std::equal(matches.begin(), matches.end(), expected.begin(), expected.end(), same);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(8));
}

TEST_CASE("what Hyperscan refuses is named with its SDK and pattern") {
  SignatureSet set = set_of(
      {pattern_of(Surface::entry, Kind::exact, "abc"), pattern_of(Surface::entry, Kind::regex, "(abc")});
  set.sdks[1].patterns[0].place = {"push/a.toml", 7, 3};
  try {
    compile_database(set);
    FAIL("compiled");
  } catch (const Error& error) {
    const std::string message = error.what();
    CHECK(message.find("push/a.toml:7:3: SDK sdk-1, entry pattern \"(abc\": refused by Hyperscan") == 0);
  }
}

}  // namespace
}  // namespace sdkprint
