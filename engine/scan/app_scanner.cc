#include "scan/app_scanner.h"

#include <tbb/task_group.h>

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "base/mapped_file.h"
#include "scan/app_uses.h"
#include "scan/attribution.h"
#include "scan/behaviour_attribution.h"
#include "scan/container_scan.h"
#include "scan/coverage.h"
#include "scan/hit_collector.h"
#include "scan/host_strings.h"
#include "scan/native_scan.h"
#include "scan/ownership.h"

namespace sdkprint {
namespace {

constexpr std::size_t kMostProblems = 500;
constexpr const char* kActionMain = "android.intent.action.MAIN";

void collect(const ContainerFacts& container, std::vector<const ContainerFacts*>& out) {
  out.push_back(&container);
  for (const ContainerFacts& nested : container.nested) collect(nested, out);
}

class AppScan {
 public:
  AppScan(const Matcher& matcher, const AppInput& input, const Limits& limits, bool capture_surfaces)
      : input_(input),
        context_{matcher, limits, std::chrono::steady_clock::now() + limits.time, capture_surfaces},
        budget_{limits.app_bytes, limits.containers} {}

  void run() {
    report_.app.path = input_.paths.front();
    if (input_.paths.size() > 1) report_.app.parts = input_.paths;
    report_.database_fingerprint = to_hex(context_.database().fingerprint());
    for (const std::string& path : input_.paths) scan_file(path);
    combine_digests();
    describe_app();
    conclude();
  }

  AppReport take_report() { return std::move(report_); }
  Inspection take_inspection();

 private:
  void scan_file(const std::string& path);
  void scan_bytes(Bytes bytes, const std::string& path);
  void combine_digests();
  void describe_app();
  const ContainerFacts* main_container() const;
  std::vector<std::string> own_packages() const;
  std::vector<const EntryFacts*> facts() const;
  void limit_problems();
  void conclude_behaviours(std::vector<bool> is_backed, const std::vector<const EntryFacts*>& entries);
  void conclude();

