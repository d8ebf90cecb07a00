#include "learn/release.h"

#include <algorithm>
#include <map>

#include "learn/names.h"
#include "scan/native_scan.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

/// "1.10" after "1.9"; equal numbers by text.
bool version_before(const std::string& a, const std::string& b) {
  const auto numbers = [](const std::string& version) {
    std::vector<unsigned long> result;
    for (const std::string_view part : split_name(version)) {
      unsigned long number = 0;
      for (const char c : part.substr(0, 9)) {
        if (c < '0' || c > '9') break;
        number = number * 10 + static_cast<unsigned long>(c - '0');
      }
      result.push_back(number);
    }
    return result;
  };
  const std::vector<unsigned long> left = numbers(a), right = numbers(b);
  return left != right ? left < right : a < b;
}

/// The version in META-INF/maven/GROUP/ARTIFACT/pom.properties, when there is one such file.
std::string version_by_maven(const Inspection& inspection) {
  VersionRule rule;
  rule.source = VersionRule::Source::entry;
  rule.key = "version";
  const VersionExtractor extractor(rule);
  std::string version;
  std::size_t files = 0;
  for (const InspectedEntry& entry : inspection.entries) {
    for (const VersionText& text : entry.surfaces->texts) {
      if (!glob_matches("META-INF/maven/*/pom.properties", text.entry)) continue;
      if (++files > 1) return {};  // a jar of several: which is it?
      version = extractor.extract(text.text).value_or("");
    }
  }
  return is_version(version) ? version : std::string();
}

std::string guess_version(const Inspection& inspection, const std::string& path) {
  std::string version = version_by_maven(inspection);
  return version.empty() ? version_in_path(path).value_or("") : version;
}

}  // namespace

std::vector<Release> inspect_releases(const Matcher& matcher, const std::vector<LearnInput>& inputs,
                                      const Limits& limits) {
  std::vector<LearnInput> ordered = inputs;
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const LearnInput& a, const LearnInput& b) { return a.path < b.path; });
  std::vector<Release> releases;
  for (const LearnInput& input : ordered) {
    Inspection inspection = inspect_app(matcher, {{input.path}}, limits, Capture::members);
    const std::string version = input.version.empty() ? guess_version(inspection, input.path) : input.version;
    auto release = std::find_if(releases.begin(), releases.end(), [&](const Release& one) {
      return !version.empty() && one.version == version;
    });
    if (release == releases.end()) release = releases.insert(releases.end(), Release{version, {}, {}});
    release->paths.push_back(input.path);
    release->parts.push_back(std::move(inspection));
  }
  std::stable_sort(releases.begin(), releases.end(), [](const Release& a, const Release& b) {
    return a.version != b.version ? version_before(a.version, b.version) : a.paths < b.paths;
  });
  return releases;
}

std::string label_of(const Release& release) {
  return release.version.empty() ? std::string(base_name(release.paths.front())) : release.version;
}

}  // namespace sdkprint
