#pragma once
// What was learnt → the lines of a draft, each with the note that a reviewer needs.
#include "learn/draft.h"
#include "learn/learned.h"

namespace sdkprint {

/// Fills all of the draft but who the SDK is (identity.h).
void assemble_draft(const std::vector<Release>& releases, const Learned& learned, Draft& draft);

/// "1 class", "2 classes", "3 releases"
std::string counted(std::size_t count, const std::string& noun);

}  // namespace sdkprint
