// sdkprint signature show: all that is written of an SDK.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "console.h"
#include "default_database.h"
#include "report/display.h"
#include "review/sample_check.h"
#include "review/signature_search.h"
#include "signature/diagnostic.h"

namespace sdkprint::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Label {
  const char* english;
  const char* chinese;
};

constexpr std::size_t kLabelColumns = 18;

const Behaviour* find_behaviour(const BehaviourSet& set, std::string_view id) {
  const auto found = std::find_if(set.behaviours.begin(), set.behaviours.end(),
                                  [&](const Behaviour& behaviour) { return behaviour.id == id; });
  return found == set.behaviours.end() ? nullptr : &*found;
}

/// Ids of SDKs whose releases ship this one.
std::vector<std::string> shipped_by(const SignatureSet& set, std::string_view id) {
  std::vector<std::string> result;
  for (const Sdk& sdk : set.sdks) {
    if (std::find(sdk.contains.begin(), sdk.contains.end(), id) != sdk.contains.end())
      result.push_back(sdk.id);
  }
  return result;
}

std::string package_of(const Sample& sample) { return sample.package + "@" + sample.package_version; }

class RecordText {
 public:
  RecordText(const Catalogue& catalogue, Language language) : catalogue_(catalogue), language_(language) {}

  std::string of(const Sdk& sdk) {
    out_ = both(sdk.name, sdk.name_zh) + "  (" + sdk.id + ")\n";
    identity(sdk);
    list({"ships", "包含"}, sdk.contains);
    list({"shipped by", "被包含于"}, shipped_by(catalogue_.signatures, sdk.id));
    list({"sources", "出处"}, sdk.sources);
    declares(sdk.declares);
    patterns(sdk);
    defined_rule(sdk);
    versions(sdk);
    samples(sdk);
    return std::move(out_);
  }

 private:
  const char* say(const Label& label) const {
    return language_ == Language::chinese ? label.chinese : label.english;
  }
  /// The name in the chosen language first.
  std::string both(const std::string& english, const std::string& chinese) const {
    if (chinese.empty() || chinese == english) return english;
    return language_ == Language::chinese ? chinese + "  " + english : english + "  " + chinese;
  }
  void field(const Label& label, const std::string& text) {
    if (!text.empty()) out_ += "  " + pad_right(say(label), kLabelColumns) + escape_for_terminal(text) + "\n";
  }
  void list(const Label& label, const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
    field(label, text);
  }
  void row(const std::string& first, std::size_t columns, const std::string& rest) {
    out_ += "    " + pad_right(escape_for_terminal(first), columns) + " " + escape_for_terminal(rest) + "\n";
  }
  void heading(const Label& label, std::size_t count) {
    out_ += std::string("  ") + say(label) + " (" + std::to_string(count) + ")\n";
  }

  void identity(const Sdk& sdk);
  void declares(const Declaration& declaration);
  void patterns(const Sdk& sdk);
  void defined_rule(const Sdk& sdk);
  void versions(const Sdk& sdk);
  void samples(const Sdk& sdk);

  const Catalogue& catalogue_;
  Language language_;
  std::string out_;
};

void RecordText::identity(const Sdk& sdk) {
  list({"also called", "别名"}, sdk.aliases);
  field({"kind", "种类"}, std::string(name(sdk.kind)) +
                              (sdk.in_platform ? say({" (Android has it too)", "（系统自带）"}) : ""));
  if (const Vendor* vendor = find_vendor(catalogue_.signatures, sdk.vendor)) {
    field({"vendor", "提供方"}, both(vendor->name, vendor->name_zh) + "  (" + vendor->id +
                                    (vendor->country.empty() ? "" : ", " + vendor->country) + ")");
  }
  if (const Category* category = find_category(catalogue_.signatures, sdk.category))
    field({"category", "类别"}, both(category->name, category->name_zh) + "  (" + category->id + ")");
  field({"homepage", "主页"}, sdk.homepage);
  field({"privacy policy", "隐私政策"}, sdk.privacy_policy);
  field({"written in", "文件"}, to_string(sdk.place));
}

void RecordText::declares(const Declaration& declaration) {
  if (declaration.behaviours.empty()) return;
  heading({"the vendor declares", "提供方声明"}, declaration.behaviours.size());
  for (const std::string& id : declaration.behaviours) {
    const Behaviour* behaviour = find_behaviour(catalogue_.behaviours, id);
    row(id, 28, behaviour == nullptr ? "" : both(behaviour->name, behaviour->name_zh));
  }
  row(say({"stated at", "出处"}), 28, declaration.source);
}

void RecordText::patterns(const Sdk& sdk) {
  heading({"patterns: surface, kind, grade", "特征：匹配面、种类、等级"}, sdk.patterns.size());
  for (const Pattern& pattern : sdk.patterns) {
    row(std::string(name(pattern.surface)), 14,
        pad_right(name(pattern.kind), 7) + pad_right(name(pattern.grade), 11) + pattern.text +
            (pattern.weak ? say({"  (weak)", "（弱）"}) : ""));
  }
}

void RecordText::defined_rule(const Sdk& sdk) {
  std::string text = std::to_string(sdk.defined.classes) + say({" classes, ", " 个类，"}) +
                     std::to_string(sdk.defined.code_bytes) + say({" bytes of code", " 字节代码"});
  for (std::size_t i = 0; i < sdk.defined.any_class.size(); ++i)
    text += (i == 0 ? say({", one of ", "，其一："}) : ", ") + sdk.defined.any_class[i];
  field({"defined from", "已集成的条件"}, text);
}

