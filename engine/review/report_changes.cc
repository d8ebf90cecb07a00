#include "review/report_changes.h"

namespace sdkprint {
namespace {

constexpr std::array<std::string_view, kChangeCount> kNames = {"gained", "lost",    "stronger",
                                                               "weaker", "version", "classes"};

std::string describe(const Finding* finding) {
  if (finding == nullptr) return "-";
  std::string text(name(finding->grade));
  if (finding->version) text += " " + *finding->version;
  if (finding->classes > 0) text += " (" + std::to_string(finding->classes) + " classes)";
  return text;
}

std::string strongest_evidence(const Finding& finding) {
  if (finding.evidence.empty()) return {};
  const Evidence& first = finding.evidence.front();
  return std::string(name(first.surface)) + " " + first.item +
         (first.entry.empty() ? "" : " [" + first.entry + "]") + " " + first.pattern;
}

std::vector<Change> changes_between(const Finding* before, const Finding* after) {
  if (before == nullptr) return {Change::gained};
  if (after == nullptr) return {Change::lost};
  std::vector<Change> changes;
  if (after->grade > before->grade) changes.push_back(Change::stronger);
  if (after->grade < before->grade) changes.push_back(Change::weaker);
  if (after->version != before->version) changes.push_back(Change::version);
  if (changes.empty() && after->classes != before->classes) changes.push_back(Change::classes);
  return changes;
}

}  // namespace

std::string_view name(Change change) { return kNames[static_cast<std::size_t>(change)]; }

bool ReportChanges::compare(const std::string& app, const std::string& sdk, const Finding* before,
                            const Finding* after) {
  SdkChanges& row = sdks_[sdk];
  row.before += before != nullptr ? 1 : 0;
  row.after += after != nullptr ? 1 : 0;
  const std::vector<Change> changes = changes_between(before, after);
  for (const Change change : changes) {
    const std::size_t index = static_cast<std::size_t>(change);
    row.counts[index] += 1;
    if (row.examples[index].size() >= most_examples_) continue;
    row.examples[index].push_back(
        {app, describe(before), describe(after), strongest_evidence(after != nullptr ? *after : *before)});
  }
  return !changes.empty();
}

void ReportChanges::add(const AppReport& before, const AppReport& after) {
  std::map<std::string_view, std::pair<const Finding*, const Finding*>> findings;
  for (const Finding& finding : before.findings) findings[finding.sdk].first = &finding;
  for (const Finding& finding : after.findings) findings[finding.sdk].second = &finding;
  bool has_changed = false;
  for (const auto& [sdk, pair] : findings) {
    if (compare(after.app.path, std::string(sdk), pair.first, pair.second)) has_changed = true;
  }
  apps_ += 1;
  changed_apps_ += has_changed ? 1 : 0;
}

std::map<std::string, SdkChanges> ReportChanges::changed() const {
  std::map<std::string, SdkChanges> result = sdks_;
  std::erase_if(result, [](const auto& row) {
    for (const std::uint64_t count : row.second.counts) {
      if (count != 0) return false;
    }
    return true;
  });
  return result;
}

}  // namespace sdkprint
