// NDJSON against docs/report.schema.json: every field is written, described, and checked by a validator that
// is not ours.
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "app_fixture.h"
#include "elf_builder.h"
#include "signing_builder.h"

namespace sdkprint {
namespace {

using namespace test;
using Json = nlohmann::json;

const Json& schema_json() {
  static const Json json = [] {
    std::ifstream file(SDKPRINT_REPORT_SCHEMA);
    return Json::parse(file);
  }();
  return json;
}

/// What the schema has against a document, or "".
std::string complaints_of(const Json& document) {
  static const valijson::Schema& schema = []() -> const valijson::Schema& {
    static valijson::Schema made;
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_json()), made);
    return made;
  }();
  valijson::Validator validator;
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter target(document);
  std::string text;
  if (!validator.validate(schema, target, &results)) text = "invalid";
  for (const auto& error : results) {
    for (const std::string& step : error.context) text += " " + step;
    text += ": " + error.description + "\n";
  }
  return text;
}

Json written(const AppReport& report) { return Json::parse(ndjson(report)); }

BehaviourFinding full_behaviour() {
  ReachedUse use;
  use.use = {0,
             UseStrength::confirmed,
             UseVia::context,
             "classes.dex",
             "Landroid/a/B;.c:()V",
             "content://x",
             "com.a.B",
             "Lcom/a/B;.m:()V",
             4,
             12,
             0x100};
  use.reach = Reach::provider_start;
  use.path = {{StepKind::entry, "La/P;.onCreate:()Z"}, {StepKind::callback, "Lcom/a/B;.m:()V"}};
  CallerFrame frame;
  frame.class_name = "com.c.D", frame.method = "Lcom/c/D;.e:()V", frame.pc = 7,
  frame.calls = "Lcom/a/B;.m:()V";
  use.through = {frame};
  use.wrapper_owner = "androidx";
  use.charged_to = {"jpush"};
  use.is_benign = true;
  BehaviourFinding finding;
  finding.id = "imei";
  finding.name = "Read the IMEI";
  finding.name_zh = "读取IMEI";
  finding.category = "device-info";
  finding.category_name = "Device";
  finding.category_zh = "设备信息";
  finding.data_type_zh = "不可变更的唯一设备识别码";
  finding.standard = "T/TAF 077.5";
  finding.severity = "high";
  finding.strength = UseStrength::confirmed;
  finding.reach = Reach::provider_start;
  finding.permissions = {"android.permission.READ_PHONE_STATE"};
  finding.permission_held = true;
  finding.permission_note = "since Android 10 …";
  finding.permission_note_zh = "自Android 10起…";
  finding.notice_labels = {"违规收集个人信息"};
  finding.uses = {use};
  finding.use_count = 3;
  return finding;
}

/// Every field set, every list with something in it.
AppReport full_report() {
  AppReport report;
  AppInfo& app = report.app;
  app.path = "/a/base.apk";
  app.parts = {"/a/base.apk", "/a/config.apk"};
  app.sha256 = std::string(64, 'a');
  app.size = 12345;
  app.kind = "apk-set";
  app.package = "com.example";
  app.version_name = "1.0";
  app.label = "Example";
  app.label_zh = "例子";
  app.version_code = (std::int64_t{3} << 32) + 5;
  app.min_sdk = 21;
  app.target_sdk = 33;
  app.certificates = {{std::string(64, 'b'), "CN=Test", {1, 2, 31}}};
  report.database_fingerprint = std::string(32, 'c');
  Finding finding;
  finding.sdk = "jpush";
  finding.name = "JPush";
  finding.name_zh = "极光推送";
  finding.kind = "sdk";
  finding.vendor = {"jiguang", "Jiguang", "极光", "CN"};
  finding.category = "push";
  finding.category_name = "Push";
  finding.category_zh = "推送";
  finding.privacy_policy = "https://a.cn/p";
  finding.declares = {"imei", "device-model"};
  finding.declares_source = "https://a.cn/p";
  finding.grade = Grade::defined;
  finding.version = "4.2.0";
  finding.version_evidence = {{"4.2.0", "classes.dex", "field:cn.jpush.A.B", "4.2.0"}};
  finding.classes = 3;
  finding.code_bytes = 400;
  finding.native_libraries = {"lib/x86/libjpush.so"};
  finding.nested_in = {"other"};
  finding.evidence = {{"classes.dex", Surface::string, "jpush", 77, "string:jpush", "La/B;.c:()V @0x0001", 2},
                      {"", Surface::manifest, "meta-data:X", std::nullopt, "manifest:meta-data:X", "", 1}};
  finding.evidence_count = 3;
  finding.behaviours = {full_behaviour()};
  finding.hosts = {
      {"a.jpush.cn", true, "other", "http://a.jpush.cn/x", "La/B;.c:()V @0x0001", "classes.dex"}};
  finding.host_count = 1;
  report.findings = {finding};
  report.own = {{"com.example", 3, 30}};
  report.unattributed = {{"", 1, 0}};
  report.own_behaviours = {full_behaviour()};
  report.unattributed_behaviours = {{"com.foo", {full_behaviour()}}};
  report.permissions = {{"android.permission.CAMERA",
                         "使用摄像头",
                         "Camera",
                         "图片",
                         "dangerous",
                         true,
                         true,
                         "void",
                         "无效",
                         {"jpush"},
                         {"app"},
                         {"camera-open"},
                         true}};
  report.coverage = {Analysable::partial, {{"dex-loader", "loads", "classes.dex"}}, 1, 2, 3, 4};
  report.problems = {{"a.so", "malformed", "broken", true}, {"b", "odd", "odd", false}};
  return report;
}

