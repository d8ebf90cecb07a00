#pragma once
// Records of all files → SignatureSet: ids are unique, references lead somewhere, nothing is claimed twice.
#include <vector>

#include "signature/records.h"

namespace sdkprint {

/// Complains of what does not fit together; returns what does, sorted by id. The records stand in the order
/// of their files; of two that clash, the later is complained of and left out.
SignatureSet validate(Records records, std::vector<Diagnostic>& diagnostics);

}  // namespace sdkprint
