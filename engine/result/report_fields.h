#pragma once
// The stored form of a report's parts (base/codec.h), for codecs of records that hold any of them.
#include "base/codec.h"
#include "result/report.h"

namespace sdkprint {

template <>
inline constexpr std::size_t kEnumCount<Surface> = kSurfaceCount;
template <>
inline constexpr std::size_t kEnumCount<Grade> = kGradeCount;
template <>
inline constexpr std::size_t kEnumCount<Analysable> = 3;
template <>
inline constexpr std::size_t kEnumCount<UseStrength> = static_cast<std::size_t>(UseStrength::confirmed) + 1;
template <>
inline constexpr std::size_t kEnumCount<UseVia> = static_cast<std::size_t>(UseVia::manifest) + 1;
template <>
inline constexpr std::size_t kEnumCount<Reach> = kReachCount;
template <>
inline constexpr std::size_t kEnumCount<StepKind> = static_cast<std::size_t>(StepKind::reflection) + 1;

void fields(auto& io, Is<Evidence> auto& value) {
  auto& [entry, surface, item, offset, pattern, used_by, count] = value;
  io(entry, surface, item, offset, pattern, used_by, count);
}

void fields(auto& io, Is<VersionEvidence> auto& value) {
  auto& [version, entry, source, item] = value;
  io(version, entry, source, item);
}

void fields(auto& io, Is<Use> auto& value) {
  auto& [behaviour, strength, via, entry, api, item, class_name, method, pc, line, offset] = value;
  io(behaviour, strength, via, entry, api, item, class_name, method, pc, line, offset);
}

void fields(auto& io, Is<PathStep> auto& value) {
  auto& [kind, method] = value;
  io(kind, method);
}

void fields(auto& io, Is<CallerFrame> auto& value) {
  auto& [depth, class_name, method, pc, kind, is_short, calls, reach, path] = value;
  io(depth, class_name, method, pc, kind, is_short, calls, reach, path);
}

void fields(auto& io, Is<ReachedUse> auto& value) {
  auto& [use, reach, path, through, wrapper_owner, charged_to, is_benign] = value;
  io(use, reach, path, through, wrapper_owner, charged_to, is_benign);
}

void fields(auto& io, Is<BehaviourFinding> auto& value) {
  auto& [id, name, name_zh, category, category_name, category_zh, data_type_zh, standard, severity, strength,
         reach, permissions, permission_held, permission_note, permission_note_zh, notice_labels, is_benign,
         uses, use_count] = value;
  io(id, name, name_zh, category, category_name, category_zh, data_type_zh, standard, severity, strength,
     reach, permissions, permission_held, permission_note, permission_note_zh, notice_labels, is_benign, uses,
     use_count);
}

void fields(auto& io, Is<PackageBehaviours> auto& value) {
  auto& [package, behaviours] = value;
  io(package, behaviours);
}

void fields(auto& io, Is<PermissionFinding> auto& value) {
  auto& [permission, name_zh, category, category_zh, protection, is_declared, is_void, restriction,
         restriction_zh, used_by, maybe_used_by, behaviours, is_known] = value;
  io(permission, name_zh, category, category_zh, protection, is_declared, is_void, restriction,
     restriction_zh, used_by, maybe_used_by, behaviours, is_known);
}

void fields(auto& io, Is<HostUse> auto& value) {
  auto& [host, cleartext, other_sdk, url, used_by, entry] = value;
  io(host, cleartext, other_sdk, url, used_by, entry);
}

void fields(auto& io, Is<Finding::Vendor> auto& value) {
  auto& [id, name, name_zh, country] = value;
  io(id, name, name_zh, country);
}

void fields(auto& io, Is<Finding> auto& value) {
  auto& [sdk, name, name_zh, kind, vendor, category, category_name, category_zh, privacy_policy, declares,
         declares_source, grade, version, version_evidence, classes, code_bytes, native_libraries, nested_in,
         evidence, evidence_count, behaviours, hosts, host_count] = value;
  io(sdk, name, name_zh, kind, vendor, category, category_name, category_zh, privacy_policy, declares,
     declares_source, grade, version, version_evidence, classes, code_bytes, native_libraries, nested_in,
     evidence, evidence_count, behaviours, hosts, host_count);
}

void fields(auto& io, Is<PackageCount> auto& value) {
  auto& [package, classes, code_bytes] = value;
  io(package, classes, code_bytes);
}

void fields(auto& io, Is<Problem> auto& value) {
  auto& [entry, kind, message, loss] = value;
  io(entry, kind, message, loss);
}

void fields(auto& io, Is<CoverageReason> auto& value) {
  auto& [code, detail, entry] = value;
  io(code, detail, entry);
}

void fields(auto& io, Is<Coverage> auto& value) {
  auto& [analysable, reasons, dex_files, classes, native_libraries, nested_containers] = value;
  io(analysable, reasons, dex_files, classes, native_libraries, nested_containers);
}

void fields(auto& io, Is<AppCertificate> auto& value) {
  auto& [sha256, subject, schemes] = value;
  io(sha256, subject, schemes);
}

void fields(auto& io, Is<AppInfo> auto& value) {
  auto& [path, parts, sha256, size, kind, package, version_name, label, label_zh, version_code, min_sdk,
         target_sdk, certificates, uses_libraries] = value;
  io(path, parts, sha256, size, kind, package, version_name, label, label_zh, version_code, min_sdk,
     target_sdk, certificates, uses_libraries);
}

void fields(auto& io, Is<AppReport> auto& value) {
  auto& [app, database_fingerprint, findings, own, unattributed, own_behaviours, unattributed_behaviours,
         permissions, is_reach_known, coverage, problems] = value;
  io(app, database_fingerprint, findings, own, unattributed, own_behaviours, unattributed_behaviours,
     permissions, is_reach_known, coverage, problems);
}

}  // namespace sdkprint
