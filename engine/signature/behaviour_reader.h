#pragma once
// signatures/behaviours/*.toml → BehaviourSet. The format: signatures/behaviours/FORMAT.md.
#include <vector>

#include "signature/behaviour.h"
#include "signature/diagnostic.h"
#include "signature/parser.h"

namespace sdkprint {

/// Parses and validates what read_behaviour_folder() read, with parse_signatures()'s manners: all problems of
/// all files are collected, sorted by place, at most 200 a file; a behaviour that anything was said of is not
/// in the set; the order of the sources does not matter; never throws on bad text. No sources are an empty
/// set.
BehaviourSet parse_behaviours(const std::vector<SignatureSource>& sources,
                              std::vector<Diagnostic>& diagnostics);

}  // namespace sdkprint
