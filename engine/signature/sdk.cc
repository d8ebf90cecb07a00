#include "signature/sdk.h"

#include <array>

namespace sdkprint {
namespace {

constexpr std::array<std::string_view, 3> kSdkKindNames = {"sdk", "library", "packer"};
constexpr std::array<std::string_view, 5> kPatternKindNames = {"prefix", "exact", "glob", "regex", "domain"};
constexpr std::array<std::string_view, 8> kVersionSourceNames = {
    "field", "code", "constants", "string", "library", "native-string", "entry", "manifest"};

}  // namespace

std::string_view name(Sdk::Kind kind) { return kSdkKindNames[static_cast<std::size_t>(kind)]; }
std::string_view name(Pattern::Kind kind) { return kPatternKindNames[static_cast<std::size_t>(kind)]; }
std::string_view name(VersionRule::Source source) {
  return kVersionSourceNames[static_cast<std::size_t>(source)];
}

}  // namespace sdkprint
