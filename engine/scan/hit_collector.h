#pragma once
// Candidates of the matcher → verified hits, one a pattern, counted.
#include <functional>
#include <string>
#include <vector>

#include "match/matcher.h"
#include "scan/entry_facts.h"
#include "scan/ownership.h"
#include "scan/surface_text.h"

namespace sdkprint {

/// An item of a raw surface around a match.
struct RawItem {
  std::string_view text;
  std::uint64_t offset = 0;  ///< of `text` in the entry
  std::size_t position = 0;  ///< of the match's last byte, within `text`
  std::uint32_t index = 0;   ///< the format's own number (string_ids index), 0 when there is none
};

/// Collects the hits of one entry. Not thread-safe.
class HitCollector {
 public:
  HitCollector(const Matcher& matcher, std::size_t match_limit, EntryFacts& facts)
      : matcher_(matcher), database_(matcher.database()), limit_(match_limit), facts_(facts) {}

  /// The file name of the native library that is scanned: version rules may be narrowed to it. Borrowed.
  void in_library(std::string_view file_name) { library_ = file_name; }

  /// Matches of a text, in order of their ends; reaching the limit becomes a problem.
  std::vector<Match> matches(Surface surface, Bytes text);

  /// Where an item of a joined text stands in the entry; asked only for the first item of each pattern. Null
  /// when items have no place.
  using OffsetOf = std::function<std::optional<std::uint64_t>(std::size_t)>;

  /// Counts the hits of a joined text's matches.
  void count_joined(Surface surface, const SurfaceText& text, const std::vector<Match>& matches,
                    const OffsetOf& offset_of);
  void scan_joined(Surface surface, const SurfaceText& text, const OffsetOf& offset_of) {
    count_joined(surface, text, matches(surface, text.bytes()), offset_of);
  }

  /// Counts names that have an owner (surfaces `class` and `reference`): a name speaks for the longest
  /// pattern only.
  void count_claims(Surface surface, const SurfaceText& names, const std::vector<ClassClaim>& claims,
                    const OffsetOf& offset_of);
  void scan_names(Surface surface, const SurfaceText& names, const OffsetOf& offset_of) {
    count_claims(surface, names, resolve_claims(database_, surface, names, matches(surface, names.bytes())),
                 offset_of);
  }

  /// Scans raw bytes; `item_at(offset)` finds the item around an offset of `text`, nullopt when there is
  /// none. `index` of the first item of each hit is appended to `first_items` when given (parallel to the new
  /// hits).
  void scan_raw(Surface surface, Bytes text,
                const std::function<std::optional<RawItem>(std::uint32_t)>& item_at,
                std::vector<std::uint32_t>* first_items = nullptr);

 private:
  void version(PatternRef ref, std::string_view item);
  std::int32_t new_hit(PatternRef ref, Surface surface, std::string_view item,
                       std::optional<std::uint64_t> offset);

  const Matcher& matcher_;
  const PatternDatabase& database_;
  std::size_t limit_;
  EntryFacts& facts_;
  std::string_view library_;
};

/// Valid UTF-8 for reports out of an item of any surface (MUTF-8 resolved, anything invalid replaced), cut to
/// a length a person can read.
std::string printable_item(std::string_view item);

}  // namespace sdkprint
