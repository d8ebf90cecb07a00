#include "scan/hit_collector.h"

#include <algorithm>
#include <map>

#include "format/mutf8.h"
#include "match/expression.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

constexpr std::size_t kItemBytes = 400;

/// One slot a pattern: which hit it has, and which item counted last (matches of one item are neighbours only
/// per pattern, so the last one is enough to count items instead of matches).
struct Slot {
  std::int32_t hit = -1;
  std::uint64_t last_item = UINT64_MAX;
};

}  // namespace

std::string printable_item(std::string_view item) {
  std::string text = mutf8_to_utf8(item.substr(0, kItemBytes));
  if (item.size() > kItemBytes) text += "…";
  return text;
}

std::vector<Match> HitCollector::matches(Surface surface, Bytes text) {
  std::vector<Match> found;
  if (!matcher_.scan(surface, text, found, limit_)) {
    facts_.problems.push_back({facts_.path, "limit",
                               "more than " + std::to_string(limit_) + " matches on the surface " +
                                   std::string(name(surface)) + "; the rest of it was not looked at",
                               true});
  }
  return found;
}

std::int32_t HitCollector::new_hit(PatternRef ref, Surface surface, std::string_view item,
                                   std::optional<std::uint64_t> offset) {
  facts_.hits.push_back({ref, surface, printable_item(item), offset, {}, 0});
  return static_cast<std::int32_t>(facts_.hits.size() - 1);
}

void HitCollector::version(PatternRef ref, std::string_view item) {
  const VersionRule& rule = database_.sdk(ref).versions[ref.index];
  const bool is_native = rule.source == VersionRule::Source::native_string;
  if (is_native && !rule.target.empty() && !glob_matches(rule.target, library_)) return;
  const std::optional<std::string> found = database_.extractor(ref.sdk, ref.index).extract(item);
  if (!found) return;
  const auto same = [&](const VersionCandidate& other) {
    return other.sdk == ref.sdk && other.rule == ref.index && other.version == *found;
  };
  if (std::any_of(facts_.versions.begin(), facts_.versions.end(), same)) return;
  facts_.versions.push_back({ref.sdk, ref.index, *found, printable_item(item), {}});
}

void HitCollector::count_joined(Surface surface, const SurfaceText& text, const std::vector<Match>& matches,
                                const OffsetOf& offset_of) {
  if (matches.empty()) return;
  const std::vector<PatternRef>& refs = database_.patterns(surface);
  std::vector<Slot> slots(refs.size());
  std::size_t item = 0;
  for (const Match& match : matches) {
    item = text.item_at(match.end, item);
    const PatternRef ref = refs[match.pattern];
    Slot& slot = slots[match.pattern];
    if (slot.last_item == item) continue;  // looked at already, whatever the outcome
    slot.last_item = item;
    if (ref.is_version_rule) {
      // The names of entries lead to their texts, which the container scanner reads.
      if (surface != Surface::entry) version(ref, text.item(item));
      continue;
    }
    if (!is_exact(database_.pattern(ref), surface) && !database_.matcher(ref).matches(text.item(item)))
      continue;
    if (slot.hit < 0) {
      slot.hit = new_hit(ref, surface, text.item(item), offset_of ? offset_of(item) : std::nullopt);
    }
    facts_.hits[static_cast<std::size_t>(slot.hit)].count += 1;
  }
}

void HitCollector::count_claims(Surface surface, const SurfaceText& names,
                                const std::vector<ClassClaim>& claims, const OffsetOf& offset_of) {
  const std::vector<PatternRef>& refs = database_.patterns(surface);
  std::vector<std::int32_t> hits(refs.size(), -1);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int32_t>
      hits_behind;  // by pattern, SDK of the weak owner
  const auto count = [&](std::int32_t& hit, std::uint32_t id, std::size_t item) {
    if (hit < 0)
      hit = new_hit(refs[id], surface, names.item(item), offset_of ? offset_of(item) : std::nullopt);
    facts_.hits[static_cast<std::size_t>(hit)].count += 1;
  };
  for (std::size_t item = 0; item < claims.size(); ++item) {
    const auto [owner, fallback, outer] = claims[item];
    if (owner == kNoClaim) continue;
    count(hits[owner], owner, item);
    if (fallback == kNoClaim || fallback == owner) continue;
    const std::uint32_t sdk = refs[owner].sdk;
    if (refs[fallback].sdk == sdk) {
      count(hits[fallback], fallback, item);
      continue;
    }
    std::int32_t& hit = hits_behind.try_emplace({fallback, sdk}, -1).first->second;
    count(hit, fallback, item);
    facts_.hits[static_cast<std::size_t>(hit)].behind = sdk;
  }
}

void HitCollector::scan_raw(Surface surface, Bytes text,
                            const std::function<std::optional<RawItem>(std::uint32_t)>& item_at,
                            std::vector<std::uint32_t>* first_items) {
  const std::vector<PatternRef>& refs = database_.patterns(surface);
  if (refs.empty() || text.empty()) return;
  std::vector<Slot> slots(refs.size());
  for (const Match& match : matches(surface, text)) {
    const std::optional<RawItem> item = item_at(match.end - 1);
    if (!item) continue;
    const PatternRef ref = refs[match.pattern];
    Slot& slot = slots[match.pattern];
    if (slot.last_item == item->offset) continue;
    // A long string may hold a candidate at each byte: it is looked at once a pattern, unless the place
    // matters.
    const bool place_matters = surface == Surface::host;
    if (!place_matters) slot.last_item = item->offset;
    if (ref.is_version_rule) {
      version(ref, item->text);
      continue;
    }
    const std::string_view subject = place_matters ? host_around(item->text, item->position) : item->text;
    if (!database_.matcher(ref).matches(subject)) continue;
    slot.last_item = item->offset;
    if (slot.hit < 0) {
      slot.hit = new_hit(ref, surface, item->text, item->offset);
      if (first_items != nullptr) first_items->push_back(item->index);
    }
    facts_.hits[static_cast<std::size_t>(slot.hit)].count += 1;
  }
}

}  // namespace sdkprint
