#include "learn/package_choice.h"

#include <algorithm>

#include "learn/names.h"
#include "scan/ownership.h"
#include "signature/pattern.h"
#include "signature/pattern_rules.h"

namespace sdkprint {
namespace {

constexpr std::size_t kFewObfuscated = 3;   // more packages of such names are claimed as one
constexpr std::size_t kTellingLetters = 4;  // "com.loc" is somebody else's too

/// A package and what lies below it.
struct Node {
  std::map<std::string, Node, std::less<>> children;
  std::size_t classes_here = 0;  // all releases together
};

Pattern class_prefix(const std::string& text) {
  Pattern pattern;
  pattern.surface = Surface::class_name;
  pattern.kind = Pattern::Kind::prefix;
  pattern.text = text;
  pattern.grade = Grade::defined;
  return pattern;
}

std::size_t telling_letters(std::string_view prefix) {
  std::size_t letters = 0;
  for (const std::string_view segment : split_name(prefix)) {
    if (is_telling(segment)) letters = std::max(letters, segment.size());
  }
  return letters;
}

class PackageChooser {
 public:
  PackageChooser(const PatternDatabase& database, const OwnCode& own) : own_(own) {
    for (const Sdk& sdk : database.set().sdks) {
      if (own.is_named) break;
      if (own.known != nullptr && sdk.id == own.known->id) continue;
      for (const Pattern& pattern : sdk.patterns) {
        if (pattern.surface == Surface::class_name && !pattern.weak) foreign_.push_back(pattern.text);
      }
    }
    std::sort(foreign_.begin(), foreign_.end());
  }

  PackageChoice run();

 private:
  void add_classes();
  bool is_shared(const std::string& prefix) const;
  void choose(const Node& node, const std::string& prefix, std::size_t depth, bool below_shared);
  void claim(const Node& node, std::string prefix, bool below_shared);
  bool is_common_word(const ChosenPackage& one) const;
  void weaken_common_words();
  bool is_reviewed(const std::string& prefix) const;
  void claim_obfuscated(const std::string& prefix, std::size_t packages);
  void leave(const std::string& package) { left_.push_back(package); }
  std::string why_weak(const std::string& prefix, bool below_shared) const;
  std::vector<std::size_t> count(const std::string& prefix) const;

