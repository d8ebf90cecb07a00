#include "scan/behaviour_attribution.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "scan/class_owners.h"
#include "scan/native_scan.h"
#include "scan/ownership.h"
#include "scan/permissions.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

/// Who answers for a use.
struct Owner {
  enum class Kind : std::uint8_t { app, sdk, package };
  Kind kind = Kind::app;
  std::string id;  ///< of the SDK, or the package
  auto operator<=>(const Owner&) const = default;
};

class BehaviourAttributor {
 public:
  BehaviourAttributor(const Matcher& matcher, BehaviourEvidence evidence, AppReport& report)
      : database_(matcher.database()),
        catalogue_(database_.behaviours()),
        evidence_(std::move(evidence)),
        report_(report),
        owners_(matcher, evidence_.is_backed, class_names(evidence_.uses)),
        permissions_(catalogue_, evidence_.manifest) {
    for (const Finding& finding : report.findings) {
      found_.insert(finding.sdk);
      if (finding.kind == name(Sdk::Kind::library)) libraries_.insert(finding.sdk);
    }
  }

  void run();

 private:
  using Uses = std::vector<ReachedUse>;
  using Behaviours = std::map<std::uint32_t, Uses>;  // by behaviour

  static std::vector<std::string_view> class_names(const std::vector<LinkedUse>& uses);
  void attribute(LinkedUse& linked);
  void attribute_native(const LinkedUse& linked);
  const Owner& owner_of_class(const std::string& class_name);
  Owner find_owner(const std::string& class_name) const;
  bool is_library(const Owner& owner) const {
    return owner.kind == Owner::Kind::sdk && libraries_.contains(owner.id);
  }
  bool is_benign(const Use& use) const;
  std::vector<std::string> charge_callers(const LinkedUse& linked, const Owner& wrapper);
  void add(const Owner& owner, ReachedUse use);
  BehaviourFinding describe(std::uint32_t behaviour, Uses uses) const;
  std::vector<BehaviourFinding> take(Behaviours& behaviours) const;

  const PatternDatabase& database_;
  const BehaviourSet& catalogue_;
  BehaviourEvidence evidence_;
  AppReport& report_;
  const ClassOwners owners_;
  const PermissionCheck permissions_;
  std::set<std::string, std::less<>> found_, libraries_;  // SDKs with a finding; those that are libraries
  std::unordered_map<std::string, Owner> owner_of_;       // by class
  std::map<Owner, Behaviours> by_owner_;
};

std::vector<std::string_view> BehaviourAttributor::class_names(const std::vector<LinkedUse>& uses) {
  std::vector<std::string_view> names;
  for (const LinkedUse& linked : uses) {
    names.push_back(linked.use.class_name);
    for (const CallerFrame& frame : linked.callers) names.push_back(frame.class_name);
  }
  return names;
}

const Owner& BehaviourAttributor::owner_of_class(const std::string& class_name) {
  const auto [row, is_new] = owner_of_.try_emplace(class_name);
  if (is_new && !class_name.empty()) row->second = find_owner(class_name);
  return row->second;
}

Owner BehaviourAttributor::find_owner(const std::string& class_name) const {
  if (const std::optional<std::uint32_t> sdk = owners_.sdk_of(class_name)) {
    const std::string& id = database_.set().sdks[*sdk].id;
    if (found_.contains(id)) return {Owner::Kind::sdk, id};
  }
  const std::string package(package_of(class_name));
  for (const std::string& own : evidence_.own_packages) {
    if (!own.empty() && package_prefix_matches(own, package)) return {};
  }
  // The row of the report that the package was counted in: the longest that holds it.
  const std::string* row = &package;
  std::size_t longest = 0;
  for (const PackageCount& count : report_.unattributed) {
    if (count.package.size() < longest || !package_prefix_matches(count.package, package)) continue;
    row = &count.package;
    longest = count.package.size();
  }
  return {Owner::Kind::package, *row};
}

