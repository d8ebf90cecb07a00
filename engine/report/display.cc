#include "report/display.h"

#include <utf8proc.h>

#include <cstdio>

namespace sdkprint {
namespace {

/// Calls `visit(code point, its UTF-8)` for each character; an invalid byte counts as U+FFFD.
template <typename Visit>
void for_each_character(std::string_view text, Visit visit) {
  const utf8proc_uint8_t* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  std::size_t at = 0;
  while (at < text.size()) {
    utf8proc_int32_t character = 0;
    const utf8proc_ssize_t left = static_cast<utf8proc_ssize_t>(text.size() - at);
    utf8proc_ssize_t length = utf8proc_iterate(bytes + at, left, &character);
    if (length > 0) {
      visit(character, text.substr(at, static_cast<std::size_t>(length)));
    } else {
      length = 1;
      visit(0xfffd, std::string_view("\xef\xbf\xbd"));
    }
    at += static_cast<std::size_t>(length);
  }
}

bool is_unsafe(utf8proc_int32_t character) {
  const utf8proc_category_t category = utf8proc_category(character);
  return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
         category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for_each_character(text, [&](utf8proc_int32_t character, std::string_view) {
    width += static_cast<std::size_t>(utf8proc_charwidth(character));
  });
  return width;
}

std::string pad_right(std::string_view text, std::size_t columns) {
  std::string result(text);
  const std::size_t width = display_width(text);
  if (width < columns) result.append(columns - width, ' ');
  return result;
}

std::string pad_left(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(width < columns ? columns - width : 0, ' ').append(text);
}

std::string escape_for_terminal(std::string_view text) {
  std::string result;
  for_each_character(text, [&](utf8proc_int32_t character, std::string_view bytes) {
    if (!is_unsafe(character)) {
      result += bytes;
      return;
    }
    char escaped[16];
    std::snprintf(escaped, sizeof escaped, "\\u{%x}", static_cast<unsigned>(character));
    result += escaped;
  });
  return result;
}

std::string human_size(unsigned long long bytes) {
  static constexpr const char* kUnits[] = {"B", "KB", "MB", "GB", "TB"};
  double size = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (size >= 1000 && unit + 1 < std::size(kUnits)) size /= 1000, ++unit;
  char text[32];
  std::snprintf(text, sizeof text, unit == 0 ? "%.0f %s" : "%.1f %s", size, kUnits[unit]);
  return text;
}

}  // namespace sdkprint
