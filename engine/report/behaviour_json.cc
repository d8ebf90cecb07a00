#include "report/behaviour_json.h"

namespace sdkprint {
namespace {

Json step_json(const PathStep& step) { return {{"kind", name(step.kind)}, {"method", step.method}}; }

Json frame_json(const CallerFrame& frame) {
  return {{"class", frame.class_name}, {"method", frame.method}, {"pc", frame.pc}, {"calls", frame.calls}};
}

/// Null where the absence of a use would say nothing.
Json no_use_seen(const PermissionFinding& row, const Coverage& coverage) {
  const bool is_used = !row.used_by.empty() || !row.maybe_used_by.empty();
  if (is_used) return false;
  if (!row.is_known || coverage.analysable != Analysable::full) return nullptr;
  return true;
}

}  // namespace

Json use_json(const ReachedUse& reached) {
  const Use& use = reached.use;
  Json json = {{"strength", name(use.strength)},   {"via", name(use.via)},          {"entry", use.entry},
               {"class", or_null(use.class_name)}, {"method", or_null(use.method)}, {"pc", use.pc},
               {"offset", or_null(use.offset)},    {"line", or_null(use.line)},     {"api", or_null(use.api)},
               {"item", or_null(use.item)},        {"reach", name(reached.reach)}};
  json["path"] = list(reached.path, step_json);
  if (!reached.through.empty()) {
    json["through"] = list(reached.through, frame_json);
    json["wrapper_owner"] = or_null(reached.wrapper_owner);
  }
  if (!reached.charged_to.empty()) json["charged_to"] = reached.charged_to;
  if (reached.is_benign) json["benign"] = true;
  return json;
}

Json behaviour_json(const BehaviourFinding& finding) {
  Json json = {{"behaviour", finding.id},
               {"name", finding.name},
               {"name_zh", finding.name_zh},
               {"category", finding.category},
               {"category_zh", or_null(finding.category_zh)},
               {"data_type_zh", or_null(finding.data_type_zh)},
               {"standard", or_null(finding.standard)},
               {"severity", finding.severity},
               {"strength", name(finding.strength)},
               {"reach", name(finding.reach)},
               {"benign", finding.is_benign},
               {"permissions", finding.permissions},
               {"permission_held", or_null(finding.permission_held)},
               {"permission_note", or_null(finding.permission_note)},
               {"notice_labels", finding.notice_labels}};
  json["uses"] = list(finding.uses, use_json);
  json["use_count"] = finding.use_count;
  return json;
}

Json package_behaviours_json(const PackageBehaviours& row) {
  return {{"package", row.package}, {"behaviours", list(row.behaviours, behaviour_json)}};
}

Json permission_json(const PermissionFinding& row, const Coverage& coverage) {
  return {{"permission", row.permission},
          {"name_zh", or_null(row.name_zh)},
          {"category", or_null(row.category)},
          {"category_zh", or_null(row.category_zh)},
          {"protection", or_null(row.protection)},
          {"declared", row.is_declared},
          {"void", row.is_void},
          {"restriction", or_null(row.restriction)},
          {"used_by", row.used_by},
          {"maybe_used_by", row.maybe_used_by},
          {"behaviours", row.behaviours},
          {"no_use_seen", no_use_seen(row, coverage)}};
}

Json host_json(const HostUse& use) {
  return {{"host", use.host}, {"cleartext", use.cleartext}, {"other_sdk", or_null(use.other_sdk)},
          {"url", use.url},   {"used_by", use.used_by},     {"entry", use.entry}};
}

}  // namespace sdkprint
