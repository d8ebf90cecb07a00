#pragma once
// The tables of `sdkprint corpus export --sqlite`. docs/sqlite-schema.md explains each column; a test
// compares the two.

namespace sdkprint {

inline constexpr const char* kSqliteTables = R"sql(
PRAGMA user_version = 1;
CREATE TABLE vendors (
  vendor_id TEXT PRIMARY KEY, name TEXT NOT NULL, name_zh TEXT, country TEXT
) WITHOUT ROWID;
CREATE TABLE categories (
  category_id TEXT PRIMARY KEY, name TEXT NOT NULL, name_zh TEXT
) WITHOUT ROWID;
CREATE TABLE sdks (
  sdk_id TEXT PRIMARY KEY, name TEXT NOT NULL, name_zh TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('sdk', 'library', 'packer')),
  vendor_id TEXT NOT NULL REFERENCES vendors, category_id TEXT NOT NULL REFERENCES categories,
  privacy_policy TEXT
) WITHOUT ROWID;
CREATE TABLE behaviours (
  behaviour_id TEXT PRIMARY KEY, name TEXT NOT NULL, name_zh TEXT,
  category TEXT NOT NULL, category_name TEXT NOT NULL, category_zh TEXT, data_type_zh TEXT, standard TEXT,
  severity TEXT NOT NULL CHECK (severity IN ('low', 'medium', 'high'))
) WITHOUT ROWID;
CREATE TABLE apps (
  app_id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, path TEXT NOT NULL, size INTEGER NOT NULL,
  kind TEXT NOT NULL, package TEXT, version_name TEXT, version_code INTEGER, label TEXT, label_zh TEXT,
  min_sdk INTEGER, target_sdk INTEGER,
  analysable TEXT NOT NULL CHECK (analysable IN ('none', 'partial', 'full')),
  has_loss INTEGER NOT NULL, reach_known INTEGER NOT NULL, database_fingerprint TEXT NOT NULL,
  dex_files INTEGER NOT NULL, classes INTEGER NOT NULL, native_libraries INTEGER NOT NULL,
  nested_containers INTEGER NOT NULL
);
CREATE TABLE paths (
  path TEXT PRIMARY KEY, app_id INTEGER REFERENCES apps, problem TEXT
) WITHOUT ROWID;
CREATE TABLE app_certificates (
  app_id INTEGER NOT NULL REFERENCES apps, sha256 TEXT NOT NULL, subject TEXT NOT NULL,
  schemes TEXT NOT NULL, PRIMARY KEY (app_id, sha256)
) WITHOUT ROWID;
CREATE TABLE findings (
  finding_id INTEGER PRIMARY KEY, app_id INTEGER NOT NULL REFERENCES apps,
  sdk_id TEXT NOT NULL REFERENCES sdks,
  grade TEXT NOT NULL CHECK (grade IN ('trace', 'referenced', 'stub', 'structural', 'defined')),
  version TEXT, classes INTEGER NOT NULL, code_bytes INTEGER NOT NULL, evidence_count INTEGER NOT NULL
);
CREATE TABLE finding_libraries (
  finding_id INTEGER NOT NULL REFERENCES findings, entry TEXT NOT NULL
);
CREATE TABLE evidence (
  finding_id INTEGER NOT NULL REFERENCES findings, entry TEXT, surface TEXT NOT NULL, item TEXT NOT NULL,
  "offset" INTEGER, pattern TEXT NOT NULL, used_by TEXT, count INTEGER NOT NULL
);
CREATE TABLE version_evidence (
  finding_id INTEGER NOT NULL REFERENCES findings, version TEXT NOT NULL, entry TEXT NOT NULL,
  source TEXT NOT NULL, item TEXT NOT NULL
);
CREATE TABLE hosts (
  finding_id INTEGER NOT NULL REFERENCES findings, host TEXT NOT NULL, cleartext INTEGER NOT NULL,
  other_sdk TEXT, url TEXT NOT NULL, used_by TEXT NOT NULL, entry TEXT NOT NULL
);
CREATE TABLE app_behaviours (
  app_behaviour_id INTEGER PRIMARY KEY, app_id INTEGER NOT NULL REFERENCES apps, owner TEXT NOT NULL,
  sdk_id TEXT REFERENCES sdks, behaviour_id TEXT NOT NULL REFERENCES behaviours,
  strength TEXT NOT NULL CHECK (strength IN ('lead', 'confirmed')),
  reach TEXT NOT NULL CHECK (reach IN ('not-established', 'host-call', 'screen', 'background',
                                       'application-start', 'provider-start')),
  is_benign INTEGER NOT NULL, permission_held INTEGER, use_count INTEGER NOT NULL
);
CREATE TABLE uses (
  app_behaviour_id INTEGER NOT NULL REFERENCES app_behaviours, strength TEXT NOT NULL, via TEXT NOT NULL,
  reach TEXT NOT NULL, entry TEXT NOT NULL, class_name TEXT, method TEXT, pc INTEGER NOT NULL,
  line INTEGER, "offset" INTEGER, api TEXT, item TEXT, wrapper_owner TEXT, is_benign INTEGER NOT NULL
);
CREATE TABLE permissions (
  app_id INTEGER NOT NULL REFERENCES apps, permission TEXT NOT NULL, is_declared INTEGER NOT NULL,
  is_void INTEGER NOT NULL, restriction TEXT, PRIMARY KEY (app_id, permission)
) WITHOUT ROWID;
CREATE TABLE permission_users (
  app_id INTEGER NOT NULL REFERENCES apps, permission TEXT NOT NULL, owner TEXT NOT NULL,
  strength TEXT NOT NULL CHECK (strength IN ('lead', 'confirmed')),
  FOREIGN KEY (app_id, permission) REFERENCES permissions
);
CREATE TABLE packages (
  app_id INTEGER NOT NULL REFERENCES apps, package TEXT NOT NULL, is_own INTEGER NOT NULL,
  classes INTEGER NOT NULL, code_bytes INTEGER NOT NULL
);
CREATE TABLE coverage_reasons (
  app_id INTEGER NOT NULL REFERENCES apps, code TEXT NOT NULL, detail TEXT NOT NULL, entry TEXT
);
CREATE TABLE problems (
  app_id INTEGER NOT NULL REFERENCES apps, entry TEXT, kind TEXT NOT NULL, message TEXT NOT NULL,
  is_loss INTEGER NOT NULL
);
)sql";

