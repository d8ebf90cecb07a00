#include "learn/draft_assembly.h"

#include <algorithm>

#include "learn/names.h"
#include "scan/native_scan.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

constexpr std::size_t kMostListed = 12;     // names in one comment
constexpr std::uint32_t kUsualClasses = 5;  // fewer of an SDK's classes are leftovers
constexpr std::size_t kMostEntryClasses = 8;

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMostListed; ++i) text += (i > 0 ? ", " : "") + names[i];
  if (names.size() > kMostListed) text += " and " + std::to_string(names.size() - kMostListed) + " more";
  return text;
}

class DraftAssembly {
 public:
  DraftAssembly(const std::vector<Release>& releases, const Learned& learned, Draft& draft)
      : releases_(releases), learned_(learned), draft_(draft) {}

  void run();

 private:
  void add_packages();
  void add_traces();
  void add_left_out();
  void add_contains();
  void add_defined();
  void add_entry_classes();
  void add_versions();
  template <typename Releases>
  std::string presence(const Releases& present) const;
  std::string labels(const std::vector<std::size_t>& releases) const;
  std::string presence_of(const std::vector<std::size_t>& counts) const;

  const std::vector<Release>& releases_;
  const Learned& learned_;
  Draft& draft_;
};

/// "3.0.0, 3.0.6 to 3.2.0": neighbours are a range.
std::string DraftAssembly::labels(const std::vector<std::size_t>& releases) const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < releases.size(); ++i) {
    std::size_t last = i;
    while (last + 1 < releases.size() && releases[last + 1] == releases[last] + 1) ++last;
    std::string text = label_of(releases_[releases[i]]);
    if (last > i + 1) {
      text += " to " + label_of(releases_[releases[last]]);
      i = last;
    }
    names.push_back(std::move(text));
  }
  return list_of(names);
}

/// "in all 5 releases" or "in 2 of 5: 3.0.0, 3.0.6"; empty for a single release.
template <typename Releases>
std::string DraftAssembly::presence(const Releases& present) const {
  if (releases_.size() == 1) return {};
  if (present.size() == releases_.size()) return "in all " + counted(releases_.size(), "release");
  return "in " + std::to_string(present.size()) + " of " + std::to_string(releases_.size()) + ": " +
         labels({present.begin(), present.end()});
}

std::string DraftAssembly::presence_of(const std::vector<std::size_t>& counts) const {
  std::vector<std::size_t> present;
  std::size_t fewest = SIZE_MAX, most = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    present.push_back(i);
    fewest = std::min(fewest, counts[i]), most = std::max(most, counts[i]);
  }
  const std::string range =
      fewest == most ? counted(most, "class") : std::to_string(fewest) + " to " + counted(most, "class");
  const std::string where = presence(present);
  return where.empty() ? range : range + ", " + where;
}

void DraftAssembly::add_packages() {
  for (const ChosenPackage& one : learned_.packages.packages) {
    if (learned_.only_jni) {
      draft_.patterns_left.push_back(
          "class " + one.pattern.text +
          ": named by native code only; review: add it when an artefact shows the classes");
      continue;
    }
    draft_.sdk.patterns.push_back(one.pattern);
    draft_.pattern_notes.push_back((one.why_weak.empty() ? "" : "review: " + one.why_weak + "; ") +
                                   presence_of(one.classes));
  }
  for (const auto& [package, classes] : learned_.packages.unclaimed) {
    draft_.patterns_left.push_back("not claimed, since any app may have it: " +
                                   (package.empty() ? std::string("the default package") : package) + " (" +
                                   counted(classes, "class") + ")");
  }
}

void DraftAssembly::add_traces() {
  for (const LearnedPattern& one : learned_.traces.patterns) {
    draft_.sdk.patterns.push_back(one.pattern);
    const std::string where = presence(one.releases);
    std::string note = one.doubt.empty() ? "" : "review: " + one.doubt;
    if (!where.empty()) note += (note.empty() ? "" : "; ") + where;
    draft_.pattern_notes.push_back(note);
  }
}

