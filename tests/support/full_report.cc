#include "full_report.h"

namespace sdkprint::test {
namespace {

ReachedUse reached_use() {
  ReachedUse reached;
  reached.use = {7,      UseStrength::confirmed, UseVia::context,      "classes.dex", "Landroid/a;.b:()V",
                 "item", "com.acme.A",           "Lcom/acme/A;.m:()V", 0x12,          44,
                 0x1234};
  reached.reach = Reach::provider_start;
  reached.path = {{StepKind::entry, "La;.b:()V"}, {StepKind::reflection, "Lc;.d:()V"}};
  CallerFrame frame;
  frame.depth = 2;
  frame.class_name = "com.acme.W";
  frame.method = "Lcom/acme/W;.w:()V";
  frame.pc = 3;
  frame.kind = StepKind::dispatch;
  frame.is_short = true;
  frame.calls = "La;.b:()V";
  frame.reach = Reach::screen;
  frame.path = {{StepKind::call, "x"}};
  reached.through = {frame};
  reached.wrapper_owner = "androidx";
  reached.charged_to = {"acme"};
  reached.is_benign = true;
  return reached;
}

BehaviourFinding behaviour() {
  BehaviourFinding one;
  one.id = "read-imei";
  one.name = "Reads the IMEI";
  one.name_zh = "读取IMEI";
  one.category = "device-info";
  one.category_name = "Device information";
  one.category_zh = "设备信息";
  one.data_type_zh = "设备标识";
  one.standard = "GB/T 35273";
  one.severity = "high";
  one.strength = UseStrength::confirmed;
  one.reach = Reach::application_start;
  one.permissions = {"android.permission.READ_PHONE_STATE"};
  one.permission_held = true;
  one.permission_note = "until 28";
  one.permission_note_zh = "至28";
  one.notice_labels = {"违规收集个人信息"};
  one.is_benign = true;
  one.uses = {reached_use()};
  one.use_count = 21;
  return one;
}

Finding finding() {
  Finding one;
  one.sdk = "com.acme";
  one.name = "Acme";
  one.name_zh = "艾克米";
  one.kind = "sdk";
  one.vendor = {"acme", "Acme", "艾克米公司", "CN"};
  one.category = "push";
  one.category_name = "Push";
  one.category_zh = "推送";
  one.privacy_policy = "https://acme.example/privacy";
  one.declares = {"read-imei"};
  one.declares_source = "https://acme.example/privacy#2";
  one.grade = Grade::defined;
  one.version = "1.2.3";
  one.version_evidence = {{"1.2.3", "classes.dex", "field:com.acme.B.V", "1.2.3"}};
  one.classes = 12;
  one.code_bytes = 3456;
  one.native_libraries = {"lib/arm64-v8a/libacme.so"};
  one.nested_in = {"outer"};
  one.evidence = {{"classes.dex", Surface::string, "acme", 99, "string:acme", "La;.b:()V @0x0001", 3}};
  one.evidence_count = 5;
  one.behaviours = {behaviour()};
  one.hosts = {{"acme.example", true, "other", "http://acme.example/x", "La;.b:()V", "classes.dex"}};
  one.host_count = 2;
  return one;
}

}  // namespace

AppReport full_report() {
  AppReport report;
  report.app.path = "apps/a.apk";
  report.app.parts = {"apps/a.apk", "apps/b.apk"};
  report.app.sha256 = std::string(64, 'a');
  report.app.size = 123456789;
  report.app.kind = "apk-set";
  report.app.package = "com.example.app";
  report.app.version_name = "2.0";
  report.app.label = "Example";
  report.app.uses_libraries = {"org.apache.http.legacy"};
  report.app.label_zh = "示例";
  report.app.version_code = 20;
  report.app.min_sdk = 21;
  report.app.target_sdk = 34;
  report.app.certificates = {{std::string(64, 'c'), "CN=Example", {1, 2, 31}}};
  report.database_fingerprint = std::string(32, 'f');
  report.findings = {finding()};
  report.own = {{"com.example", 3, 400}};
  report.unattributed = {{"com.unknown", 5, 600}};
  report.own_behaviours = {behaviour()};
  report.unattributed_behaviours = {{"com.unknown", {behaviour()}}};
  report.permissions = {{"android.permission.CAMERA",
                         "相机",
                         "camera",
                         "相机",
                         "dangerous",
                         true,
                         true,
                         "old",
                         "旧",
                         {"com.acme"},
                         {"app"},
                         {"take-picture"},
                         true}};
  report.is_reach_known = false;
  report.coverage = {Analysable::partial, {{"packer", "Acme Shell", "classes.dex"}}, 1, 2, 3, 4};
  report.problems = {{"classes2.dex", "malformed", "broken", true}};
  return report;
}

}  // namespace sdkprint::test
