#pragma once
// One entry of an app once more, by the path that reports give it.
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "scan/app_scanner.h"

namespace sdkprint {

/// The uncompressed content of an entry ("classes.dex", "assets/plugin.jar!classes.dex", with the part's name
/// before it when the app has several parts; empty: the file itself). Throws InputError when there is no such
/// entry or it cannot be read.
std::vector<std::uint8_t> read_entry(const AppInput& input, std::string_view entry,
                                     const Limits& limits = {});

/// The steps of that path, outermost first: the part's file, then the entries within each other.
std::vector<std::string> entry_steps(const AppInput& input, std::string_view entry,
                                     const Limits& limits = {});

}  // namespace sdkprint
