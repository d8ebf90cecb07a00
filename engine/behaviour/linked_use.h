#pragma once
// A use of the catalogue with what the rest of the app's code says of it.
#include <cstdint>
#include <vector>

#include "result/behaviour.h"

namespace sdkprint {

struct LinkedUse {
  std::uint32_t file = 0;  ///< index into the files that were linked
  Use use;                 ///< `entry` is left empty
  Reach reach = Reach::not_established;
  std::vector<PathStep> path;        ///< from the entry (or the public method) to the use's method
  std::vector<CallerFrame> callers;  ///< of methods that look like wrappers: nearest first, capped
};

}  // namespace sdkprint
