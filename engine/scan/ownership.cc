#include "scan/ownership.h"

#include <algorithm>

#include "match/expression.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

struct Claimants {
  const PatternDatabase& database;
  const std::vector<PatternRef>& refs;
  std::vector<std::uint32_t> ids = {};  ///< that match the item at hand, each once

  const Pattern& pattern(std::uint32_t id) const { return database.pattern(refs[id]); }

  template <typename Admits>
  std::uint32_t longest(Admits admits) const {
    std::uint32_t best = kNoClaim;
    for (const std::uint32_t id : ids) {
      if (!admits(id)) continue;
      const auto strength = [&](std::uint32_t one) { return specificity(pattern(one)); };
      const bool wins =
          best == kNoClaim || strength(id) > strength(best) || (strength(id) == strength(best) && id < best);
      if (wins) best = id;
    }
    return best;
  }

  ClassClaim claim() const {
    ClassClaim claim;
    const auto is_strong = [&](std::uint32_t id) { return !pattern(id).weak; };
    claim.owner = longest([](std::uint32_t) { return true; });
    claim.fallback = longest(is_strong);
    if (ids.size() < 2) return claim;
    claim.outer =
        longest([&](std::uint32_t id) { return is_strong(id) && refs[id].sdk != refs[claim.owner].sdk; });
    return claim;
  }
};

}  // namespace

std::uint64_t specificity(const Pattern& pattern) {
  constexpr std::uint64_t kExact = std::uint64_t{1} << 32;
  return pattern.text.size() + (pattern.kind == Pattern::Kind::exact ? kExact : 0);
}

std::vector<ClassClaim> resolve_claims(const PatternDatabase& database, Surface surface,
                                       const SurfaceText& names, const std::vector<Match>& matches) {
  std::vector<ClassClaim> claims(names.count());
  if (matches.empty()) return claims;
  Claimants claimants{database, database.patterns(surface)};
  // A pattern may match an item at many ends; it is tried once.
  std::vector<std::size_t> tried(claimants.refs.size(), SIZE_MAX);
  std::size_t item = 0;
  for (const Match& match : matches) {
    const std::size_t here = names.item_at(match.end, item);
    if (here != item) {
      if (!claimants.ids.empty()) claims[item] = claimants.claim();
      claimants.ids.clear();
      item = here;
    }
    if (tried[match.pattern] == item) continue;
    tried[match.pattern] = item;
    const PatternRef ref = claimants.refs[match.pattern];
    if (!is_exact(database.pattern(ref), surface) && !database.matcher(ref).matches(names.item(item)))
      continue;
    claimants.ids.push_back(match.pattern);
  }
  if (!claimants.ids.empty()) claims[item] = claimants.claim();
  return claims;
}

std::string_view package_of(std::string_view class_name) {
  const std::size_t dot = class_name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : class_name.substr(0, dot);
}

OwnedClasses& OwnershipTally::owned(const ClassClaim& claim) {
  const auto same = [&](const ClassClaim& other) {
    return other.owner == claim.owner && other.fallback == claim.fallback && other.outer == claim.outer;
  };
  if (last_ < claims_.size() && same(claims_[last_])) return facts_.owned[last_];
  last_ = static_cast<std::size_t>(std::find_if(claims_.begin(), claims_.end(), same) - claims_.begin());
  if (last_ == claims_.size()) {
    const std::vector<PatternRef>& refs = database_.patterns(Surface::class_name);
    OwnedClasses row;
    row.owner = refs[claim.owner];
    if (claim.fallback != claim.owner && claim.fallback != kNoClaim) row.fallback = refs[claim.fallback];
    if (claim.outer != kNoClaim) row.within = refs[claim.outer].sdk;
    claims_.push_back(claim);
    facts_.owned.push_back(std::move(row));
  }
  return facts_.owned[last_];
}

void OwnershipTally::count(std::vector<PackageCount>& packages, std::string_view package,
                           std::uint64_t code_bytes) {
  if (packages.empty() || packages.back().package != package)
    packages.push_back({std::string(package), 0, 0});
  packages.back().classes += 1;
  packages.back().code_bytes += code_bytes;
}

void OwnershipTally::add(std::string_view class_name, const ClassClaim& claim, std::uint64_t code_bytes) {
  facts_.classes += 1;
  facts_.code_bytes += code_bytes;
  if (claim.owner == kNoClaim) {
    count(facts_.unclaimed, package_of(class_name), code_bytes);
    return;
  }
  OwnedClasses& row = owned(claim);
  row.classes += 1;
  row.code_bytes += code_bytes;
  if (claim.fallback != claim.owner) count(row.packages, package_of(class_name), code_bytes);
}

void merge_packages(std::vector<PackageCount>& packages) {
  std::sort(packages.begin(), packages.end(),
            [](const PackageCount& a, const PackageCount& b) { return a.package < b.package; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    if (kept > 0 && packages[kept - 1].package == packages[i].package) {
      packages[kept - 1].classes += packages[i].classes;
      packages[kept - 1].code_bytes += packages[i].code_bytes;
    } else {
      if (kept != i) packages[kept] = std::move(packages[i]);
      ++kept;
    }
  }
  packages.resize(kept);
}

void OwnershipTally::finish() {
  merge_packages(facts_.unclaimed);
  for (OwnedClasses& row : facts_.owned) merge_packages(row.packages);
}

}  // namespace sdkprint
