#include "store/records.h"

#include <algorithm>

namespace sdkprint {
namespace {

/// A native library's own name, the names of a split app's parts, and complaints of a whole file are in the
/// report.
bool depends_on_name(const AppReport& report) {
  return !report.app.parts.empty() || report.app.kind == "elf" || report.app.kind == "class-file" ||
         std::any_of(report.problems.begin(), report.problems.end(), [&](const Problem& problem) {
           return problem.entry.empty() && problem.message.starts_with(report.app.path);
         });
}

}  // namespace

AppHead head_of(const AppReport& report) {
  AppHead head;
  const AppInfo& app = report.app;
  head.path = app.parts.empty() ? app.path : join_paths(app.parts);
  head.sha256 = app.sha256;
  head.size = app.size;
  head.kind = app.kind;
  head.package = app.package;
  head.version_name = app.version_name;
  head.version_code = app.version_code;
  for (const AppCertificate& certificate : app.certificates) head.certificates.push_back(certificate.sha256);
  head.database_fingerprint = report.database_fingerprint;
  head.analysable = report.coverage.analysable;
  head.has_loss = std::any_of(report.problems.begin(), report.problems.end(),
                              [](const Problem& problem) { return problem.loss; });
  head.depends_on_name = depends_on_name(report);
  return head;
}

std::string join_paths(const std::vector<std::string>& paths) {
  std::string line;
  for (const std::string& path : paths) line += (line.empty() ? "" : "\t") + path;
  return line;
}

std::vector<std::string> split_paths(const std::string& line) {
  std::vector<std::string> paths;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    paths.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return paths;
}

}  // namespace sdkprint
