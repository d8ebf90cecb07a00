#pragma once
// signatures/*.toml → SignatureSet. The format: signatures/FORMAT.md.
//
// The way of the data: toml_tree (text → tree with places) → table_reader, pattern_reader, records (tree →
// records, checked one by one) → validator (records → set, checked against each other).
#include <string>
#include <string_view>
#include <vector>

#include "signature/diagnostic.h"
#include "signature/sdk.h"

namespace sdkprint {

/// The text of one file of a signature folder.
struct SignatureSource {
  std::string path;  ///< as printed in diagnostics
  /// Of an SDK's file the folder's name, of a file of behaviours its own without ".toml"; empty for the files
  /// that the others share (vendors.toml, categories.toml, groups.toml, permissions.toml, benign.toml).
  std::string category;
  std::string text;
};

/// Reads every *.toml below a folder, sorted by path; not "behaviours" and "lint" at its top, whose files
/// have a format of their own, and no hidden ones. Throws Error when the folder or a file cannot be read, or
/// when there is none.
std::vector<SignatureSource> read_signature_folder(const std::string& folder);

/// Reads every *.toml below `folder`/behaviours, sorted by path; nothing when there is no such folder. Throws
/// Error when it or a file cannot be read.
std::vector<SignatureSource> read_behaviour_folder(const std::string& folder);

/// Parses and validates. All problems of all files are collected in `diagnostics` (sorted by place, at most
/// 200 a file); the set holds what was sound: an SDK that anything was said of is not in it. The order of the
/// sources does not matter. Never throws on bad text.
SignatureSet parse_signatures(const std::vector<SignatureSource>& sources,
                              std::vector<Diagnostic>& diagnostics);

}  // namespace sdkprint
