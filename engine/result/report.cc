#include "result/report.h"

namespace sdkprint {

std::string_view name(Analysable analysable) {
  switch (analysable) {
    case Analysable::none:
      return "none";
    case Analysable::partial:
      return "partial";
    case Analysable::full:
      return "full";
  }
  return "none";
}

}  // namespace sdkprint
