#include "learn/identity.h"

#include <algorithm>
#include <array>

#include "learn/names.h"
#include "learn/version_texts.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

constexpr std::size_t kShortestWord = 4;
constexpr std::size_t kMostIdParts = 3;

/// Left out of a guessed id: "com.acme.sdk.android.push" is acme-push.
constexpr std::array<std::string_view, 15> kNotInIds = {"sdk",  "android",  "api",  "lib",     "libs",
                                                        "core", "common",   "base", "client",  "main",
                                                        "impl", "internal", "java", "library", "referral"};

const ChosenPackage* largest_package(const PackageChoice& packages) {
  const auto size = [](const ChosenPackage& one) {
    std::size_t most = 0;
    for (const std::size_t count : one.classes) most = std::max(most, count);
    return one.pattern.weak ? most / 4 : most;
  };
  const ChosenPackage* best = nullptr;
  for (const ChosenPackage& one : packages.packages) {
    if (best == nullptr || size(one) > size(*best)) best = &one;
  }
  return best;
}

std::string id_of_package(std::string_view package) {
  std::vector<std::string_view> segments = split_name(package);
  if (segments.size() > 1) segments.erase(segments.begin());  // com, cn, io
  std::string id;
  std::size_t parts = 0;
  for (const std::string_view segment : segments) {
    const bool is_noise = std::find(kNotInIds.begin(), kNotInIds.end(), segment) != kNotInIds.end();
    if (is_noise || looks_obfuscated(segment) || parts == kMostIdParts) continue;
    id += (id.empty() ? "" : "-") + std::string(segment);
    ++parts;
  }
  return as_id(id);
}

/// "libacme_push123.so" → "acme-push"
std::string id_of_library(std::string_view name) {
  name = name.substr(name.starts_with("lib") ? 3 : 0);
  return as_id(name.substr(0, name.find_first_of(".0123456789")));
}

std::string guess_id(const std::vector<Release>& releases, const PackageChoice& packages) {
  if (const ChosenPackage* package = largest_package(packages)) {
    if (std::string id = id_of_package(package->pattern.text); !id.empty()) return id;
  }
  std::string id;
  for (const Release& release : releases) {
    for_each_entry(release, [&](const InspectedEntry& entry) {
      if (id.empty()) id = id_of_library(library_name(entry));
    });
  }
  return id.empty() ? "unnamed-sdk" : id;
}

/// The vendor of the SDKs that the database has in the same origin; of several the one with most.
std::string neighbours_vendor(const PatternDatabase& database, const OwnCode& own) {
  std::map<std::string, std::size_t> votes;
  for (const Sdk& sdk : database.set().sdks) {
    for (const Pattern& pattern : sdk.patterns) {
      const bool is_class = pattern.surface == Surface::class_name;
      if (is_class && own.main_origins.contains(std::string(origin_of_name(pattern.text))))
        ++votes[sdk.vendor];
    }
  }
  std::string best;
  for (const auto& [vendor, count] : votes) {
    if (best.empty() || count > votes[best]) best = vendor;
  }
  return best;
}

bool has_vendor(const PatternDatabase& database, const std::string& id) {
  const std::vector<Vendor>& vendors = database.set().vendors;
  return std::any_of(vendors.begin(), vendors.end(), [&](const Vendor& vendor) { return vendor.id == id; });
}

void identify_vendor(const PatternDatabase& database, const OwnCode& own, const LearnOptions& options,
                     Draft& draft) {
  std::string& vendor = draft.sdk.vendor;
  if (!options.vendor.empty()) {
    vendor = options.vendor;
    if (!has_vendor(database, vendor))
      draft.vendor_note = "review: add it to vendors.toml: [[vendor]] id, name, name_zh, country";
    return;
  }
  if (own.known != nullptr) return void(vendor = own.known->vendor);
  vendor = neighbours_vendor(database, own);
  if (!vendor.empty()) return void(draft.vendor_note = "review: has other SDKs in these packages");
  for (const std::string& origin : own.main_origins) {
    const std::string guess = as_id(origin.substr(origin.rfind('.') + 1));
    if (!has_vendor(database, guess)) continue;
    vendor = guess;
    draft.vendor_note = "review: guessed from the package";
    return;
  }
  vendor = "unknown";
  draft.vendor_note = "review: whose is it? An id of vendors.toml";
}

void copy_known(const Sdk& known, Sdk& sdk) {
  sdk.name = known.name, sdk.name_zh = known.name_zh, sdk.aliases = known.aliases;
  sdk.category = known.category, sdk.kind = known.kind;
  sdk.homepage = known.homepage, sdk.privacy_policy = known.privacy_policy;
}

}  // namespace

void identify(const PatternDatabase& database, const std::vector<Release>& releases, const OwnCode& own,
              const PackageChoice& packages, const LearnOptions& options, Draft& draft) {
  Sdk& sdk = draft.sdk;
  if (own.known != nullptr) {
    copy_known(*own.known, sdk);
    sdk.id = own.known->id;
    draft.id_note = "review: the database has this id already; merge by hand";
  } else {
    sdk.id = guess_id(releases, packages);
    draft.id_note = "review: guessed from the package";
    sdk.name = as_title(sdk.id);
    draft.name_note = "review: as the vendor writes it";
    draft.name_zh_note = "review: what it is called in Chinese, if it has such a name";
    draft.category_note = "review: the folder says the category: signatures/CATEGORY/" + sdk.id + ".toml";
  }
  if (!options.id.empty()) {
    sdk.id = options.id;
    if (own.known == nullptr) {
      draft.id_note.clear();
      sdk.name = as_title(sdk.id);
      draft.category_note = "review: the folder says the category: signatures/CATEGORY/" + sdk.id + ".toml";
    }
  }
  if (!options.name.empty()) sdk.name = options.name, draft.name_note.clear();
  if (!options.name_zh.empty()) sdk.name_zh = options.name_zh;
  if (!options.category.empty()) sdk.category = options.category, draft.category_note.clear();
  std::erase_if(sdk.aliases,
                [&](const std::string& alias) { return alias == sdk.name || alias == sdk.name_zh; });
  identify_vendor(database, own, options, draft);
  sdk.sources = {"artefact"};
}

SdkWords words_of(const PatternDatabase& database, const OwnCode& own, const PackageChoice& packages,
                  const std::string& id) {
  SdkWords words;
  const auto add = [](std::set<std::string>& to, std::string_view word) {
    if (word.size() >= kShortestWord && is_telling(word)) to.insert(as_id(word));
  };
  for (const std::string& origin : own.main_origins) {
    const bool is_shared =
        std::any_of(database.set().sdks.begin(), database.set().sdks.end(), [&](const Sdk& sdk) {
          if (own.known != nullptr && sdk.id == own.known->id) return false;
          return std::any_of(sdk.patterns.begin(), sdk.patterns.end(), [&](const Pattern& pattern) {
            return pattern.surface == Surface::class_name && package_prefix_matches(origin, pattern.text);
          });
        });
    for (const std::string_view segment : split_name(origin))
      add(is_shared ? words.shared : words.own, segment);
  }
  for (const std::string_view part : split_name(id, '-')) {
    if (!words.shared.contains(std::string(part))) add(words.own, part);
  }
  // Below a vendor's package the next word is the SDK's own.
  for (const ChosenPackage& one : packages.packages) {
    if (one.pattern.weak) continue;
    const std::vector<std::string_view> segments = split_name(one.pattern.text);
    if (segments.size() > 2 && words.own.empty()) add(words.own, segments[2]);
  }
  return words;
}

}  // namespace sdkprint
