#include "scan/class_owners.h"

#include <algorithm>

#include "scan/ownership.h"
#include "scan/surface_text.h"

namespace sdkprint {
namespace {

/// Names that an app's uses stand in; hostile ones may match any number of patterns.
constexpr std::size_t kMatchLimit = 4'000'000;

}  // namespace

ClassOwners::ClassOwners(const Matcher& matcher, const std::vector<bool>& is_backed,
                         const std::vector<std::string_view>& class_names) {
  std::vector<std::string_view> names = class_names;
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  SurfaceText text;
  for (const std::string_view name : names) text.add(name);
  std::vector<Match> matches;
  matcher.scan(Surface::class_name, text.bytes(), matches, kMatchLimit);
  const PatternDatabase& database = matcher.database();
  const std::vector<PatternRef>& refs = database.patterns(Surface::class_name);
  const std::vector<ClassClaim> claims = resolve_claims(database, Surface::class_name, text, matches);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (claims[i].owner == kNoClaim) continue;
    const PatternRef owner = refs[claims[i].owner];
    if (!database.pattern(owner).weak || is_backed[owner.sdk])
      owner_.emplace(names[i], owner.sdk);
    else if (claims[i].fallback != kNoClaim)
      owner_.emplace(names[i], refs[claims[i].fallback].sdk);
  }
}

std::optional<std::uint32_t> ClassOwners::sdk_of(std::string_view class_name) const {
  const auto at = owner_.find(std::string(class_name));
  if (at == owner_.end()) return std::nullopt;
  return at->second;
}

}  // namespace sdkprint
