#include "store_builder.h"

namespace sdkprint::test {
namespace {

BehaviourFinding behaviour_finding(const std::string& id, UseStrength strength, Reach reach,
                                   const std::string& severity, bool is_benign) {
  BehaviourFinding one;
  one.id = id;
  one.name = "Name of " + id;
  one.category = "device-info";
  one.category_name = "Device information";
  one.severity = severity;
  one.strength = strength;
  one.reach = reach;
  one.is_benign = is_benign;
  one.use_count = 1;
  ReachedUse use;
  use.use.strength = strength;
  use.use.entry = "classes.dex";
  use.reach = reach;
  one.uses = {use};
  return one;
}

}  // namespace

ReportBuilder::ReportBuilder(char digit, const std::string& package, std::int64_t version_code) {
  report.app.path = package + "-" + std::to_string(version_code) + "-" + digit + ".apk";
  report.app.sha256 = std::string(64, digit);
  report.app.kind = "apk";
  report.app.package = package;
  report.app.version_name = std::to_string(version_code) + ".0";
  report.app.version_code = version_code;
  report.database_fingerprint = std::string(32, 'f');
}

ReportBuilder& ReportBuilder::signed_by(char digit) {
  report.app.certificates.push_back({std::string(64, digit), "CN=" + std::string(1, digit), {2}});
  return *this;
}

ReportBuilder& ReportBuilder::sdk(const std::string& id, const std::string& version, Grade grade,
                                  const std::string& kind) {
  Finding finding;
  finding.sdk = id;
  finding.name = "Name of " + id;
  finding.name_zh = "名称";
  finding.kind = kind;
  finding.vendor = {id + "-vendor", "Vendor", "厂商", "CN"};
  finding.category = "push";
  finding.category_name = "Push";
  finding.grade = grade;
  if (!version.empty()) finding.version = version;
  report.findings.push_back(std::move(finding));
  return *this;
}

ReportBuilder& ReportBuilder::does(const std::string& behaviour, UseStrength strength, Reach reach,
                                   const std::string& severity, bool is_benign) {
  report.findings.back().behaviours.push_back(
      behaviour_finding(behaviour, strength, reach, severity, is_benign));
  return *this;
}

ReportBuilder& ReportBuilder::app_does(const std::string& behaviour) {
  report.own_behaviours.push_back(
      behaviour_finding(behaviour, UseStrength::confirmed, Reach::screen, "high", false));
  return *this;
}

ReportBuilder& ReportBuilder::unclaimed(const std::string& package, std::uint64_t code_bytes) {
  report.unattributed.push_back({package, 1, code_bytes});
  return *this;
}

ReportBuilder& ReportBuilder::requests(const std::string& permission) {
  PermissionFinding one;
  one.permission = permission;
  one.is_declared = true;
  report.permissions.push_back(std::move(one));
  return *this;
}

ReportBuilder& ReportBuilder::service(const std::string& class_name) {
  ManifestComponent one;
  one.kind = ManifestComponent::Kind::service;
  one.class_name = class_name;
  if (!manifest) manifest.emplace();
  manifest->components.push_back(std::move(one));
  return *this;
}

void StoreBuilder::add(const ReportBuilder& app) {
  AppRecord record = record_of(app.report);
  if (app.manifest) {
    AppFacts facts;
    facts.app = app.report.app;
    facts.containers.emplace_back().manifest = app.manifest;
    record.archive = pack_archive(facts, "catalogue");
  }
  store_->environment().write([&](WriteTransaction& transaction) { write_record(transaction, record); });
}

}  // namespace sdkprint::test