void RecordText::versions(const Sdk& sdk) {
  if (sdk.versions.empty()) return;
  heading({"version rules, the first that yields wins", "版本规则（按序，先得者为准）"}, sdk.versions.size());
  for (const VersionRule& rule : sdk.versions) {
    std::string text = rule.target;
    if (!rule.key.empty()) text += "  key " + rule.key;
    if (!rule.regex.empty()) text += (text.empty() ? "" : "  ") + rule.regex;
    if (!rule.format.empty()) text += "  → " + rule.format;
    row(std::string(name(rule.source)), 14, text);
  }
}

void RecordText::samples(const Sdk& sdk) {
  if (sdk.samples.empty()) return;
  heading({"samples", "样本"}, sdk.samples.size());
  for (const Sample& sample : sdk.samples)
    row(expectation(sample), 26, package_of(sample) + " " + sample.path);
}

Json as_json(const Sample& sample) {
  Json json = {{"npm", package_of(sample)},
               {"integrity", sample.integrity},
               {"path", sample.path},
               {"sha256", sample.sha256}};
  if (!sample.grade) {
    json["absent"] = true;
    return json;
  }
  json["grade"] = name(*sample.grade);
  if (sample.version) json["version"] = sample.version->empty() ? "unknown" : *sample.version;
  return json;
}

Json as_json(const VersionRule& rule) {
  Json json = {{"source", name(rule.source)}};
  if (!rule.target.empty()) json["target"] = rule.target;
  if (!rule.key.empty()) json["key"] = rule.key;
  if (!rule.regex.empty()) json["regex"] = rule.regex;
  if (!rule.format.empty()) json["format"] = rule.format;
  return json;
}

Json as_json(const Pattern& pattern) {
  return {{"surface", name(pattern.surface)},
          {"kind", name(pattern.kind)},
          {"text", pattern.text},
          {"grade", name(pattern.grade)},
          {"weak", pattern.weak}};
}

template <typename Items>
Json list_of(const Items& items) {
  Json array = Json::array();
  for (const auto& item : items) array.push_back(as_json(item));
  return array;
}

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json record_json(const SignatureSet& set, const Sdk& sdk) {
  Json json = {{"id", sdk.id},           {"name", sdk.name},       {"name_zh", or_null(sdk.name_zh)},
               {"aliases", sdk.aliases}, {"kind", name(sdk.kind)}, {"in_platform", sdk.in_platform}};
  if (const Vendor* vendor = find_vendor(set, sdk.vendor)) {
    json["vendor"] = {{"id", vendor->id},
                      {"name", vendor->name},
                      {"name_zh", or_null(vendor->name_zh)},
                      {"country", or_null(vendor->country)}};
  }
  json["category"] = sdk.category;
  json["homepage"] = or_null(sdk.homepage);
  json["privacy_policy"] = or_null(sdk.privacy_policy);
  json["contains"] = sdk.contains;
  json["contained_in"] = shipped_by(set, sdk.id);
  json["sources"] = sdk.sources;
  if (!sdk.declares.behaviours.empty())
    json["declares"] = {{"behaviours", sdk.declares.behaviours}, {"source", sdk.declares.source}};
  json["patterns"] = list_of(sdk.patterns);
  json["defined"] = {{"classes", sdk.defined.classes},
                     {"code_bytes", sdk.defined.code_bytes},
                     {"any_class", sdk.defined.any_class}};
  json["versions"] = list_of(sdk.versions);
  json["samples"] = list_of(sdk.samples);
  json["place"] = to_string(sdk.place);
  return json;
}

/// Throws Error on an id that none has, with the nearest that is there.
std::vector<const Sdk*> records(const SignatureSet& set, const std::vector<std::string>& ids) {
  std::vector<const Sdk*> found;
  for (const std::string& id : ids) {
    const Sdk* sdk = find_sdk(set, id);
    if (sdk == nullptr) {
      std::vector<std::string_view> known;
      for (const Sdk& one : set.sdks) known.push_back(one.id);
      const std::string guess = did_you_mean(id, known);
      throw Error("\"" + id + "\" is the id of no SDK; " +
                  (guess.empty() ? "find it with: sdkprint signature search TEXT" : guess));
    }
    found.push_back(sdk);
  }
  return found;
}

}  // namespace

int signature_show_command(const Arguments& arguments) {
  cxxopts::Options options("sdkprint signature show",
                           "Prints all that is written of SDKs: names, vendor, what the vendor declares,\n"
                           "patterns, version rules, samples.");
  options.add_options()("signatures", "the folder of signatures (default: the installed one)",
                        cxxopts::value<std::vector<std::string>>(),
                        "DIR")("format", "text, ndjson", cxxopts::value<std::string>()->default_value("text"),
                               "FORMAT")("ids", "", cxxopts::value<std::vector<std::string>>());
  add_language_option(options);
  options.positional_help("ID…");
  options.parse_positional({"ids"});
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  if (parsed->count("ids") == 0) throw UsageError("name the id of an SDK");
  const bool ndjson = one_of(*parsed, "format", {"text", "ndjson"}) == "ndjson";
  const Catalogue catalogue = load_signatures(signature_folder(*parsed));
  RecordText text(catalogue, language(*parsed));
  std::string out;
  for (const Sdk* sdk : records(catalogue.signatures, (*parsed)["ids"].as<std::vector<std::string>>())) {
    if (ndjson)
      out += record_json(catalogue.signatures, *sdk).dump() + "\n";
    else
      out += (out.empty() ? "" : "\n") + text.of(*sdk);
  }
  print(out);
  return kDone;
}

}  // namespace sdkprint::cli
