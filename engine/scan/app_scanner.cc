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

std::vector<const EntryFacts*> entries_of(const AppFacts& facts) {
  std::vector<const EntryFacts*> entries;
  for (const ContainerFacts& container : facts.containers) {
    const std::vector<const EntryFacts*> more = all_entries(container);
    entries.insert(entries.end(), more.begin(), more.end());
  }
  for (const SingleFacts& single : facts.singles) entries.push_back(&single.facts);
  return entries;
}

/// The archive whose manifest speaks for the app: the one that is no split, in a set one level down.
const ContainerFacts* main_container(const AppFacts& facts) {
  const ContainerFacts* any = nullptr;
  const auto consider = [&](const ContainerFacts& container) {
    if (!container.manifest) return false;
    if (any == nullptr) any = &container;
    return container.manifest->split.empty();
  };
  for (const ContainerFacts& container : facts.containers) {
    if (consider(container)) return &container;
    if (container.kind != ContainerKind::apk_set) continue;
    for (const ContainerFacts& nested : container.nested) {
      if (nested.kind == ContainerKind::apk && consider(nested)) return &nested;
    }
  }
  return any;
}

/// From the files to the facts.
class Gathering {
 public:
  Gathering(const Matcher& matcher, const AppInput& input, const Limits& limits, const GatherOptions& options)
      : input_(input),
        context_{matcher,         limits,        std::chrono::steady_clock::now() + limits.time,
                 options.capture, options.cache, options.keep_names},
        budget_{limits.app_bytes, limits.containers} {}

  AppFacts run() {
    facts_.app.path = input_.paths.front();
    if (input_.paths.size() > 1) facts_.app.parts = input_.paths;
    for (std::size_t i = 0; i < input_.paths.size(); ++i)
      scan_file(input_.paths[i], i < input_.digests.size() ? input_.digests[i] : std::string());
    facts_.app.sha256 = combined_digest(digests_);
    link();
    return std::move(facts_);
  }

 private:
  void scan_file(const std::string& path, const std::string& known_digest);
  void scan_bytes(Bytes bytes, const std::string& path);
  void link();

  const AppInput& input_;
  const ScanContext context_;
  Budget budget_;
  AppFacts facts_;
  std::vector<std::string> digests_;
};

void Gathering::scan_file(const std::string& path, const std::string& known_digest) {
  try {
    const MappedFile file(path, MappedFile::Extent::whole);
    facts_.app.size += file.bytes().size();
    if (file.bytes().empty()) throw InputError(path + ": the file is empty (expected an app or a library)");
    // A quarter of a scan's work is this digest, and nothing waits for it: another thread may do it
    // meanwhile.
    std::string digest = known_digest;
    tbb::task_group hashing;
    if (digest.empty()) hashing.run([&] { digest = to_hex(sha256(file.bytes())); });
    std::optional<InputError> failure;
    try {
      scan_bytes(file.bytes(), path);
    } catch (const InputError& error) {
      failure = error;
    }
    hashing.wait();
    digests_.push_back(std::move(digest));
    if (failure) throw *failure;
  } catch (const InputError& error) {
    const std::string message = error.what();
    facts_.problems.push_back({"", std::string(name(error.kind())),
                               message.starts_with(path) ? message : path + ": " + message, true});
  }
}

/// An entry's path begins with the part's name when the app has several parts.
void Gathering::scan_bytes(Bytes bytes, const std::string& path) {
  const std::string prefix = input_.paths.size() > 1 ? printable_item(base_name(path)) : "";
  const FileKind kind = sniff(bytes.first(std::min(bytes.size(), kSniffBytes)));
  if (kind == FileKind::dex || kind == FileKind::elf || kind == FileKind::class_file) {
    if (facts_.app.kind.empty()) facts_.app.kind = name(kind);
    facts_.singles.push_back(scan_single(context_, bytes, kind, base_name(path), prefix));
    return;
  }
  if (kind != FileKind::zip && !ZipArchive::looks_like_zip(bytes)) {
    if (facts_.app.kind.empty()) facts_.app.kind = "unknown";
    throw InputError(InputError::Kind::unsupported,
                     path + ": neither an archive (APK, XAPK, APKS, APKM, AAB, AAR, JAR), nor DEX, nor ELF");
  }
  facts_.containers.push_back(scan_container(context_, bytes, {prefix, 0, false}, budget_));
}

/// What the code does is found out here: it depends on the catalogue, not on who owns which class.
void Gathering::link() {
  std::vector<EntryFacts> singles;
  for (const SingleFacts& single : facts_.singles) singles.push_back(single.facts);
  facts_.uses = find_app_uses(context_.database(), facts_.containers, singles, main_container(facts_),
                              context_.deadline);
}

/// From the facts to the report: pure, all that depends on the app as a whole.
class Conclusion {
 public:
  /// `uses` are those of the facts.
  Conclusion(const Matcher& matcher, const AppFacts& facts, std::vector<LinkedUse> uses, const Limits& limits)
      : matcher_(matcher),
        facts_(facts),
        uses_(std::move(uses)),
        limits_(limits),
        main_(main_container(facts)) {}

