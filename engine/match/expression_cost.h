#pragma once
// What a pattern costs Hyperscan, measured by compiling it alone.
#include <cstddef>
#include <string>

#include "signature/sdk.h"

namespace sdkprint {

struct ExpressionCost {
  std::string refused;  ///< why Hyperscan does not take it; empty when it does
  std::size_t bytes =
      0;  ///< of the database it compiles to: a literal text takes about 1 KiB, an automaton with many
          ///< states tens of KiB, which no longer stay in the processor's nearest cache
  bool is_bounded = true;  ///< no match is longer than a fixed length
};

/// An expression of more than this is worth a look: a counted repeat of a wide set that was unrolled.
inline constexpr std::size_t kSlowExpressionBytes = std::size_t{24} << 10;

/// Throws Error when Hyperscan itself fails (no memory).
ExpressionCost expression_cost(const Pattern& pattern, Surface surface);

}  // namespace sdkprint
