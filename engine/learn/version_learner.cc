#include "learn/version_learner.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "learn/names.h"
#include "learn/version_form.h"
#include "signature/pattern_rules.h"

namespace sdkprint {
namespace {

using Source = VersionRule::Source;

constexpr std::size_t kTellingContext = 3;  // letters in a row beside the version
constexpr std::size_t kMostRules = 8, kMostUnconfirmed = 4;
constexpr std::size_t kMostCandidates = 1000;

/// How much a place says by itself that a version stands there; less is better.
enum class Place : std::uint8_t {
  named,     ///< BuildConfig.VERSION_NAME, getSdkVersion, META-INF/x.version, libx312.so
  in_words,  ///< "sdkVersion:3.1.2, buildId:57"
  plain,     ///< a bare version in a class and method that have names
  nameless,  ///< a bare version somewhere in obfuscated code
};

struct Candidate {
  VersionRule rule;
  Place place = Place::nameless;
  int generality = 0;  // of the target: more is better, since obfuscated names change with each release
  std::set<std::size_t> found_in;
};

std::string_view simple_name(std::string_view class_name) {
  return class_name.substr(class_name.rfind('.') + 1);
}

/// Bare versions in code: what else tells?
Place bare_place(std::string_view class_name, std::string_view member) {
  if (speaks_of_version(member) || speaks_of_version(simple_name(class_name))) return Place::named;
  const bool has_name = !looks_obfuscated(simple_name(class_name)) && !looks_obfuscated(member);
  return has_name ? Place::plain : Place::nameless;
}

int rank(const Candidate& one) {
  const int by_source = one.rule.source == Source::field      ? 0
                        : one.rule.source == Source::code     ? 1
                        : one.rule.source == Source::manifest ? 2
                        : one.rule.source == Source::entry    ? 3
                        : one.rule.source == Source::library  ? 4
                                                              : 5;
  return static_cast<int>(one.place) * 10 + by_source;
}

class VersionLearner {
 public:
  VersionLearner(const std::vector<std::string>& versions, const std::vector<VersionTexts>& texts,
                 const PackageChoice& packages)
      : versions_(versions), texts_(texts), packages_(packages), shape_(version_shape(versions)) {
    std::set<std::string> distinct(versions.begin(), versions.end());
    distinct.erase("");
    distinct_ = distinct.size();
  }

  LearnedVersions run();

 private:
  struct Rated {
    LearnedRule learned;
    int rank, generality;
  };

  void look_at(std::size_t release);
  void look_at_code(std::size_t release);
  void look_at_constants(std::size_t release);
  void look_at_native(std::size_t release);
  void look_at_entries(std::size_t release);
  void propose(std::size_t release, VersionRule rule, Place place, int generality = 0);
  void propose_code(std::size_t release, const CodeText& code, const VersionForm& form);
  std::string_view package_above(std::string_view class_name) const;
  std::size_t needed(const Candidate& one) const;
  std::optional<LearnedRule> evaluate(const Candidate& one) const;
  std::size_t support(const std::vector<std::size_t>& releases) const;
  std::vector<Rated> rate();
  void choose(std::vector<Rated> rated);

