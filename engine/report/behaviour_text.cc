#include "report/behaviour_text.h"

#include <algorithm>

#include "report/display.h"
#include "report/wording.h"

namespace sdkprint {
namespace {

constexpr std::size_t kNamesInSummary = 6;
constexpr std::size_t kUsesShown = 3;
constexpr std::size_t kStepsShown = 12;

constexpr Phrase kBehaviours = {"Behaviours", "行为"};
constexpr Phrase kBehaviourWord = {"behaviours", "行为"};
constexpr Phrase kEarliest = {"earliest", "最早"};
constexpr Phrase kPermissions = {"Permissions", "权限"};
constexpr Phrase kHosts = {"Hosts in the SDKs' own code", "SDK自身代码中的主机"};
constexpr Phrase kApp = {"the app's own code", "应用自身代码"};
constexpr Phrase kNobody = {"no signature claims", "未归属"};
constexpr Phrase kNone = {"none found", "未发现"};
constexpr Phrase kLimitsTitle = {"What this shows and what it does not", "本结果的证明力与局限"};
constexpr Phrase kPath = {"path", "路径"};
constexpr Phrase kThrough = {"through", "经由封装"};
constexpr Phrase kCharged = {"called by", "调用方"};
constexpr Phrase kBenign = {"a library's own harmless use", "开源库自身的良性使用"};
constexpr Phrase kPermission = {"permission", "权限"};
constexpr Phrase kMore = {"more", "项未列出"};
constexpr Phrase kNotRequested = {"not requested by the app", "应用未申请"};
constexpr Phrase kVoid = {"without effect", "申请无效"};
constexpr Phrase kNotDeclared = {"lead: seen, and not in what the vendor declares",
                                 "线索：代码可见而提供方未声明"};
constexpr Phrase kUsedBy = {"used by", "使用方"};
constexpr Phrase kAttemptedBy = {"attempted by", "尝试使用方"};
constexpr Phrase kMaybeUsedBy = {"leads to use by", "使用线索"};
constexpr Phrase kNoUse = {"no use seen: may be over-declared", "未见使用：可能超范围申请"};
constexpr Phrase kNoUsePartly = {"no use seen, but the code could not be seen in full",
                                 "未见使用，但代码未能完整分析"};
constexpr Phrase kUnknownUse = {"what uses it is not in the catalogue", "目录未收录其使用方式"};
constexpr Phrase kCleartext = {"cleartext", "明文传输"};
constexpr Phrase kOther = {"belongs to", "属于"};
constexpr Phrase kReachUnknown = {"the call graph was over its budget: reach is not known",
                                  "调用图超出预算：可达性未知"};

class BehaviourText {
 public:
  BehaviourText(const AppReport& report, const TextOptions& options, std::string& out)
      : report_(report), options_(options), out_(out) {}

  void behaviours();
  void permissions();
  void hosts();
  void limits();

 private:
  const char* say(const Phrase& phrase) const { return phrase.in(options_.language); }
  void line(const std::string& text) { out_ += text + '\n'; }
  void heading(const Phrase& title) {
    line(std::string("  ") + (options_.colour ? "\x1b[1m" : "") + say(title) +
         (options_.colour ? "\x1b[0m" : ""));
  }
  static std::string safe(std::string_view text) { return escape_for_terminal(text); }
  void owner(const std::string& title, const std::vector<BehaviourFinding>& behaviours);
  void behaviour(const BehaviourFinding& finding);
  void not_declared(const Finding& finding);
  void use(const ReachedUse& reached);
  void path(const ReachedUse& reached);
  std::string verdict(const PermissionFinding& row) const;
  static std::string joined(const std::vector<std::string>& list);

