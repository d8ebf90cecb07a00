#include "scan/attribution.h"

#include <algorithm>
#include <map>
#include <set>

#include "scan/ownership.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

/// Entries listed for one pattern on one surface; the rest is in evidence_count.
constexpr std::size_t kEntriesPerPattern = 3;

/// What one SDK gathered over all entries.
struct Gathered {
  bool is_confirmed = false;  ///< some pattern that is not weak matched
  bool is_backed = false;  ///< and one of those says more than `trace`: weak class patterns may own classes
  std::uint64_t classes = 0, code_bytes = 0;
  Grade class_grade = Grade::trace;  ///< strongest that its owning patterns allow
  std::set<std::uint32_t> within;
  std::vector<std::pair<const EntryFacts*, const PatternHit*>> hits;
  std::vector<std::pair<const EntryFacts*, const VersionCandidate*>> versions;
};

class Attributor {
 public:
  Attributor(const PatternDatabase& database, const std::vector<const EntryFacts*>& entries)
      : database_(database), entries_(entries), gathered_(database.set().sdks.size()) {}

  Attribution run(const std::vector<std::string>& own_packages);

 private:
  void gather_hits();
  void gather_classes();
  void own(PatternRef owner, const OwnedClasses& row);
  Grade grade_of(const EntryFacts& entry, const PatternHit& hit) const;
  std::optional<Finding> finding(std::uint32_t index) const;
  Grade class_grade(const Sdk& sdk, const Gathered& gathered) const;
  void add_evidence(const Gathered& gathered, Finding& finding) const;
  void add_versions(const Sdk& sdk, const Gathered& gathered, Finding& finding) const;
  void add_nesting(std::vector<Finding>& findings) const;
  void describe(const Sdk& sdk, Finding& finding) const;

  const PatternDatabase& database_;
  const std::vector<const EntryFacts*>& entries_;
  std::vector<Gathered> gathered_;  // by SDK
  std::vector<PackageCount> unclaimed_;
};

void Attributor::gather_hits() {
  std::vector<std::pair<const EntryFacts*, const PatternHit*>> behind_others;
  const auto count = [&](const EntryFacts* entry, const PatternHit& hit) {
    Gathered& gathered = gathered_[hit.ref.sdk];
    gathered.hits.emplace_back(entry, &hit);
    if (database_.pattern(hit.ref).weak) return;
    gathered.is_confirmed = true;
    if (grade_of(*entry, hit) > Grade::trace) gathered.is_backed = true;
  };
  for (const EntryFacts* entry : entries_) {
    for (const PatternHit& hit : entry->hits) {
      if (hit.behind)
        behind_others.emplace_back(entry, &hit);
      else
        count(entry, hit);
    }
    for (const VersionCandidate& version : entry->versions) {
      gathered_[version.sdk].versions.emplace_back(entry, &version);
    }
  }
  for (const auto& [entry, hit] : behind_others) {
    if (!gathered_[*hit->behind].is_backed) count(entry, *hit);
  }
}

void Attributor::own(PatternRef owner, const OwnedClasses& row) {
  Gathered& gathered = gathered_[owner.sdk];
  gathered.classes += row.classes;
  gathered.code_bytes += row.code_bytes;
  gathered.class_grade = std::max(gathered.class_grade, database_.pattern(owner).grade);
  if (row.within && *row.within != owner.sdk) gathered.within.insert(*row.within);
}

/// A weak claim stands only when its SDK is seen by something that says more than a trace (a host or a
/// manifest key must not turn somebody's classes into the SDK's); otherwise the classes go to the next claim,
/// or back to the unclaimed.
void Attributor::gather_classes() {
  for (const EntryFacts* entry : entries_) {
    for (const OwnedClasses& row : entry->owned) {
      const bool stands = !database_.pattern(row.owner).weak || gathered_[row.owner.sdk].is_backed;
      if (stands)
        own(row.owner, row);
      else if (row.fallback)
        own(*row.fallback, row);
      else
        unclaimed_.insert(unclaimed_.end(), row.packages.begin(), row.packages.end());
    }
    unclaimed_.insert(unclaimed_.end(), entry->unclaimed.begin(), entry->unclaimed.end());
  }
  merge_packages(unclaimed_);
}

/// A class pattern that matched a name, not a definition, says "referenced"; a manifest's word for a class is
/// a trace.
Grade Attributor::grade_of(const EntryFacts& entry, const PatternHit& hit) const {
  const Pattern& pattern = database_.pattern(hit.ref);
  if (pattern.weak && !gathered_[hit.ref.sdk].is_backed) return Grade::trace;
  const Grade grade = pattern.grade;
  if (hit.surface != Surface::reference) return grade;
  return std::min(grade, entry.kind == EntryKind::manifest ? Grade::trace : Grade::referenced);
}

