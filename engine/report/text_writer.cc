#include <algorithm>
#include <array>

#include "report/behaviour_text.h"
#include "report/display.h"
#include "report/report_writer.h"
#include "report/wording.h"

namespace sdkprint {
namespace {

constexpr Phrase kSigned = {"signed by", "签名证书"};
constexpr Phrase kAnalysable = {"analysable", "可分析性"};
constexpr std::array<Phrase, 3> kAnalysableNames = {
    {{"none", "不可分析"}, {"partial", "部分可分析"}, {"full", "可分析"}}};
constexpr Phrase kName = {"name", "名称"};
constexpr Phrase kVersion = {"version", "版本"};
constexpr Phrase kGrade = {"grade", "等级"};
constexpr Phrase kClasses = {"classes", "类数"}, kClassesCounted = {"classes", "个类"};
constexpr Phrase kCategory = {"category", "类别"};
constexpr Phrase kVendor = {"vendor", "提供方"};
constexpr Phrase kSdks = {"SDKs", "第三方SDK"};
constexpr Phrase kLibraries = {"Open libraries", "开源库"};
constexpr Phrase kPackers = {"Packers", "加固"};
constexpr Phrase kOwn = {"The app's own packages", "应用自身包"};
constexpr Phrase kUnattributed = {"Packages that no signature claims", "未归属的包"};
constexpr Phrase kProblems = {"Problems", "问题"};
constexpr Phrase kNothing = {"none found", "未发现"};
constexpr Phrase kNotAnalysable = {"the code could not be seen: absence of findings says nothing",
                                   "代码不可见：未发现不代表不存在"};
constexpr Phrase kMore = {"more", "项未列出"};

constexpr Phrase kWithin = {"within", "内含于"};

constexpr const char* kBold = "\x1b[1m";
constexpr const char* kDim = "\x1b[2m";
constexpr const char* kRed = "\x1b[31m";
constexpr const char* kGreen = "\x1b[32m";
constexpr const char* kYellow = "\x1b[33m";
constexpr const char* kReset = "\x1b[0m";

constexpr std::size_t kPackagesShown = 15;
constexpr std::size_t kProblemsShown = 20;
constexpr std::size_t kNameColumns = 44;

class TextWriter {
 public:
  TextWriter(const AppReport& report, const TextOptions& options, std::string& out)
      : report_(report), options_(options), out_(out) {}

  void run() {
    head();
    coverage();
    section(kSdks, "sdk", true);
    section(kPackers, "packer", false);
    section(kLibraries, "library", false);
    packages(kOwn, report_.own);
    packages(kUnattributed, report_.unattributed);
    write_behaviour_sections(report_, options_, out_);
    problems();
    out_ += '\n';
  }

 private:
  const char* say(const Phrase& phrase) const { return phrase.in(options_.language); }
  std::string paint(const char* colour, std::string_view text) const {
    return options_.colour ? colour + std::string(text) + kReset : std::string(text);
  }
  void line(const std::string& text) { out_ += text + '\n'; }
  static std::string safe(std::string_view text) { return escape_for_terminal(text); }

  void head();
  void coverage();
  void section(const Phrase& title, std::string_view kind, bool say_when_empty);
  void row(const Finding& finding);
  void evidence(const Finding& finding);
  std::string version(const Finding& finding) const;
  void packages(const Phrase& title, const std::vector<PackageCount>& rows);
  void problems();

