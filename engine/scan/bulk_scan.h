#pragma once
// Many apps, in parallel, reported in the order they were given.
#include <functional>
#include <optional>

#include "scan/app_scanner.h"

namespace sdkprint {

struct BulkOptions {
  Limits limits;
  /// Threads; 0 = as many as the machine has. The output does not depend on it.
  unsigned threads = 0;
};

/// Pulls inputs from `next` (called by one thread at a time) until it returns nullopt, scans them, and hands
/// each report to `sink` (one at a time, in the order of the inputs). At most two apps a thread are in
/// flight, which bounds memory. Exceptions of `next` and `sink` end the scan and are rethrown.
void scan_apps(const Matcher& matcher, const BulkOptions& options,
               const std::function<std::optional<AppInput>()>& next,
               const std::function<void(AppReport)>& sink);

}  // namespace sdkprint
