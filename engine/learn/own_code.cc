#include "learn/own_code.h"

#include <algorithm>
#include <unordered_map>

#include "learn/names.h"
#include "scan/ownership.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

constexpr std::size_t kMainShare = 5;  // an origin with a fifth of the largest one's classes is a home too

/// A package of an open library, as it may stand within another: two segments, or one that is nobody else's
/// word. "com.acme.android.support" is no copy of android.support.
bool can_be_recognised_inside(std::string_view prefix) {
  if (prefix.starts_with("android.")) return false;
  return split_name(prefix).size() > 1 || (prefix.size() >= 4 && is_telling(prefix));
}

class OwnCodeFinder {
 public:
  OwnCodeFinder(const PatternDatabase& database, const std::vector<Release>& releases,
                const LearnOptions& options)
      : database_(database), releases_(releases), options_(options) {
    for (const Sdk& sdk : database.set().sdks) sdks_.emplace(sdk.id, &sdk);
  }

  OwnCode run();

 private:
  struct Group {
    std::uint64_t code_bytes = 0;
    std::size_t classes = 0;
  };

  bool is_named(std::string_view class_name) const;
  bool is_library(const std::string& id) const;
  void weigh();
  void choose_known();
  void choose_origins();
  void sort_classes(std::size_t release);
  void sort_class(const ClassItem& item, std::size_t release, const ClassMembers* members);
  std::string library_inside(std::string_view package) const;
  void collect_libraries();

  const PatternDatabase& database_;
  const std::vector<Release>& releases_;
  const LearnOptions& options_;
  std::map<std::string, const Sdk*> sdks_;
  std::map<std::string, Group> by_owner_, by_origin_;  // origins: classes without an owner
  std::map<std::string, std::string> libraries_;       // class prefix → id
  std::unordered_map<std::string, std::string> inside_;
  OwnCode result_;
};

bool OwnCodeFinder::is_named(std::string_view class_name) const {
  return std::any_of(options_.packages.begin(), options_.packages.end(),
                     [&](const std::string& package) { return package_prefix_matches(package, class_name); });
}

bool OwnCodeFinder::is_library(const std::string& id) const {
  const auto sdk = sdks_.find(id);
  return sdk != sdks_.end() && sdk->second->kind == Sdk::Kind::library;
}

void OwnCodeFinder::weigh() {
  for (const Release& release : releases_) {
    for_each_entry(release, [&](const InspectedEntry& entry) {
      for (const ClassItem& item : entry.surfaces->classes) {
        if (!options_.packages.empty() && !is_named(item.name)) continue;
        if (options_.packages.empty() && item.owner.empty() && is_common_package(item.name)) continue;
        Group& group = item.owner.empty() ? by_origin_[std::string(origin_of_name(package_of(item.name)))]
                                          : by_owner_[item.owner];
        group.code_bytes += item.code_bytes;
        group.classes += 1;
      }
    });
  }
}

/// The record that most of the code already has, unless most of it has none.
void OwnCodeFinder::choose_known() {
  if (!options_.id.empty()) {
    if (const auto sdk = sdks_.find(options_.id); sdk != sdks_.end()) result_.known = sdk->second;
    return;
  }
  const auto weight = [](const Group& group) { return group.code_bytes + 64 * group.classes; };
  std::uint64_t best = 0;
  for (const auto& [origin, group] : by_origin_) best = std::max(best, weight(group));
  for (const auto& [id, group] : by_owner_) {
    if (is_library(id) && options_.packages.empty()) continue;
    if (weight(group) <= best) continue;
    best = weight(group);
    result_.known = sdks_.at(id);
  }
}

/// Where most of its classes are: a relocated copy that the SDK owns too is no home of its own.
void OwnCodeFinder::choose_origins() {
  std::map<std::string, std::size_t> classes;
  if (result_.known != nullptr) {
    for (const Release& release : releases_) {
      for_each_entry(release, [&](const InspectedEntry& entry) {
        for (const ClassItem& item : entry.surfaces->classes) {
          if (item.owner == result_.known->id) ++classes[std::string(origin_of_name(package_of(item.name)))];
        }
      });
    }
  }
  if (classes.empty()) {
    for (const auto& [origin, group] : by_origin_) classes[origin] = group.classes;
  }
  std::size_t most = 0;
  for (const auto& [origin, count] : classes) most = std::max(most, count);
  const std::size_t enough = result_.known != nullptr ? (most + kMainShare - 1) / kMainShare : most;
  for (const auto& [origin, count] : classes) {
    if (count >= enough) result_.main_origins.insert(origin);
  }
}