  const AppReport& report_;
  const TextOptions& options_;
  std::string& out_;
};

std::string BehaviourText::joined(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& one : list) text += (text.empty() ? "" : ", ") + safe(one);
  return text;
}

void BehaviourText::path(const ReachedUse& reached) {
  std::string text;
  for (std::size_t i = 0; i < reached.path.size(); ++i) {
    if (i == kStepsShown && reached.path.size() > kStepsShown + 1) {
      text += " → … " + std::to_string(reached.path.size() - kStepsShown) + " " + say(kMore);
      break;
    }
    const PathStep& step = reached.path[i];
    text += i == 0 ? "" : " → ";
    if (step.kind != StepKind::call) text += "[" + std::string(name(step.kind)) + "] ";
    text += safe(step.method);
  }
  if (!text.empty()) line(std::string("            ") + say(kPath) + ": " + text);
}

void BehaviourText::use(const ReachedUse& reached) {
  const Use& use = reached.use;
  std::string text = "          " + safe(place_of(use));
  if (use.line) text += " (" + std::to_string(*use.line) + ")";
  text += "  [" + safe(use.entry);
  if (use.offset) {
    char offset[24];
    std::snprintf(offset, sizeof offset, " 0x%llx", static_cast<unsigned long long>(*use.offset));
    text += offset;
  }
  text += "]  " + std::string(say(phrase(use.via)));
  if (!use.api.empty()) text += " " + safe(use.api);
  if (!use.item.empty()) text += " \"" + safe(use.item) + "\"";
  text += "  · " + std::string(say(phrase(reached.reach)));
  if (reached.is_benign) text += std::string("  · ") + say(kBenign);
  if (!reached.charged_to.empty())
    text += std::string("  · ") + say(kCharged) + " " + joined(reached.charged_to);
  line(text);
  for (const CallerFrame& frame : reached.through) {
    char pc[16];
    std::snprintf(pc, sizeof pc, " @0x%04x", frame.pc);
    line(std::string("            ") + say(kThrough) + ": " + safe(frame.method) + pc + " → " +
         safe(frame.calls));
  }
  path(reached);
}

void BehaviourText::behaviour(const BehaviourFinding& finding) {
  std::string text = "      " + pad_right(say(severity_phrase(finding.severity)), 7) +
                     display_name(finding.name, finding.name_zh, options_.language) + " (" + finding.id + ")";
  text += std::string("  · ") + say(phrase(finding.strength)) + "  · " + say(phrase(finding.reach));
  if (!finding.standard.empty()) text += "  · " + finding.standard;
  if (finding.is_benign) text += std::string("  · ") + say(kBenign);
  line(text);
  const std::string permission = permission_line(finding, options_.language);
  if (!permission.empty()) line(std::string("          ") + say(kPermission) + ": " + permission);
  const std::size_t shown =
      options_.all_evidence ? finding.uses.size() : std::min(kUsesShown, finding.uses.size());
  for (std::size_t i = 0; i < shown; ++i) use(finding.uses[i]);
  if (finding.use_count > shown)
    line("          … " + std::to_string(finding.use_count - shown) + " " + say(kMore));
}

void BehaviourText::owner(const std::string& title, const std::vector<BehaviourFinding>& behaviours) {
  if (behaviours.empty()) return;
  line("    " + title + " (" + std::to_string(behaviours.size()) + ")");
  for (const BehaviourFinding& finding : behaviours) behaviour(finding);
}

/// What the vendor's page leaves out, for a person to read there.
void BehaviourText::not_declared(const Finding& finding) {
  std::string names;
  for (const BehaviourFinding* one : undeclared_behaviours(finding)) {
    names += (names.empty() ? "" : ", ") + display_name(one->name, one->name_zh, options_.language) + " (" +
             one->id + ")";
  }
  if (!names.empty())
    line(std::string("      ") + say(kNotDeclared) + ": " + names + "  [" + safe(finding.declares_source) +
         "]");
}

void BehaviourText::behaviours() {
  heading(kBehaviours);
  const std::size_t before = out_.size();
  if (!report_.is_reach_known) line(std::string("    ") + say(kReachUnknown));
  for (const char* kind : {"sdk", "packer", "library"}) {
    for (const Finding& finding : report_.findings) {
      if (finding.kind != kind) continue;
      owner(display_name(finding.name, finding.name_zh, options_.language) + " [" + finding.sdk + "]",
            finding.behaviours);
      not_declared(finding);
    }
  }
  owner(say(kApp), report_.own_behaviours);
  for (const PackageBehaviours& row : report_.unattributed_behaviours) {
    owner((row.package.empty() ? "(default)" : safe(row.package)) + " (" + say(kNobody) + ")",
          row.behaviours);
  }
  if (out_.size() == before) line(std::string("    ") + say(kNone));
}

std::string BehaviourText::verdict(const PermissionFinding& row) const {
  std::string text;
  if (!row.is_declared) text += std::string("  · ") + say(kNotRequested);
  if (row.is_void) text += std::string("  · ") + say(kVoid);
  const std::string& restriction =
      options_.language == Language::chinese ? row.restriction_zh : row.restriction;
  if (!restriction.empty()) text += "  · " + restriction;
  if (!row.used_by.empty())
    text += std::string("  · ") + say(row.is_declared ? kUsedBy : kAttemptedBy) + ": " + joined(row.used_by);
  if (!row.maybe_used_by.empty())
    text += std::string("  · ") + say(kMaybeUsedBy) + ": " + joined(row.maybe_used_by);
  if (!row.used_by.empty() || !row.maybe_used_by.empty()) return text;
  const bool is_full = report_.coverage.analysable == Analysable::full;
  return text + "  · " + say(!row.is_known ? kUnknownUse : is_full ? kNoUse : kNoUsePartly);
}

void BehaviourText::permissions() {
  heading(kPermissions);
  if (report_.permissions.empty()) return line(std::string("    ") + say(kNone));
  for (const PermissionFinding& row : report_.permissions) {
    std::string text = "    " + pad_right(safe(row.permission), 48);
    if (options_.language == Language::chinese && !row.name_zh.empty()) text += " " + row.name_zh;
    if (!row.behaviours.empty()) text += " (" + joined(row.behaviours) + ")";
    line(text + verdict(row));
  }
}

void BehaviourText::hosts() {
  heading(kHosts);
  const std::size_t before = out_.size();
  for (const Finding& finding : report_.findings) {
    if (finding.hosts.empty()) continue;
    line("    " + display_name(finding.name, finding.name_zh, options_.language) + " [" + finding.sdk +
         "] (" + std::to_string(finding.host_count) + ")");
    for (const HostUse& use : finding.hosts) {
      std::string text = "      " + pad_right(safe(use.host), 40) + " ";
      if (use.cleartext) text += std::string(say(kCleartext)) + "  ";
      if (!use.other_sdk.empty()) text += std::string(say(kOther)) + " " + use.other_sdk + "  ";
      line(text + safe(use.url) + "  [" + safe(use.entry) + "]  " + safe(use.used_by));
    }
    if (finding.host_count > finding.hosts.size())
      line("      … " + std::to_string(finding.host_count - finding.hosts.size()) + " " + say(kMore));
  }
  if (out_.size() == before) line(std::string("    ") + say(kNone));
}

void BehaviourText::limits() {
  heading(kLimitsTitle);
  for (const Phrase& limit : standing_limits()) line(std::string("    - ") + say(limit));
}

bool is_grave(const BehaviourFinding& finding) { return !finding.is_benign && finding.severity != "low"; }

}  // namespace

