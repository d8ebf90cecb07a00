#pragma once
// A learnt signature with what a reviewer should know of each line, and its form as TOML
// (signatures/FORMAT.md).
#include <string>
#include <vector>

#include "signature/sdk.h"

namespace sdkprint {

/// Notes are printed as comments; "" prints none. Those that begin with "review:" ask for a decision.
struct Draft {
  Sdk sdk;
  std::vector<std::string> head;  ///< lines before the record
  std::string id_note, name_note, name_zh_note, vendor_note, category_note;
  std::vector<std::string> contains_notes;  ///< lines below `contains`
  std::vector<std::string> pattern_notes;   ///< parallel to sdk.patterns
  std::vector<std::string> patterns_left;   ///< lines below the patterns: what was seen, and is no sign
  std::vector<std::string> defined_notes;   ///< lines above [sdk.defined]
  std::vector<std::string> version_notes;   ///< parallel to sdk.versions
  std::vector<std::string> versions_left;   ///< lines below the rules
};

/// Deterministic; ends with a line feed. sdk.category is written when it is not empty.
std::string to_toml(const Draft& draft);

/// A TOML string: in single quotes where that keeps backslashes readable.
std::string toml_string(std::string_view text);

}  // namespace sdkprint
