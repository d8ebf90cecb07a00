#pragma once
// [[sdk.sample]] → Sample.
#include <optional>

#include "signature/sdk.h"
#include "signature/table_reader.h"

namespace sdkprint {

/// Nullopt when anything was complained of.
std::optional<Sample> read_sample(FileComplaints& complaints, const TomlNode& table);

}  // namespace sdkprint
