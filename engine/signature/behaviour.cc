#include "signature/behaviour.h"

#include <array>

namespace sdkprint {

std::string_view name(Severity severity) {
  constexpr std::array<std::string_view, 3> kNames = {"low", "medium", "high"};
  return kNames[static_cast<std::size_t>(severity)];
}

}  // namespace sdkprint
