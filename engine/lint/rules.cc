#include "lint/rules.h"

#include <algorithm>
#include <array>

#include "signature/diagnostic.h"

namespace sdkprint {
namespace {

constexpr Rule kRules[] = {
    {code::kSyntax, LintSeverity::error, "not a TOML file", "不是有效的 TOML 文件",
     "The file is no TOML 1.0 in UTF-8, nests too deeply or is over 1 MiB. Nothing in it was read.",
     "文件不是 UTF-8 编码的 TOML 1.0，嵌套过深，或超过 1 MiB。其内容未被读取。"},
    {code::kSchema, LintSeverity::error, "not as the format demands", "不符合格式规定",
     "A key that signatures/FORMAT.md does not know, a required key that is missing, or a value of the wrong "
     "type or "
     "form. The SDK is left out of the set.",
     "出现了 signatures/FORMAT.md 未定义的键、缺少必需的键，或值的类型或形式不对。该 SDK 不会进入特征集。"},
    {code::kPattern, LintSeverity::error, "a text that matches nothing, or by accident",
     "模式无法匹配，或会误匹配",
     "FORMAT.md, \"What is refused\", lists what patterns and regular expressions must satisfy.",
     "模式和正则表达式须满足的条件见 FORMAT.md 的 “What is refused” 一节。"},
    {code::kIdentity, LintSeverity::error, "an id that two records have", "标识重复",
     "Reports, allow lists and other signatures name a record by its id. Rename or merge the records.",
     "报告、豁免清单和其他特征都以标识指称记录。请改名或合并。"},
    {code::kUnknownId, LintSeverity::error, "an id that no record has", "引用了不存在的标识",
     "The vendor, category or SDK is described nowhere in the set.", "特征集中没有这个厂商、类别或 SDK。"},
    {code::kClaim, LintSeverity::error, "a class pattern that two SDKs have", "两个 SDK 使用同一个类模式",
     "A class has one owner. Make one of the patterns longer, or weak.",
     "一个类只有一个归属。请加长其中一个模式，或标为 weak。"},
    {code::kContainment, LintSeverity::error, "an SDK that contains itself", "SDK 包含了自身",
     "\"contains\" goes in one direction: from the release that ships to the SDK that is shipped.",
     "contains 只有一个方向：从打包者指向被打包的 SDK。"},
    {code::kWrongFile, LintSeverity::error, "a file that is missing or misplaced", "文件缺失或位置不对",
     "vendors.toml and categories.toml stand at the top, SDKs in the folder of their category.",
     "vendors.toml 和 categories.toml 位于顶层，SDK 位于其类别的文件夹中。"},

    {code::kVanishedId, LintSeverity::error, "a released id is gone", "已发布的标识消失",
     "Ids of lint/ids.txt were released: reports and other people's tools refer to them. A record may be "
     "renamed in all "
     "but its id. One that must go is allowed with its reason in lint/allow.toml.",
     "lint/ids.txt "
     "中的标识已经发布，报告和他人的工具都引用它们。记录的其他内容可改，标识不可改。确需删除的，须在 "
     "lint/allow.toml "
     "中写明理由。"},
    {code::kNoChineseName, LintSeverity::warning, "a Chinese vendor's SDK without name_zh",
     "国内厂商的 SDK 缺少中文名",
     "Reports in Chinese name the SDK as its vendor does. When the vendor has no Chinese name for it, allow "
     "it with the "
     "reason.",
     "中文报告须使用厂商自己的中文名称。厂商没有中文名称的，写明理由予以豁免。"},
    {code::kNoChineseVendorName, LintSeverity::warning, "a Chinese vendor without name_zh",
     "国内厂商缺少中文名",
     "A vendor of country CN, HK, MO or TW answers for its SDKs under its Chinese name. Vendors of open "
     "building blocks only "
     "(kind = library) go by their project's name.",
     "CN、HK、MO、TW 的厂商须有中文名；只有开源组件（kind = library）的除外。"},
    {code::kUrl, LintSeverity::error, "an address that leads nowhere", "网址无效",
     "The syntax of RFC 3986 and a host with a real top-level form: no placeholder, no blank, no user name, "
     "no local or "
     "private host, no backslash. Whether the address answers is not tried.",
     "须符合 RFC 3986，主机名须为公网域名，不得有占位符、空白、用户名或本地地址。不检查网址能否访问。"},
    {code::kUnknownSource, LintSeverity::error, "a source that SOURCES.md does not list",
     "来源未在 SOURCES.md 中登记",
     "A record's \"sources\" are ids of the table of SOURCES.md, which states each one's licence.",
     "sources 中的标识须在 SOURCES.md 的表中登记，并注明许可。"},
    {code::kUnusedVendor, LintSeverity::warning, "a vendor of no SDK", "没有 SDK 的厂商",
     "Nothing refers to it. Leave it out, or correct the SDK that means it.",
     "没有任何 SDK 引用它。请删除，或改正引用。"},
    {code::kDraft, LintSeverity::warning, "a draft", "草稿",
     "Drafts are made by import and learn and not yet reviewed. Check names and patterns against a real "
     "release, then "
     "leave \"draft\" out.",
     "草稿由 import 和 learn 生成，尚未复核。请对照真实发行包核对名称和模式，再删去 draft。"},

    {code::kCovered, LintSeverity::warning, "a pattern that adds nothing", "多余的模式",
     "Another pattern of the same SDK matches all that it matches and gives at least as much.",
     "同一 SDK 的另一个模式已覆盖它匹配的一切，且给出的等级不低于它。"},
    {code::kCollision, LintSeverity::warning, "a pattern that two SDKs match", "与另一 SDK 的模式冲突",
     "What it matches would be charged to both. Make one weak, or longer, or say that one contains the "
     "other.",
     "命中的内容会同时归于两个 SDK。请将其中一个标为 weak、加长，或用 contains 说明包含关系。"},
    {code::kNested, LintSeverity::warning, "a class pattern below another vendor's",
     "类模式位于另一厂商的前缀之下",
     "The longer one takes its classes from the shorter one. That is right only when the SDKs are related: "
     "say so with "
     "\"contains\", or give the shorter one what is its own.",
     "较长的模式会从较短的模式中取走类。只有两个 SDK 相关时才正确：请用 contains "
     "说明，或把较短的模式改为其自有的部分。"},
    {code::kGeneric, LintSeverity::warning, "a pattern that unrelated apps match", "模式过于通用",
     "Measured: in lint/reference.tsv at least 3 unrelated owners bear a name that it matches and nothing "
     "else of the SDK. "
     "Make it longer, or weak; an open building block that they all use is kind = library.",
     "实测：lint/reference.tsv 中至少有 3 个互不相关的所有者带有它匹配的名称，却没有该 SDK "
     "的其他痕迹。请加长，或标为 weak。"},
    {code::kPlatform, LintSeverity::error, "a pattern that matches the platform", "匹配到 Android 平台自身",
     "Measured: it matches names of Android itself that any app may have. When the SDK really bears the "
     "platform's name, "
     "say in_platform = true.",
     "实测：它匹配 Android 平台自身的名称，任何应用都可能带有。若 SDK 确与平台同名，请写 in_platform = "
     "true。"},
    {code::kBoundary, LintSeverity::warning, "a pattern that does not end at a package boundary",
     "模式未止于包边界",
     "\"com.foo*\" matches com.foobar, which is somebody else's. Write the package as a prefix, or a dot "
     "before the star.",
     "“com.foo*” 也会匹配他人的 com.foobar。请写成前缀，或在星号前加点。"},
    {code::kSlow, LintSeverity::warning, "a regular expression that is slow", "正则表达式很慢",
     "Hyperscan looks for literal texts first. Repeats of wide sets in front of the first literal text, and "
     "counted repeats "
     "that are large, cost every app that is scanned.",
     "Hyperscan 先找固定文本。固定文本之前的宽字符集重复，以及次数很大的重复，会拖慢对每个应用的扫描。"},

    {code::kCapturesNothing, LintSeverity::error, "a version rule that captures no version",
     "版本规则取不到版本",
     "What the rule makes the version of has no digit in any match, or only text around it.",
     "规则取出的部分在任何匹配中都不含数字，或只取到版本周围的文字。"},
    {code::kReadsNothing, LintSeverity::error, "a version rule that reads nothing", "版本规则读不到任何内容",
     "\"code\" and \"constants\" read the methods of classes that the SDK owns; no class pattern of the SDK "
     "owns this one.",
     "code 和 constants 只读取归属于该 SDK 的类的方法，而该 SDK 的类模式不包含此类。"},
    {code::kNeverTried, LintSeverity::warning, "a version rule that stands twice", "重复的版本规则",
     "The first of the two decides whenever both could.", "两条规则相同，只有第一条起作用。"},

    {code::kLintFile, LintSeverity::error, "a file of the lint that cannot be used", "lint 的文件无法使用",
     "lint/allow.toml, lint/ids.txt or lint/reference.tsv is not as FORMAT.md describes it.",
     "lint/allow.toml、lint/ids.txt 或 lint/reference.tsv 不符合 FORMAT.md 的说明。"},
    {code::kUnusedAllowance, LintSeverity::note, "an allowance that allows nothing", "无用的豁免",
     "What it allowed is no longer found. Leave it out.", "它所豁免的问题已不存在。请删除。"},
};

}  // namespace

std::string_view name(LintSeverity severity) {
  static constexpr std::array<std::string_view, 3> kNames = {"note", "warning", "error"};
  return kNames[static_cast<std::size_t>(severity)];
}

std::span<const Rule> rules() { return kRules; }

const Rule* find_rule(std::string_view code) {
  const auto found =
      std::find_if(std::begin(kRules), std::end(kRules), [&](const Rule& rule) { return rule.code == code; });
  return found == std::end(kRules) ? nullptr : &*found;
}

}  // namespace sdkprint
