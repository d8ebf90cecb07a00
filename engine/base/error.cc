#include "base/error.h"

namespace sdkprint {

std::string_view name(InputError::Kind kind) {
  switch (kind) {
    case InputError::Kind::malformed:
      return "malformed";
    case InputError::Kind::truncated:
      return "truncated";
    case InputError::Kind::unsupported:
      return "unsupported";
    case InputError::Kind::limit:
      return "limit";
    case InputError::Kind::unreadable:
      return "unreadable";
  }
  return "malformed";
}

}  // namespace sdkprint
