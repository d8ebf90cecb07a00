#pragma once
// signatures/*.toml → SignatureSet. The only owner of the TOML library. The format: signatures/FORMAT.md.
#include <string>
#include <string_view>
#include <vector>

#include "signature/sdk.h"

namespace sdkprint {

/// One complaint about a signature file, printed as "file:line:column: error: message".
struct Diagnostic {
  SourcePlace place;
  std::string message;  ///< what was expected, what stands there
  std::string hint;     ///< what to do, may be empty
};

std::string to_string(const Diagnostic& diagnostic);

/// The text of one file of a signature folder.
struct SignatureSource {
  std::string path;      ///< as printed in diagnostics
  std::string category;  ///< folder name; empty for vendors.toml and categories.toml
  std::string text;
};

/// Reads every *.toml below a folder, sorted by path. Throws Error when the folder cannot be read.
std::vector<SignatureSource> read_signature_folder(const std::string& folder);

/// Parses and validates. All problems of all files are collected in `diagnostics` (sorted by place); the set holds
/// what was sound. Never throws on bad text.
SignatureSet parse_signatures(const std::vector<SignatureSource>& sources, std::vector<Diagnostic>& diagnostics);

}  // namespace sdkprint
