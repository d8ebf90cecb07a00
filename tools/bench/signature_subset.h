#pragma once
// Signature sets of a wanted size, out of a folder of signatures.
#include <string>

#include "signature/sdk.h"

namespace sdkprint::bench {

/// Throws Error when the folder has errors.
SignatureSet load_signatures(const std::string& folder);

/// `count` SDKs, taken at equal distances from the set in the order of ids; all when there are not so many.
SignatureSet subset(const SignatureSet& set, std::size_t count);

/// Every package prefix of the set's class patterns as it stands in a dex or native library: "com/foo/", one
/// a line.
std::string prefix_lines(const SignatureSet& set);

}  // namespace sdkprint::bench
