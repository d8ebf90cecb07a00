#pragma once
// [sdk.patterns] and [[sdk.version]] → Pattern and VersionRule.
#include <optional>
#include <vector>

#include "signature/sdk.h"
#include "signature/table_reader.h"

namespace sdkprint {

/// The patterns that are sound, in the order of the file; the rest is complained of.
std::vector<Pattern> read_patterns(FileComplaints& complaints, const TomlNode& table);

std::optional<VersionRule> read_version_rule(FileComplaints& complaints, const TomlNode& table);

/// What a pattern of a surface gives unless its author says otherwise.
Grade default_grade(Surface surface);

}  // namespace sdkprint
