#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/error.h"
#include "import.h"

namespace sdkprint::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::uintmax_t kMaxImportBytes = std::uintmax_t{64} << 20;

/// A folder of the rules, and the kind of manifest item that its files name; "" for native libraries.
struct RuleFolder {
  std::string_view folder, manifest_kind;
  bool is_class;
};
constexpr std::array<RuleFolder, 7> kFolders = {{
    {"native-libs", "", false},
    {"activities-libs", "activity", true},
    {"services-libs", "service", true},
    {"receivers-libs", "receiver", true},
    {"providers-libs", "provider", true},
    {"actions-libs", "action", false},
    {"static-libs", "uses-library", false},
}};

std::string text_of(const Json& record, const char* key) {
  const auto found = record.find(key);
  return found != record.end() && found->is_string() ? found->get<std::string>() : "";
}

/// Which rule folder the path goes through, and what the path below it names ("cn/foo/Bar.json" →
/// "cn.foo.Bar").
std::optional<std::pair<const RuleFolder*, std::string>> item_of(const fs::path& path) {
  const RuleFolder* folder = nullptr;
  std::string item;
  for (const fs::path& part : path) {
    if (folder != nullptr) item += (item.empty() ? "" : "/") + part.string();
    for (const RuleFolder& one : kFolders)
      if (folder == nullptr && part == one.folder) folder = &one;
  }
  if (folder == nullptr || !item.ends_with(".json")) return std::nullopt;
  item.resize(item.size() - std::string_view(".json").size());
  if (folder->is_class || folder->manifest_kind == "action") std::replace(item.begin(), item.end(), '/', '.');
  return std::pair(folder, item);
}

/// The translation into a language; an empty object when there is none.
Json translation(const Json& rule, std::string_view locale) {
  const auto list = rule.find("data");
  if (list == rule.end() || !list->is_array()) return Json::object();
  for (const Json& one : *list) {
    if (!one.is_object() || text_of(one, "locale") != locale) continue;
    const auto data = one.find("data");
    if (data != one.end() && data->is_object()) return *data;
  }
  return Json::object();
}

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Names and addresses; nullopt when the rule names nobody.
std::optional<ImportDraft> named_draft(const Json& rule) {
  const Json english = translation(rule, "en"), chinese = translation(rule, "zh-Hans");
  const std::string label = clean_name(text_of(english, "label")),
                    label_zh = clean_name(text_of(chinese, "label"));
  if (label.empty() && label_zh.empty()) return std::nullopt;
  ImportDraft draft;
  draft.name = label.empty() ? label_zh : label;
  if (!label_zh.empty() && !is_ascii(label_zh) && label_zh != draft.name) draft.name_zh = label_zh;
  draft.id = id_of_name(draft.name);
  const std::string uuid = text_of(rule, "uuid");
  if (draft.id.size() < 2) draft.id = id_of_name("libchecker-" + uuid.substr(0, 8));
  const std::string team = text_of(english, "dev_team");
  draft.vendor_name = clean_name(team.empty() ? text_of(chinese, "dev_team") : team);
  if (draft.vendor_name.empty()) draft.vendor_name = draft.name;
  draft.vendor = id_of_name(draft.vendor_name);
  if (draft.vendor.empty()) draft.vendor = draft.id;
  const std::string link = text_of(english, "source_link").empty() ? text_of(chinese, "source_link")
                                                                   : text_of(english, "source_link");
  if (link.starts_with("https://") && link.find_first_of(" \"<>\\") == std::string::npos)
    draft.homepage = link;
  draft.category = "other";  // the rules have none
  draft.source = "libchecker-rules";
  draft.origin = "LibChecker-Rules' \"" + draft.name + "\"";
  return draft;
}

void add_item(ImportDraft& draft, const RuleFolder& folder, const std::string& item) {
  if (folder.manifest_kind.empty()) {
    add_pattern(draft, Surface::library, Pattern::Kind::glob, item);
    return;
  }
  add_pattern(draft, Surface::manifest, Pattern::Kind::glob, std::string(folder.manifest_kind) + ":" + item);
  if (folder.is_class) add_pattern(draft, Surface::class_name, Pattern::Kind::exact, item);
}

/// The rule files below a folder, sorted; the file itself when it is one.
std::vector<fs::path> rule_files(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {fs::absolute(path)};
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry :
       fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied))
    if (entry.is_regular_file(error) && entry.path().extension() == ".json")
      files.push_back(fs::absolute(entry.path()));
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::string read_import(const std::string& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) throw Error(path + ": cannot be read (expected a file to import)");
  if (fs::file_size(path, error) > kMaxImportBytes) throw Error(path + ": expected at most 64 MiB to import");
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw Error(path + ": cannot be read (expected a file to import)");
  return text.str();
}

std::vector<ImportDraft> import_libchecker(const std::string& path, std::vector<std::string>& said) {
  std::error_code error;
  if (!fs::exists(path, error))
    throw Error(path + ": cannot be read (expected a rule of LibChecker-Rules, or a folder of them)");
  std::map<std::pair<std::string, std::string>, ImportDraft> drafts;  // by name and team
  for (const fs::path& file : rule_files(path)) {
    const auto item = item_of(file);
    if (!item) continue;
    const Json rule = Json::parse(read_import(file.string()), nullptr, false);
    const std::optional<ImportDraft> draft = rule.is_object() ? named_draft(rule) : std::nullopt;
    if (!draft) {
      said.push_back(file.string() + ": left out, no rule with a label");
      continue;
    }
    ImportDraft& kept = drafts.try_emplace(std::pair(draft->name, draft->vendor_name), *draft).first->second;
    add_item(kept, *item->first, item->second);
  }
  if (drafts.empty() && said.empty()) {
    std::string folders;
    for (const RuleFolder& one : kFolders) folders += (folders.empty() ? "" : ", ") + std::string(one.folder);
    throw Error(path + ": expected JSON rules below one of " + folders + ", found none");
  }
  std::vector<ImportDraft> result;
  for (auto& [key, draft] : drafts) result.push_back(std::move(draft));
  return result;
}

}  // namespace sdkprint::cli
