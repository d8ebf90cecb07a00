// The report as exodus-standalone's `exodus_analyze.py -j` writes it, one object a line. What a static scan
// cannot tell (the universal id, which is made of SHA-1 fingerprints) is null.
#include <nlohmann/json.hpp>

#include "report/exodus.h"
#include "report/report_writer.h"

namespace sdkprint {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

/// εxodus looks at the classes in the app: what is only named or alluded to is no tracker there.
bool is_tracker(const Finding& finding) {
  return finding.kind == "sdk" && finding.grade >= Grade::stub &&
         exodus_category(finding.category).has_value();
}

Json requested_permissions(const AppReport& report) {
  Json names = Json::array();
  for (const PermissionFinding& one : report.permissions)
    if (one.is_declared) names.push_back(one.permission);
  return names;
}

}  // namespace

void write_exodus(const AppReport& report, std::string& out) {
  const AppInfo& app = report.app;
  Json application = {
      {"handle", or_null(app.package)},
      {"version_name", or_null(app.version_name)},
      {"version_code", app.version_code ? Json(std::to_string(*app.version_code)) : Json(nullptr)},
      {"uaid", nullptr},
      {"name", or_null(app.label)},
      {"permissions", requested_permissions(report)},
      {"libraries", app.uses_libraries}};
  Json trackers = Json::array();
  for (const Finding& finding : report.findings) {
    if (is_tracker(finding)) trackers.push_back({{"name", finding.name}, {"id", exodus_number(finding.sdk)}});
  }
  const Json json = {{"application", std::move(application)},
                     {"apk", {{"path", app.path}, {"checksum", or_null(app.sha256)}}},
                     {"trackers", std::move(trackers)}};
  out += json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sdkprint
