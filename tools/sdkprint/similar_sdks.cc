#include "similar_sdks.h"

#include <algorithm>
#include <set>

#include "import_draft.h"
#include "scan/attribution.h"

namespace sdkprint::cli {
namespace {

constexpr std::size_t kMost = 5;
/// Shorter names resemble too much.
constexpr std::size_t kLeastName = 4;

}  // namespace

std::string organisation_of(std::string_view package) {
  constexpr std::string_view kTops[] = {"com", "cn", "net", "org", "io",  "me",  "co", "de",
                                        "jp",  "kr", "ru",  "uk",  "app", "dev", "tv", "in"};
  const std::string_view origin = origin_of(package);
  const std::size_t first = origin.find('.');
  if (first == std::string_view::npos) return std::string(origin);
  const bool is_top =
      std::find(std::begin(kTops), std::end(kTops), origin.substr(0, first)) != std::end(kTops);
  return std::string(is_top ? origin.substr(origin.rfind('.') + 1) : origin.substr(0, first));
}

SimilarSdks::SimilarSdks(const SignatureSet& set) {
  for (const Sdk& sdk : set.sdks) {
    std::set<std::string> names = {sdk.id, sdk.vendor, id_of_name(sdk.name)};
    for (const std::string& alias : sdk.aliases) names.insert(id_of_name(alias));
    for (const std::string& name : names) by_name_.emplace(name, Known{sdk.id, sdk.vendor, name});
    std::set<std::string_view> origins;
    for (const Pattern& pattern : sdk.patterns) {
      const bool is_name = pattern.kind == Pattern::Kind::prefix || pattern.kind == Pattern::Kind::exact;
      if (pattern.surface != Surface::class_name || !is_name) continue;
      const std::string_view origin = origin_of(pattern.text);
      if (origins.insert(origin).second) by_origin_.emplace(origin, Known{sdk.id, sdk.vendor, pattern.text});
    }
  }
}

std::vector<SimilarSdk> SimilarSdks::of(std::string_view package) const {
  std::vector<SimilarSdk> result;
  std::set<std::string> seen;
  const auto add = [&](const Known& known, const std::string& why) {
    if (result.size() < kMost && seen.insert(known.id).second) result.push_back({known.id, why});
  };
  const auto [first, end] = by_origin_.equal_range(origin_of(package));
  for (auto one = first; one != end; ++one) add(one->second, one->second.package + " is its package");
  const std::string organisation = id_of_name(organisation_of(package));
  if (organisation.size() < kLeastName) return result;
  const auto [named, named_end] = by_name_.equal_range(organisation);
  for (auto one = named; one != named_end; ++one) add(one->second, "named " + one->second.package);
  return result;
}

std::optional<std::string> SimilarSdks::vendor_of(std::string_view package) const {
  std::set<std::string> vendors;
  const auto [first, end] = by_origin_.equal_range(origin_of(package));
  for (auto one = first; one != end; ++one) vendors.insert(one->second.vendor);
  if (vendors.size() != 1) return std::nullopt;
  return *vendors.begin();
}

}  // namespace sdkprint::cli
