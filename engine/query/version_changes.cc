#include "query/version_changes.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace sdkprint {
namespace {

/// What a report says of one thing, by (owner, id).
using Stated = std::map<std::pair<std::string, std::string>, std::string>;

std::string sdk_state(const Finding& finding) {
  return std::string(name(finding.grade)) + (finding.version ? " " + *finding.version : "");
}

Stated sdks_of(const AppReport& report, Grade least) {
  Stated result;
  for (const Finding& finding : report.findings) {
    if (finding.grade >= least) result[{"", finding.sdk}] = sdk_state(finding);
  }
  return result;
}

void add_behaviours(const std::vector<BehaviourFinding>& behaviours, const std::string& owner,
                    Stated& result) {
  for (const BehaviourFinding& one : behaviours) {
    if (one.is_benign) continue;
    result[{owner, one.id}] = std::string(name(one.strength)) + " " + std::string(name(one.reach));
  }
}

Stated behaviours_of(const AppReport& report) {
  Stated result;
  for (const Finding& finding : report.findings) add_behaviours(finding.behaviours, finding.sdk, result);
  add_behaviours(report.own_behaviours, "app", result);
  for (const PackageBehaviours& one : report.unattributed_behaviours)
    add_behaviours(one.behaviours, "package:" + one.package, result);
  return result;
}

Stated permissions_of(const AppReport& report) {
  Stated result;
  for (const PermissionFinding& one : report.permissions) {
    if (one.is_declared) result[{"", one.permission}] = one.is_void ? "void" : "requested";
  }
  return result;
}

Stated certificates_of(const AppReport& report) {
  Stated result;
  for (const AppCertificate& one : report.app.certificates) result[{"", one.sha256}] = one.subject;
  return result;
}

void compare(const char* what, const Stated& before, const Stated& after, std::vector<AppChange>& changes) {
  Stated all = before;
  all.insert(after.begin(), after.end());
  for (const auto& [key, value] : all) {
    const auto old_one = before.find(key), new_one = after.find(key);
    AppChange change;
    change.what = what;
    std::tie(change.owner, change.id) = key;
    if (old_one != before.end()) change.before = old_one->second;
    if (new_one != after.end()) change.after = new_one->second;
    if (old_one != before.end() && new_one != after.end() && change.before == change.after) continue;
    change.kind = old_one == before.end()  ? ChangeKind::added
                  : new_one == after.end() ? ChangeKind::removed
                                           : ChangeKind::updated;
    changes.push_back(std::move(change));
  }
}

const Finding* finding_of(const AppReport& report, const std::string& sdk) {
  const auto found = std::find_if(report.findings.begin(), report.findings.end(),
                                  [&](const Finding& one) { return one.sdk == sdk; });
  return found == report.findings.end() ? nullptr : &*found;
}

/// Which of two known versions of an SDK is the later one.
void add_orders(const AppReport& before, const AppReport& after, std::vector<AppChange>& changes) {
  for (AppChange& change : changes) {
    if (change.what != "sdk" || change.kind != ChangeKind::updated) continue;
    const Finding *old_one = finding_of(before, change.id), *new_one = finding_of(after, change.id);
    if (old_one->version && new_one->version && old_one->version != new_one->version)
      change.order = compare_versions(*old_one->version, *new_one->version);
  }
}

bool share_certificate(const AppHead& a, const AppHead& b) {
  return std::find_first_of(a.certificates.begin(), a.certificates.end(), b.certificates.begin(),
                            b.certificates.end()) != a.certificates.end();
}

}  // namespace

std::string_view name(ChangeKind kind) {
  constexpr std::string_view kNames[] = {"added", "removed", "updated"};
  return kNames[static_cast<std::size_t>(kind)];
}

AppStep changes_between(const AppReport& before, const AppReport& after, Grade least) {
  AppStep step;
  step.before = head_of(before);
  step.after = head_of(after);
  compare("sdk", sdks_of(before, least), sdks_of(after, least), step.changes);
  add_orders(before, after, step.changes);
  compare("behaviour", behaviours_of(before), behaviours_of(after), step.changes);
  compare("permission", permissions_of(before), permissions_of(after), step.changes);
  compare("certificate", certificates_of(before), certificates_of(after), step.changes);
  const std::string seen_before(name(before.coverage.analysable)),
      seen_after(name(after.coverage.analysable));
  compare("coverage", {{{"", "coverage"}, seen_before}}, {{{"", "coverage"}, seen_after}}, step.changes);
  step.are_databases_different = before.database_fingerprint != after.database_fingerprint;
  step.is_partly_seen = step.before.analysable != Analysable::full ||
                        step.after.analysable != Analysable::full || step.before.has_loss ||
                        step.after.has_loss;
  return step;
}

std::vector<std::pair<AppNumber, AppHead>> files_of_package(const StoreView& view,
                                                            const std::string& package) {
  std::vector<std::pair<AppNumber, AppHead>> files;
  for (const AppNumber app : view.apps_of(Index::package, package)) files.emplace_back(app, view.head(app));
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
    return std::tie(a.second.version_code, a.second.version_name, a.second.sha256) <
           std::tie(b.second.version_code, b.second.version_name, b.second.sha256);
  });
  return files;
}

std::vector<AppStep> version_changes(const StoreView& view, const std::string& package, Grade least) {
  const std::vector<std::pair<AppNumber, AppHead>> files = files_of_package(view, package);
  std::vector<AppStep> steps;
  std::optional<AppReport> before;
  for (auto first = files.begin(); first != files.end();) {
    const auto end = std::find_if(first, files.end(), [&](const auto& file) {
      return file.second.version_code != first->second.version_code ||
             file.second.version_name != first->second.version_name;
    });
    auto chosen = first;
    if (before) {
      const AppHead last = head_of(*before);
      const auto related =
          std::find_if(first, end, [&](const auto& file) { return share_certificate(file.second, last); });
      if (related != end) chosen = related;
    }
    AppReport report = view.report(chosen->first);
    if (before) steps.push_back(changes_between(*before, report, least));
    before = std::move(report);
    first = end;
  }
  return steps;
}

}  // namespace sdkprint