TEST_CASE("a report with every field fits the schema") { CHECK(complaints_of(written(full_report())) == ""); }

TEST_CASE("behaviours that are seen and not declared are listed") {
  AppReport report = full_report();
  Finding& finding = report.findings[0];
  finding.behaviours.resize(2);
  finding.behaviours[0].id = "imei";
  finding.behaviours[1].id = "installed-apps";
  finding.declares = {"imei"};
  CHECK(written(report)["findings"][0]["declares"]["seen_but_not_declared"] == Json{"installed-apps"});
  finding.behaviours[1].is_benign = true;
  CHECK(written(report)["findings"][0]["declares"]["seen_but_not_declared"] == Json::array());
  finding.behaviours[1].is_benign = false;
  finding.behaviours[1].data_type_zh = "非个人信息";
  CHECK(written(report)["findings"][0]["declares"]["seen_but_not_declared"] == Json::array());
}

TEST_CASE("a report with nothing in it fits the schema") {
  AppReport report;
  report.app.path = "x";
  report.app.kind = "unknown";
  report.database_fingerprint = std::string(32, '0');
  CHECK(complaints_of(written(report)) == "");
  CHECK(written(report)["app"]["package"].is_null());
  CHECK_FALSE(written(report)["app"].contains("parts"));
}

TEST_CASE("a finding with its optional parts empty fits the schema") {
  AppReport report = full_report();
  Finding& finding = report.findings[0];
  finding.name_zh = finding.privacy_policy = finding.declares_source = "";
  finding.declares.clear();
  finding.vendor = {};
  finding.version.reset();
  finding.version_evidence.clear();
  CHECK(complaints_of(written(report)) == "");
  CHECK(written(report)["findings"][0]["vendor"].is_null());
  CHECK(written(report)["findings"][0]["version"].is_null());
  finding.vendor = {"acme", "Acme", "", ""};
  CHECK(complaints_of(written(report)) == "");
}

TEST_CASE("every strength, way and reach has its place in the schema") {
  AppReport report = full_report();
  ReachedUse& use = report.findings[0].behaviours[0].uses[0];
  for (int via = 0; via <= static_cast<int>(UseVia::manifest); ++via) {
    use.use.via = static_cast<UseVia>(via);
    CHECK(complaints_of(written(report)) == "");
  }
  for (std::size_t reach = 0; reach < kReachCount; ++reach) {
    use.reach = static_cast<Reach>(reach);
    CHECK(complaints_of(written(report)) == "");
  }
  for (int kind = 0; kind <= static_cast<int>(StepKind::reflection); ++kind) {
    use.path[0].kind = static_cast<StepKind>(kind);
    CHECK(complaints_of(written(report)) == "");
  }
  use.use.strength = UseStrength::lead;
  CHECK(complaints_of(written(report)) == "");
  use = {};
  BehaviourFinding bare;
  bare.id = "a", bare.name = "b", bare.name_zh = "c", bare.category = "d", bare.severity = "low";
  report.findings[0].behaviours[0] = bare;
  report.findings[0].behaviours[0].uses = {use};
  report.findings[0].behaviours[0].use_count = 1;
  CHECK(complaints_of(written(report)) == "");
  CHECK(written(report)["findings"][0]["behaviours"][0]["permission_held"].is_null());
}

