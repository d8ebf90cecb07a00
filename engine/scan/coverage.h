#pragma once
// How much of the app's code could be seen, and what hid the rest.
#include <vector>

#include "scan/container_scan.h"

namespace sdkprint {

/// `manifest` is the app's own (null for a bare DEX or library); `findings` tells packers. Reasons come in a
/// fixed order; each names the fact it rests on.
Coverage assess_coverage(const std::vector<const ContainerFacts*>& containers,
                         const std::vector<const EntryFacts*>& entries, const Manifest* manifest,
                         const std::vector<Finding>& findings, const std::vector<Problem>& problems);

}  // namespace sdkprint