void DraftAssembly::add_left_out() {
  for (const auto& [library, owner] : learned_.traces.others_libraries)
    draft_.patterns_left.push_back("library of " + owner + ", left out: " + library);
  if (!learned_.traces.other_hosts.empty()) {
    draft_.patterns_left.push_back(
        "hosts that say nothing of it, left out: " +
        list_of({learned_.traces.other_hosts.begin(), learned_.traces.other_hosts.end()}));
  }
  if (!learned_.traces.permissions.empty()) {
    draft_.patterns_left.push_back("its manifest requests: " + list_of({learned_.traces.permissions.begin(),
                                                                        learned_.traces.permissions.end()}));
  }
}

/// SDKs that every release with code ships are part of it; the rest is said.
void DraftAssembly::add_contains() {
  std::size_t with_code = 0;
  for (std::size_t i = 0; i < releases_.size(); ++i) with_code += learned_.own.releases[i].empty() ? 0 : 1;
  const auto most = [](const ClassesByRelease& classes) {
    std::size_t count = 0;
    for (const auto& [release, number] : classes) count = std::max(count, number);
    return counted(count, "class");
  };
  const auto releases_of = [](const ClassesByRelease& classes) {
    std::vector<std::size_t> releases;
    for (const auto& [release, number] : classes) releases.push_back(release);
    return releases;
  };
  const auto note = [&](const std::string& text, const ClassesByRelease& classes) {
    const std::string where = presence(releases_of(classes));
    draft_.contains_notes.push_back(text + " (" + most(classes) + (where.empty() ? "" : ", " + where) + ")");
  };
  for (const auto& [id, classes] : learned_.own.others) {
    // The record of "jpush" says that it contains "jcore": what "jcore" holds of it is shared code.
    const bool is_around = learned_.own.around.contains(id);
    const bool is_part = classes.size() >= with_code && id != draft_.sdk.id && !is_around;
    if (is_part) draft_.sdk.contains.push_back(id);
    const char* what = is_around ? "review: has classes of the SDK that contains it, "
                       : is_part ? "ships "
                                 : "review: some releases ship ";
    note(what + id, classes);
  }
  for (const auto& [package, classes] : learned_.own.relocated)
    note("has a relocated copy: " + package, classes);
  for (const auto& [origin, classes] : learned_.own.common)
    note("ships everybody's package " + origin, classes);
  if (learned_.own.left_out.empty()) return;
  draft_.contains_notes.push_back("left out, since not named with --package: " +
                                  counted(learned_.own.left_out.size(), "origin") + " of other classes");
}

bool is_entry_method(std::string_view method) {
  for (const std::string_view word : {"init", "Init", "getInstance", "start", "setup", "register", "install",
                                      "create", "configure", "launch"}) {
    if (method.starts_with(word)) return true;
  }
  return false;
}

/// Public classes with a name, which an app calls or its manifest names.
void DraftAssembly::add_entry_classes() {
  std::set<std::string> components;
  for (const Release& release : releases_) {
    for (const Inspection& part : release.parts) {
      if (!part.manifest) continue;
      for (const ManifestComponent& one : part.manifest->components) components.insert(one.class_name);
    }
  }
  std::map<std::string, std::set<std::size_t>> entries;
  for (std::size_t i = 0; i < learned_.own.releases.size(); ++i) {
    for (const OwnClass& one : learned_.own.releases[i]) {
      const std::string_view simple = std::string_view(one.name).substr(one.name.rfind('.') + 1);
      if (one.members == nullptr || !one.members->is_public || one.is_relocated || looks_obfuscated(simple) ||
          simple.find('$') != std::string_view::npos)
        continue;
      const std::vector<std::string>& methods = one.members->public_statics;
      const bool is_entry =
          components.contains(one.name) || std::any_of(methods.begin(), methods.end(), is_entry_method);
      if (is_entry) entries[one.name].insert(i);
    }
  }
  std::vector<std::pair<std::string, std::set<std::size_t>>> ordered(entries.begin(), entries.end());
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    if (a.second.size() != b.second.size()) return a.second.size() > b.second.size();
    return split_name(a.first).size() < split_name(b.first).size();
  });
  if (ordered.size() > kMostEntryClasses) ordered.resize(kMostEntryClasses);
  if (ordered.empty()) return;
  draft_.defined_notes.push_back(
      "Entry classes (public, called at the start or named by its manifest); one that every "
      "app with the SDK must keep may stand in any_class:");
  for (const auto& [name, releases] : ordered) {
    const std::string where = presence(releases);
    draft_.defined_notes.push_back("  " + name + (where.empty() ? "" : ": " + where));
  }
}