TEST_CASE("that a permission is not used is said only where it says something") {
  AppReport report = full_report();
  report.coverage.analysable = Analysable::full;
  const auto said = [&] { return written(report)["permissions"][0]["no_use_seen"]; };
  CHECK(said() == false);
  report.permissions[0].used_by.clear();
  CHECK(said() == false);  // a lead is left
  report.permissions[0].maybe_used_by.clear();
  CHECK(said() == true);
  report.permissions[0].is_known = false;
  CHECK(said().is_null());
  report.permissions[0].is_known = true;
  report.coverage.analysable = Analysable::partial;
  CHECK(said().is_null());
}

TEST_CASE("every grade, surface and state has its place in the schema") {
  AppReport report = full_report();
  for (std::size_t i = 0; i < kGradeCount; ++i) {
    report.findings[0].grade = static_cast<Grade>(i);
    CHECK(complaints_of(written(report)) == "");
  }
  for (const Surface surface : kSurfaces) {
    report.findings[0].evidence[0].surface = surface;
    report.findings[0].evidence[0].pattern = std::string(name(surface)) + ":x";
    CHECK(complaints_of(written(report)) == "");
  }
  for (const Analysable analysable : {Analysable::none, Analysable::partial, Analysable::full}) {
    report.coverage.analysable = analysable;
    CHECK(complaints_of(written(report)) == "");
  }
}

/// Paths of all members, arrays by their first item: "app.certificates[].sha256".
void paths_of(const Json& json, const std::string& path, std::set<std::string>& out) {
  if (json.is_array() && !json.empty()) paths_of(json[0], path + "[]", out);
  if (!json.is_object()) return;
  for (const auto& [key, value] : json.items()) {
    out.insert(path + "." + key);
    paths_of(value, path + "." + key, out);
  }
}

TEST_CASE("the names of the fields stay") {
  std::set<std::string> paths;
  paths_of(written(full_report()), "", paths);
  for (const char* path : {".schema",
                           ".app.path",
                           ".app.sha256",
                           ".app.size",
                           ".app.kind",
                           ".app.package",
                           ".app.version_name",
                           ".app.version_code",
                           ".app.min_sdk",
                           ".app.target_sdk",
                           ".app.label",
                           ".app.certificates[].sha256",
                           ".database.fingerprint",
                           ".findings[].sdk",
                           ".findings[].name",
                           ".findings[].name_zh",
                           ".findings[].vendor.id",
                           ".findings[].category",
                           ".findings[].grade",
                           ".findings[].version",
                           ".findings[].classes",
                           ".findings[].evidence[].entry",
                           ".findings[].evidence[].surface",
                           ".findings[].evidence[].item",
                           ".findings[].evidence[].offset",
                           ".findings[].evidence[].pattern",
                           ".unattributed[].package",
                           ".unattributed[].classes",
                           ".coverage.analysable",
                           ".coverage.reasons[].code",
                           ".problems[].entry",
                           ".problems[].kind",
                           ".problems[].message"}) {
    CHECK_MESSAGE(paths.contains(path), path);
  }
  CHECK(written(full_report())["schema"] == "sdkprint-report-1");
}

TEST_CASE("a field that the schema does not know is refused, and so is one that is missing") {
  Json report = written(full_report());
  std::set<std::string> paths;
  paths_of(report, "", paths);
  for (const std::string& path : paths) {
    // These may be absent.
    const auto may_be_absent = [&](const char* name) { return path.ends_with(name); };
    if (path == ".app.parts" || path == ".findings[].evidence[].used_by" || path == ".findings[].declares" ||
        may_be_absent(".uses[].through") || may_be_absent(".uses[].wrapper_owner") ||
        may_be_absent(".uses[].charged_to") || may_be_absent(".uses[].benign")) {
      continue;
    }
    std::string pointer;
    for (const char c : path) pointer += c == '.' ? "/" : std::string(1, c);
    for (std::size_t at = pointer.find("[]"); at != std::string::npos; at = pointer.find("[]"))
      pointer.replace(at, 2, "/0");
    const Json::json_pointer full(pointer);
    Json without = report, with = report;
    without[full.parent_pointer()].erase(full.back());
    with[full.parent_pointer()]["surprise"] = 1;
    CHECK_MESSAGE(complaints_of(without) != "", path);
    CHECK_MESSAGE(complaints_of(with) != "", path);
  }
}

