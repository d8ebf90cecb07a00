#pragma once
// A store as a relational database for everybody's own SQL: docs/sqlite-schema.md.
#include <cstdint>
#include <string>

#include "store/store.h"

namespace sdkprint {

struct SqliteExportOptions {
  /// Evidence, uses and hosts too: most of the file. Without them everything can still be counted.
  bool with_evidence = true;
};

/// PRAGMA user_version of the file; changes whenever a table or column goes or changes its meaning.
inline constexpr int kSqliteSchema = 1;

/// Writes the file at once or not at all; what was there is replaced. Rows are numbered by the order of the
/// apps' SHA-256, so that equal stores give equal tables. Returns the number of apps. Throws Error.
std::uint64_t export_sqlite(const StoreView& view, const std::string& path,
                            const SqliteExportOptions& options);

}  // namespace sdkprint
