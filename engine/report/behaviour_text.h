#pragma once
// Behaviours, permissions and hosts for a person at a terminal; parts of write_text().
#include <string>

#include "report/report_writer.h"
#include "result/report.h"

namespace sdkprint {

/// One line for an SDK: its graver behaviours and when the earliest is reached. Empty when there is none.
std::string behaviour_summary(const Finding& finding, const TextOptions& options);

/// The sections that options.show asks for. `full_names` of SDKs stand with their ids.
void write_behaviour_sections(const AppReport& report, const TextOptions& options, std::string& out);

}  // namespace sdkprint
