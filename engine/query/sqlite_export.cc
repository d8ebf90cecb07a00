#include "query/sqlite_export.h"

#include "query/sqlite_file.h"
#include "query/sqlite_schema.h"

namespace sdkprint {
namespace {

/// The statements of all tables; gone before the file is finished.
class Exporter {
 public:
  Exporter(SqliteFile& file, const StoreView& view, const SqliteExportOptions& options)
      : file_(file), view_(view), options_(options) {}

  std::uint64_t run();

 private:
  void add_app(const AppReport& report);
  void add_parts(const AppReport& report);
  void add_finding(const Finding& finding);
  void add_evidence(const Finding& finding, std::int64_t id);
  void add_behaviours(const std::vector<BehaviourFinding>& behaviours, const std::string& owner,
                      const std::string& sdk);
  void add_uses(const BehaviourFinding& finding);
  void add_permissions(const AppReport& report);
  void add_paths();

  SqliteFile& file_;
  const StoreView& view_;
  const SqliteExportOptions& options_;
  std::int64_t app_ = 0;
  std::map<AppNumber, std::int64_t> app_of_number_;

  SqliteInsert apps_{file_, "INSERT INTO apps VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"};
  SqliteInsert certificates_{file_, "INSERT OR IGNORE INTO app_certificates VALUES (?,?,?,?)"};
  SqliteInsert paths_{file_, "INSERT INTO paths VALUES (?,?,?)"};
  SqliteInsert packages_{file_, "INSERT INTO packages VALUES (?,?,?,?,?)"};
  SqliteInsert reasons_{file_, "INSERT INTO coverage_reasons VALUES (?,?,?,?)"};
  SqliteInsert problems_{file_, "INSERT INTO problems VALUES (?,?,?,?,?)"};
  SqliteInsert vendors_{file_, "INSERT OR IGNORE INTO vendors VALUES (?,?,?,?)"};
  SqliteInsert categories_{file_, "INSERT OR IGNORE INTO categories VALUES (?,?,?)"};
  SqliteInsert sdks_{file_, "INSERT OR IGNORE INTO sdks VALUES (?,?,?,?,?,?,?)"};
  SqliteInsert findings_{file_, "INSERT INTO findings VALUES (NULL,?,?,?,?,?,?,?)"};
  SqliteInsert libraries_{file_, "INSERT INTO finding_libraries VALUES (?,?)"};
  SqliteInsert evidence_{file_, "INSERT INTO evidence VALUES (?,?,?,?,?,?,?,?)"};
  SqliteInsert versions_{file_, "INSERT INTO version_evidence VALUES (?,?,?,?,?)"};
  SqliteInsert hosts_{file_, "INSERT INTO hosts VALUES (?,?,?,?,?,?,?)"};
  SqliteInsert behaviours_{file_, "INSERT OR IGNORE INTO behaviours VALUES (?,?,?,?,?,?,?,?,?)"};
  SqliteInsert app_behaviours_{file_, "INSERT INTO app_behaviours VALUES (NULL,?,?,?,?,?,?,?,?,?)"};
  SqliteInsert uses_{file_, "INSERT INTO uses VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"};
  SqliteInsert permissions_{file_, "INSERT OR IGNORE INTO permissions VALUES (?,?,?,?,?)"};
  SqliteInsert permission_users_{file_, "INSERT INTO permission_users VALUES (?,?,?,?)"};
};

std::uint64_t Exporter::run() {
  // In the order of SHA-256.
  view_.tables().for_each(Table::app_numbers, {}, [&](Bytes key, Bytes) {
    if (const std::optional<AppNumber> number = view_.find_app(as_text(key))) {
      app_of_number_[*number] = ++app_;
      add_app(view_.report(*number));
    }
    return true;
  });
  add_paths();
  return static_cast<std::uint64_t>(app_);
}

void Exporter::add_app(const AppReport& report) {
  const AppInfo& app = report.app;
  const Coverage& seen = report.coverage;
  const AppHead head = head_of(report);
  apps_(app_, app.sha256, head.path, app.size, app.kind, text_or_null(app.package),
        text_or_null(app.version_name), app.version_code, text_or_null(app.label), text_or_null(app.label_zh),
        app.min_sdk, app.target_sdk, name(seen.analysable), head.has_loss, report.is_reach_known,
        report.database_fingerprint, seen.dex_files, seen.classes, seen.native_libraries,
        seen.nested_containers);
  for (const AppCertificate& one : app.certificates) {
    std::string schemes;
    for (const int scheme : one.schemes) schemes += (schemes.empty() ? "" : ",") + std::to_string(scheme);
    certificates_(app_, one.sha256, one.subject, schemes);
  }
  for (const Finding& finding : report.findings) add_finding(finding);
  add_behaviours(report.own_behaviours, "app", "");
  for (const PackageBehaviours& one : report.unattributed_behaviours)
    add_behaviours(one.behaviours, "package:" + one.package, "");
  add_permissions(report);
  add_parts(report);
}

void Exporter::add_parts(const AppReport& report) {
  for (const PackageCount& one : report.own) packages_(app_, one.package, true, one.classes, one.code_bytes);
  for (const PackageCount& one : report.unattributed)
    packages_(app_, one.package, false, one.classes, one.code_bytes);
  for (const CoverageReason& one : report.coverage.reasons)
    reasons_(app_, one.code, one.detail, text_or_null(one.entry));
  for (const Problem& one : report.problems)
    problems_(app_, text_or_null(one.entry), one.kind, one.message, one.loss);
}

void Exporter::add_finding(const Finding& finding) {
  const Finding::Vendor& vendor = finding.vendor;
  vendors_(vendor.id, vendor.name, text_or_null(vendor.name_zh), text_or_null(vendor.country));
  categories_(finding.category, finding.category_name, text_or_null(finding.category_zh));
  sdks_(finding.sdk, finding.name, text_or_null(finding.name_zh), finding.kind, vendor.id, finding.category,
        text_or_null(finding.privacy_policy));
  findings_(app_, finding.sdk, name(finding.grade), finding.version, finding.classes, finding.code_bytes,
            finding.evidence_count);
  const std::int64_t id = file_.last_row();
  for (const std::string& library : finding.native_libraries) libraries_(id, library);
  for (const VersionEvidence& one : finding.version_evidence)
    versions_(id, one.version, one.entry, one.source, one.item);
  if (options_.with_evidence) add_evidence(finding, id);
  add_behaviours(finding.behaviours, finding.sdk, finding.sdk);
}

void Exporter::add_evidence(const Finding& finding, std::int64_t id) {
  for (const Evidence& one : finding.evidence)
    evidence_(id, text_or_null(one.entry), name(one.surface), one.item, one.offset, one.pattern,
              text_or_null(one.used_by), one.count);
  for (const HostUse& one : finding.hosts)
    hosts_(id, one.host, one.cleartext, text_or_null(one.other_sdk), one.url, one.used_by, one.entry);
}

void Exporter::add_behaviours(const std::vector<BehaviourFinding>& behaviours, const std::string& owner,
                              const std::string& sdk) {
  for (const BehaviourFinding& one : behaviours) {
    behaviours_(one.id, one.name, text_or_null(one.name_zh), one.category, one.category_name,
                text_or_null(one.category_zh), text_or_null(one.data_type_zh), text_or_null(one.standard),
                one.severity);
    app_behaviours_(app_, owner, text_or_null(sdk), one.id, name(one.strength), name(one.reach),
                    one.is_benign, one.permission_held, one.use_count);
    if (options_.with_evidence) add_uses(one);
  }
}

void Exporter::add_uses(const BehaviourFinding& finding) {
  const std::int64_t id = file_.last_row();
  for (const ReachedUse& one : finding.uses) {
    const Use& use = one.use;
    uses_(id, name(use.strength), name(use.via), name(one.reach), use.entry, text_or_null(use.class_name),
          text_or_null(use.method), use.pc, use.line, use.offset, text_or_null(use.api),
          text_or_null(use.item), text_or_null(one.wrapper_owner), one.is_benign);
  }
}

void Exporter::add_permissions(const AppReport& report) {
  for (const PermissionFinding& one : report.permissions) {
    permissions_(app_, one.permission, one.is_declared, one.is_void, text_or_null(one.restriction));
    for (const std::string& owner : one.used_by)
      permission_users_(app_, one.permission, owner, name(UseStrength::confirmed));
    for (const std::string& owner : one.maybe_used_by)
      permission_users_(app_, one.permission, owner, name(UseStrength::lead));
  }
}

void Exporter::add_paths() {
  view_.for_each_path([&](const PathRecord& path) {
    std::optional<std::int64_t> app;
    if (path.app) app = app_of_number_.at(*path.app);
    paths_(path.path, app, text_or_null(path.problems.empty() ? "" : path.problems.front().message));
    return true;
  });
}

}  // namespace

std::uint64_t export_sqlite(const StoreView& view, const std::string& path,
                            const SqliteExportOptions& options) {
  SqliteFile file(path);
  file.run(kSqliteTables);
  const std::uint64_t apps = Exporter(file, view, options).run();
  file.run(kSqliteIndexes);  // after the rows: faster, and the pages lie in order
  file.finish();
  return apps;
}

}  // namespace sdkprint