  const AppReport& report_;
  const TextOptions& options_;
  std::string& out_;
};

void TextWriter::head() {
  const AppInfo& app = report_.app;
  line(paint(kBold, safe(app.path)));
  const bool chinese = options_.language == Language::chinese;
  std::string identity = safe(chinese && !app.label_zh.empty() ? app.label_zh : app.label);
  if (!app.package.empty()) identity += (identity.empty() ? "" : "  ") + safe(app.package);
  if (!app.version_name.empty()) identity += "  " + safe(app.version_name);
  if (app.version_code) identity += " (" + std::to_string(*app.version_code) + ")";
  if (!identity.empty()) line("  " + identity);
  std::string facts = app.kind + ", " + human_size(app.size);
  if (app.min_sdk) facts += ", minSdk " + std::to_string(*app.min_sdk);
  if (app.target_sdk) facts += ", targetSdk " + std::to_string(*app.target_sdk);
  line("  " + facts);
  if (!app.sha256.empty()) line("  sha256 " + app.sha256);
  for (const AppCertificate& one : app.certificates) {
    line(std::string("  ") + say(kSigned) + " " + safe(one.subject) + "  sha256 " + one.sha256);
  }
}

void TextWriter::coverage() {
  const Coverage& coverage = report_.coverage;
  const char* colour = coverage.analysable == Analysable::full      ? kGreen
                       : coverage.analysable == Analysable::partial ? kYellow
                                                                    : kRed;
  line(std::string("  ") + say(kAnalysable) + ": " +
       paint(colour, say(kAnalysableNames[static_cast<std::size_t>(coverage.analysable)])) + "  (" +
       std::to_string(coverage.dex_files) + " dex, " + std::to_string(coverage.classes) + " classes, " +
       std::to_string(coverage.native_libraries) + " native)");
  for (const CoverageReason& reason : coverage.reasons) {
    line("    " + reason.code + ": " + safe(reason.detail) +
         (reason.entry.empty() ? "" : "  [" + safe(reason.entry) + "]"));
  }
}

std::string TextWriter::version(const Finding& finding) const {
  if (finding.version) return safe(*finding.version);
  if (finding.version_evidence.empty()) return "-";
  std::string text = safe(finding.version_evidence.front().version);
  if (finding.version_evidence.size() > 1) text += "|" + safe(finding.version_evidence[1].version);
  return text + (finding.version_evidence.size() > 2 ? "|…" : "");
}

void TextWriter::row(const Finding& finding) {
  const bool chinese = options_.language == Language::chinese;
  const char* colour = finding.grade == Grade::defined ? kGreen
                       : finding.grade >= Grade::stub  ? kYellow
                                                       : kDim;
  const std::string& vendor =
      chinese && !finding.vendor.name_zh.empty() ? finding.vendor.name_zh : finding.vendor.name;
  const std::string& category =
      chinese && !finding.category_zh.empty() ? finding.category_zh : finding.category;
  std::string text = "    " +
                     pad_right(display_name(finding.name, finding.name_zh, options_.language), kNameColumns) +
                     " " + pad_right(version(finding), 14) + " ";
  text += paint(colour, pad_right(say(grade_phrase(finding.grade)), 11));
  text += pad_left(finding.classes == 0 ? "-" : std::to_string(finding.classes), 7) + "  ";
  text += pad_right(category, 26) + " " + vendor;
  if (!finding.nested_in.empty())
    text += std::string("  (") + say(kWithin) + " " + finding.nested_in.front() + ")";
  line(text);
}

void TextWriter::evidence(const Finding& finding) {
  std::size_t shown = 0;
  for (const Evidence& one : finding.evidence) {
    if (shown++ > 0 && !options_.all_evidence) break;
    std::string text = "        " + std::string(name(one.surface)) + " " + safe(one.item);
    if (one.count > 1) text += " (+" + std::to_string(one.count - 1) + ")";
    text += "  [" + safe(one.entry.empty() ? report_.app.path : one.entry);
    if (one.offset) {
      char offset[24];
      std::snprintf(offset, sizeof offset, " 0x%llx", static_cast<unsigned long long>(*one.offset));
      text += offset;
    }
    text += "]  " + one.pattern;
    if (!one.used_by.empty()) text += "  " + safe(one.used_by);
    line(paint(kDim, text));
  }
  if (!options_.all_evidence) return;
  for (const VersionEvidence& one : finding.version_evidence) {
    line(paint(kDim, "        " + std::string(say(kVersion)) + " " + safe(one.version) + "  [" +
                         safe(one.entry) + "]  " + one.source + "  " + safe(one.item)));
  }
}

void TextWriter::section(const Phrase& title, std::string_view kind, bool say_when_empty) {
  const auto is_of_kind = [&](const Finding& finding) { return finding.kind == kind; };
  const std::size_t count =
      static_cast<std::size_t>(std::count_if(report_.findings.begin(), report_.findings.end(), is_of_kind));
  if (count == 0 && !say_when_empty) return;
  line("  " + paint(kBold, say(title)) + " (" + std::to_string(count) + ")");
  if (count == 0) {
    const bool hidden = report_.coverage.analysable == Analysable::none;
    line("    " + (hidden ? paint(kRed, say(kNotAnalysable)) : std::string(say(kNothing))));
    return;
  }
  line(paint(kDim, "    " + pad_right(say(kName), kNameColumns) + " " + pad_right(say(kVersion), 14) + " " +
                       pad_right(say(kGrade), 11) + pad_left(say(kClasses), 7) + "  " +
                       pad_right(say(kCategory), 26) + " " + say(kVendor)));
  for (const Finding& finding : report_.findings) {
    if (!is_of_kind(finding)) continue;
    row(finding);
    evidence(finding);
    const std::string summary = behaviour_summary(finding, options_);
    if (!summary.empty()) line("        " + summary);
  }
}

void TextWriter::packages(const Phrase& title, const std::vector<PackageCount>& rows) {
  if (rows.empty()) return;
  line("  " + paint(kBold, say(title)) + " (" + std::to_string(rows.size()) + ")");
  for (std::size_t i = 0; i < rows.size() && i < kPackagesShown; ++i) {
    line("    " + pad_right(rows[i].package.empty() ? "(default)" : safe(rows[i].package), kNameColumns) +
         pad_left(std::to_string(rows[i].classes), 8) + " " + say(kClassesCounted));
  }
  if (rows.size() > kPackagesShown)
    line("    … " + std::to_string(rows.size() - kPackagesShown) + " " + say(kMore));
}

void TextWriter::problems() {
  if (report_.problems.empty()) return;
  line("  " + paint(kBold, say(kProblems)) + " (" + std::to_string(report_.problems.size()) + ")");
  for (std::size_t i = 0; i < report_.problems.size() && i < kProblemsShown; ++i) {
    const Problem& problem = report_.problems[i];
    line("    " + paint(problem.loss ? kRed : kDim, problem.kind) + "  " +
         (problem.entry.empty() ? "" : "[" + safe(problem.entry) + "]  ") + safe(problem.message));
  }
  if (report_.problems.size() > kProblemsShown) {
    line("    … " + std::to_string(report_.problems.size() - kProblemsShown) + " " + say(kMore));
  }
}

}  // namespace

void write_text(const AppReport& report, const TextOptions& options, std::string& out) {
  TextWriter(report, options, out).run();
}

}  // namespace sdkprint
