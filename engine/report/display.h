#pragma once
// Text on a terminal: columns taken by wide characters, padding, escaping.
#include <cstddef>
#include <string>
#include <string_view>

namespace sdkprint {

/// Columns that UTF-8 text takes (Unicode East Asian Width; the only owner of utf8proc).
std::size_t display_width(std::string_view text);

/// Pads with blanks to `columns`; longer text stays as it is.
std::string pad_right(std::string_view text, std::size_t columns);
std::string pad_left(std::string_view text, std::size_t columns);

/// Control characters, bidirectional overrides and other invisible format characters as \u{…}, so that no app
/// can repaint the terminal or reorder a report's line.
std::string escape_for_terminal(std::string_view text);

/// "8.1 MB"
std::string human_size(unsigned long long bytes);

}  // namespace sdkprint
