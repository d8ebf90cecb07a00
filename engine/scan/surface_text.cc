#include "scan/surface_text.h"

#include <algorithm>

namespace sdkprint {

void SurfaceText::add_type(std::string_view descriptor) {
  while (descriptor.starts_with('[')) descriptor.remove_prefix(1);
  if (descriptor.starts_with('L') && descriptor.ends_with(';')) {
    descriptor.remove_prefix(1);
    descriptor.remove_suffix(1);
  }
  const std::size_t start = text_.size();
  add(descriptor);
  std::replace(text_.begin() + static_cast<std::ptrdiff_t>(start), text_.end(), '/', '.');
}

}  // namespace sdkprint
