#include "learn/draft_check.h"

#include <algorithm>

#include "learn/draft.h"
#include "signature/parser.h"

namespace sdkprint {
namespace {

constexpr const char* kFile = "draft.toml";

/// The draft beside what it refers to: its vendor, its category, and the SDKs that it says it contains.
std::vector<SignatureSource> sources_for(const std::string& toml, const Sdk& sdk) {
  const std::string category = sdk.category.empty() ? "other" : sdk.category;
  const std::string vendor = "[[vendor]]\nid = " + toml_string(sdk.vendor) + "\nname = \"…\"\n";
  const std::string categories =
      "[[category]]\nid = " + toml_string(category) + "\nname = \"…\"\nname_zh = \"…\"\n";
  std::vector<SignatureSource> sources = {
      {"vendors.toml", "", vendor}, {"categories.toml", "", categories}, {kFile, category, toml}};
  for (std::size_t i = 0; i < sdk.contains.size(); ++i) {
    const std::string record = "[[sdk]]\nid = " + toml_string(sdk.contains[i]) +
                               "\nname = \"…\"\nvendor = " + toml_string(sdk.vendor) +
                               "\n[sdk.patterns]\nclass = [\"placeholder.of.contained" + std::to_string(i) +
                               "\"]\n";
    sources.push_back({"contained" + std::to_string(i) + ".toml", category, record});
  }
  return sources;
}

CheckedArtefact check_artefact(const Matcher& matcher, const std::string& id, const Release& release,
                               const std::string& path, const Limits& limits) {
  CheckedArtefact checked;
  checked.path = path, checked.version = release.version;
  const AppReport report = scan_app(matcher, {{path}}, limits);
  const auto finding = std::find_if(report.findings.begin(), report.findings.end(),
                                    [&](const Finding& one) { return one.sdk == id; });
  if (finding == report.findings.end()) return checked;
  checked.is_found = true;
  checked.grade = finding->grade;
  checked.found_version = finding->version;
  if (finding->version) checked.version_rule = finding->version_evidence.front().source;
  return checked;
}

}  // namespace

DraftCheck check_draft(const std::string& toml, const Sdk& sdk, const std::vector<Release>& releases,
                       const Limits& limits) {
  DraftCheck check;
  std::vector<Diagnostic> diagnostics;
  const SignatureSet set = parse_signatures(sources_for(toml, sdk), diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) check.errors.push_back(to_string(diagnostic));
  if (!diagnostics.empty()) return check;
  const PatternDatabase database = PatternDatabase::from_bytes(compile_database(set));
  const Matcher matcher(database);
  for (const Release& release : releases) {
    for (const std::string& path : release.paths)
      check.artefacts.push_back(check_artefact(matcher, sdk.id, release, path, limits));
  }
  return check;
}

}  // namespace sdkprint
