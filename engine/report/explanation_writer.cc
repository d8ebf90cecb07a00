#include "report/behaviour_json.h"
#include "report/display.h"
#include "report/report_writer.h"
#include "report/wording.h"

namespace sdkprint {
namespace {

constexpr Phrase kStandard = {"standard", "标准"};
constexpr Phrase kLabels = {"notice labels", "通报问题项"};
constexpr Phrase kPermission = {"permission", "权限"};
constexpr Phrase kCategory = {"data", "数据类型"};
constexpr Phrase kEvidence = {"evidence", "证据"};
constexpr Phrase kOf = {"of", "/"};
constexpr Phrase kWhere = {"where", "位置"};
constexpr Phrase kWhat = {"what", "内容"};
constexpr Phrase kReach = {"reach", "可达性"};
constexpr Phrase kPath = {"path", "路径"};
constexpr Phrase kThrough = {"called through a wrapper by", "经由封装，调用方为"};
constexpr Phrase kCode = {"code", "代码"};
constexpr Phrase kVerify = {"verify with", "核验命令"};
constexpr Phrase kLimits = {"What this shows and what it does not", "本结果的证明力与局限"};
constexpr Phrase kDatabase = {"signature database", "特征库"};
constexpr Phrase kBenign = {"a library's own harmless use", "开源库自身的良性使用"};
constexpr Phrase kNothing = {"no behaviour of the catalogue was seen", "未发现目录中的行为"};
constexpr Phrase kMore = {"more uses are not listed", "处使用未列出"};
constexpr Phrase kPartly = {"the app's code could not be seen in full", "应用代码未能完整分析"};

class ExplanationText {
 public:
  ExplanationText(const Explanation& explanation, Language language, std::string& out)
      : explanation_(explanation), language_(language), out_(out) {}

  void run() {
    head();
    for (const ExplainedBehaviour& behaviour : explanation_.behaviours) this->behaviour(behaviour);
    if (explanation_.behaviours.empty()) line(say(kNothing));
    line(say(kLimits));
    for (const Phrase& limit : standing_limits()) line(std::string("  - ") + say(limit));
    if (explanation_.coverage.analysable != Analysable::full) line(std::string("  - ") + say(kPartly));
  }

 private:
  const char* say(const Phrase& phrase) const { return phrase.in(language_); }
  void line(const std::string& text) { out_ += text + '\n'; }
  void field(const Phrase& name, const std::string& value, std::size_t indent = 2) {
    if (!value.empty()) line(std::string(indent, ' ') + say(name) + ": " + value);
  }
  static std::string safe(std::string_view text) { return escape_for_terminal(text); }
  void head();
  void behaviour(const ExplainedBehaviour& behaviour);
  void use(const ExplainedUse& explained, std::size_t number, std::size_t count);
  void excerpt(const CodeExcerpt& code);

