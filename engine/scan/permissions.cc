#include "scan/permissions.h"

#include <algorithm>
#include <set>

#include "scan/hit_collector.h"

namespace sdkprint {
namespace {

constexpr std::string_view kReadStorage = "android.permission.READ_EXTERNAL_STORAGE";
constexpr std::string_view kWriteStorage = "android.permission.WRITE_EXTERNAL_STORAGE";

bool lists(const std::vector<std::string>& sorted, std::string_view id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

std::string with_semicolon(const std::string& a, const std::string& b, const char* separator) {
  return a.empty() ? b : b.empty() ? a : a + separator + b;
}

}  // namespace

PermissionCheck::PermissionCheck(const BehaviourSet& catalogue, const Manifest* manifest)
    : catalogue_(catalogue), manifest_(manifest) {
  if (manifest == nullptr) return;
  for (std::size_t i = 0; i < manifest->permissions.size(); ++i) {
    const std::optional<std::int64_t> max_sdk =
        i < manifest->permission_max_sdk.size() ? manifest->permission_max_sdk[i] : std::nullopt;
    const auto [row, is_new] = requests_.try_emplace(manifest->permissions[i], Request{max_sdk});
    if (is_new) continue;
    // Requested twice: the wider request holds.
    if (!max_sdk || !row->second.max_sdk)
      row->second.max_sdk = std::nullopt;
    else
      row->second.max_sdk = std::max(*max_sdk, *row->second.max_sdk);
  }
  // Who may write may read (Manifest.permission, WRITE_EXTERNAL_STORAGE).
  const auto write = requests_.find(kWriteStorage);
  if (write != requests_.end()) requests_.try_emplace(std::string(kReadStorage), write->second);
}

/// Android takes 1 where the manifest says nothing, and a targetSdk of minSdk.
std::int64_t PermissionCheck::min_sdk() const {
  return manifest_ == nullptr ? 1 : manifest_->min_sdk.value_or(1);
}
std::int64_t PermissionCheck::target_sdk() const {
  return manifest_ == nullptr ? 1 : manifest_->target_sdk.value_or(min_sdk());
}

const Permission* PermissionCheck::known(std::string_view permission) const {
  const std::vector<Permission>& all = catalogue_.permissions;
  const auto at = std::lower_bound(all.begin(), all.end(), permission,
                                   [](const Permission& one, std::string_view id) { return one.id < id; });
  return at != all.end() && at->id == permission ? &*at : nullptr;
}

bool PermissionCheck::is_requested(std::string_view permission) const {
  return requests_.find(permission) != requests_.end();
}

/// "signature" alone, or for privileged and preinstalled apps; what the user may switch on in the settings
/// ("appop") an ordinary app can have.
bool PermissionCheck::is_grantable(std::string_view permission) const {
  const Permission* row = known(permission);
  if (row == nullptr) return true;
  return !row->protection.starts_with("signature") || row->protection.find("appop") != std::string::npos;
}

/// Rules of a kind that are for this permission, behaviour (empty: only those that are for all) and
/// targetSdk.
template <typename Visit>
void PermissionCheck::for_each_rule(PermissionRule::Kind kind, std::string_view permission,
                                    std::string_view behaviour, Visit visit) const {
  for (const PermissionRule& rule : catalogue_.permission_rules) {
    if (rule.kind != kind || rule.permission != permission) continue;
    if (!rule.behaviours.empty() && !lists(rule.behaviours, behaviour)) continue;
    visit(rule);
  }
}

bool PermissionCheck::is_needed(std::string_view permission, std::string_view behaviour) const {
  bool needed = is_grantable(permission);
  for_each_rule(PermissionRule::Kind::needed, permission, behaviour, [&](const PermissionRule& rule) {
    if (target_sdk() < rule.target_sdk) needed = false;
  });
  return needed;
}

PermissionLimit PermissionCheck::limit(std::string_view permission, std::string_view behaviour) const {
  PermissionLimit limit;
  const auto request = requests_.find(permission);
  if (request == requests_.end()) return limit;
  const auto add = [&](bool is_void, const std::string& reason, const std::string& reason_zh) {
    limit.is_void = limit.is_void || is_void;
    limit.reason = with_semicolon(limit.reason, reason, "; ");
    limit.reason_zh = with_semicolon(limit.reason_zh, reason_zh, "；");
  };
  std::int64_t last = INT64_MAX;  // API level of the last device on which it has effect
  if (request->second.max_sdk) {
    last = *request->second.max_sdk;
    const std::string level = std::to_string(last);
    add(last < min_sdk(), "requested up to API level " + level + " only (maxSdkVersion)",
        "仅在API级别" + level + "及以下的设备上申请（maxSdkVersion）");
  }
  if (!is_grantable(permission)) {
    add(true, "granted to preinstalled apps and the platform's own only", "仅授予预装应用及系统签名应用");
  }
  for_each_rule(PermissionRule::Kind::voided, permission, behaviour, [&](const PermissionRule& rule) {
    if (target_sdk() < rule.target_sdk) return;
    const std::int64_t first = rule.device_api;
    if (first > last) return;  // it is requested on older devices only
    const bool is_void = min_sdk() >= first;
    const std::string level = std::to_string(first);
    add(is_void, rule.reason + (is_void ? "" : "; on devices below API level " + level + " it has effect"),
        rule.reason_zh + (is_void ? "" : "；在API级别低于" + level + "的设备上仍有效"));
  });
  return limit;
}

PermissionCheck::Held PermissionCheck::held(const Behaviour& behaviour) const {
  Held best;
  if (manifest_ == nullptr) return best;
  bool is_any_needed = false, is_limited = true;
  for (const std::string& permission : behaviour.permissions) {
    if (!is_needed(permission, behaviour.id)) continue;
    is_any_needed = true;
    if (!is_requested(permission)) continue;
    const PermissionLimit found = limit(permission, behaviour.id);
    const bool is_better = !best.held || (!*best.held && !found.is_void) ||
                           (is_limited && !found.is_void && found.reason.empty());
    if (!is_better) continue;
    best = {!found.is_void, found.reason, found.reason_zh};
    is_limited = !found.reason.empty();
  }
  if (best.held || !is_any_needed) return best;
  for (const std::string& permission : behaviour.permissions) {
    bool is_optional = false;
    for_each_rule(PermissionRule::Kind::optional, permission, behaviour.id, [&](const PermissionRule& rule) {
      is_optional = true;
      best.note = rule.reason, best.note_zh = rule.reason_zh;
    });
    if (is_optional) return best;
  }
  best.held = false;
  return best;
}

namespace {

/// All that is seen of it is the request itself.
bool rests_on_requests(const BehaviourFinding& behaviour) {
  return std::all_of(behaviour.uses.begin(), behaviour.uses.end(), [](const ReachedUse& one) {
    return one.use.via == UseVia::manifest && one.use.item.starts_with("permission:");
  });
}

/// Behaviours seen, with who shows them.
class Users {
 public:
  explicit Users(const AppReport& report) {
    for (const Finding& finding : report.findings) add(finding.sdk, finding.behaviours);
    add("app", report.own_behaviours);
    for (const PackageBehaviours& row : report.unattributed_behaviours)
      add("package:" + row.package, row.behaviours);
  }

