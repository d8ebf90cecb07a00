// Hyperscan (compiled, serialised, loaded, scanned, candidates verified) against a matcher that applies every
// pattern to every item by itself, as re2 compares its engines. Alphabets are small, so that matches,
// overlaps and shared prefixes are frequent. Everything is seeded: a failure names the seed.
#include "match/matcher.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "base/error.h"
#include "match/expression.h"
#include "pattern_set.h"
#include "scan/hit_collector.h"
#include "scan/ownership.h"
#include "signature/pattern.h"
#include "signature/regex_subset.h"

namespace sdkprint {
namespace {

using namespace test;
using Kind = Pattern::Kind;

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <typename T>
  const T& pick(const std::vector<T>& list) {
    return list[below(list.size())];
  }

  std::string text(const std::vector<std::string>& alphabet, std::size_t least, std::size_t most) {
    std::string result;
    for (std::size_t length = least + below(most - least + 1); length > 0; --length) result += pick(alphabet);
    return result;
  }

  Pattern pattern(Surface surface);
  std::string item(Surface surface, const std::vector<Pattern>& patterns);

 private:
  static bool is_name(Surface surface) {
    return surface == Surface::class_name || surface == Surface::reference;
  }
  const std::vector<std::string>& alphabet(Surface surface) const;
  std::string java_name(std::size_t segments);
  std::string host();
  std::string regex(Surface surface);
  std::string regex_part(Surface surface);

