#include "result/behaviour.h"

#include <array>

namespace sdkprint {
namespace {

constexpr std::array<std::string_view, kReachCount> kReachNames = {
    "not-established", "host-call", "screen", "background", "application-start", "provider-start"};
constexpr std::array<std::string_view, 7> kStepNames = {
    "entry", "call", "dispatch", "callback", "user-callback", "initializer", "reflection"};

}  // namespace

std::string_view name(Reach reach) { return kReachNames[static_cast<std::size_t>(reach)]; }

std::string_view name(StepKind kind) { return kStepNames[static_cast<std::size_t>(kind)]; }

}  // namespace sdkprint
