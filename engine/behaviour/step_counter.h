#pragma once
// What linking one app has cost so far, against its budget.
#include <chrono>
#include <cstdint>

#include "behaviour/app_code.h"

namespace sdkprint {

/// Thrown when linking costs more than its budget.
struct OverBudget {
  const char* what;
};

/// Belongs to one thread. Borrows the budget.
class StepCounter {
 public:
  explicit StepCounter(const LinkBudget& budget) : budget_(budget) {}
  std::uint64_t& steps() { return steps_; }
  /// Throws OverBudget.
  void check() {
    if (steps_ > budget_.edges) throw OverBudget{"more edges than the budget allows"};
    if (steps_ < next_look_) return;
    next_look_ = steps_ + kStepsBetweenLooks;
    if (std::chrono::steady_clock::now() > budget_.deadline) {
      throw OverBudget{"the time for this app is used up"};
    }
  }

 private:
  static constexpr std::uint64_t kStepsBetweenLooks = 1 << 16;
  const LinkBudget& budget_;
  std::uint64_t steps_ = 0, next_look_ = 0;
};

}  // namespace sdkprint
