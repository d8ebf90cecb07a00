#pragma once
// One app, from its file or files to its report.
#include <string>
#include <vector>

#include "base/limits.h"
#include "match/matcher.h"
#include "result/report.h"

namespace sdkprint {

/// The files of one app: one, or several split APKs.
struct AppInput {
  std::vector<std::string> paths;
};

/// Never throws InputError: whatever is wrong with the input is a Problem of the report. Safe to call from several
/// threads with one matcher.
AppReport scan_app(const Matcher& matcher, const AppInput& input, const Limits& limits = {});

}  // namespace sdkprint
