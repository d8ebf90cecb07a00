#pragma once
// Many apps, in parallel, reported in the order they were given.
#include <functional>
#include <memory>
#include <optional>

#include "scan/app_scanner.h"

namespace sdkprint {

struct BulkOptions {
  Limits limits;
  /// Threads; 0 = as many as the machine has. The output does not depend on it.
  unsigned threads = 0;
};

/// One piece of work on its way through run_bulk().
class BulkTask {
 public:
  virtual ~BulkTask() = default;
  /// Called once, on any thread.
  virtual void work() = 0;
};

enum class BulkOrder : std::uint8_t {
  of_inputs,    ///< tasks are given in the order in which they were taken; one slow task holds up the others
  as_finished,  ///< in any order
};

/// Pulls tasks from `next` (called by one thread at a time) until it returns null, works on them in parallel,
/// and hands each to `give` (one at a time). At most two tasks a thread are in flight, which bounds memory.
/// Exceptions of any of the three end it and are rethrown.
void run_bulk(unsigned threads, BulkOrder order, const std::function<std::unique_ptr<BulkTask>()>& next,
              const std::function<void(std::unique_ptr<BulkTask>)>& give);

/// Pulls inputs from `next` (called by one thread at a time) until it returns nullopt, scans them, and hands
/// each report to `sink` (one at a time, in the order of the inputs). At most two apps a thread are in
/// flight, which bounds memory. Exceptions of `next` and `sink` end the scan and are rethrown.
void scan_apps(const Matcher& matcher, const BulkOptions& options,
               const std::function<std::optional<AppInput>()>& next,
               const std::function<void(AppReport)>& sink);

}  // namespace sdkprint
