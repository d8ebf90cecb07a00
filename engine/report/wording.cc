#include "report/wording.h"

#include <array>
#include <cstdio>

namespace sdkprint {
namespace {

constexpr std::array<Phrase, kReachCount> kReaches = {{
    {"not established", "未能确定"},
    {"only if the host app calls it", "仅当宿主应用调用其接口时"},
    {"from a screen, or by the user's hand", "由界面或用户操作触发"},
    {"from a background receiver or service", "由后台广播接收器或服务触发"},
    {"at application start", "应用启动时（Application）"},
    {"at provider auto-start, before Application.onCreate",
     "ContentProvider自动启动时（早于Application.onCreate）"},
}};

constexpr std::array<Phrase, 7> kSteps = {{
    {"Android calls", "系统调用"},
    {"calls", "调用"},
    {"calls the override", "调用其重写方法"},
    {"makes an object that the platform calls back", "创建由系统回调的对象"},
    {"makes an object that is called back when the user acts", "创建用户操作时回调的对象"},
    {"makes Android initialise the class", "触发类初始化"},
    {"loads the class by its name", "以类名反射加载"},
}};

constexpr std::array<Phrase, 9> kVias = {{
    {"calls", "调用"},
    {"calls, by a subclass that inherits it,", "通过继承该方法的子类调用"},
    {"reads the field", "读取字段"},
    {"loads the string", "加载字符串"},
    {"looks up by reflection", "反射查找"},
    {"calls with its context", "结合上下文调用"},
    {"extends or implements", "继承或实现"},
    {"native library imports", "原生库导入符号"},
    {"the manifest says", "清单声明"},
}};

constexpr std::array<Phrase, kGradeCount> kGrades = {{{"trace", "痕迹"},
                                                      {"referenced", "被引用"},
                                                      {"stub", "空壳"},
                                                      {"structural", "结构相似"},
                                                      {"defined", "已集成"}}};

constexpr std::array<Phrase, 6> kLimits = {{
    {"Read from the app's files, nothing was run: that the code is there does not show that it ran.",
     "仅基于应用文件静态分析，未运行应用：代码存在不等于已执行。"},
    {"What was collected, sent or shared, how often, and whether the user had consented, is not shown.",
     "不证明收集、发送或共享了何种数据及其频次，也不证明是否取得用户同意。"},
    {"\"lead\" marks what harmless code has, too: a dynamic run must decide.",
     "“静态线索”亦可能见于无害代码，须以动态运行复核。"},
    {"Code loaded at run time, packed or encrypted code and native code are not covered; a native library's "
     "imports show what it could do.",
     "不覆盖运行时加载、加固或加密的代码及原生代码；原生库导入符号仅表明能力。"},
    {"Reach follows calls by static rules: ways over reflection with computed names, native code or other "
     "apps are not seen.",
     "可达性依静态规则推断：经由动态计算名称的反射、原生代码或其他应用的路径不可见。"},
    {"Absence of a behaviour is no proof of its absence.", "未发现某行为不代表不存在该行为。"},
}};

}  // namespace

Phrase phrase(UseStrength strength) {
  if (strength == UseStrength::confirmed) return {"code present", "静态确证的代码存在"};
  return {"lead, needs a dynamic run", "静态线索，需动态复核"};
}

Phrase phrase(UseVia via) { return kVias[static_cast<std::size_t>(via)]; }
Phrase phrase(Reach reach) { return kReaches[static_cast<std::size_t>(reach)]; }
Phrase phrase(StepKind kind) { return kSteps[static_cast<std::size_t>(kind)]; }
Phrase grade_phrase(Grade grade) { return kGrades[static_cast<std::size_t>(grade)]; }

Phrase severity_phrase(const std::string& severity) {
  if (severity == "high") return {"high", "高"};
  if (severity == "medium") return {"medium", "中"};
  return {"low", "低"};
}

std::span<const Phrase> standing_limits() { return kLimits; }

std::string display_name(const std::string& name, const std::string& name_zh, Language language) {
  if (name_zh.empty() || name_zh == name) return name;
  return language == Language::chinese ? name_zh + " " + name : name + " " + name_zh;
}

std::string permission_line(const BehaviourFinding& finding, Language language) {
  if (finding.permissions.empty()) return {};
  const bool chinese = language == Language::chinese;
  std::string text;
  for (const std::string& permission : finding.permissions) text += (text.empty() ? "" : ", ") + permission;
  const char* held =
      !finding.permission_held ? (chinese ? "部分调用无需权限或情况不明" : "may need none, or not known")
      : *finding.permission_held
          ? (chinese ? "应用已申请" : "requested by the app")
          : (chinese ? "应用未申请或申请无效，调用仅为尝试" : "not requested, or without effect: an attempt");
  text += chinese ? "：" : ": ";
  text += held;
  const std::string& note = chinese ? finding.permission_note_zh : finding.permission_note;
  if (!note.empty()) text += (chinese ? "（" : " (") + note + (chinese ? "）" : ")");
  return text;
}

std::string place_of(const Use& use) {
  if (use.method.empty()) return use.class_name;
  char pc[16];
  std::snprintf(pc, sizeof pc, " @0x%04x", use.pc);
  return use.method + pc;
}

}  // namespace sdkprint
