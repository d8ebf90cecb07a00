#include "result/use.h"

#include <array>

namespace sdkprint {
namespace {

constexpr std::array<std::string_view, 9> kViaNames = {"call",     "subclass-call", "field",
                                                       "string",   "reflection",    "context",
                                                       "override", "native-import", "manifest"};

}  // namespace

std::string_view name(UseStrength strength) {
  return strength == UseStrength::confirmed ? "confirmed" : "lead";
}

std::string_view name(UseVia via) { return kViaNames[static_cast<std::size_t>(via)]; }

}  // namespace sdkprint
