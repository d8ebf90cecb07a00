#pragma once
// One app, from its file or files to its report.
#include <string>
#include <vector>

#include "base/limits.h"
#include "match/matcher.h"
#include "result/report.h"
#include "scan/entry_facts.h"

namespace sdkprint {

/// The files of one app: one, or several split APKs.
struct AppInput {
  std::vector<std::string> paths;
};

/// Never throws InputError: whatever is wrong with the input is a Problem of the report. Safe to call from
/// several threads with one matcher.
AppReport scan_app(const Matcher& matcher, const AppInput& input, const Limits& limits = {});

/// An entry's surfaces, as signature authors look at them.
struct InspectedEntry {
  std::string path;
  std::shared_ptr<EntrySurfaces> surfaces;
};

struct Inspection {
  AppReport report;
  std::optional<Manifest> manifest;
  std::vector<InspectedEntry> entries;
};

/// As scan_app, and keeps every item of every surface.
Inspection inspect_app(const Matcher& matcher, const AppInput& input, const Limits& limits = {});

}  // namespace sdkprint
