// The report for people: what stands where, in both languages, and that no app can play tricks with it.
#include <doctest/doctest.h>

#include <sstream>

#include "report/display.h"
#include "report/report_writer.h"

namespace sdkprint {
namespace {

Finding finding_of(const std::string& name, const std::string& name_zh, const std::string& kind = "sdk") {
  Finding finding;
  finding.sdk = "x";
  finding.name = name;
  finding.name_zh = name_zh;
  finding.kind = kind;
  finding.vendor = {"jiguang", "Jiguang", "极光", "CN"};
  finding.category = "push";
  finding.category_zh = "推送";
  finding.grade = Grade::defined;
  finding.version = "4.2.0";
  finding.classes = 12;
  finding.evidence = {
      {"classes.dex", Surface::class_name, "cn.jpush.A", 0x1234, "class:cn.jpush", "", 3},
      {"classes.dex", Surface::string, "jpush", 0x99, "string:jpush", "La/B;.c:()V @0x0001", 1}};
  return finding;
}

AppReport report_of(std::vector<Finding> findings) {
  AppReport report;
  report.app.path = "a.apk";
  report.app.kind = "apk";
  report.app.size = 8'100'000;
  report.app.package = "com.example";
  report.app.label = "Example";
  report.app.label_zh = "例子";
  report.findings = std::move(findings);
  return report;
}

std::string text_of(const AppReport& report, const TextOptions& options = {}) {
  std::string out;
  write_text(report, options, out);
  return out;
}

const TextOptions kChinese = {Language::chinese, false, false};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// The first line that holds the text, or "".
std::string line_with(const std::string& text, const std::string& part) {
  for (const std::string& line : lines_of(text)) {
    if (line.find(part) != std::string::npos) return line;
  }
  return "";
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The column at which a part begins.
std::size_t column_of(const std::string& line, const std::string& part) {
  REQUIRE(has(line, part));
  return display_width(line.substr(0, line.find(part)));
}

TEST_CASE("the head says what the app is") {
  const std::string text = text_of(report_of({}));
  CHECK(lines_of(text)[0] == "a.apk");
  CHECK(has(text, "Example  com.example"));
  CHECK(has(text, "apk, 8.1 MB"));
}

TEST_CASE("columns line up under wide characters, in both languages") {
  const AppReport report = report_of({finding_of("JPush", "极光推送"), finding_of("Plain", "")});
  for (const TextOptions& options : {TextOptions{}, kChinese}) {
    const std::string text = text_of(report, options);
    CHECK(column_of(line_with(text, "JPush"), "4.2.0") == column_of(line_with(text, "Plain"), "4.2.0"));
    const std::string header = options.language == Language::chinese ? "版本" : "version";
    CHECK(column_of(line_with(text, header), header) == column_of(line_with(text, "Plain"), "4.2.0"));
  }
  const std::string chinese = text_of(report, kChinese);
  CHECK(column_of(line_with(chinese, "类别"), "类别") == column_of(line_with(chinese, "Plain"), "推送"));
}

TEST_CASE("English and Chinese phrases") {
  const AppReport report = report_of({finding_of("JPush", "极光推送")});
  const std::string english = text_of(report), chinese = text_of(report, kChinese);
  CHECK(has(english, "JPush 极光推送"));
  CHECK(has(english, "defined"));
  CHECK(has(english, "Jiguang"));
  CHECK(has(english, "analysable: full"));
  CHECK(has(chinese, "极光推送 JPush"));
  CHECK(has(chinese, "已集成"));
  CHECK(has(chinese, "推送"));
  CHECK(has(chinese, "第三方SDK"));
  CHECK(has(chinese, "例子"));
  CHECK(has(chinese, "可分析性: 可分析"));
  CHECK_FALSE(has(chinese, "defined"));
}

TEST_CASE("SDKs, packers and libraries have sections of their own") {
  const std::string text = text_of(report_of(
      {finding_of("JPush", ""), finding_of("Guard", "", "packer"), finding_of("OkHttp", "", "library")}));
  CHECK(text.find("SDKs (1)") < text.find("Packers (1)"));
  CHECK(text.find("Packers (1)") < text.find("Open libraries (1)"));
  CHECK_FALSE(has(text_of(report_of({})), "Packers"));
}

TEST_CASE("nothing found in an app that could be seen") {
  CHECK(has(text_of(report_of({})), "none found"));
  CHECK(has(text_of(report_of({}), kChinese), "未发现"));
}

TEST_CASE("nothing found in an app that could not be seen says that this means nothing") {
  AppReport report = report_of({finding_of("Guard", "", "packer")});
  report.coverage.analysable = Analysable::none;
  report.coverage.reasons = {{"packer", "Guard (library libguard.so)", "lib/x86/libguard.so"}};
  const std::string english = text_of(report), chinese = text_of(report, kChinese);
  CHECK(has(english, "analysable: none"));
  CHECK(has(english, "absence of findings says nothing"));
  CHECK_FALSE(has(english, "none found"));
  CHECK(has(english, "packer: Guard (library libguard.so)  [lib/x86/libguard.so]"));
  CHECK(has(chinese, "不可分析"));
  CHECK(has(chinese, "未发现不代表不存在"));
}

TEST_CASE("evidence: the strongest, or all of it") {
  const AppReport report = report_of({finding_of("JPush", "")});
  const std::string brief = text_of(report);
  CHECK(has(brief, "class cn.jpush.A (+2)  [classes.dex 0x1234]  class:cn.jpush"));
  CHECK_FALSE(has(brief, "La/B;.c:()V"));
  const std::string all = text_of(report, {Language::english, false, true});
  CHECK(has(all, "string jpush  [classes.dex 0x99]  string:jpush  La/B;.c:()V @0x0001"));
}

TEST_CASE("versions that disagree stand beside each other") {
  Finding finding = finding_of("JPush", "");
  finding.version.reset();
  finding.version_evidence = {{"1.0", "", "", ""}, {"2.0", "", "", ""}};
  CHECK(has(text_of(report_of({finding})), "1.0|2.0 "));
  finding.version_evidence.push_back({"3.0", "", "", ""});
  CHECK(has(text_of(report_of({finding})), "1.0|2.0|…"));
  finding.version_evidence.clear();
  CHECK(has(line_with(text_of(report_of({finding})), "JPush"), " - "));
}

TEST_CASE("where an SDK lies within another") {
  Finding finding = finding_of("JCore", "");
  finding.nested_in = {"jpush"};
  CHECK(has(text_of(report_of({finding})), "(within jpush)"));
  CHECK(has(text_of(report_of({finding}), kChinese), "(内含于 jpush)"));
}

TEST_CASE("the app's own texts are escaped wherever they stand") {
  const std::string evil = "\x1b[2J\u202e\n";
  AppReport report = report_of({finding_of("JPush", "")});
  report.app.path = report.app.package = report.app.label = report.app.version_name = evil;
  report.app.certificates = {{std::string(64, 'a'), evil, {1}}};
  report.findings[0].version = evil;
  report.findings[0].version_evidence = {{evil, evil, "field:x", evil}};
  for (Evidence& one : report.findings[0].evidence) one.entry = one.item = one.used_by = evil;
  report.coverage.reasons = {{"packer", evil, evil}};
  report.own = report.unattributed = {{evil, 1, 1}};
  report.problems = {{evil, "odd", evil, false}};
  for (const Language language : {Language::english, Language::chinese}) {
    const std::string text = text_of(report, {language, false, true});
    CHECK_FALSE(has(text, "\x1b"));
    CHECK_FALSE(has(text, "\u202e"));
    CHECK(has(text, "\\u{1b}[2J\\u{202e}\\u{a}"));
    AppReport harmless = report_of({finding_of("JPush", "")});
    harmless.app.version_name = "1";
    harmless.app.certificates = {{std::string(64, 'a'), "x", {1}}};
    harmless.findings[0].version_evidence = {{"1", "x", "field:x", "x"}};
    harmless.coverage.reasons = {{"packer", "x", "x"}};
    harmless.own = harmless.unattributed = {{"x", 1, 1}};
    harmless.problems = {{"x", "odd", "x", false}};
    CHECK(lines_of(text).size() == lines_of(text_of(harmless, {language, false, true})).size());
  }
}

TEST_CASE("colour only when asked for") {
  const AppReport report = report_of({finding_of("JPush", "")});
  CHECK_FALSE(has(text_of(report), "\x1b"));
  CHECK(has(text_of(report, {Language::english, true, false}), "\x1b[32m"));
}

TEST_CASE("long lists of packages and problems are cut, and say so") {
  AppReport report = report_of({});
  for (int i = 0; i < 30; ++i) {
    report.unattributed.push_back({"com.p" + std::to_string(i), 1, 1});
    report.problems.push_back({"", "odd", "problem " + std::to_string(i), false});
  }
  const std::string text = text_of(report);
  CHECK(has(text, "Packages that no signature claims (30)"));
  CHECK(has(text, "… 15 more"));
  CHECK(has(text, "Problems (30)"));
  CHECK(has(text, "… 10 more"));
}

TEST_CASE("the default package has a name") {
  AppReport report = report_of({});
  report.unattributed = {{"", 3, 1}};
  CHECK(has(text_of(report), "(default)"));
}

TEST_CASE("every report ends with an empty line, so that several can be told apart") {
  CHECK(text_of(report_of({})).ends_with("\n\n"));
}

}  // namespace
}  // namespace sdkprint