  const OwnCode& own_;
  std::vector<std::string> foreign_;
  std::vector<std::string> left_;  // packages with classes of their own that nothing claims
  Node root_;
  PackageChoice result_;
};

void PackageChooser::add_classes() {
  for (const std::vector<OwnClass>& release : own_.releases) {
    for (const OwnClass& one : release) {
      Node* node = &root_;
      const std::string_view package = package_of(one.name);
      if (!package.empty()) {
        for (const std::string_view segment : split_name(package))
          node = &node->children[std::string(segment)];
      }
      ++node->classes_here;
    }
  }
}

/// Another SDK has this very prefix, or one below it.
bool PackageChooser::is_shared(const std::string& prefix) const {
  const auto at = std::lower_bound(foreign_.begin(), foreign_.end(), prefix);
  for (auto one = at; one != foreign_.end() && one->starts_with(prefix); ++one) {
    if (one->size() == prefix.size() || (*one)[prefix.size()] == '.') return true;
  }
  return false;
}

std::string PackageChooser::why_weak(const std::string& prefix, bool below_shared) const {
  if (!own_.main_origins.contains(std::string(origin_of_name(prefix))))
    return "outside its main packages: its own, or somebody's that the database does not know?";
  const std::string_view last = split_name(prefix).back();
  if (below_shared && looks_obfuscated(last)) return "obfuscated, in a package that several SDKs share";
  if (telling_letters(prefix) < kTellingLetters) return "short: another SDK may have it too";
  return {};
}

std::vector<std::size_t> PackageChooser::count(const std::string& prefix) const {
  std::vector<std::size_t> counts;
  for (const std::vector<OwnClass>& release : own_.releases) {
    counts.push_back(
        static_cast<std::size_t>(std::count_if(release.begin(), release.end(), [&](const OwnClass& one) {
          return package_prefix_matches(prefix, one.name);
        })));
  }
  return counts;
}

/// A single child is followed as long as its name is a word: what lies beside it was never seen.
void PackageChooser::claim(const Node& node, std::string prefix, bool below_shared) {
  const Node* at = &node;
  while (at->classes_here == 0 && at->children.size() == 1) {
    const auto& [segment, child] = *at->children.begin();
    if (looks_obfuscated(segment)) break;
    prefix += "." + segment;
    at = &child;
  }
  ChosenPackage chosen{class_prefix(prefix), count(prefix), why_weak(prefix, below_shared)};
  chosen.pattern.weak = !chosen.why_weak.empty();
  result_.packages.push_back(std::move(chosen));
}

/// The SDK's own record claims this very prefix, whoever else has one below it.
bool PackageChooser::is_reviewed(const std::string& prefix) const {
  if (own_.known == nullptr) return false;
  const std::vector<Pattern>& patterns = own_.known->patterns;
  return std::any_of(patterns.begin(), patterns.end(), [&](const Pattern& pattern) {
    return pattern.surface == Surface::class_name && pattern.kind == Pattern::Kind::prefix && !pattern.weak &&
           pattern.text == prefix;
  });
}

/// Each release has others: one weak prefix stands for all of them.
void PackageChooser::claim_obfuscated(const std::string& prefix, std::size_t packages) {
  ChosenPackage chosen{class_prefix(prefix), count(prefix), ""};
  chosen.why_weak =
      "stands for " + std::to_string(packages) + " obfuscated packages, in a package that several SDKs share";
  chosen.pattern.weak = true;
  result_.packages.push_back(std::move(chosen));
}

void PackageChooser::choose(const Node& node, const std::string& prefix, std::size_t depth,
                            bool below_shared) {
  // One segment alone is a package of its own only when it holds classes ("bolts").
  const bool is_deep_enough = depth >= 2 ? prefix.size() >= origin_of_name(prefix + ".x").size()
                                         : depth == 1 && node.classes_here > 0;
  const bool is_fit = is_deep_enough && too_generic(prefix).empty();
  const bool shared = is_shared(prefix) && !is_reviewed(prefix);
  if (is_fit && !shared) return claim(node, prefix, below_shared);
  if (node.classes_here > 0) leave(prefix);
  const auto obfuscated = static_cast<std::size_t>(
      std::count_if(node.children.begin(), node.children.end(),
                    [](const auto& child) { return looks_obfuscated(child.first); }));
  const bool as_one = is_fit && obfuscated > kFewObfuscated;
  if (as_one) claim_obfuscated(prefix, obfuscated);
  for (const auto& [segment, child] : node.children) {
    if (as_one && looks_obfuscated(segment)) continue;
    choose(child, prefix.empty() ? segment : prefix + "." + segment, depth + 1, below_shared || shared);
  }
}

/// "com.vendor.network", where several SDKs share com.vendor.
bool PackageChooser::is_common_word(const ChosenPackage& one) const {
  const std::string origin(origin_of_name(one.pattern.text));
  if (!is_shared(origin) || one.pattern.text.size() <= origin.size()) return false;
  return !has_telling_segment(one.pattern.text.substr(origin.size() + 1));
}

/// Common words are weak, but for those that some release has nothing better than.
void PackageChooser::weaken_common_words() {
  std::set<std::size_t> without;  // releases that no strong pattern tells yet
  for (std::size_t i = 0; i < own_.releases.size(); ++i) {
    if (!own_.releases[i].empty()) without.insert(i);
  }
  const auto told_by = [&](const ChosenPackage& one) {
    std::size_t told = 0;
    for (const std::size_t release : without) told += one.classes[release] > 0 ? 1 : 0;
    return told;
  };
  const auto keep = [&](const ChosenPackage& one) {
    std::erase_if(without, [&](std::size_t release) { return one.classes[release] > 0; });
  };
  std::vector<ChosenPackage*> common;
  for (ChosenPackage& one : result_.packages) {
    if (one.pattern.weak) continue;
    if (is_common_word(one))
      common.push_back(&one);
    else
      keep(one);
  }
  for (;;) {
    const auto best = std::max_element(common.begin(), common.end(), [&](const auto* a, const auto* b) {
      return told_by(*a) < told_by(*b);
    });
    if (best == common.end() || told_by(**best) == 0) break;
    keep(**best);
    common.erase(best);
  }
  for (ChosenPackage* one : common) {
    one->pattern.weak = true;
    one->why_weak = "a common word, in a package that several SDKs share";
  }
}

PackageChoice PackageChooser::run() {
  add_classes();
  choose(root_, "", 0, false);
  weaken_common_words();
  std::sort(result_.packages.begin(), result_.packages.end(),
            [](const ChosenPackage& a, const ChosenPackage& b) { return a.pattern.text < b.pattern.text; });
  for (const std::string& package : left_) {
    std::size_t most = 0;
    for (const std::vector<OwnClass>& release : own_.releases) {
      most = std::max(most, static_cast<std::size_t>(std::count_if(
                                release.begin(), release.end(),
                                [&](const OwnClass& one) { return package_of(one.name) == package; })));
    }
    result_.unclaimed.emplace_back(package, most);
  }
  return std::move(result_);
}

}  // namespace

std::string too_generic(const std::string& prefix) {
  if (Verdict verdict = object_to_pattern(class_prefix(prefix))) return verdict->message;
  if (!has_telling_segment(prefix)) return "no segment that could only be its owner's";
  return {};
}

PackageChoice choose_packages(const PatternDatabase& database, const OwnCode& own) {
  return PackageChooser(database, own).run();
}

}  // namespace sdkprint
