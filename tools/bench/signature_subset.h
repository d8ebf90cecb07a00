#pragma once
// Signature sets of a wanted size, out of a folder of signatures.
#include <string>

#include "signature/behaviour.h"
#include "signature/sdk.h"

namespace sdkprint::bench {

/// What a folder of signatures holds: without the behaviours a scan would read no code.
struct Signatures {
  SignatureSet set;
  BehaviourSet behaviours;
};

/// Throws Error when the folder has errors.
Signatures load_signatures(const std::string& folder);

/// `count` SDKs, taken at equal distances from the set in the order of ids; all when there are not so many.
/// The behaviours stay.
Signatures subset(const Signatures& signatures, std::size_t count);

/// Every package prefix of the set's class patterns as it stands in a dex or native library: "com/foo/", one
/// a line.
std::string prefix_lines(const SignatureSet& set);

}  // namespace sdkprint::bench