  const Explanation& explanation_;
  Language language_;
  std::string& out_;
};

void ExplanationText::head() {
  const Explanation& it = explanation_;
  line(safe(it.app.path) + "  " + safe(it.app.package) + "  " + safe(it.app.version_name));
  line("  sha256 " + it.app.sha256);
  line(std::string("  ") + say(kDatabase) + " " + it.database_fingerprint);
  std::string owner =
      it.name.empty() ? safe(it.owner) : display_name(it.name, it.name_zh, language_) + " [" + it.owner + "]";
  if (!it.version.empty()) owner += " " + safe(it.version);
  line(owner);
  line("");
}

void ExplanationText::behaviour(const ExplainedBehaviour& explained) {
  const BehaviourFinding& finding = explained.finding;
  line(display_name(finding.name, finding.name_zh, language_) + " (" + finding.id + ")  · " +
       say(severity_phrase(finding.severity)) + "  · " + say(phrase(finding.strength)));
  if (finding.is_benign) line(std::string("  ") + say(kBenign));
  field(kReach, say(phrase(finding.reach)));
  field(kPermission, permission_line(finding, language_));
  field(kCategory, (language_ == Language::chinese ? finding.category_zh : finding.category_name) +
                       (finding.data_type_zh.empty() ? "" : " / " + finding.data_type_zh));
  field(kStandard, finding.standard);
  std::string labels;
  for (const std::string& label : finding.notice_labels) labels += (labels.empty() ? "" : "；") + label;
  field(kLabels, labels);
  for (std::size_t i = 0; i < explained.uses.size(); ++i) use(explained.uses[i], i + 1, finding.use_count);
  if (finding.use_count > explained.uses.size())
    line("  … " + std::to_string(finding.use_count - explained.uses.size()) + " " + say(kMore));
  line("");
}

void ExplanationText::excerpt(const CodeExcerpt& code) {
  if (!code.absent.empty()) return line("      (" + safe(code.absent) + ")");
  for (const CodeLine& one : code.lines) line((one.is_meant ? "    > " : "      ") + safe(one.text));
}

void ExplanationText::use(const ExplainedUse& explained, std::size_t number, std::size_t count) {
  const ReachedUse& reached = explained.reached;
  const Use& use = reached.use;
  line(std::string("  ") + say(kEvidence) + " " + std::to_string(number) + " " + say(kOf) + " " +
       std::to_string(count) + ": " + say(phrase(use.strength)) +
       (reached.is_benign ? std::string("  · ") + say(kBenign) : ""));
  std::string where = safe(use.entry);
  if (!place_of(use).empty()) where += "  " + safe(place_of(use));
  if (use.line) where += "  (" + std::to_string(*use.line) + ")";
  field(kWhere, where, 4);
  std::string what = say(phrase(use.via));
  if (!use.api.empty()) what += " " + safe(use.api);
  if (!use.item.empty()) what += " \"" + safe(use.item) + "\"";
  field(kWhat, what, 4);
  if (!explained.code.lines.empty() || !explained.code.absent.empty()) {
    line(std::string("    ") + say(kCode) + ": " + safe(explained.code.method));
    excerpt(explained.code);
  }
  for (const CodeExcerpt& frame : explained.through) {
    line(std::string("    ") + say(kThrough) + " " + safe(frame.method));
    excerpt(frame);
  }
  field(kReach, say(phrase(reached.reach)), 4);
  if (!reached.path.empty()) line(std::string("    ") + say(kPath) + ":");
  for (std::size_t i = 0; i < reached.path.size(); ++i) {
    const PathStep& step = reached.path[i];
    line("      " + std::to_string(i + 1) + ". " + say(phrase(step.kind)) + " " + safe(step.method));
  }
  if (!explained.verify.empty()) line(std::string("    ") + say(kVerify) + ":");
  for (const std::string& command : explained.verify) line("      " + safe(command));
}

Json excerpt_json(const CodeExcerpt& code) {
  Json json = {{"method", or_null(code.method)}};
  json["lines"] = list(code.lines, [](const CodeLine& one) {
    return Json{{"text", one.text}, {"meant", one.is_meant}};
  });
  json["absent"] = or_null(code.absent);
  return json;
}

}  // namespace

void write_explanation(const Explanation& explanation, Language language, std::string& out) {
  ExplanationText(explanation, language, out).run();
}

void write_explanation_ndjson(const Explanation& explanation, std::string& out) {
  for (const ExplainedBehaviour& behaviour : explanation.behaviours) {
    Json about = behaviour_json(behaviour.finding);
    about.erase("uses");
    for (const ExplainedUse& use : behaviour.uses) {
      Json json = {{"schema", "sdkprint-explanation-1"},
                   {"app", {{"path", explanation.app.path}, {"sha256", or_null(explanation.app.sha256)}}},
                   {"database", {{"fingerprint", explanation.database_fingerprint}}},
                   {"owner", explanation.owner},
                   {"behaviour", about},
                   {"use", use_json(use.reached)}};
      json["code"] = excerpt_json(use.code);
      json["through"] = list(use.through, excerpt_json);
      json["verify"] = use.verify;
      Json limits = Json::array();
      for (const Phrase& limit : standing_limits()) limits.push_back(limit.english);
      json["limits"] = std::move(limits);
      out += json.dump(-1, ' ', false, Json::error_handler_t::replace);
      out += '\n';
    }
  }
}

}  // namespace sdkprint
