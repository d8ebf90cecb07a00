// Behaviours, permissions, hosts and explanations for people, in both languages.
#include <doctest/doctest.h>

#include "report/report_writer.h"

namespace sdkprint {
namespace {

BehaviourFinding behaviour_of(const std::string& id, const std::string& severity, UseStrength strength,
                              Reach reach) {
  BehaviourFinding finding;
  finding.id = id;
  finding.name = "Read " + id;
  finding.name_zh = "读取" + id;
  finding.severity = severity;
  finding.strength = strength;
  finding.reach = reach;
  finding.standard = "T/TAF 077.5";
  finding.permissions = {"a.P"};
  finding.permission_held = false;
  ReachedUse use;
  use.use = {
      0,  strength, UseVia::call, "classes.dex", "La/T;.imei:()V", "", "com.acme.A", "Lcom/acme/A;.m:()V",
      18, 34,       0x1234};
  use.reach = reach;
  use.path = {{StepKind::entry, "La/P;.onCreate:()Z"}, {StepKind::call, "Lcom/acme/A;.m:()V"}};
  finding.uses = {use};
  finding.use_count = 4;
  return finding;
}

AppReport report_of(std::vector<BehaviourFinding> behaviours) {
  AppReport report;
  report.app.path = "a.apk";
  Finding finding;
  finding.sdk = "acme";
  finding.name = "Acme";
  finding.name_zh = "尖端";
  finding.kind = "sdk";
  finding.evidence = {{"classes.dex", Surface::class_name, "com.acme.A", 1, "class:com.acme", "", 1}};
  finding.behaviours = std::move(behaviours);
  report.findings = {finding};
  return report;
}

std::string text_of(const AppReport& report, bool all = false, Language language = Language::english) {
  TextOptions options;
  options.language = language;
  options.show_behaviours = options.show_permissions = options.show_hosts = all;
  std::string out;
  write_text(report, options, out);
  return out;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("what the vendor does not declare is a lead with the page to read") {
  AppReport report = report_of({behaviour_of("imei", "high", UseStrength::confirmed, Reach::screen),
                                behaviour_of("apps", "medium", UseStrength::lead, Reach::screen),
                                behaviour_of("location", "high", UseStrength::confirmed, Reach::screen)});
  report.findings[0].behaviours[2].is_benign = true;
  CHECK_FALSE(has(text_of(report, true), "not in what the vendor declares"));
  report.findings[0].declares = {"imei"};
  report.findings[0].declares_source = "https://acme.com/privacy";
  CHECK(has(text_of(report, true),
            "      lead: seen, and not in what the vendor declares: Read apps 读取apps (apps)  "
            "[https://acme.com/privacy]\n"));
  CHECK(has(text_of(report, true, Language::chinese), "线索：代码可见而提供方未声明: 读取apps"));
  report.findings[0].declares = {"apps", "imei"};
  CHECK_FALSE(has(text_of(report, true), "not in what the vendor declares"));
}

TEST_CASE("one line of graver behaviours, and the limits once") {
  const AppReport report =
      report_of({behaviour_of("imei", "high", UseStrength::confirmed, Reach::provider_start),
                 behaviour_of("apps", "medium", UseStrength::lead, Reach::screen),
                 behaviour_of("log", "low", UseStrength::confirmed, Reach::screen)});
  const std::string english = text_of(report), chinese = text_of(report, false, Language::chinese);
  CHECK(has(english, "behaviours: Read imei, Read apps?  · earliest: at provider auto-start"));
  CHECK_FALSE(has(english, "Read log"));
  CHECK(has(chinese, "行为: 读取imei、读取apps?  · 最早: ContentProvider自动启动时"));
  CHECK(has(english, "that the code is there does not show that it ran"));
  CHECK(has(chinese, "代码存在不等于已执行"));
  CHECK_FALSE(has(text_of(report_of({})), "does not show that it ran"));
}

TEST_CASE("the section of behaviours: strength, reach, place, way, permission") {
  const AppReport report =
      report_of({behaviour_of("imei", "high", UseStrength::confirmed, Reach::provider_start),
                 behaviour_of("apps", "low", UseStrength::lead, Reach::not_established)});
  const std::string english = text_of(report, true), chinese = text_of(report, true, Language::chinese);
  CHECK(has(english, "Read imei 读取imei (imei)  · code present"));
  CHECK(has(english, "lead, needs a dynamic run"));
  CHECK(has(english, "Lcom/acme/A;.m:()V @0x0012 (34)  [classes.dex 0x1234]  calls La/T;.imei:()V"));
  CHECK(has(english, "path: [entry] La/P;.onCreate:()Z → Lcom/acme/A;.m:()V"));
  CHECK(has(english, "permission: a.P: not requested, or without effect: an attempt"));
  CHECK(has(english, "… 3 more"));
  CHECK(has(chinese, "静态确证的代码存在"));
  CHECK(has(chinese, "静态线索，需动态复核"));
  CHECK(has(chinese, "应用未申请或申请无效，调用仅为尝试"));
}

TEST_CASE("permissions: used, unused, lacking, void") {
  AppReport report = report_of({});
  report.permissions = {
      {"a.USED", "甲", "A", "乙", "dangerous", true, false, "", "", {"acme"}, {}, {"imei"}, true},
      {"a.UNUSED", "", "", "", "", true, true, "void since", "失效", {}, {}, {}, true},
      {"a.UNKNOWN", "", "", "", "", true, false, "", "", {}, {}, {}, false},
      {"a.LACKING", "", "", "", "", false, false, "", "", {"app"}, {}, {"x"}, true}};
  const std::string english = text_of(report, true);
  CHECK(has(english, "(imei)  · used by: acme"));
  CHECK(has(english, "without effect  · void since  · no use seen: may be over-declared"));
  CHECK(has(english, "what uses it is not in the catalogue"));
  CHECK(has(english, "not requested by the app  · attempted by: app"));
  report.coverage.analysable = Analysable::partial;
  CHECK(has(text_of(report, true), "no use seen, but the code could not be seen in full"));
  CHECK(has(text_of(report, true, Language::chinese), "未见使用，但代码未能完整分析"));
}

TEST_CASE("hosts: cleartext, and other vendors' ones") {
  AppReport report = report_of({});
  report.findings[0].hosts = {
      {"a.b.cn", true, "rival", "http://a.b.cn/x", "La/B;.c:()V @0x0001", "classes.dex"}};
  report.findings[0].host_count = 9;
  const std::string text = text_of(report, true);
  CHECK(has(text, "cleartext  belongs to rival  http://a.b.cn/x  [classes.dex]  La/B;.c:()V @0x0001"));
  CHECK(has(text, "… 8 more"));
}

TEST_CASE("no text of an app repaints the terminal") {
  AppReport report = report_of({behaviour_of("imei", "high", UseStrength::confirmed, Reach::screen)});
  ReachedUse& use = report.findings[0].behaviours[0].uses[0];
  use.use.method = use.use.item = use.path[0].method = "\x1b[2J";
  report.findings[0].hosts = {{"\x1b[2J", false, "", "\x1b[2J", "\x1b[2J", "\x1b[2J"}};
  CHECK_FALSE(has(text_of(report, true), "\x1b"));
}

TEST_CASE("an explanation shows the code, the way and how to check it") {
  Explanation explanation;
  explanation.app.path = "a.apk";
  explanation.owner = "acme";
  explanation.name = "Acme";
  explanation.name_zh = "尖端";
  ExplainedBehaviour behaviour;
  behaviour.finding = behaviour_of("imei", "high", UseStrength::confirmed, Reach::screen);
  behaviour.finding.notice_labels = {"违规收集个人信息"};
  ExplainedUse use;
  use.reached = behaviour.finding.uses[0];
  use.code = {"Lcom/acme/A;.m:()V", {{"line one", false}, {"line two", true}}, ""};
  use.verify = {"unzip -p a.apk classes.dex >classes.dex"};
  behaviour.uses = {use};
  explanation.behaviours = {behaviour};
  std::string english, chinese, json;
  write_explanation(explanation, Language::english, english);
  write_explanation(explanation, Language::chinese, chinese);
  write_explanation_ndjson(explanation, json);
  CHECK(has(english, "      line one\n    > line two\n"));
  CHECK(has(english, "1. Android calls La/P;.onCreate:()Z"));
  CHECK(has(english, "2. calls Lcom/acme/A;.m:()V"));
  CHECK(has(english, "T/TAF 077.5"));
  CHECK(has(english, "违规收集个人信息"));
  CHECK(has(english, "unzip -p a.apk"));
  CHECK(has(english, "does not show that it ran"));
  CHECK(has(english, "… 3 more uses are not listed"));
  CHECK(has(chinese, "尖端 Acme [acme]"));
  CHECK(has(chinese, "代码存在不等于已执行"));
  CHECK(json.starts_with("{\"schema\":\"sdkprint-explanation-1\""));
  CHECK(has(json, "\"meant\":true"));
}

}  // namespace
}  // namespace sdkprint
