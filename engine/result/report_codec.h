#pragma once
// A report as a compact record, and back. Records of one kReportFormat only can be read; a store says which
// it has.
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "result/report.h"

namespace sdkprint {

/// Changes whenever the members of a report do.
inline constexpr std::uint32_t kReportFormat = 1;

std::vector<std::uint8_t> encode_report(const AppReport& report);

/// Throws InputError when the bytes are no whole report.
AppReport decode_report(Bytes bytes);

}  // namespace sdkprint