Grade Attributor::class_grade(const Sdk& sdk, const Gathered& gathered) const {
  const auto is_defined = [&](const std::string& class_name) { return defines_class(entries_, class_name); };
  const DefinedRule& rule = sdk.defined;
  const bool enough =
      gathered.classes >= rule.classes && gathered.code_bytes >= rule.code_bytes &&
      (rule.any_class.empty() || std::any_of(rule.any_class.begin(), rule.any_class.end(), is_defined));
  return std::min(enough ? Grade::defined : Grade::stub, gathered.class_grade);
}

std::string pattern_label(const Pattern& pattern) {
  return std::string(name(pattern.surface)) + ":" + pattern.text;
}

/// Strongest first; within a grade by surface, pattern, entry.
void Attributor::add_evidence(const Gathered& gathered, Finding& finding) const {
  struct Row {
    Grade grade;
    Evidence evidence;
  };
  std::vector<Row> rows;
  for (const auto& [entry, hit] : gathered.hits) {
    const Pattern& pattern = database_.pattern(hit->ref);
    // Who owns classes is not made any clearer by other files that name them.
    if (gathered.classes > 0 && hit->surface == Surface::reference) continue;
    if (gathered.classes == 0 && hit->surface == Surface::class_name) continue;
    finding.evidence_count += hit->count;
    rows.push_back({grade_of(*entry, *hit),
                    {entry->path, hit->surface, hit->item, hit->offset, pattern_label(pattern), hit->used_by,
                     hit->count}});
    const bool is_native = hit->surface == Surface::library || hit->surface == Surface::symbol;
    if (is_native && rows.back().grade == Grade::defined) finding.native_libraries.push_back(entry->path);
  }
  const auto key = [](const Row& row) {
    return std::make_tuple(-static_cast<int>(row.grade), row.evidence.surface,
                           std::cref(row.evidence.pattern));
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
  std::size_t same = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    same = i > 0 && key(rows[i]) == key(rows[i - 1]) ? same + 1 : 0;
    if (same < kEntriesPerPattern) finding.evidence.push_back(rows[i].evidence);
  }
  std::vector<std::string>& libraries = finding.native_libraries;
  std::sort(libraries.begin(), libraries.end());
  libraries.erase(std::unique(libraries.begin(), libraries.end()), libraries.end());
}

/// The first rule that yields anything decides; when what it yields disagrees, the version is not known.
void Attributor::add_versions(const Sdk& sdk, const Gathered& gathered, Finding& finding) const {
  std::uint32_t rule = UINT32_MAX;
  for (const auto& [entry, version] : gathered.versions) rule = std::min(rule, version->rule);
  std::set<std::string> distinct;
  for (const auto& [entry, version] : gathered.versions) {
    if (version->rule != rule || !distinct.insert(version->version).second) continue;
    const VersionRule& how = sdk.versions[rule];
    const std::string& what = how.target.empty() ? how.regex : how.target;
    finding.version_evidence.push_back({version->version,
                                        version->entry.empty() ? entry->path : version->entry,
                                        std::string(name(how.source)) + ":" + what, version->item});
  }
  if (distinct.size() == 1) finding.version = *distinct.begin();
}

void Attributor::describe(const Sdk& sdk, Finding& finding) const {
  finding.sdk = sdk.id;
  finding.name = sdk.name;
  finding.name_zh = sdk.name_zh;
  finding.kind = name(sdk.kind);
  finding.category = sdk.category;
  finding.privacy_policy = sdk.privacy_policy;
  finding.declares = sdk.declares.behaviours;
  finding.declares_source = sdk.declares.source;
  for (const Vendor& vendor : database_.set().vendors) {
    if (vendor.id == sdk.vendor) finding.vendor = {vendor.id, vendor.name, vendor.name_zh, vendor.country};
  }
  for (const Category& category : database_.set().categories) {
    if (category.id != sdk.category) continue;
    finding.category_name = category.name;
    finding.category_zh = category.name_zh;
  }
}

std::optional<Finding> Attributor::finding(std::uint32_t index) const {
  const Gathered& gathered = gathered_[index];
  if (!gathered.is_confirmed) return std::nullopt;
  const Sdk& sdk = database_.set().sdks[index];
  Finding finding;
  add_evidence(gathered, finding);
  if (finding.evidence.empty()) return std::nullopt;
  describe(sdk, finding);
  finding.classes = gathered.classes;
  finding.code_bytes = gathered.code_bytes;
  if (gathered.classes > 0) finding.grade = class_grade(sdk, gathered);
  for (const auto& [entry, hit] : gathered.hits) {
    if (hit->surface != Surface::class_name) finding.grade = std::max(finding.grade, grade_of(*entry, *hit));
  }
  if (finding.grade >= Grade::stub) add_versions(sdk, gathered, finding);
  for (const std::uint32_t outer : gathered.within)
    finding.nested_in.push_back(database_.set().sdks[outer].id);
  return finding;
}

