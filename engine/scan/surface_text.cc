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
  std::replace(text_.begin() + static_cast<std::ptrdiff_t>(start), text_.end(), '/', '.');
}

std::string dotted_name(std::string_view descriptor) {
  std::string name(without_wrapping(descriptor));
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

}  // namespace sdkprint