  AppReport run() {
    report_.app = facts_.app;
    report_.problems = facts_.problems;
    report_.database_fingerprint = to_hex(matcher_.database().fingerprint());
    describe_app();
    conclude();
    return std::move(report_);
  }

 private:
  void describe_app();
  std::vector<std::string> own_packages() const;
  void limit_problems();
  void conclude_behaviours(std::vector<bool> is_backed, const std::vector<const EntryFacts*>& entries);
  void conclude();

  const Matcher& matcher_;
  const AppFacts& facts_;
  std::vector<LinkedUse> uses_;
  const Limits& limits_;
  const ContainerFacts* const main_;
  AppReport report_;
};

void Conclusion::describe_app() {
  AppInfo& app = report_.app;
  if (!facts_.containers.empty()) app.kind = name(facts_.containers.front().kind);
  if (facts_.containers.size() > 1) app.kind = name(ContainerKind::apk_set);
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
std::vector<std::string> Conclusion::own_packages() const {
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

/// A hostile archive can have a problem an entry; nobody reads half a million of them.
void Conclusion::limit_problems() {
  std::vector<Problem>& problems = report_.problems;
  if (problems.size() <= kMostProblems) return;
  const std::size_t more = problems.size() - kMostProblems;
  const bool loss = std::any_of(problems.begin() + kMostProblems, problems.end(),
                                [](const Problem& problem) { return problem.loss; });
  problems.resize(kMostProblems);
  problems.push_back({"", "limit", std::to_string(more) + " more problems are not listed", loss});
}

void Conclusion::conclude_behaviours(std::vector<bool> is_backed,
                                     const std::vector<const EntryFacts*>& entries) {
  const AppUses& found = facts_.uses;
  report_.is_reach_known = found.is_reach_known;
  report_.problems.insert(report_.problems.end(), found.problems.begin(), found.problems.end());
  attribute_hosts(matcher_, entries, is_backed, report_);
  BehaviourEvidence evidence;
  evidence.uses = std::move(uses_);
  evidence.own_packages = own_packages();
  evidence.is_backed = std::move(is_backed);
  if (main_ != nullptr) evidence.manifest = &*main_->manifest;
  evidence.uses_kept = limits_.uses;
  attribute_behaviours(matcher_, std::move(evidence), report_);
}

void Conclusion::conclude() {
  std::vector<const ContainerFacts*> containers;
  for (const ContainerFacts& container : facts_.containers) collect(container, containers);
  const std::vector<const EntryFacts*> entries = entries_of(facts_);
  for (const EntryFacts* entry : entries) {
    report_.problems.insert(report_.problems.end(), entry->problems.begin(), entry->problems.end());
  }
  limit_problems();
  Attribution attribution = attribute(matcher_.database(), entries, own_packages());
  report_.findings = std::move(attribution.findings);
  report_.own = std::move(attribution.own);
  report_.unattributed = std::move(attribution.unattributed);
  const Manifest* manifest = main_ == nullptr ? nullptr : &*main_->manifest;
  conclude_behaviours(std::move(attribution.is_backed), entries);
  report_.coverage = assess_coverage(containers, entries, manifest, report_.findings, report_.problems);
}

}  // namespace

std::string combined_digest(std::vector<std::string> digests) {
  if (digests.empty()) return {};
  if (digests.size() == 1) return digests.front();
  std::sort(digests.begin(), digests.end());
  std::string all;
  for (const std::string& digest : digests) all += digest + "\n";
  return to_hex(sha256(as_bytes(all)));
}

AppFacts gather_app(const Matcher& matcher, const AppInput& input, const Limits& limits,
                    const GatherOptions& options) {
  return Gathering(matcher, input, limits, options).run();
}

AppReport conclude_app(const Matcher& matcher, const AppFacts& facts, const Limits& limits) {
  return Conclusion(matcher, facts, facts.uses.uses, limits).run();
}

AppReport conclude_app(const Matcher& matcher, AppFacts&& facts, const Limits& limits) {
  std::vector<LinkedUse> uses = std::move(facts.uses.uses);
  return Conclusion(matcher, facts, std::move(uses), limits).run();
}

AppReport scan_app(const Matcher& matcher, const AppInput& input, const Limits& limits) {
  return conclude_app(matcher, gather_app(matcher, input, limits), limits);
}

Inspection inspect_app(const Matcher& matcher, const AppInput& input, const Limits& limits, Capture capture) {
  GatherOptions options;
  options.capture = capture;
  const AppFacts facts = gather_app(matcher, input, limits, options);
  Inspection inspection;
  for (const EntryFacts* entry : entries_of(facts)) {
    if (entry->surfaces != nullptr) inspection.entries.push_back({entry->path, entry->surfaces});
  }
  const ContainerFacts* const main = main_container(facts);
  if (main != nullptr) inspection.manifest = main->manifest;
  inspection.report = conclude_app(matcher, facts, limits);
  return inspection;
}

}  // namespace sdkprint