TEST_CASE("values out of their range are refused") {
  const auto refused = [](const char* pointer, const Json& value) {
    Json report = written(full_report());
    report[Json::json_pointer(pointer)] = value;
    return !complaints_of(report).empty();
  };
  CHECK(refused("/schema", "sdkprint-report-2"));
  CHECK(refused("/app/size", -1));
  CHECK(refused("/app/kind", "exe"));
  CHECK(refused("/app/sha256", "abc"));
  CHECK(refused("/findings/0/grade", "sure"));
  CHECK(refused("/findings/0/classes", "3"));
  CHECK(refused("/findings/0/vendor/country", "China"));
  CHECK(refused("/findings/0/evidence", Json::array()));
  CHECK(refused("/findings/0/evidence/0/surface", "klass"));
  CHECK(refused("/findings/0/evidence/0/offset", "0x10"));
  CHECK(refused("/coverage/analysable", true));
  CHECK(refused("/coverage/reasons/0/code", "bad-luck"));
  CHECK(refused("/problems/0/kind", "oops"));
}

/// Objects of the schema without a description, or open to surprises.
void lacking(const Json& json, const std::string& path, std::vector<std::string>& out) {
  if (json.is_array()) {
    for (std::size_t i = 0; i < json.size(); ++i) lacking(json[i], path + "/" + std::to_string(i), out);
  }
  if (!json.is_object()) return;
  if (json.value("type", Json()) == "object" && json.value("additionalProperties", Json()) != false)
    out.push_back(path + " is open");
  if (json.contains("properties")) {
    for (const auto& [key, value] : json["properties"].items()) {
      const bool refers_to_words =
          value.contains("$ref") &&
          schema_json()["definitions"][value["$ref"].get<std::string>().substr(14)].contains("description");
      if (!value.contains("description") && !refers_to_words)
        out.push_back(path + "." + key + " is not described");
    }
  }
  for (const auto& [key, value] : json.items()) lacking(value, path + "/" + key, out);
}

TEST_CASE("every field is described, no object is open") {
  std::vector<std::string> out;
  lacking(schema_json(), "", out);
  for (const std::string& one : out) FAIL_CHECK(one);
}

TEST_CASE("reports of real scans fit the schema") {
  const Scanner scanner(
      sdk_toml_with("acme", "name_zh = \"尖端\"",
                    "class = [\"com.acme\"]\nstring = [\"acme*\"]\nlibrary = [\"libacme.so\"]",
                    "[[sdk.version]]\nstring = 'acme/([\\d.]+)'") +
      sdk_toml_with("guard", "kind = \"packer\"",
                    "entry = [{ glob = \"assets/guard.bin\", grade = \"defined\" }]"));
  DexBuilder dex;
  dex.add_class("Lcom/acme/A;").method("run", "()V", Code().const_string(0, "acme/1.0").return_void());
  dex.add_string("acme/2.0");
  ByteVector broken = dex.build();
  broken.resize(broken.size() / 2);
  const ByteVector app =
      ZipBuilder()
          .deflated("AndroidManifest.xml",
                    manifest_xml("com.example.app", {activity("a.B"), activity("a.C"), activity("a.D")}))
          .deflated("classes.dex", dex.build())
          .deflated("classes2.dex", broken)
          .deflated("lib/x86/libacme.so", ElfBuilder().build())
          .stored("assets/guard.bin", noise(100'000))
          .signing_block({{kSchemeV2, scheme_value({{certificate_der({})}})}})
          .build();
  for (const char* name : {"app.apk", "\xff\xfe.apk"}) {
    const AppReport report = scanner.scan(app, name);
    CHECK(report.findings.size() == 2);
    CHECK(complaints_of(written(report)) == "");
  }
  for (const ByteVector& file :
       {ByteVector(), bytes_of("text"), dex.build(), ElfBuilder().build(), zip_of({{"a", app}})}) {
    CHECK(complaints_of(written(scanner.scan(file, "x"))) == "");
  }
  CHECK(complaints_of(written(scanner.scan_files({{"a.apk", app}, {"b.apk", apk_of({})}}))) == "");
}

TEST_CASE("a report is one line, whatever the app's texts are") {
  AppReport report = full_report();
  report.app.label = "a\nb\r\u2028\"\\";
  report.app.path = "\xff\n";
  report.findings[0].evidence[0].item = std::string("x\0y", 3);
  const std::string text = ndjson(report);
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
  CHECK(text.back() == '\n');
  CHECK(written(report)["findings"][0]["evidence"][0]["item"] == std::string("x\0y", 3));
  CHECK(written(report)["app"]["path"] == "\uFFFD\n");
}

TEST_CASE("reports are appended") {
  std::string out = "before\n";
  out += ndjson(full_report());
  CHECK(out.starts_with("before\n{\"schema\":"));
}

}  // namespace
}  // namespace sdkprint
