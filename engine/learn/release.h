#pragma once
// What is learnt from: the releases of one SDK.
#include <string>
#include <vector>

#include "scan/app_scanner.h"

namespace sdkprint {

/// Artefacts of one version, each inspected with Capture::members.
struct Release {
  std::string version;             ///< empty when nobody knows it
  std::vector<std::string> paths;  ///< as given, one an artefact
  std::vector<Inspection> parts;   ///< parallel to paths
};

/// An artefact as the caller names it.
struct LearnInput {
  std::string version;  ///< empty = guess: Maven's pom.properties, the file's name, the folders above it
  std::string path;
};

/// Inspects the artefacts and puts those of one version together; an artefact of unknown version is a release
/// by itself. Sorted by version, then path, so that the order of the inputs does not matter.
std::vector<Release> inspect_releases(const Matcher& matcher, const std::vector<LearnInput>& inputs,
                                      const Limits& limits);

/// What a release is called in notes: its version, or its file's name.
std::string label_of(const Release& release);

/// What the person who learns a signature knows better than any guess; empty = guess.
struct LearnOptions {
  std::string id, name, name_zh, vendor, category;
  std::vector<std::string> packages;  ///< the SDK's own; all else is somebody else's
};

/// Visits every entry of a release.
template <typename Visit>
void for_each_entry(const Release& release, Visit visit) {
  for (const Inspection& part : release.parts) {
    for (const InspectedEntry& entry : part.entries) visit(entry);
  }
}

}  // namespace sdkprint
