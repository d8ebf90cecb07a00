#pragma once
// What SDKs declare to collect, checked against the catalogue of behaviours.
#include <vector>

#include "signature/behaviour.h"
#include "signature/diagnostic.h"

namespace sdkprint {

/// Complains of every declared id that no behaviour has, sorted by place.
void check_declarations(const SignatureSet& set, const BehaviourSet& behaviours,
                        std::vector<Diagnostic>& diagnostics);

}  // namespace sdkprint
