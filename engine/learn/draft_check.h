#pragma once
// A draft is put to the test before anybody reads it: parsed as the file it will be, compiled, and applied to
// the artefacts it was learnt from.
#include <optional>
#include <string>
#include <vector>

#include "learn/release.h"
#include "signature/sdk.h"

namespace sdkprint {

struct CheckedArtefact {
  std::string path, version;  ///< the true version; empty when unknown
  bool is_found = false;
  Grade grade = Grade::trace;
  std::optional<std::string> found_version;
  std::string version_rule;  ///< "field:com.foo.Bar.NAME" when a version was found
  bool is_wrong() const { return found_version && !version.empty() && *found_version != version; }
};

struct DraftCheck {
  std::vector<std::string> errors;  ///< of the parser; nothing was scanned when there are any
  std::vector<CheckedArtefact> artefacts;
};

/// Vendor, category and contained SDKs are taken on trust. Throws Error when the draft does not compile.
DraftCheck check_draft(const std::string& toml, const Sdk& sdk, const std::vector<Release>& releases,
                       const Limits& limits);

}  // namespace sdkprint