void DraftAssembly::add_defined() {
  if (learned_.only_jni) return;
  add_entry_classes();
  std::size_t fewest = SIZE_MAX;
  std::uint64_t least_code = UINT64_MAX;
  for (const std::vector<OwnClass>& release : learned_.own.releases) {
    std::size_t classes = 0;
    std::uint64_t bytes = 0;
    for (const OwnClass& one : release) {
      const bool is_claimed = std::any_of(
          learned_.packages.packages.begin(), learned_.packages.packages.end(),
          [&](const ChosenPackage& p) { return package_prefix_matches(p.pattern.text, one.name); });
      if (is_claimed) ++classes, bytes += one.code_bytes;
    }
    if (classes == 0) continue;
    fewest = std::min(fewest, classes);
    least_code = std::min(least_code, bytes);
  }
  if (fewest == SIZE_MAX) return;
  draft_.sdk.defined.classes = std::min<std::uint32_t>(kUsualClasses, static_cast<std::uint32_t>(fewest));
  if (least_code < draft_.sdk.defined.code_bytes) {
    draft_.sdk.defined.code_bytes = 0;
    draft_.defined_notes.push_back("review: a release with " + std::to_string(least_code) +
                                   " bytes of code; are these interfaces and annotations only?");
  }
}

std::string source_and_target(const VersionRule& rule) {
  std::string text = std::string(name(rule.source)) + " " + rule.target;
  if (!rule.key.empty()) text += ", key " + rule.key;
  if (!rule.regex.empty()) text += ", " + rule.regex;
  return text;
}

void DraftAssembly::add_versions() {
  std::set<std::size_t> known, read;
  for (std::size_t i = 0; i < releases_.size(); ++i) {
    if (!releases_[i].version.empty()) known.insert(i);
  }
  for (const LearnedRule& one : learned_.versions.rules) {
    draft_.sdk.versions.push_back(one.rule);
    read.insert(one.right.begin(), one.right.end());
    const bool in_all = one.right.size() == known.size();
    std::string note = "review: learnt from one release; another may show it wrong";
    if (known.size() > 1) {
      note = "Right in " + std::to_string(one.right.size()) + " of " + counted(known.size(), "release") +
             (in_all ? "" : " (" + labels(one.right) + "), silent in the others");
    }
    draft_.version_notes.push_back(note);
  }
  if (known.empty()) {
    draft_.versions_left.push_back(
        "review: no version of any artefact is known; give it as VERSION=PATH to learn where it stands");
    return;
  }
  std::set<std::string> told_apart;
  for (const std::size_t release : read) told_apart.insert(releases_[release].version);
  std::vector<std::size_t> missing;
  for (const std::size_t release : known) {
    if (!read.contains(release)) missing.push_back(release);
  }
  draft_.versions_left.push_back("Told apart: " + std::to_string(told_apart.size()) + " of " +
                                 counted(known.size(), "version") + ".");
  if (!missing.empty()) draft_.versions_left.push_back("No place found in: " + labels(missing));
  for (const LearnedRule& one : learned_.versions.unconfirmed)
    draft_.versions_left.push_back("seen in too few releases to rely on: " + source_and_target(one.rule) +
                                   " (" + labels(one.right) + ")");
}

void DraftAssembly::run() {
  add_packages();
  add_traces();
  add_left_out();
  add_contains();
  add_defined();
  add_versions();
  draft_.head = {
      "Draft, made by `sdkprint signature learn`: docs/signatures-guide.md. Decide every line that says",
      "\"review:\", delete the comments and `draft`, move the file into the folder of its category. "
      "Learnt from:"};
  for (const Release& release : releases_) {
    for (const std::string& path : release.paths) {
      draft_.head.push_back("  " +
                            (release.version.empty() ? std::string("version unknown") : release.version) +
                            "  " + std::string(base_name(path)));
    }
  }
}

}  // namespace

std::string counted(std::size_t count, const std::string& noun) {
  if (count == 1) return "1 " + noun;
  return std::to_string(count) + " " + noun + (noun.ends_with('s') ? "es" : "s");
}

void assemble_draft(const std::vector<Release>& releases, const Learned& learned, Draft& draft) {
  DraftAssembly(releases, learned, draft).run();
}

}  // namespace sdkprint