bool BehaviourAttributor::is_benign(const Use& use) const {
  const std::string& id = catalogue_.behaviours[use.behaviour].id;
  return std::any_of(catalogue_.benign.begin(), catalogue_.benign.end(), [&](const BenignClass& benign) {
    const std::string& name = benign.class_name;
    return use.class_name.starts_with(name) &&
           (use.class_name.size() == name.size() || use.class_name[name.size()] == '$') &&
           std::binary_search(benign.behaviours.begin(), benign.behaviours.end(), id);
  });
}

void BehaviourAttributor::add(const Owner& owner, ReachedUse use) {
  by_owner_[owner][use.use.behaviour].push_back(std::move(use));
}

/// Climbs from the wrapper to whoever calls it by its name: whoever calls a method that the wrapper overrides
/// does not know it. Frames of the app and of libraries are climbed on when they are as short as wrappers
/// are; the first frame of anyone else is charged, and so is the app when the wrapper is a library's. Returns
/// the SDKs charged.
std::vector<std::string> BehaviourAttributor::charge_callers(const LinkedUse& linked, const Owner& wrapper) {
  std::map<std::string_view, std::size_t> climbed;  // method → frame + 1, 0 for the use's own method
  climbed.emplace(linked.use.method, 0);
  std::set<std::string> charged;
  for (std::size_t i = 0; i < linked.callers.size(); ++i) {
    const CallerFrame& frame = linked.callers[i];
    const auto below = climbed.find(frame.calls);
    if (below == climbed.end() || frame.kind != StepKind::call) continue;
    const Owner& owner = owner_of_class(frame.class_name);
    const bool goes_on = owner == wrapper || owner.kind == Owner::Kind::app || is_library(owner);
    if (goes_on && frame.is_short) climbed.emplace(frame.method, i + 1);
    if (owner == wrapper || is_library(owner)) continue;
    ReachedUse use;
    use.use = linked.use;
    use.reach = frame.reach;
    use.path = frame.path;
    use.through.push_back(frame);
    for (std::size_t next = below->second; next != 0;) {
      const CallerFrame& lower = linked.callers[next - 1];
      use.through.push_back(lower);
      next = climbed.find(lower.calls)->second;
    }
    use.wrapper_owner = wrapper.id;
    add(owner, std::move(use));
    if (owner.kind == Owner::Kind::sdk) charged.insert(owner.id);
  }
  return {charged.begin(), charged.end()};
}

void BehaviourAttributor::attribute(LinkedUse& linked) {
  const Owner& owner = owner_of_class(linked.use.class_name);
  ReachedUse use;
  use.is_benign = is_library(owner) && is_benign(linked.use);
  const bool may_wrap = owner.kind == Owner::Kind::app || is_library(owner);
  if (may_wrap && !use.is_benign) use.charged_to = charge_callers(linked, owner);
  use.use = std::move(linked.use);
  use.reach = linked.reach;
  use.path = std::move(linked.path);
  add(owner, std::move(use));
}

/// A native library's imports are those of every SDK that the library belongs to.
void BehaviourAttributor::attribute_native(const LinkedUse& linked) {
  ReachedUse use;
  use.use = linked.use;
  bool is_claimed = false;
  for (const Finding& finding : report_.findings) {
    const std::vector<std::string>& libraries = finding.native_libraries;
    if (!std::binary_search(libraries.begin(), libraries.end(), use.use.entry)) continue;
    is_claimed = true;
    add({Owner::Kind::sdk, finding.sdk}, use);
  }
  if (!is_claimed) add({Owner::Kind::package, std::string(base_name(use.use.entry))}, use);
}

/// Strongest and earliest first, an owner's own code before what it does through others; then by place.
bool comes_first(const ReachedUse& a, const ReachedUse& b) {
  const auto key = [](const ReachedUse& use) {
    return std::tuple(use.is_benign, -static_cast<int>(use.use.strength), -static_cast<int>(use.reach),
                      !use.through.empty(), std::string_view(use.use.entry), std::string_view(use.use.method),
                      use.use.pc, std::string_view(use.use.item));
  };
  return key(a) < key(b);
}

