#include "report/behaviour_json.h"
#include "report/json_parts.h"
#include "report/report_writer.h"

namespace sdkprint {
namespace {

Json app_json(const AppInfo& app) {
  Json json = {{"path", app.path},
               {"sha256", or_null(app.sha256)},
               {"size", app.size},
               {"kind", app.kind},
               {"package", or_null(app.package)},
               {"version_name", or_null(app.version_name)},
               {"version_code", or_null(app.version_code)},
               {"min_sdk", or_null(app.min_sdk)},
               {"target_sdk", or_null(app.target_sdk)},
               {"label", or_null(app.label)},
               {"label_zh", or_null(app.label_zh)}};
  json["certificates"] = list(app.certificates, [](const AppCertificate& one) {
    return Json{{"sha256", one.sha256}, {"subject", one.subject}, {"schemes", one.schemes}};
  });
  if (!app.parts.empty()) json["parts"] = app.parts;
  return json;
}

Json evidence_json(const Evidence& evidence) {
  Json json = {{"entry", evidence.entry},     {"surface", name(evidence.surface)},
               {"item", evidence.item},       {"offset", or_null(evidence.offset)},
               {"pattern", evidence.pattern}, {"count", evidence.count}};
  if (!evidence.used_by.empty()) json["used_by"] = evidence.used_by;
  return json;
}

Json version_json(const VersionEvidence& evidence) {
  return {{"version", evidence.version},
          {"entry", evidence.entry},
          {"source", evidence.source},
          {"item", evidence.item}};
}

Json finding_json(const Finding& finding) {
  const Finding::Vendor& vendor = finding.vendor;
  Json json = {{"sdk", finding.sdk},
               {"name", finding.name},
               {"name_zh", or_null(finding.name_zh)},
               {"kind", finding.kind}};
  json["vendor"] = vendor.id.empty() ? Json(nullptr)
                                     : Json{{"id", vendor.id},
                                            {"name", vendor.name},
                                            {"name_zh", or_null(vendor.name_zh)},
                                            {"country", or_null(vendor.country)}};
  json["category"] = finding.category;
  json["privacy_policy"] = or_null(finding.privacy_policy);
  if (!finding.declares_source.empty()) {
    Json undeclared = Json::array();
    for (const BehaviourFinding* behaviour : undeclared_behaviours(finding))
      undeclared.push_back(behaviour->id);
    json["declares"] = {{"behaviours", finding.declares},
                        {"source", finding.declares_source},
                        {"seen_but_not_declared", std::move(undeclared)}};
  }
  json["grade"] = name(finding.grade);
  json["version"] = or_null(finding.version);
  json["version_evidence"] = list(finding.version_evidence, version_json);
  json["classes"] = finding.classes;
  json["code_bytes"] = finding.code_bytes;
  json["native_libraries"] = finding.native_libraries;
  json["nested_in"] = finding.nested_in;
  json["evidence"] = list(finding.evidence, evidence_json);
  json["evidence_count"] = finding.evidence_count;
  json["behaviours"] = list(finding.behaviours, behaviour_json);
  json["hosts"] = list(finding.hosts, host_json);
  json["host_count"] = finding.host_count;
  return json;
}

Json package_json(const PackageCount& row) {
  return {{"package", row.package}, {"classes", row.classes}, {"code_bytes", row.code_bytes}};
}

Json coverage_json(const Coverage& coverage) {
  return {{"analysable", name(coverage.analysable)},
          {"reasons",
           list(coverage.reasons,
                [](const CoverageReason& reason) {
                  return Json{{"code", reason.code}, {"detail", reason.detail}, {"entry", reason.entry}};
                })},
          {"dex_files", coverage.dex_files},
          {"classes", coverage.classes},
          {"native_libraries", coverage.native_libraries},
          {"nested_containers", coverage.nested_containers}};
}

}  // namespace

void write_ndjson(const AppReport& report, std::string& out) {
  Json json;
  json["schema"] = "sdkprint-report-1";
  json["app"] = app_json(report.app);
  json["database"] = {{"fingerprint", report.database_fingerprint}};
  json["findings"] = list(report.findings, finding_json);
  json["own"] = list(report.own, package_json);
  json["unattributed"] = list(report.unattributed, package_json);
  json["own_behaviours"] = list(report.own_behaviours, behaviour_json);
  json["unattributed_behaviours"] = list(report.unattributed_behaviours, package_behaviours_json);
  json["permissions"] = list(report.permissions, [&](const PermissionFinding& row) {
    return permission_json(row, report.coverage);
  });
  json["reach_known"] = report.is_reach_known;
  json["coverage"] = coverage_json(report.coverage);
  json["problems"] = list(report.problems, [](const Problem& problem) {
    return Json{{"entry", problem.entry},
                {"kind", problem.kind},
                {"message", problem.message},
                {"loss", problem.loss}};
  });
  // Paths are the user's bytes and may be no UTF-8: replaced rather than refused.
  out += json.dump(-1, ' ', false, Json::error_handler_t::replace);
  out += '\n';
}

}  // namespace sdkprint
