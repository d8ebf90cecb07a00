#include "result/report.h"

#include <algorithm>

namespace sdkprint {
namespace {

/// GB/T 43697 has no such class; it is the catalogue's word for what concerns no data of a person.
constexpr std::string_view kNoPersonalData = "非个人信息";

}  // namespace

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
    // A vendor states which data it collects, not that its code loads a library or opens a connection.
    const bool is_to_declare = !behaviour.is_benign && behaviour.data_type_zh != kNoPersonalData;
    if (is_to_declare && !is_declared) undeclared.push_back(&behaviour);
  }
  return undeclared;
}

}  // namespace sdkprint