  const std::vector<std::string>& versions_;
  const std::vector<VersionTexts>& texts_;
  const PackageChoice& packages_;
  const std::string shape_;
  std::size_t distinct_ = 0;
  using Key = std::tuple<int, std::string, std::string, std::string, std::string>;
  std::map<Key, Candidate> candidates_;
  LearnedVersions result_;
};

void VersionLearner::propose(std::size_t release, VersionRule rule, Place place, int generality) {
  const Key key{static_cast<int>(rule.source), rule.target, rule.key, rule.regex, rule.format};
  const auto found = candidates_.find(key);
  if (found != candidates_.end()) return void(found->second.found_in.insert(release));
  if (candidates_.size() >= kMostCandidates) return;
  const bool is_regex_source = rule.source == Source::native_string || rule.source == Source::library;
  if (!rule.regex.empty() && object_to_regex(rule.regex, is_regex_source ? 3 : 0)) return;
  const bool names_member =
      rule.source == Source::field || rule.source == Source::code || rule.source == Source::constants;
  if (names_member && object_to_java_name(rule.target, true)) return;  // names come from the artefact
  candidates_.emplace(key, Candidate{std::move(rule), place, generality, {release}});
}

/// The chosen package that a class lies in; empty when there is none.
std::string_view VersionLearner::package_above(std::string_view class_name) const {
  std::string_view best;
  for (const ChosenPackage& one : packages_.packages) {
    const bool is_above = package_prefix_matches(one.pattern.text, class_name);
    if (is_above && !one.pattern.weak && one.pattern.text.size() > best.size()) best = one.pattern.text;
  }
  return best;
}

void VersionLearner::propose_code(std::size_t release, const CodeText& code, const VersionForm& form) {
  const std::string class_name(code.class_name), method(code.method), package(package_above(code.class_name));
  const bool in_words = form.context_letters >= kTellingContext;
  const Place place = in_words ? Place::in_words : bare_place(code.class_name, code.method);
  const auto with_target = [&](std::string target) {
    VersionRule rule;
    rule.source = Source::code;
    rule.target = std::move(target);
    rule.regex = form.regex, rule.format = form.format;
    return rule;
  };
  propose(release, with_target(class_name + "." + method), place, 0);
  if (in_words || speaks_of_version(simple_name(code.class_name)))
    propose(release, with_target(class_name), place, 1);
  if (package.empty()) return;
  if (in_words) propose(release, with_target(package + ".*"), place, 3);
  if (speaks_of_version(method)) propose(release, with_target(package + ".*." + method), Place::named, 2);
}

void VersionLearner::look_at_code(std::size_t release) {
  const std::string& version = versions_[release];
  for (const auto& [field, text] : texts_[release].fields) {
    for (const VersionForm& form : forms_in_text(text, version, shape_)) {
      VersionRule rule;
      rule.source = Source::field, rule.target = field, rule.regex = form.regex, rule.format = form.format;
      const std::size_t dot = field.rfind('.');
      const Place bare =
          bare_place(std::string_view(field).substr(0, dot), std::string_view(field).substr(dot + 1));
      const bool in_words = form.context_letters >= kTellingContext && bare != Place::named;
      propose(release, std::move(rule), in_words ? Place::in_words : bare);
    }
  }
  for (const CodeText& code : texts_[release].strings) {
    if (code.text.size() < version.size()) continue;
    for (const VersionForm& form : forms_in_text(code.text, version, shape_))
      propose_code(release, code, form);
  }
}

/// `new KotlinVersion(1, 9, 21)`: "1 9 21".
void VersionLearner::look_at_constants(std::size_t release) {
  const std::vector<std::string_view> numbers = split_name(versions_[release]);
  if (numbers.size() < 2 || numbers.size() > 9) return;
  std::string wanted, regex = "^", format;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    wanted += (i > 0 ? " " : "") + std::string(numbers[i]);
    regex += std::string(i > 0 ? " " : "") + "(\\d+)";
    format += (i > 0 ? ".$" : "$") + std::to_string(i + 1);
  }
  for (const CodeText& code : texts_[release].constants) {
    if (code.text != wanted) continue;
    VersionRule rule;
    rule.source = Source::constants;
    rule.target = std::string(code.class_name) + "." + std::string(code.method);
    rule.regex = regex + "$", rule.format = format;
    propose(release, std::move(rule), Place::named);
  }
}

void VersionLearner::look_at_native(std::size_t release) {
  const std::string& version = versions_[release];
  for (const std::string_view library : texts_[release].libraries) {
    for (const VersionForm& form : forms_in_library(library, version, shape_)) {
      VersionRule rule;
      rule.source = Source::library, rule.regex = form.regex, rule.format = form.format;
      propose(release, std::move(rule), Place::named);
    }
  }
  for (const auto& [library, text] : texts_[release].natives) {
    if (text.size() < version.size()) continue;
    for (const VersionForm& form : forms_in_text(text, version, shape_)) {
      if (form.context_letters < kTellingContext) continue;
      VersionRule rule;
      rule.source = Source::native_string, rule.regex = form.regex, rule.format = form.format;
      // Digits of the name may be the version's own.
      const std::size_t digit = library.find_first_of("0123456789");
      rule.target = digit == std::string_view::npos ? std::string(library)
                                                    : std::string(library.substr(0, digit)) + "*.so";
      propose(release, std::move(rule), Place::in_words);
    }
  }
}

void VersionLearner::look_at_entries(std::size_t release) {
  const std::string& version = versions_[release];
  for (const auto& [entry, text] : texts_[release].entries) {
    VersionRule rule;
    rule.source = Source::entry, rule.target = std::string(entry);
    for (const std::string& key : {std::string(), std::string("version"), std::string("VERSION")}) {
      rule.key = key;
      const std::optional<std::string> value = VersionExtractor(rule).extract(text);
      if (value == version) propose(release, rule, Place::named);
    }
  }
  for (const auto& [key, value] : texts_[release].meta_data) {
    if (value != version || !has_telling_segment(key)) continue;
    VersionRule rule;
    rule.source = Source::manifest, rule.target = std::string(key), rule.regex = "^" + shape_ + "$";
    propose(release, std::move(rule), speaks_of_version(key) ? Place::named : Place::plain);
  }
}

void VersionLearner::look_at(std::size_t release) {
  look_at_code(release);
  look_at_constants(release);
  look_at_native(release);
  look_at_entries(release);
}

/// How many versions must confirm a rule.
std::size_t VersionLearner::needed(const Candidate& one) const {
  switch (one.place) {
    case Place::named:
      return 1;
    case Place::in_words:  // "deprecated since 3.0.5" is right once
    case Place::plain:
      return 2;
    case Place::nameless:
      return 3;
  }
  return 3;
}

std::size_t VersionLearner::support(const std::vector<std::size_t>& releases) const {
  std::set<std::string> distinct;
  for (const std::size_t release : releases) distinct.insert(versions_[release]);
  return distinct.size();
}

/// Nothing when the rule reads anything but the true version in any release.
std::optional<LearnedRule> VersionLearner::evaluate(const Candidate& one) const {
  LearnedRule learned{one.rule, {}};
  const VersionExtractor extractor(one.rule);
  for (std::size_t i = 0; i < versions_.size(); ++i) {
    if (versions_[i].empty()) continue;
    const std::set<std::string> read = read_versions(one.rule, extractor, texts_[i]);
    if (read.empty()) continue;
    if (read.size() != 1 || *read.begin() != versions_[i]) return std::nullopt;
    learned.right.push_back(i);
  }
  return learned;
}

/// The candidates that hold in all releases, the most telling places first.
std::vector<VersionLearner::Rated> VersionLearner::rate() {
  std::vector<Rated> rated;
  for (const auto& [key, one] : candidates_) {
    if (support({one.found_in.begin(), one.found_in.end()}) < std::min(needed(one), distinct_)) continue;
    std::optional<LearnedRule> learned = evaluate(one);
    if (!learned || learned->right.empty()) continue;
    if (support(learned->right) >= needed(one))
      rated.push_back({std::move(*learned), rank(one), one.generality});
    else if (result_.unconfirmed.size() < kMostUnconfirmed)
      result_.unconfirmed.push_back(std::move(*learned));
  }
  std::stable_sort(rated.begin(), rated.end(), [](const Rated& a, const Rated& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    if (a.learned.right.size() != b.learned.right.size())
      return a.learned.right.size() > b.learned.right.size();
    return a.generality > b.generality;
  });
  return rated;
}

/// The fewest rules that read every release that any can read; then, for robustness, the best one of each
/// source that is not among them: an app may have lost the field, or carry the library alone.
void VersionLearner::choose(std::vector<Rated> rated) {
  std::set<std::size_t> covered;
  std::set<Source> sources;
  std::vector<bool> is_chosen(rated.size());
  const auto gain = [&](const Rated& one) {
    return std::count_if(one.learned.right.begin(), one.learned.right.end(),
                         [&](std::size_t release) { return !covered.contains(release); });
  };
  for (std::size_t rules = 0; rules < kMostRules; ++rules) {
    const auto best = std::max_element(rated.begin(), rated.end(),
                                       [&](const Rated& a, const Rated& b) { return gain(a) < gain(b); });
    if (best == rated.end() || gain(*best) == 0) break;
    is_chosen[static_cast<std::size_t>(best - rated.begin())] = true;
    sources.insert(best->learned.rule.source);
    covered.insert(best->learned.right.begin(), best->learned.right.end());
  }
  for (std::size_t i = 0; i < rated.size(); ++i) {
    if (is_chosen[i] || sources.insert(rated[i].learned.rule.source).second)
      result_.rules.push_back(std::move(rated[i].learned));
  }
}

LearnedVersions VersionLearner::run() {
  if (shape_.empty()) return {};
  for (std::size_t i = 0; i < versions_.size(); ++i) {
    if (!versions_[i].empty()) look_at(i);
  }
  choose(rate());
  return std::move(result_);
}

}  // namespace

LearnedVersions learn_versions(const std::vector<std::string>& versions,
                               const std::vector<VersionTexts>& texts, const PackageChoice& packages) {
  return VersionLearner(versions, texts, packages).run();
}

}  // namespace sdkprint
