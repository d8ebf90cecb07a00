#include "scan/coverage.h"

#include <algorithm>
#include <set>

namespace sdkprint {
namespace {

constexpr std::size_t kTinyDexClasses = 40;  // a packer's shell: a handful of classes that load the real ones
constexpr std::uint64_t kPayloadBytes = 64 << 10;  // below, there is no room for an app's code
constexpr std::size_t kComponentsToJudge = 3;

/// A manifest may name classes that the device brings (android.app.Application, android.app.NativeActivity).
/// The old support library bears the platform's name and is part of apps.
bool is_platform_class(std::string_view name) {
  return name.starts_with("android.") && !name.starts_with("android.support.") &&
         !name.starts_with("android.arch.");
}

class Assessor {
 public:
  Assessor(const std::vector<const ContainerFacts*>& containers,
           const std::vector<const EntryFacts*>& entries, const Manifest* manifest,
           const std::vector<Finding>& findings, const std::vector<Problem>& problems)
      : containers_(containers),
        entries_(entries),
        manifest_(manifest),
        findings_(findings),
        problems_(problems) {}

  Coverage run() {
    count();
    check_dex();
    check_components();
    check_packers();
    check_payloads();
    check_loaders();
    check_losses();
    return std::move(coverage_);
  }

 private:
  void reason(Analysable at_most, std::string code, std::string detail, std::string entry = {}) {
    coverage_.analysable = std::min(coverage_.analysable, at_most);
    coverage_.reasons.push_back({std::move(code), std::move(detail), std::move(entry)});
  }
  bool is_app() const {
    return manifest_ != nullptr && manifest_->split.empty() &&
           std::any_of(containers_.begin(), containers_.end(), [](const ContainerFacts* container) {
             return container->kind == ContainerKind::apk || container->kind == ContainerKind::aab;
           });
  }
  bool has_packer() const {
    return std::any_of(findings_.begin(), findings_.end(), [](const Finding& finding) {
      return finding.kind == "packer" && finding.grade >= Grade::stub;
    });
  }
  /// The dex that is there is only a shell: the manifest's components are not in it, or next to nothing is.
  bool is_shell() const { return most_missing_ || (is_app() && coverage_.classes <= kTinyDexClasses); }

  void count();
  void check_dex();
  void check_components();
  void check_packers();
  void check_payloads();
  void check_loaders();
  void check_losses();

  const std::vector<const ContainerFacts*>& containers_;
  const std::vector<const EntryFacts*>& entries_;
  const Manifest* manifest_;
  const std::vector<Finding>& findings_;
  const std::vector<Problem>& problems_;
  Coverage coverage_;
  bool most_missing_ = false;
  bool application_missing_ = false;
};

void Assessor::count() {
  for (const EntryFacts* entry : entries_) {
    coverage_.classes += entry->classes;
    coverage_.dex_files += entry->kind == EntryKind::dex ? 1 : 0;
    coverage_.native_libraries += entry->kind == EntryKind::native ? 1 : 0;
  }
  for (const ContainerFacts* container : containers_)
    coverage_.nested_containers += container->path.empty() ? 0 : 1;
}

void Assessor::check_dex() {
  for (const ContainerFacts* container : containers_) {
    for (const std::string& entry : container->unreadable_dex) {
      reason(Analysable::partial, "dex-not-readable", "named like a DEX file, and is none (encrypted?)",
             entry);
    }
  }
  if (!is_app() || coverage_.classes > 0) return;
  if (manifest_->has_code == false) return;  // the app declares that it has no code
  reason(Analysable::none, "no-code", "the manifest announces code, and no readable DEX holds a class");
}

void Assessor::check_components() {
  if (!is_app() || coverage_.classes == 0) return;
  const std::string& application = manifest_->application_class;
  if (!application.empty() && !is_platform_class(application) && !defines_class(entries_, application)) {
    application_missing_ = true;
    reason(Analysable::partial, "application-class-missing",
           application + " is named by the manifest and defined in no DEX");
  }
  std::set<std::string> named, missing;
  for (const ManifestComponent& component : manifest_->components) {
    if (component.kind == ManifestComponent::Kind::activity_alias || component.class_name.empty() ||
        is_platform_class(component.class_name)) {
      continue;
    }
    named.insert(component.class_name);
    if (!defines_class(entries_, component.class_name)) missing.insert(component.class_name);
  }
  if (named.size() < kComponentsToJudge || missing.size() * 2 < named.size()) return;
  most_missing_ = true;
  const bool all = missing.size() == named.size();
  reason(all || application_missing_ ? Analysable::none : Analysable::partial, "components-missing",
         std::to_string(missing.size()) + " of " + std::to_string(named.size()) +
             " components of the manifest are defined in no DEX (first: " + *missing.begin() + ")");
}

void Assessor::check_packers() {
  for (const Finding& finding : findings_) {
    if (finding.kind != "packer" || finding.grade < Grade::stub) continue;
    const Evidence& evidence = finding.evidence.front();
    reason(is_shell() ? Analysable::none : Analysable::partial, "packer",
           finding.name + " (" + std::string(name(evidence.surface)) + " " + evidence.item + ")",
           evidence.entry);
  }
}

/// Dense unknown content alone is ordinary (game assets, models); beside a shell it is the app.
void Assessor::check_payloads() {
  const Payload* largest = nullptr;
  std::size_t count = 0;
  for (const ContainerFacts* container : containers_) {
    for (const Payload& payload : container->payloads) {
      if (payload.size < kPayloadBytes) continue;
      ++count;
      if (largest == nullptr || payload.size > largest->size) largest = &payload;
    }
  }
  if (largest == nullptr || !is_app()) return;
  const bool is_suspect = application_missing_ || most_missing_ || has_packer() || coverage_.classes == 0;
  if (!is_suspect) return;
  reason(is_shell() ? Analysable::none : Analysable::partial, "encrypted-payload",
         std::to_string(count) + " entries look encrypted; the largest has " + std::to_string(largest->size) +
             " bytes",
         largest->path);
}

void Assessor::check_loaders() {
  for (const EntryFacts* entry : entries_) {
    for (const std::string& loader : entry->loaders) {
      reason(Analysable::partial, "dex-loader", "the code can load further code at run time: " + loader,
             entry->path);
    }
  }
}

void Assessor::check_losses() {
  const Problem* first = nullptr;
  std::size_t count = 0;
  for (const Problem& problem : problems_) {
    if (!problem.loss) continue;
    ++count;
    if (first == nullptr) first = &problem;
  }
  if (first == nullptr) return;
  reason(coverage_.classes == 0 && coverage_.native_libraries == 0 ? Analysable::none : Analysable::partial,
         "unreadable",
         std::to_string(count) + (count == 1 ? " part" : " parts") +
             " could not be read; see the problems (first: " + first->message + ")",
         first->entry);
}

}  // namespace

Coverage assess_coverage(const std::vector<const ContainerFacts*>& containers,
                         const std::vector<const EntryFacts*>& entries, const Manifest* manifest,
                         const std::vector<Finding>& findings, const std::vector<Problem>& problems) {
  return Assessor(containers, entries, manifest, findings, problems).run();
}

}  // namespace sdkprint
