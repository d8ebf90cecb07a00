#include "query/names.h"

#include "query/term.h"

namespace sdkprint {

template <typename Name>
const Name& Names::find(std::map<std::string, Name>& names, Index index, const std::string& id) {
  if (const auto known = names.find(id); known != names.end() || id.empty())
    return known != names.end() ? known->second : names[id];
  view_.for_each_term(index, beginning_of(id), [&](const std::string& term, std::uint64_t) {
    learn(view_.apps_of(index, term).front());
    return false;
  });
  return names[id];
}

const SdkName& Names::sdk(const std::string& id) { return find(sdks_, Index::sdk, id); }
const PlainName& Names::vendor(const std::string& id) { return find(vendors_, Index::vendor, id); }
const PlainName& Names::category(const std::string& id) { return find(categories_, Index::category, id); }
const BehaviourName& Names::behaviour(const std::string& id) {
  return find(behaviours_, Index::behaviour, id);
}

void Names::learn(const std::vector<BehaviourFinding>& behaviours) {
  for (const BehaviourFinding& one : behaviours)
    behaviours_.try_emplace(one.id, BehaviourName{one.name, one.name_zh, one.category, one.severity});
}

void Names::learn(AppNumber app) {
  const AppReport report = view_.report(app);
  for (const Finding& finding : report.findings) {
    sdks_.try_emplace(finding.sdk, SdkName{finding.name, finding.name_zh, finding.kind, finding.vendor.id,
                                           finding.category});
    vendors_.try_emplace(finding.vendor.id, PlainName{finding.vendor.name, finding.vendor.name_zh});
    categories_.try_emplace(finding.category, PlainName{finding.category_name, finding.category_zh});
    learn(finding.behaviours);
  }
  learn(report.own_behaviours);
  for (const PackageBehaviours& one : report.unattributed_behaviours) learn(one.behaviours);
}

}  // namespace sdkprint
