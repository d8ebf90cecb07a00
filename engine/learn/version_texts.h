#pragma once
// The texts of a release in which its version may stand, by the sources that a version rule can read.
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "learn/own_code.h"
#include "signature/pattern.h"

namespace sdkprint {

struct CodeText {
  std::string_view class_name, method, text;
};

/// Borrows the release.
struct VersionTexts {
  std::map<std::string, std::string_view> fields;  ///< "com.foo.Bar.NAME" → the constant that holds
  std::vector<CodeText> strings;                   ///< loaded by methods of its own classes
  std::vector<CodeText> constants;
  std::set<std::string_view> libraries;  ///< file names of its own native libraries
  std::vector<std::pair<std::string_view, std::string_view>>
      natives;  ///< library, printable run with a digit
  std::vector<std::pair<std::string_view, std::string_view>> entries;  ///< name, text
  std::vector<std::pair<std::string_view, std::string_view>> meta_data;
};

/// `libraries` are the names of the SDK's own.
VersionTexts version_texts(const Release& release, const std::vector<OwnClass>& own,
                           const std::set<std::string>& libraries);

/// What a rule reads in a release, each value once; as a scan would.
std::set<std::string> read_versions(const VersionRule& rule, const VersionExtractor& extractor,
                                    const VersionTexts& texts);

/// File name of an inspected native library; empty for other entries.
std::string_view library_name(const InspectedEntry& entry);

}  // namespace sdkprint
