#include "base/vocabulary.h"

namespace sdkprint {
namespace {

constexpr std::array<std::string_view, kSurfaceCount> kSurfaceNames = {
    "class", "reference", "string", "library", "symbol", "native-string", "entry", "manifest", "host"};
constexpr std::array<std::string_view, kGradeCount> kGradeNames = {"trace", "referenced", "stub",
                                                                   "structural", "defined"};

template <typename Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& names, std::string_view wanted) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == wanted) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(Surface surface) { return kSurfaceNames[static_cast<std::size_t>(surface)]; }
std::optional<Surface> surface_from_name(std::string_view name) { return find<Surface>(kSurfaceNames, name); }
std::string_view name(Grade grade) { return kGradeNames[static_cast<std::size_t>(grade)]; }
std::optional<Grade> grade_from_name(std::string_view name) { return find<Grade>(kGradeNames, name); }

}  // namespace sdkprint
