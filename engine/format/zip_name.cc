#include "format/zip_name.h"

#include <cstdint>

namespace sdkprint {
namespace {

/// UTF-8 without overlong forms and surrogates, and without NUL: what Android accepts in a name.
bool is_utf8(std::string_view name) {
  std::size_t i = 0;
  while (i < name.size()) {
    const auto lead = static_cast<std::uint8_t>(name[i]);
    const int length = lead < 0x80   ? 1
                       : lead < 0xc2 ? 0
                       : lead < 0xe0 ? 2
                       : lead < 0xf0 ? 3
                       : lead < 0xf5 ? 4
                                     : 0;
    if (length == 0 || name.size() - i < static_cast<std::size_t>(length)) return false;
    std::uint32_t code = length == 1 ? lead : lead & (0x7f >> length);
    for (int k = 1; k < length; ++k) {
      const auto byte = static_cast<std::uint8_t>(name[i + k]);
      if ((byte & 0xc0) != 0x80) return false;
      code = code << 6 | (byte & 0x3f);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff) return false;
    i += length;
  }
  return true;
}

bool has_parent_component(std::string_view name) {
  for (std::size_t at = name.find(".."); at != name.npos; at = name.find("..", at + 1)) {
    const bool starts = at == 0 || name[at - 1] == '/' || name[at - 1] == '\\';
    const bool ends = at + 2 == name.size() || name[at + 2] == '/' || name[at + 2] == '\\';
    if (starts && ends) return true;
  }
  return false;
}

}  // namespace

const char* zip_name_oddity(std::string_view name) {
  if (name.empty()) return "empty";
  if (name.front() == '/') return "absolute path";
  // One pass without branches decides for nearly all names that nothing more need be looked at.
  unsigned suspicious = 0;
  unsigned previous = 0;
  for (const char c : name) {
    const auto byte = static_cast<std::uint8_t>(c);
    suspicious |= (byte < 0x20) | (byte >= 0x80) | (byte == '\\') | ((byte == '.') & (previous == '.'));
    previous = byte;
  }
  if (suspicious == 0) return nullptr;
  if (has_parent_component(name)) return "'..' as a path component";
  if (name.find('\\') != name.npos) return "backslash";
  if (name.find('\0') != name.npos) return "NUL; Android refuses the archive";
  if (!is_utf8(name)) return "not UTF-8; Android refuses the archive";
  return nullptr;
}

}  // namespace sdkprint
