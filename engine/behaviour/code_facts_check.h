#pragma once
// Whether facts that come from disk hang together: every index points at a row.
#include "behaviour/code_facts.h"

namespace sdkprint {

/// What is wrong with them, or nullptr. Hashes are not looked at.
const char* find_fault(const CatalogueIndex& index, const DexFacts& dex);

}  // namespace sdkprint
