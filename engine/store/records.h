#pragma once
// What the store keeps of an app and of a path, besides reports. Plain data; docs/store-format.md has the
// bytes.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/codec.h"
#include "result/report.h"
#include "result/report_fields.h"
#include "store/environment.h"

namespace sdkprint {

/// What can be told of an app without its report.
struct AppHead {
  /// The smallest of all paths at which this content was met, as text; the parts of a split app joined by
  /// TAB. The report speaks of this one, so that a store does not depend on the order of the work.
  std::string path;
  std::string sha256;
  std::uint64_t size = 0;
  std::string kind, package, version_name;
  std::optional<std::int64_t> version_code;
  std::vector<std::string> certificates;  ///< SHA-256
  std::string database_fingerprint;       ///< of the database that the report was made with
  Analysable analysable = Analysable::full;
  bool has_loss = false;         ///< some problem lost content to the scan
  bool depends_on_name = false;  ///< the report would be another if the files had other names
};

void fields(auto& io, Is<AppHead> auto& value) {
  auto& [path, sha256, size, kind, package, version_name, version_code, certificates, database_fingerprint,
         analysable, has_loss, depends_on_name] = value;
  io(path, sha256, size, kind, package, version_name, version_code, certificates, database_fingerprint,
     analysable, has_loss, depends_on_name);
}

/// Tells whether a file is likely the one that was read before. Not part of what a store says: two stores of
/// the same files are equal whatever their stamps.
struct FileStamp {
  std::uint64_t size = 0, inode = 0;
  std::int64_t modified_ns = 0, changed_ns = 0;  ///< mtime, ctime
  bool operator==(const FileStamp&) const = default;
};

void fields(auto& io, Is<FileStamp> auto& value) {
  auto& [size, inode, modified_ns, changed_ns] = value;
  io(size, inode, modified_ns, changed_ns);
}

/// What was found at a path.
struct PathRecord {
  std::string path;               ///< as given; the parts of a split app joined by TAB
  std::vector<FileStamp> files;   ///< one a part
  std::optional<AppNumber> app;   ///< none: it could not be read at all
  std::vector<Problem> problems;  ///< why
};

void fields(auto& io, Is<PathRecord> auto& value) {
  auto& [path, files, app, problems] = value;
  io(path, files, app, problems);
}

AppHead head_of(const AppReport& report);

/// The paths of an app as one text, and back.
std::string join_paths(const std::vector<std::string>& paths);
std::vector<std::string> split_paths(const std::string& line);

}  // namespace sdkprint