  std::mt19937 random_;
};

/// Letters with both cases, and what is special to a regular expression, a glob, a boundary or an encoding.
const std::vector<std::string>& Generator::alphabet(Surface surface) const {
  static const std::vector<std::string> names = {"a", "b", "A", ".", "$", "_", "é"};
  static const std::vector<std::string> any = {"a", "b", "A", ".", "/",  "+",    "\\",
                                               " ", "(", "-", "[", "极", "\xff", "0"};
  return is_name(surface) ? names : any;
}

std::string Generator::java_name(std::size_t segments) {
  static const std::vector<std::string> parts = {"a", "b", "ab", "a_", "abc", "é"};
  std::string name;
  for (std::size_t i = 0; i < segments; ++i) name += (i == 0 ? "" : ".") + pick(parts);
  return name;
}

std::string Generator::host() {
  static const std::vector<std::string> labels = {"a", "b", "ab", "a-b", "cn", "com"};
  std::string name = pick(labels);
  for (std::size_t more = 1 + below(3); more > 0; --more) name += "." + pick(labels);
  return name;
}

std::string Generator::regex_part(Surface surface) {
  static const std::vector<std::string> parts = {
      "a",  "b",  "[ab]",   "[^a]",    ".",   "\\d",    "\\w", "(?:a|ba)", "\\.",    "a+",
      "b*", "a?", "a{2,3}", "(a|b)+?", "\\b", "[a-c]*", "\\s", "\\W",      "(?:极)?"};
  if (surface == Surface::host && chance(30)) return "\\.";
  return pick(parts);
}

/// Within the subset, and sure to need a literal (Hyperscan refuses what matches nothing at all).
std::string Generator::regex(Surface surface) {
  while (true) {
    std::string body;
    for (std::size_t i = 0; i < 1 + below(4); ++i) body += regex_part(surface);
    body.insert(chance(50) ? 0 : body.size(), text({"a", "b"}, 1, 2));
    if (chance(20)) body = "(?:" + body + "|" + text({"a", "b"}, 2, 3) + ")";
    if (chance(25)) body = "^" + body;
    if (chance(25)) body += "$";
    const bool ascii =
        std::all_of(body.begin(), body.end(), [](char c) { return static_cast<signed char>(c) > 0; });
    if (ascii && chance(20)) body = "(?i)" + body;
    if (summarize_regex(body).problem.empty() && !regex_error(body)) return body;
  }
}

Pattern Generator::pattern(Surface surface) {
  if (surface == Surface::host) {
    switch (below(4)) {
      case 0:
        return pattern_of(surface, Kind::domain, host());
      case 1:
        return pattern_of(surface, Kind::exact, host());
      case 2:
        return pattern_of(surface, Kind::glob, chance(50) ? "*" + host() : host() + "*");
      default:
        return pattern_of(surface, Kind::regex, regex(surface));
    }
  }
  const auto literal = [&] {
    return is_name(surface) ? java_name(1 + below(3)) : text(alphabet(surface), 1, 4);
  };
  switch (below(4)) {
    case 0:
      return pattern_of(surface, Kind::prefix, literal());
    case 1:
      return pattern_of(surface, Kind::exact, literal());
    case 2: {
      std::string glob = literal();
      for (std::size_t stars = below(3); stars > 0; --stars)
        glob.insert(below(glob.size() + 1), chance(70) ? "*" : "?");
      return pattern_of(surface, Kind::glob, glob);
    }
    default:
      return pattern_of(surface, Kind::regex, regex(surface));
  }
}

/// Often made from the text of a pattern, so that near misses are as frequent as matches.
std::string Generator::item(Surface surface, const std::vector<Pattern>& patterns) {
  std::string item;
  const std::string& seed = pick(patterns).text;
  if (surface == Surface::host) {
    static const std::vector<std::string> before = {"https://", "//", "\\/\\/", "x@", "https://u:p@",
                                                    "*.",       "",   "see ",   "/"};
    static const std::vector<std::string> behind = {"", "/x", ":80", "@b.cn", ".", " ", "x", "?a=b"};
    item = pick(before) + (chance(40) ? seed : host()) + pick(behind);
    if (chance(30)) item += pick(before) + host() + pick(behind);
    if (chance(30))
      std::transform(item.begin(), item.end(), item.begin(),
                     [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  } else if (chance(50)) {
    item = (chance(30) ? text(alphabet(surface), 1, 2) : "") + seed +
           (chance(50) ? text(alphabet(surface), 1, 3) : "");
  } else {
    item = is_name(surface) ? java_name(1 + below(5)) : text(alphabet(surface), 0, 10);
  }
  if (chance(5)) item.insert(below(item.size() + 1), 1, '\0');
  if (chance(3)) item.insert(below(item.size() + 1), 1, '\n');
  return item;
}

/// The patterns that match each item; sets of (item, pattern).
using Pairs = std::set<std::pair<std::size_t, std::uint32_t>>;

struct Case {
  Case(std::uint32_t seed, Surface on) : surface(on), generator(seed) {
    // A class pattern applies to references too, which is where both are tried together.
    const std::size_t count = 1 + generator.below(40);
    for (std::size_t i = 0; i < count; ++i) {
      const bool borrowed = surface == Surface::reference && generator.chance(50);
      patterns.push_back(generator.pattern(borrowed ? Surface::class_name : surface));
    }
    for (std::size_t i = 0; i < 60; ++i) {
      const std::string made = generator.item(surface, patterns);
      items.push_back(made.substr(0, made.find('\0')));
      given.push_back(made);
    }
    for (Pattern& pattern : patterns) replace_if_senseless(pattern);
    load(set_of(patterns));
  }

  void load(const SignatureSet& set) {
    matcher.reset();
    database = std::make_unique<PatternDatabase>(PatternDatabase::from_bytes(compile_database(set)));
    matcher = std::make_unique<Matcher>(*database);
  }
  /// Hyperscan refuses what can never match, such as `a\ba`.
  static void replace_if_senseless(Pattern& pattern) {
    if (pattern.kind != Kind::regex || pattern.text.find("\\b") == std::string::npos) return;
    try {
      compile_database(set_of({pattern}));
    } catch (const Error&) {
      pattern.text = "abc";
    }
  }

  /// Index of a database pattern among `patterns`.
  std::uint32_t number(std::uint32_t id) const { return database->patterns(surface)[id].sdk; }
  std::string describe(const std::pair<std::size_t, std::uint32_t>& pair) const {
    const Pattern& pattern = patterns[pair.second];
    return std::string(name(pattern.kind)) + " \"" + pattern.text + "\" on \"" + items[pair.first] + "\"";
  }

  Pairs naive() const;
  Surface surface;
  Generator generator;
  std::vector<Pattern> patterns;
  std::vector<std::string> items, given;  // cut at NUL, and as they were
  std::unique_ptr<PatternDatabase> database;
  std::unique_ptr<Matcher> matcher;
};

Pairs Case::naive() const {
  Pairs pairs;
  for (std::uint32_t p = 0; p < patterns.size(); ++p) {
    const PatternMatcher exact(patterns[p]);
    for (std::size_t i = 0; i < items.size(); ++i) {
      bool matches = surface != Surface::host && exact.matches(items[i]);
      for (std::size_t at = 0; surface == Surface::host && at < items[i].size() && !matches; ++at) {
        const std::string_view host = host_around(items[i], at);
        matches = !host.empty() && exact.matches(host);
      }
      if (matches) pairs.emplace(i, p);
    }
  }
  return pairs;
}

void compare(const Case& c, const Pairs& found) {
  const Pairs expected = c.naive();
  for (const auto& pair : expected) CHECK_MESSAGE(found.contains(pair), "missed: ", c.describe(pair));
  for (const auto& pair : found) CHECK_MESSAGE(expected.contains(pair), "invented: ", c.describe(pair));
}

/// Hits say which pattern, its first item and how many; compared with the pairs.
void compare_hits(const Case& c, const Pairs& pairs, const std::vector<PatternHit>& hits) {
  std::map<std::uint32_t, std::vector<std::size_t>> by_pattern;
  for (const auto& [item, pattern] : pairs) by_pattern[pattern].push_back(item);
  CHECK(hits.size() == by_pattern.size());
  for (const PatternHit& hit : hits) {
    const std::vector<std::size_t>& items = by_pattern[hit.ref.sdk];
    REQUIRE_FALSE(items.empty());
    CHECK(hit.count == items.size());
    CHECK(hit.item == printable_item(c.items[items.front()]));
  }
}

void run_joined(std::uint32_t seed, Surface surface) {
  CAPTURE(seed);
  const Case c(seed, surface);
  SurfaceText text;
  for (const std::string& item : c.given) text.add(item);
  std::vector<Match> matches;
  REQUIRE(c.matcher->scan(surface, text.bytes(), matches, 1'000'000));
  Pairs found;
  std::size_t item = 0;
  for (const Match& match : matches) {
    item = text.item_at(match.end, item);
    const PatternRef ref = c.database->patterns(surface)[match.pattern];
    const bool sure = is_exact(c.database->pattern(ref), surface);
    if (sure || c.database->matcher(ref).matches(text.item(item)))
      found.emplace(item, c.number(match.pattern));
  }
  compare(c, found);
  EntryFacts facts;
  HitCollector(*c.matcher, 1'000'000, facts).scan_joined(surface, text, nullptr);
  compare_hits(c, found, facts.hits);
}

/// Items as a DEX has them: a length byte, the text, NUL; the length is any byte, letters included.
void run_raw(std::uint32_t seed, Surface surface) {
  CAPTURE(seed);
  Case c(seed, surface);
  std::string text;
  std::vector<std::size_t> begins;
  for (const std::string& item : c.items) {
    text += static_cast<char>(1 + c.generator.below(120));
    begins.push_back(text.size());
    text += item + '\0';
  }
  const auto item_at = [&](std::uint32_t offset) -> std::optional<RawItem> {
    const auto next = std::upper_bound(begins.begin(), begins.end(), offset);
    if (next == begins.begin()) return std::nullopt;
    const std::size_t index = static_cast<std::size_t>(next - begins.begin()) - 1,
                      position = offset - begins[index];
    if (position >= c.items[index].size()) return std::nullopt;
    return RawItem{c.items[index], begins[index], position, static_cast<std::uint32_t>(index)};
  };
  std::vector<Match> matches;
  REQUIRE(c.matcher->scan(surface, as_bytes(text), matches, 1'000'000));
  Pairs found;
  for (const Match& match : matches) {
    const std::optional<RawItem> item = item_at(match.end - 1);
    if (!item) continue;
    const std::string_view subject =
        surface == Surface::host ? host_around(item->text, item->position) : item->text;
    const PatternRef ref = c.database->patterns(surface)[match.pattern];
    if (c.database->matcher(ref).matches(subject)) found.emplace(item->index, c.number(match.pattern));
  }
  compare(c, found);
  EntryFacts facts;
  HitCollector(*c.matcher, 1'000'000, facts).scan_raw(surface, as_bytes(text), item_at);
  compare_hits(c, found, facts.hits);
}

/// The claims on a class, by the letter of FORMAT.md and ownership.h.
ClassClaim naive_claim(const Case& c, const Pairs& pairs, std::size_t item) {
  const std::vector<PatternRef>& refs = c.database->patterns(c.surface);
  const auto strength = [&](std::uint32_t id) {
    const Pattern& pattern = c.database->pattern(refs[id]);
    return std::make_tuple(pattern.kind == Kind::exact, pattern.text.size(), -static_cast<int>(id));
  };
  const auto longest = [&](const auto& admits) {
    std::uint32_t best = kNoClaim;
    for (std::uint32_t id = 0; id < refs.size(); ++id) {
      if (!pairs.contains({item, id}) || !admits(id)) continue;
      if (best == kNoClaim || strength(id) > strength(best)) best = id;
    }
    return best;
  };
  ClassClaim claim;
  const auto is_strong = [&](std::uint32_t id) { return !c.database->pattern(refs[id]).weak; };
  claim.owner = longest([](std::uint32_t) { return true; });
  if (claim.owner == kNoClaim) return claim;
  claim.fallback = longest(is_strong);
  claim.outer =
      longest([&](std::uint32_t id) { return is_strong(id) && refs[id].sdk != refs[claim.owner].sdk; });
  return claim;
}

}  // namespace

TEST_CASE("joined text: the pairs of pattern and item are those of the naive matcher") {
  for (const Surface surface : {Surface::class_name, Surface::reference, Surface::library, Surface::symbol,
                                Surface::entry, Surface::manifest}) {
    CAPTURE(name(surface));
    for (std::uint32_t seed = 1; seed <= 60; ++seed) run_joined(seed, surface);
  }
}

TEST_CASE("raw text: the pairs of pattern and item are those of the naive matcher") {
  for (const Surface surface : {Surface::string, Surface::native_string, Surface::host}) {
    CAPTURE(name(surface));
    for (std::uint32_t seed = 1; seed <= 120; ++seed) run_raw(seed, surface);
  }
}

TEST_CASE("the claims on classes are those of the rules read literally") {
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    Case c(seed, Surface::class_name);
    // Several patterns an SDK, some of them weak: the same patterns dealt out to five SDKs.
    SignatureSet set;
    set.sdks.resize(5);
    for (const Pattern& pattern : c.patterns) {
      Pattern dealt = pattern;
      dealt.weak = c.generator.chance(30);
      set.sdks[c.generator.below(5)].patterns.push_back(dealt);
    }
    c.patterns.clear();
    for (const Sdk& sdk : set.sdks)
      c.patterns.insert(c.patterns.end(), sdk.patterns.begin(), sdk.patterns.end());
    c.load(set);
    const Pairs pairs = c.naive();
    SurfaceText names;
    for (const std::string& item : c.items) names.add(item);
    std::vector<Match> matches;
    REQUIRE(c.matcher->scan(Surface::class_name, names.bytes(), matches, 1'000'000));
    const std::vector<ClassClaim> claims = resolve_claims(*c.database, Surface::class_name, names, matches);
    REQUIRE(claims.size() == c.items.size());
    for (std::size_t i = 0; i < claims.size(); ++i) {
      CAPTURE(c.items[i]);
      const ClassClaim expected = naive_claim(c, pairs, i);
      CHECK(claims[i].owner == expected.owner);
      CHECK(claims[i].fallback == expected.fallback);
      CHECK(claims[i].outer == expected.outer);
    }
  }
}

}  // namespace sdkprint