  struct Seen {
    std::set<std::string> confirmed, leads;
    bool is_held_missing = false;  ///< someone does it, and the app lacks the permission
  };
  const std::map<std::string, Seen, std::less<>>& by_behaviour() const { return seen_; }

 private:
  void add(const std::string& who, const std::vector<BehaviourFinding>& behaviours) {
    for (const BehaviourFinding& behaviour : behaviours) {
      if (rests_on_requests(behaviour)) continue;
      Seen& seen = seen_[behaviour.id];
      const bool is_confirmed = behaviour.strength == UseStrength::confirmed;
      (is_confirmed ? seen.confirmed : seen.leads).insert(who);
      if (is_confirmed && !behaviour.is_benign && behaviour.permission_held == false)
        seen.is_held_missing = true;
    }
  }
  std::map<std::string, Seen, std::less<>> seen_;
};

/// One row for a permission that is requested, or that confirmed code lacks.
void describe(const BehaviourSet& catalogue, PermissionFinding& row) {
  for (const Permission& known : catalogue.permissions) {
    if (known.id != row.permission) continue;
    row.name_zh = known.name_zh;
    row.category = known.category;
    row.category_zh = known.category_zh;
    row.protection = known.protection;
  }
}

}  // namespace

std::vector<PermissionFinding> permission_findings(const BehaviourSet& catalogue, const Manifest* manifest,
                                                   const AppReport& report) {
  if (manifest == nullptr) return {};
  const PermissionCheck check(catalogue, manifest);
  const Users users(report);
  std::map<std::string, PermissionFinding> rows;
  for (const std::string& permission : manifest->permissions) rows[permission].is_declared = true;
  for (const Behaviour& behaviour : catalogue.behaviours) {
    const auto seen = users.by_behaviour().find(behaviour.id);
    for (const std::string& permission : behaviour.permissions) {
      const bool is_requested = rows.contains(permission) && rows[permission].is_declared;
      const bool is_lacking = seen != users.by_behaviour().end() && seen->second.is_held_missing &&
                              !check.is_requested(permission) && check.is_needed(permission, behaviour.id);
      if (!is_requested && !is_lacking) continue;
      PermissionFinding& row = rows[permission];
      row.is_known = true;
      if (seen == users.by_behaviour().end()) continue;
      row.behaviours.push_back(behaviour.id);
      for (const std::string& who : seen->second.confirmed) row.used_by.push_back(who);
      for (const std::string& who : seen->second.leads) row.maybe_used_by.push_back(who);
    }
  }
  const auto sort_unique = [](std::vector<std::string>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  };
  std::vector<PermissionFinding> result;
  for (auto& [permission, row] : rows) {
    const PermissionLimit limit = check.limit(permission, "");
    row.permission = permission;
    describe(catalogue, row);
    row.permission = printable_item(permission);
    row.is_void = limit.is_void;
    row.restriction = limit.reason, row.restriction_zh = limit.reason_zh;
    sort_unique(row.used_by), sort_unique(row.maybe_used_by);
    std::erase_if(row.maybe_used_by, [&](const std::string& who) {
      return std::binary_search(row.used_by.begin(), row.used_by.end(), who);
    });
    result.push_back(std::move(row));
  }
  return result;
}

}  // namespace sdkprint
