#pragma once
// Names of ZIP entries are bytes chosen by whoever made the archive. Android takes UTF-8 without NUL and
// refuses an archive with any other name; unpackers that take a name for a path write where it leads.
#include <string_view>

namespace sdkprint {

/// Says what would make the name dangerous as a path or unreadable for Android (absolute, `..` as a
/// component, backslash, NUL, not UTF-8, empty); null for the usual name. The text is a literal.
const char* zip_name_oddity(std::string_view name);

}  // namespace sdkprint
