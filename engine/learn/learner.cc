#include "learn/learner.h"

#include <algorithm>

#include "learn/draft_assembly.h"
#include "learn/draft_check.h"
#include "learn/identity.h"
#include "learn/names.h"
#include "scan/ownership.h"

namespace sdkprint {
namespace {

constexpr int kMostChecks = 4;

class Learner {
 public:
  Learner(const PatternDatabase& database, const std::vector<Release>& releases, const LearnOptions& options,
          const Limits& limits)
      : database_(database), releases_(releases), options_(options), limits_(limits) {}

  LearnedSignature run();

 private:
  void learn();
  void name_classes_by_jni();
  void describe_check(const DraftCheck& check);
  bool drop_wrong_rules(const DraftCheck& check);

  const PatternDatabase& database_;
  const std::vector<Release>& releases_;
  const LearnOptions& options_;
  const Limits& limits_;
  Learned learned_;
  Draft draft_;
  std::vector<std::string> problems_;
};

/// Artefacts without a class are native libraries: what they export names the classes that call it.
void Learner::name_classes_by_jni() {
  OwnCode& own = learned_.own;
  const bool has_classes = std::any_of(own.releases.begin(), own.releases.end(),
                                       [](const std::vector<OwnClass>& release) { return !release.empty(); });
  if (has_classes || !own.others.empty() || !own.common.empty() || !own.left_out.empty()) return;
  learned_.only_jni = true;
  for (std::size_t i = 0; i < releases_.size(); ++i) {
    std::set<std::string> names;
    for_each_entry(releases_[i], [&](const InspectedEntry& entry) {
      for (const std::string& symbol : entry.surfaces->of(Surface::symbol)) {
        std::string name = class_of_jni_symbol(symbol);
        if (!package_of(name).empty() && !is_common_package(name)) names.insert(std::move(name));
      }
    });
    for (const std::string& name : names) {
      own.releases[i].push_back({name, 0, nullptr, false});
      own.main_origins.insert(std::string(origin_of_name(package_of(name))));
    }
  }
}

void Learner::learn() {
  learned_.own = find_own_code(database_, releases_, options_);
  name_classes_by_jni();
  const OwnCode& own = learned_.own;
  learned_.packages = choose_packages(database_, own);
  identify(database_, releases_, own, learned_.packages, options_, draft_);
  const SdkWords words = words_of(database_, own, learned_.packages, draft_.sdk.id);
  learned_.traces = learn_traces(database_, releases_, own, learned_.packages, words);
  std::vector<std::string> versions;
  std::vector<VersionTexts> texts;
  for (std::size_t i = 0; i < releases_.size(); ++i) {
    versions.push_back(releases_[i].version);
    texts.push_back(version_texts(releases_[i], own.releases[i], learned_.traces.own_libraries));
  }
  learned_.versions = learn_versions(versions, texts, learned_.packages);
}

/// A rule may fail where the draft as a whole is applied, though it was right alone: it is dropped.
bool Learner::drop_wrong_rules(const DraftCheck& check) {
  std::set<std::string> wrong;
  for (const CheckedArtefact& one : check.artefacts) {
    if (one.is_wrong()) wrong.insert(one.version_rule);
  }
  std::vector<VersionRule>& rules = draft_.sdk.versions;
  for (std::size_t i = rules.size(); i-- > 0;) {
    const std::string label = std::string(name(rules[i].source)) + ":" +
                              (rules[i].target.empty() ? rules[i].regex : rules[i].target);
    if (!wrong.contains(label)) continue;
    rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(i));
    draft_.version_notes.erase(draft_.version_notes.begin() + static_cast<std::ptrdiff_t>(i));
    draft_.versions_left.push_back("dropped, since it read a wrong version: " + label);
  }
  return !wrong.empty();
}

void Learner::describe_check(const DraftCheck& check) {
  std::size_t defined = 0, right = 0, unknown = 0, with_version = 0;
  for (const CheckedArtefact& one : check.artefacts) {
    if (one.is_found && one.grade == Grade::defined)
      ++defined;
    else
      problems_.push_back(one.path + ": the draft finds " + draft_.sdk.id + " in it as " +
                          (one.is_found ? std::string(name(one.grade)) : "nothing") + ", not as defined");
    if (one.version.empty()) continue;
    ++with_version;
    if (!one.found_version) ++unknown;
    if (one.found_version == one.version) ++right;
    if (one.is_wrong())
      problems_.push_back(one.path + ": the draft reads the version " + *one.found_version + ", not " +
                          one.version);
  }
  draft_.head.push_back("");
  draft_.head.push_back("Applied to " + counted(check.artefacts.size(), "artefact") +
                        " it was learnt from: defined in " + std::to_string(defined) + "; of " +
                        counted(with_version, "known version") + " " + std::to_string(right) + " read, " +
                        std::to_string(unknown) + " left unknown, " +
                        std::to_string(with_version - right - unknown) + " wrong.");
}

LearnedSignature Learner::run() {
  learn();
  assemble_draft(releases_, learned_, draft_);
  const bool has_sign = std::any_of(draft_.sdk.patterns.begin(), draft_.sdk.patterns.end(),
                                    [](const Pattern& p) { return !p.weak; });
  if (!has_sign) {
    problems_.push_back(
        "nothing in the artefacts tells this SDK from others (all packages are obfuscated, everybody's or "
        "another SDK's); name its own with --package");
    return {draft_.sdk.id, "", std::move(problems_)};
  }
  for (int round = 0;; ++round) {
    const DraftCheck check = check_draft(to_toml(draft_), draft_.sdk, releases_, limits_);
    if (!check.errors.empty()) {
      problems_.insert(problems_.end(), check.errors.begin(), check.errors.end());
      break;
    }
    if (round < kMostChecks && drop_wrong_rules(check)) continue;
    describe_check(check);
    break;
  }
  return {draft_.sdk.id, to_toml(draft_), std::move(problems_)};
}

}  // namespace

LearnedSignature learn_signature(const PatternDatabase& database, const std::vector<Release>& releases,
                                 const LearnOptions& options, const Limits& limits) {
  return Learner(database, releases, options, limits).run();
}

}  // namespace sdkprint
