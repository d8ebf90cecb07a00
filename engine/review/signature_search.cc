#include "review/signature_search.h"

#include <algorithm>

#include "match/expression.h"
#include "scan/ownership.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_letter(char a, char b) { return lower(a) == lower(b); }

bool contains(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(), same_letter) != text.end();
}

bool equals(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_letter);
}

template <typename Record>
const Record* find(const std::vector<Record>& records, std::string_view id) {
  const auto found =
      std::lower_bound(records.begin(), records.end(), id,
                       [](const Record& record, std::string_view key) { return record.id < key; });
  return found != records.end() && found->id == id ? &*found : nullptr;
}

bool is_named(const Sdk& sdk, std::string_view text) {
  return equals(sdk.id, text) || equals(sdk.name, text) || equals(sdk.name_zh, text);
}

/// All texts of a record with their fields, in the order in which they are reported.
std::vector<TextHit> texts_of(const SignatureSet& set, const Sdk& sdk) {
  std::vector<TextHit> texts = {
      {&sdk, "id", sdk.id}, {&sdk, "name", sdk.name}, {&sdk, "name_zh", sdk.name_zh}};
  for (const std::string& alias : sdk.aliases) texts.push_back({&sdk, "alias", alias});
  if (const Vendor* vendor = find_vendor(set, sdk.vendor)) {
    for (const std::string* text : {&vendor->id, &vendor->name, &vendor->name_zh})
      texts.push_back({&sdk, "vendor", *text});
  }
  if (const Category* category = find_category(set, sdk.category)) {
    for (const std::string* text : {&category->id, &category->name, &category->name_zh})
      texts.push_back({&sdk, "category", *text});
  }
  for (const Pattern& pattern : sdk.patterns) texts.push_back({&sdk, name(pattern.surface), pattern.text});
  return texts;
}

}  // namespace

const Sdk* find_sdk(const SignatureSet& set, std::string_view id) { return find(set.sdks, id); }
const Vendor* find_vendor(const SignatureSet& set, std::string_view id) { return find(set.vendors, id); }
const Category* find_category(const SignatureSet& set, std::string_view id) {
  return find(set.categories, id);
}

std::vector<PatternClaim> claims_on(const SignatureSet& set, Surface surface, std::string_view item) {
  std::vector<PatternClaim> claims;
  for (const Sdk& sdk : set.sdks) {
    for (const Pattern& pattern : sdk.patterns) {
      const bool is_platform_name = surface == Surface::reference && sdk.in_platform;
      if (!applies_to(pattern, surface) || is_platform_name) continue;
      if (PatternMatcher(pattern).matches(item)) claims.push_back({&sdk, &pattern});
    }
  }
  std::stable_sort(claims.begin(), claims.end(), [](const PatternClaim& a, const PatternClaim& b) {
    return specificity(*a.pattern) > specificity(*b.pattern);
  });
  return claims;
}

std::vector<PatternClaim> claims_within(const SignatureSet& set, std::string_view package) {
  std::vector<PatternClaim> claims;
  for (const Sdk& sdk : set.sdks) {
    for (const Pattern& pattern : sdk.patterns) {
      if (pattern.surface != Surface::class_name || pattern.text == package) continue;
      if (package_prefix_matches(package, pattern.text)) claims.push_back({&sdk, &pattern});
    }
  }
  return claims;
}

std::vector<TextHit> find_text(const SignatureSet& set, std::string_view text) {
  std::vector<TextHit> hits;
  for (const Sdk& sdk : set.sdks) {
    for (const TextHit& one : texts_of(set, sdk)) {
      if (contains(one.text, text)) hits.push_back(one);
    }
  }
  std::stable_partition(hits.begin(), hits.end(),
                        [&](const TextHit& hit) { return is_named(*hit.sdk, text); });
  return hits;
}

}  // namespace sdkprint
