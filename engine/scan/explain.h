#pragma once
// Evidence of behaviours with the code around it: opens the entries that it lies in once more.
#include <string>

#include "result/explanation.h"
#include "scan/app_scanner.h"

namespace sdkprint {

/// `owner` is the id of an SDK of the report, "app" or "package:NAME" as in PermissionFinding; `behaviour` an
/// id, or empty for all. Throws Error when the report has no such owner or behaviour; names what there is.
/// What cannot be read again is told in the excerpt.
Explanation explain(const AppInput& input, const AppReport& report, const std::string& owner,
                    const std::string& behaviour, const Limits& limits = {});

}  // namespace sdkprint
