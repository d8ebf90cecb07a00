#pragma once
// Behaviours, permissions and hosts as docs/report.schema.json has them.
#include "report/json_parts.h"
#include "result/report.h"

namespace sdkprint {

Json use_json(const ReachedUse& reached);
Json behaviour_json(const BehaviourFinding& finding);
Json package_behaviours_json(const PackageBehaviours& row);
Json permission_json(const PermissionFinding& row, const Coverage& coverage);
Json host_json(const HostUse& use);

}  // namespace sdkprint