/// The first `count` in order, those of equal rank as they stood.
std::vector<ReachedUse> first_of(std::vector<ReachedUse> uses, std::size_t count) {
  // A use is large: it is moved once.
  std::vector<ReachedUse*> order;
  for (ReachedUse& use : uses) order.push_back(&use);
  std::stable_sort(order.begin(), order.end(),
                   [](const ReachedUse* a, const ReachedUse* b) { return comes_first(*a, *b); });
  order.resize(std::min(order.size(), count));
  std::vector<ReachedUse> result;
  result.reserve(order.size());
  for (ReachedUse* use : order) result.push_back(std::move(*use));
  return result;
}

BehaviourFinding BehaviourAttributor::describe(std::uint32_t behaviour, Uses uses) const {
  const Behaviour& known = catalogue_.behaviours[behaviour];
  BehaviourFinding finding;
  finding.id = known.id, finding.name = known.name, finding.name_zh = known.name_zh;
  finding.category = known.category;
  for (const DataCategory& category : catalogue_.categories) {
    if (category.id != known.category) continue;
    finding.category_name = category.name, finding.category_zh = category.name_zh;
  }
  finding.data_type_zh = known.data_type_zh, finding.standard = known.standard;
  finding.severity = name(known.severity);
  finding.permissions = known.permissions;
  PermissionCheck::Held held = permissions_.held(known);
  finding.permission_held = held.held;
  finding.permission_note = std::move(held.note), finding.permission_note_zh = std::move(held.note_zh);
  finding.notice_labels = known.notice_labels;
  finding.is_benign = true;
  for (const ReachedUse& use : uses) {
    finding.is_benign = finding.is_benign && use.is_benign;
    finding.strength = std::max(finding.strength, use.use.strength);
    finding.reach = std::max(finding.reach, use.reach);
  }
  finding.use_count = uses.size();
  finding.uses = first_of(std::move(uses), evidence_.uses_kept);
  return finding;
}

/// Gravest first: what is not benign, then by severity, strength and reach.
std::vector<BehaviourFinding> BehaviourAttributor::take(Behaviours& behaviours) const {
  struct Row {
    Severity severity;
    BehaviourFinding finding;
  };
  std::vector<Row> rows;
  for (auto& [behaviour, uses] : behaviours) {
    rows.push_back({catalogue_.behaviours[behaviour].severity, describe(behaviour, std::move(uses))});
  }
  const auto key = [](const Row& row) {
    return std::tuple(row.finding.is_benign, -static_cast<int>(row.severity),
                      -static_cast<int>(row.finding.strength), -static_cast<int>(row.finding.reach),
                      std::string_view(row.finding.id));
  };
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
  std::vector<BehaviourFinding> result;
  for (Row& row : rows) result.push_back(std::move(row.finding));
  return result;
}

void BehaviourAttributor::run() {
  for (LinkedUse& linked : evidence_.uses) {
    if (linked.use.via == UseVia::native_import)
      attribute_native(linked);
    else
      attribute(linked);
  }
  for (Finding& finding : report_.findings) {
    const auto row = by_owner_.find({Owner::Kind::sdk, finding.sdk});
    if (row != by_owner_.end()) finding.behaviours = take(row->second);
  }
  for (auto& [owner, behaviours] : by_owner_) {
    if (owner.kind == Owner::Kind::app) report_.own_behaviours = take(behaviours);
    if (owner.kind == Owner::Kind::package)
      report_.unattributed_behaviours.push_back({owner.id, take(behaviours)});
  }
  report_.permissions = permission_findings(catalogue_, evidence_.manifest, report_);
}

}  // namespace

void attribute_behaviours(const Matcher& matcher, BehaviourEvidence evidence, AppReport& report) {
  BehaviourAttributor(matcher, std::move(evidence), report).run();
}

}  // namespace sdkprint