inline constexpr const char* kSqliteIndexes = R"sql(
CREATE INDEX apps_by_package ON apps (package, version_code);
CREATE INDEX paths_by_app ON paths (app_id);
CREATE INDEX app_certificates_by_sha256 ON app_certificates (sha256);
CREATE INDEX findings_by_app ON findings (app_id, sdk_id);
CREATE INDEX findings_by_sdk ON findings (sdk_id, grade, version);
CREATE INDEX finding_libraries_by_finding ON finding_libraries (finding_id);
CREATE INDEX evidence_by_finding ON evidence (finding_id);
CREATE INDEX version_evidence_by_finding ON version_evidence (finding_id);
CREATE INDEX hosts_by_finding ON hosts (finding_id);
CREATE INDEX hosts_by_host ON hosts (host);
CREATE INDEX app_behaviours_by_app ON app_behaviours (app_id, owner, behaviour_id);
CREATE INDEX app_behaviours_by_behaviour ON app_behaviours (behaviour_id, strength, reach, owner);
CREATE INDEX uses_by_behaviour ON uses (app_behaviour_id);
CREATE INDEX permissions_by_name ON permissions (permission, is_declared);
CREATE INDEX permission_users_by_app ON permission_users (app_id, permission);
CREATE INDEX packages_by_app ON packages (app_id);
CREATE INDEX packages_by_name ON packages (package);
CREATE INDEX coverage_reasons_by_app ON coverage_reasons (app_id);
CREATE INDEX problems_by_app ON problems (app_id);
)sql";

}  // namespace sdkprint
