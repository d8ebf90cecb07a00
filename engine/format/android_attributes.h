#pragma once
// The framework's manifest attributes by resource id. Android looks an attribute up by its id (android:name
// is 0x01010003) and never by its spelling, so obfuscators blank or falsify the spelling; the id tells the
// truth.
#include <cstdint>
#include <string_view>

namespace sdkprint {

/// The local name of a public android: attribute that manifests use ("name" for 0x01010003), empty when the
/// id is not in the table. Points to static memory.
std::string_view android_attribute_name(std::uint32_t id);

/// The id of a local name, 0 when it is not in the table.
std::uint32_t android_attribute_id(std::string_view name);

}  // namespace sdkprint
