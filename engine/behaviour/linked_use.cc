#include "behaviour/linked_use.h"

#include <algorithm>

namespace sdkprint {

std::vector<PathStep> CallWays::path(std::uint32_t way) const {
  std::vector<PathStep> result;
  for (; way != kNone; way = steps[way].from) {
    result.push_back({steps[way].kind, methods[steps[way].method].text});
  }
  std::reverse(result.begin(), result.end());
  return result;
}

CallerFrame CallWays::frame(const LinkedCaller& caller) const {
  const Method& method = methods[caller.method];
  CallerFrame frame;
  frame.depth = caller.depth;
  frame.class_name = method.class_name;
  frame.method = method.text;
  frame.pc = caller.pc;
  frame.kind = caller.kind;
  frame.is_short = method.is_short;
  frame.calls = methods[caller.calls].text;
  frame.reach = caller.reach;
  frame.path = path(caller.way);
  return frame;
}

}  // namespace sdkprint