  const AppInput& input_;
  const ScanContext context_;
  Budget budget_;
  AppReport report_;
  std::vector<std::string> digests_;
  std::vector<ContainerFacts> containers_;  // one a file that is an archive
  std::vector<EntryFacts> singles_;         // one a file that is not
  const ContainerFacts* main_ = nullptr;
};

void AppScan::scan_file(const std::string& path) {
  try {
    const MappedFile file(path, MappedFile::Extent::whole);
    report_.app.size += file.bytes().size();
    if (file.bytes().empty()) throw InputError(path + ": the file is empty (expected an app or a library)");
    // A quarter of a scan's work is this digest, and nothing waits for it: another thread may do it
    // meanwhile.
    Sha256 digest{};
    tbb::task_group hashing;
    hashing.run([&] { digest = sha256(file.bytes()); });
    std::optional<InputError> failure;
    try {
      scan_bytes(file.bytes(), path);
    } catch (const InputError& error) {
      failure = error;
    }
    hashing.wait();
    digests_.push_back(to_hex(digest));
    if (failure) throw *failure;
  } catch (const InputError& error) {
    const std::string message = error.what();
    report_.problems.push_back({"", std::string(name(error.kind())),
                                message.starts_with(path) ? message : path + ": " + message, true});
  }
}

/// An entry's path begins with the part's name when the app has several parts.
void AppScan::scan_bytes(Bytes bytes, const std::string& path) {
  const std::string prefix = input_.paths.size() > 1 ? printable_item(base_name(path)) : "";
  const FileKind kind = sniff(bytes.first(std::min(bytes.size(), kSniffBytes)));
  if (kind == FileKind::dex || kind == FileKind::elf || kind == FileKind::class_file) {
    if (report_.app.kind.empty()) report_.app.kind = name(kind);
    singles_.push_back(scan_single(context_, bytes, kind, base_name(path)));
    if (!prefix.empty()) singles_.back().path = prefix;
    return;
  }
  if (kind != FileKind::zip && !ZipArchive::looks_like_zip(bytes)) {
    if (report_.app.kind.empty()) report_.app.kind = "unknown";
    throw InputError(InputError::Kind::unsupported,
                     path + ": neither an archive (APK, XAPK, APKS, APKM, AAB, AAR, JAR), nor DEX, nor ELF");
  }
  containers_.push_back(scan_container(context_, bytes, {prefix, 0, false}, budget_));
}

/// A set of parts is named by its content, not by the order or the names of its files.
void AppScan::combine_digests() {
  if (digests_.size() == 1) report_.app.sha256 = digests_.front();
  if (digests_.size() < 2) return;
  std::sort(digests_.begin(), digests_.end());
  std::string all;
  for (const std::string& digest : digests_) all += digest + "\n";
  report_.app.sha256 = to_hex(sha256(as_bytes(all)));
}

/// The archive whose manifest speaks for the app: the one that is no split, in a set one level down.
const ContainerFacts* AppScan::main_container() const {
  const ContainerFacts* any = nullptr;
  const auto consider = [&](const ContainerFacts& container) {
    if (!container.manifest) return false;
    if (any == nullptr) any = &container;
    return container.manifest->split.empty();
  };
  for (const ContainerFacts& container : containers_) {
    if (consider(container)) return &container;
    if (container.kind != ContainerKind::apk_set) continue;
    for (const ContainerFacts& nested : container.nested) {
      if (nested.kind == ContainerKind::apk && consider(nested)) return &nested;
    }
  }
  return any;
}

void AppScan::describe_app() {
  main_ = main_container();
  AppInfo& app = report_.app;
  if (!containers_.empty()) app.kind = name(containers_.front().kind);
  if (containers_.size() > 1) app.kind = name(ContainerKind::apk_set);
  if (app.kind.empty()) app.kind = "unknown";
  if (main_ == nullptr) return;
  for (const Certificate& one : main_->certificates) {
    app.certificates.push_back({one.sha256, one.subject, one.schemes});
  }
  const Manifest& manifest = *main_->manifest;
  app.package = printable_item(manifest.package);
  app.version_name = printable_item(manifest.version_name);
  app.label = printable_item(manifest.label);
  app.label_zh = printable_item(manifest.label_zh);
  for (const std::string& one : manifest.uses_libraries) app.uses_libraries.push_back(printable_item(one));
  app.version_code = manifest.version_code;
  app.min_sdk = manifest.min_sdk;
  app.target_sdk = manifest.target_sdk;
}

/// The manifest's package, and the packages of the application class and of the launcher activity: the
/// package name of a build variant often differs from that of the code.
std::vector<std::string> AppScan::own_packages() const {
  if (main_ == nullptr) return {};
  const Manifest& manifest = *main_->manifest;
  std::set<std::string> packages = {manifest.package, std::string(package_of(manifest.application_class))};
  for (const ManifestComponent& component : manifest.components) {
    for (const ManifestIntentFilter& filter : component.filters) {
      const bool is_launcher =
          std::find(filter.actions.begin(), filter.actions.end(), kActionMain) != filter.actions.end();
      if (is_launcher && component.kind == ManifestComponent::Kind::activity) {
        packages.insert(std::string(package_of(component.class_name)));
      }
    }
  }
  packages.erase("");
  return {packages.begin(), packages.end()};
}

std::vector<const EntryFacts*> AppScan::facts() const {
  std::vector<const EntryFacts*> entries;
  for (const ContainerFacts& container : containers_) {
    const std::vector<const EntryFacts*> more = all_entries(container);
    entries.insert(entries.end(), more.begin(), more.end());
  }
  for (const EntryFacts& single : singles_) entries.push_back(&single);
  return entries;
}

Inspection AppScan::take_inspection() {
  Inspection inspection;
  for (const EntryFacts* entry : facts()) {
    if (entry->surfaces != nullptr) inspection.entries.push_back({entry->path, entry->surfaces});
  }
  if (main_ != nullptr) inspection.manifest = main_->manifest;
  inspection.report = std::move(report_);
  return inspection;
}

/// A hostile archive can have a problem an entry; nobody reads half a million of them.
void AppScan::limit_problems() {
  std::vector<Problem>& problems = report_.problems;
  if (problems.size() <= kMostProblems) return;
  const std::size_t more = problems.size() - kMostProblems;
  const bool loss = std::any_of(problems.begin() + kMostProblems, problems.end(),
                                [](const Problem& problem) { return problem.loss; });
  problems.resize(kMostProblems);
  problems.push_back({"", "limit", std::to_string(more) + " more problems are not listed", loss});
}

void AppScan::conclude_behaviours(std::vector<bool> is_backed,
                                  const std::vector<const EntryFacts*>& entries) {
  AppUses found = find_app_uses(context_.database(), containers_, singles_, main_, context_.deadline);
  report_.is_reach_known = found.is_reach_known;
  report_.problems.insert(report_.problems.end(), found.problems.begin(), found.problems.end());
  attribute_hosts(context_.matcher, entries, is_backed, report_);
  BehaviourEvidence evidence;
  evidence.uses = std::move(found.uses);
  evidence.own_packages = own_packages();
  evidence.is_backed = std::move(is_backed);
  if (main_ != nullptr) evidence.manifest = &*main_->manifest;
  evidence.uses_kept = context_.limits.uses;
  attribute_behaviours(context_.matcher, std::move(evidence), report_);
}

void AppScan::conclude() {
  std::vector<const ContainerFacts*> containers;
  for (const ContainerFacts& container : containers_) collect(container, containers);
  const std::vector<const EntryFacts*> entries = facts();
  for (const EntryFacts* entry : entries) {
    report_.problems.insert(report_.problems.end(), entry->problems.begin(), entry->problems.end());
  }
  limit_problems();
  Attribution attribution = attribute(context_.database(), entries, own_packages());
  report_.findings = std::move(attribution.findings);
  report_.own = std::move(attribution.own);
  report_.unattributed = std::move(attribution.unattributed);
  const Manifest* manifest = main_ == nullptr ? nullptr : &*main_->manifest;
  conclude_behaviours(std::move(attribution.is_backed), entries);
  report_.coverage = assess_coverage(containers, entries, manifest, report_.findings, report_.problems);
}

}  // namespace

AppReport scan_app(const Matcher& matcher, const AppInput& input, const Limits& limits) {
  AppScan scan(matcher, input, limits, false);
  scan.run();
  return scan.take_report();
}

Inspection inspect_app(const Matcher& matcher, const AppInput& input, const Limits& limits) {
  AppScan scan(matcher, input, limits, true);
  scan.run();
  return scan.take_inspection();
}

}  // namespace sdkprint
