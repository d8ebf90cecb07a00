#include "report/exodus.h"

#include <array>
#include <utility>

#include "base/digest.h"

namespace sdkprint {
namespace {

constexpr std::uint32_t kFirstNumber = 1'000'000'000;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kCategories = {{
    {"advertising", "Advertisement"},
    {"analytics", "Analytics"},
    {"attribution", "Analytics"},
    {"crash-reporting", "Crash reporting"},
    {"device-id-antifraud", "Identification"},
    {"map-location", "Location"},
}};

}  // namespace

std::optional<std::string_view> exodus_category(std::string_view category) {
  for (const auto& [ours, theirs] : kCategories)
    if (ours == category) return theirs;
  return std::nullopt;
}

std::uint32_t exodus_number(std::string_view sdk_id) {
  return kFirstNumber + static_cast<std::uint32_t>(digest(as_bytes(sdk_id)).low % kFirstNumber);
}

}  // namespace sdkprint
