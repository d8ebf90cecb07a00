#include "result/report.h"

#include <algorithm>

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

std::vector<const BehaviourFinding*> undeclared_behaviours(const Finding& finding) {
  std::vector<const BehaviourFinding*> undeclared;
  if (finding.declares.empty()) return undeclared;
  for (const BehaviourFinding& behaviour : finding.behaviours) {
    const bool is_declared =
        std::find(finding.declares.begin(), finding.declares.end(), behaviour.id) != finding.declares.end();
    if (!is_declared && !behaviour.is_benign) undeclared.push_back(&behaviour);
  }
  return undeclared;
}

}  // namespace sdkprint
