#pragma once
// εxodus' words for what we know: its trackers list and reports (exodus-standalone, exodus-core) have numbers
// for trackers and six categories. Tools that read those go on working with ours.
#include <cstdint>
#include <optional>
#include <string_view>

namespace sdkprint {

/// εxodus' category for one of ours; nullopt when SDKs of ours are no trackers in its sense (push, payment,
/// maps' views …).
std::optional<std::string_view> exodus_category(std::string_view category);

/// A tracker's number, derived from the SDK's id: the same in every list and report of ours, from
/// 1,000,000,000 on so that it is never taken for one of εxodus' own numbers, which are small.
std::uint32_t exodus_number(std::string_view sdk_id);

}  // namespace sdkprint
