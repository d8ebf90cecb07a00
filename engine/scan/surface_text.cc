#include "scan/surface_text.h"

#include <algorithm>

namespace sdkprint {

namespace {

std::string_view without_wrapping(std::string_view descriptor) {
  while (descriptor.starts_with('[')) descriptor.remove_prefix(1);
  if (descriptor.starts_with('L') && descriptor.ends_with(';')) {
    descriptor.remove_prefix(1);
    descriptor.remove_suffix(1);
  }
  return descriptor;
}

}  // namespace

void SurfaceText::add_type(std::string_view descriptor) {
  const std::size_t start = text_.size();
  add(without_wrapping(descriptor));
  // Every byte is written, changed or not: that the compiler can do sixteen at a time.
  char* const text = text_.data();
  for (std::size_t i = start, end = text_.size(); i < end; ++i) text[i] = text[i] == '/' ? '.' : text[i];
}

std::string dotted_name(std::string_view descriptor) {
  std::string name(without_wrapping(descriptor));
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

}  // namespace sdkprint