std::string behaviour_summary(const Finding& finding, const TextOptions& options) {
  std::string text;
  std::size_t grave = 0;
  Reach earliest = Reach::not_established;
  for (const BehaviourFinding& behaviour : finding.behaviours) {
    if (!is_grave(behaviour)) continue;
    earliest = std::max(earliest, behaviour.reach);
    if (++grave > kNamesInSummary) continue;
    text += grave == 1 ? "" : options.language == Language::chinese ? "、" : ", ";
    text += options.language == Language::chinese ? behaviour.name_zh : behaviour.name;
    if (behaviour.strength == UseStrength::lead) text += "?";
  }
  if (grave == 0) return {};
  if (grave > kNamesInSummary) text += " … +" + std::to_string(grave - kNamesInSummary);
  return std::string(kBehaviourWord.in(options.language)) + ": " + text + "  · " +
         kEarliest.in(options.language) + ": " + phrase(earliest).in(options.language);
}

void write_behaviour_sections(const AppReport& report, const TextOptions& options, std::string& out) {
  BehaviourText text(report, options, out);
  if (options.show_behaviours) text.behaviours();
  if (options.show_permissions) text.permissions();
  if (options.show_hosts) text.hosts();
  const bool has_behaviours = !report.own_behaviours.empty() || !report.unattributed_behaviours.empty() ||
                              std::any_of(report.findings.begin(), report.findings.end(),
                                          [](const Finding& finding) { return !finding.behaviours.empty(); });
  if (has_behaviours || options.show_behaviours || options.show_permissions) text.limits();
}

}  // namespace sdkprint