/// An SDK ships another when its classes surround it, or when its signature says so and both are here.
void Attributor::add_nesting(std::vector<Finding>& findings) const {
  std::map<std::string, std::vector<std::string>> shipped_by;
  for (const Finding& finding : findings) {
    if (finding.grade < Grade::stub) continue;
    const auto sdk = std::find_if(database_.set().sdks.begin(), database_.set().sdks.end(),
                                  [&](const Sdk& one) { return one.id == finding.sdk; });
    for (const std::string& part : sdk->contains) shipped_by[part].push_back(finding.sdk);
  }
  const auto is_here = [&](const std::string& id) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& other) { return other.sdk == id; });
  };
  for (Finding& finding : findings) {
    std::vector<std::string>& outer = finding.nested_in;
    outer.insert(outer.end(), shipped_by[finding.sdk].begin(), shipped_by[finding.sdk].end());
    std::sort(outer.begin(), outer.end());
    outer.erase(std::unique(outer.begin(), outer.end()), outer.end());
    outer.erase(
        std::remove_if(outer.begin(), outer.end(), [&](const std::string& id) { return !is_here(id); }),
        outer.end());
  }
}

/// Moves the rows of the app's own packages out of `packages`.
std::vector<PackageCount> take_own(std::vector<PackageCount>& packages,
                                   const std::vector<std::string>& own_packages) {
  std::vector<PackageCount> own, others;
  for (PackageCount& row : packages) {
    const bool is_own =
        std::any_of(own_packages.begin(), own_packages.end(), [&](const std::string& package) {
          return !package.empty() && package_prefix_matches(package, row.package);
        });
    (is_own ? own : others).push_back(std::move(row));
  }
  packages = std::move(others);
  return own;
}

Attribution Attributor::run(const std::vector<std::string>& own_packages) {
  gather_hits();
  gather_classes();
  Attribution result;
  for (const Gathered& gathered : gathered_) result.is_backed.push_back(gathered.is_backed);
  for (std::uint32_t i = 0; i < gathered_.size(); ++i) {
    if (std::optional<Finding> one = finding(i)) result.findings.push_back(std::move(*one));
  }
  add_nesting(result.findings);
  std::stable_sort(result.findings.begin(), result.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.grade > b.grade; });
  const auto most_classes_first = [](const PackageCount& a, const PackageCount& b) {
    return a.classes != b.classes ? a.classes > b.classes : a.package < b.package;
  };
  result.own = group_packages(take_own(unclaimed_, own_packages));
  result.unattributed = group_packages(unclaimed_);
  std::sort(result.own.begin(), result.own.end(), most_classes_first);
  std::sort(result.unattributed.begin(), result.unattributed.end(), most_classes_first);
  return result;
}

std::size_t end_of_segment(std::string_view package, std::size_t from) {
  const std::size_t dot = package.find('.', from);
  return dot == std::string_view::npos ? package.size() : dot;
}

}  // namespace

std::string_view origin_of(std::string_view package) {
  constexpr std::string_view kShared[] = {"com.github", "io.github", "com.gitlab", "io.gitlab",
                                          "com.bitbucket"};
  std::size_t end = end_of_segment(package, 0);
  if (end < package.size()) end = end_of_segment(package, end + 1);
  const bool is_shared =
      std::find(std::begin(kShared), std::end(kShared), package.substr(0, end)) != std::end(kShared);
  if (is_shared && end < package.size()) end = end_of_segment(package, end + 1);
  return package.substr(0, end);
}

std::string common_package(std::string_view a, std::string_view b) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i <= std::min(a.size(), b.size()); ++i) {
    const bool a_ends = i == a.size() || a[i] == '.', b_ends = i == b.size() || b[i] == '.';
    if (a_ends && b_ends) kept = i;
    if (i == a.size() || i == b.size() || a[i] != b[i]) break;
  }
  return std::string(a.substr(0, kept));
}

std::vector<PackageCount> group_packages(const std::vector<PackageCount>& packages) {
  std::vector<PackageCount> groups;
  for (const PackageCount& row : packages) {
    if (!groups.empty() && !row.package.empty() &&
        origin_of(groups.back().package) == origin_of(row.package)) {
      PackageCount& group = groups.back();
      group.package = common_package(group.package, row.package);
      group.classes += row.classes;
      group.code_bytes += row.code_bytes;
    } else {
      groups.push_back(row);
    }
  }
  return groups;
}

Attribution attribute(const PatternDatabase& database, const std::vector<const EntryFacts*>& entries,
                      const std::vector<std::string>& own_packages) {
  return Attributor(database, entries).run(own_packages);
}

}  // namespace sdkprint
