#pragma once
// A text with a version in it → the regular expression that reads versions out of such texts.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sdkprint {

/// What all of these versions look like, as a regular expression: "\d+(?:\.\d+){2}". Empty without versions.
std::string version_shape(const std::vector<std::string>& versions);

struct VersionForm {
  std::string regex, format;
  std::size_t context_letters = 0;  ///< longest run of letters around the version
  std::string context;              ///< what stands around it
};

/// The forms in which `version` stands in `text`: with dots, or with underscores. Numbers around it become
/// \d+; of long texts only what stands near it is kept. Empty when it is not there.
std::vector<VersionForm> forms_in_text(std::string_view text, std::string_view version,
                                       const std::string& shape);

/// The same for a library's file name, where "3.1.2" may be "312" too.
std::vector<VersionForm> forms_in_library(std::string_view name, std::string_view version,
                                          const std::string& shape);

/// Literal text as a regular expression, digits as \d+.
std::string escape_for_regex(std::string_view text);

}  // namespace sdkprint