void OwnCodeFinder::collect_libraries() {
  for (const Sdk& sdk : database_.set().sdks) {
    if (sdk.kind != Sdk::Kind::library) continue;
    for (const Pattern& pattern : sdk.patterns) {
      const bool is_prefix = pattern.surface == Surface::class_name && pattern.kind == Pattern::Kind::prefix;
      if (is_prefix && !pattern.weak && can_be_recognised_inside(pattern.text))
        libraries_[pattern.text] = sdk.id;
    }
  }
}

/// "com.acme.shaded.okhttp3 (okhttp)" when a package lies in a relocated copy of an open library.
std::string OwnCodeFinder::library_inside(std::string_view package) const {
  for (std::size_t dot = package.find('.'); dot != std::string_view::npos; dot = package.find('.', dot + 1)) {
    const std::string_view inner = package.substr(dot + 1);
    for (std::size_t end = inner.size();;) {
      const auto library = libraries_.find(std::string(inner.substr(0, end)));
      if (library != libraries_.end() && (result_.known == nullptr || library->second != result_.known->id)) {
        return std::string(package.substr(0, dot + 1 + end)) + " (" + library->second + ")";
      }
      end = inner.rfind('.', end - 1);
      if (end == std::string_view::npos || end == 0) break;
    }
  }
  return {};
}

void OwnCodeFinder::sort_class(const ClassItem& item, std::size_t release, const ClassMembers* members) {
  const std::string package(package_of(item.name)), origin(origin_of_name(package));
  const bool is_its_own = result_.known != nullptr && item.owner == result_.known->id;
  if (!options_.packages.empty()) {
    if (!is_named(item.name)) return void(++result_.left_out[origin][release]);
  } else if (!is_its_own) {
    if (!item.owner.empty()) return void(++result_.others[item.owner][release]);
    if (is_common_package(item.name)) return void(++result_.common[origin][release]);
  }
  const auto [inside, is_new] = inside_.try_emplace(package);
  if (is_new) inside->second = library_inside(package);
  if (!inside->second.empty()) ++result_.relocated[inside->second][release];
  result_.releases[release].push_back({item.name, item.code_bytes, members, !inside->second.empty()});
}

void OwnCodeFinder::sort_classes(std::size_t release) {
  std::unordered_map<std::string_view, const ClassMembers*> members;
  for_each_entry(releases_[release], [&](const InspectedEntry& entry) {
    for (const ClassMembers& one : entry.surfaces->members) members.emplace(one.name, &one);
  });
  for_each_entry(releases_[release], [&](const InspectedEntry& entry) {
    for (const ClassItem& item : entry.surfaces->classes) {
      const auto found = members.find(item.name);
      sort_class(item, release, found == members.end() ? nullptr : found->second);
    }
  });
  std::vector<OwnClass>& own = result_.releases[release];
  std::stable_sort(own.begin(), own.end(),
                   [](const OwnClass& a, const OwnClass& b) { return a.name < b.name; });
  const auto same = [](const OwnClass& a, const OwnClass& b) { return a.name == b.name; };
  own.erase(std::unique(own.begin(), own.end(), same), own.end());
}

OwnCode OwnCodeFinder::run() {
  result_.is_named = !options_.packages.empty();
  weigh();
  choose_known();
  choose_origins();
  for (const Sdk& sdk : database_.set().sdks) {
    const bool is_around = result_.known != nullptr && std::find(sdk.contains.begin(), sdk.contains.end(),
                                                                 result_.known->id) != sdk.contains.end();
    if (is_around) result_.around.insert(sdk.id);
  }
  collect_libraries();
  result_.releases.resize(releases_.size());
  for (std::size_t i = 0; i < releases_.size(); ++i) sort_classes(i);
  return std::move(result_);
}

}  // namespace

OwnCode find_own_code(const PatternDatabase& database, const std::vector<Release>& releases,
                      const LearnOptions& options) {
  return OwnCodeFinder(database, releases, options).run();
}

}  // namespace sdkprint
