#include "import_draft.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "base/error.h"
#include "default_database.h"
#include "signature/parser.h"
#include "signature/pattern.h"
#include "signature/pattern_rules.h"

namespace sdkprint::cli {
namespace {

namespace fs = std::filesystem;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

/// A basic string of TOML: quotes, backslashes and control characters escaped.
std::string toml_text(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += {'\\', c};
    } else if (byte < 0x20 || byte == 0x7F) {
      result += {'\\', 'u', '0', '0', kDigits[byte >> 4], kDigits[byte & 15]};
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string pattern_toml(const Pattern& pattern) {
  const bool is_plain = pattern.kind == Pattern::Kind::glob || pattern.kind == Pattern::Kind::domain ||
                        (pattern.kind == Pattern::Kind::prefix && pattern.surface == Surface::class_name);
  return is_plain ? toml_text(pattern.text)
                  : "{ " + std::string(name(pattern.kind)) + " = " + toml_text(pattern.text) + " }";
}

std::string comment(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
      ' ');
  return "# " + line + "\n";
}

/// What is known already, by the words under which it could come again.
class KnownRecords {
 public:
  void add(const std::string& folder) {
    std::error_code error;
    if (folder.empty() || !fs::is_directory(folder, error)) return;
    std::vector<Diagnostic> diagnostics;
    const SignatureSet set = parse_signatures(read_signature_folder(folder), diagnostics);
    for (const Sdk& sdk : set.sdks) add(sdk);
    for (const Vendor& vendor : set.vendors) vendors_.emplace(vendor.id, vendor);
  }

  void add(const Sdk& sdk) {
    const std::string at = sdk.id + " (" + to_string(sdk.place) + ")";
    ids_.emplace(sdk.id, at);
    names_.emplace(lower(sdk.name), at);
    for (const std::string& alias : sdk.aliases) names_.emplace(lower(alias), at);
    for (const Pattern& pattern : sdk.patterns) {
      const bool is_name = pattern.kind == Pattern::Kind::prefix || pattern.kind == Pattern::Kind::exact;
      if (pattern.surface == Surface::class_name && is_name) classes_.emplace(pattern.text, at);
      if (pattern.surface == Surface::library && !pattern.weak)
        libraries_.emplace_back(PatternMatcher(pattern), at);
    }
  }

  /// "the id, jpush (…)", or nothing when the draft is new.
  std::string match(const ImportDraft& draft) const {
    if (const auto found = ids_.find(draft.id); found != ids_.end()) return "its id: " + found->second;
    if (const auto found = names_.find(lower(draft.name)); found != names_.end())
      return "its name: " + found->second;
    for (const Pattern& pattern : draft.patterns) {
      if (pattern.surface == Surface::library) {
        for (const auto& [matcher, at] : libraries_)
          if (matcher.matches(pattern.text)) return "the library " + in_quotes(pattern.text) + ": " + at;
      }
      if (pattern.surface != Surface::class_name) continue;
      if (const std::string owner = owner_of(pattern.text); !owner.empty())
        return "the class pattern " + in_quotes(pattern.text) + ": " + owner;
    }
    return "";
  }

  bool has_vendor(const std::string& id) const { return vendors_.contains(id); }

 private:
  /// Of the class or of a package above it.
  std::string owner_of(std::string_view text) const {
    for (;;) {
      if (const auto found = classes_.find(text); found != classes_.end()) return found->second;
      const std::size_t dot = text.rfind('.');
      if (dot == std::string_view::npos) return "";
      text = text.substr(0, dot);
    }
  }

  std::map<std::string, std::string, std::less<>> ids_, names_, classes_;
  std::vector<std::pair<PatternMatcher, std::string>> libraries_;
  std::map<std::string, Vendor, std::less<>> vendors_;
};

void write_text(const fs::path& path, const std::string& text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error)
    throw Error(path.parent_path().string() + ": cannot be made: " + error.message() +
                " (name another -o FOLDER)");
  write_file(path.string(), as_bytes(text));
}

/// A folder of its own needs the shared files, so that it can be compiled and linted at once.
void write_shared_files(const fs::path& folder, const std::vector<ImportDraft>& drafts,
                        const std::string& against) {
  if (!fs::exists(folder / "categories.toml")) {
    std::error_code error;
    const fs::path known = fs::path(against) / "categories.toml";
    if (!against.empty() && fs::exists(known)) {
      fs::create_directories(folder, error);
      fs::copy_file(known, folder / "categories.toml", error);
      if (error)
        throw Error((folder / "categories.toml").string() + ": cannot be written: " + error.message());
    } else {
      std::set<std::string> ids;
      for (const ImportDraft& draft : drafts) ids.insert(draft.category);
      std::string text;
      for (const std::string& id : ids)
        text += "[[category]]\nid = " + toml_text(id) + "\nname = " + toml_text(id) +
                "\nname_zh = " + toml_text(id) + "\n\n";
      write_text(folder / "categories.toml", text);
    }
  }
  if (fs::exists(folder / "vendors.toml")) return;
  std::map<std::string, std::string> vendors;
  for (const ImportDraft& draft : drafts) vendors.emplace(draft.vendor, draft.vendor_name);
  std::string text =
      "# Vendors of drafts; take them over into the reviewed vendors.toml with their country.\n";
  for (const auto& [id, name] : vendors)
    text += "\n[[vendor]]\nid = " + toml_text(id) + "\nname = " + toml_text(name) + "\n";
  write_text(folder / "vendors.toml", text);
}

}  // namespace

void add_pattern(ImportDraft& draft, Surface surface, Pattern::Kind kind, const std::string& text) {
  Pattern pattern;
  pattern.surface = surface;
  pattern.kind = kind;
  pattern.text = text;
  if (const Verdict verdict = object_to_pattern(pattern)) {
    draft.remarks.push_back("not taken over: " + std::string(name(surface)) + " " + in_quotes(text) + ": " +
                            verdict->message);
    return;
  }
  const bool is_there = std::any_of(draft.patterns.begin(), draft.patterns.end(), [&](const Pattern& one) {
    return one.surface == surface && one.kind == kind && one.text == text;
  });
  if (!is_there) draft.patterns.push_back(std::move(pattern));
}

std::string id_of_name(std::string_view name) {
  constexpr std::size_t kMaxLength = 64;
  std::string id;
  for (const char c : lower(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      id += c;
    else if (!id.empty() && id.back() != '-')
      id += '-';
    if (id.size() == kMaxLength) break;
  }
  while (id.ends_with('-')) id.pop_back();
  return id;
}

std::string clean_name(std::string_view name) {
  constexpr std::size_t kMaxBytes = 120;
  std::string text;
  for (std::size_t i = 0; i < name.size() && text.size() < kMaxBytes; ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    if (byte >= 0xF0) {
      while (i + 1 < name.size() && (static_cast<unsigned char>(name[i + 1]) & 0xC0) == 0x80) ++i;
    } else {
      text += byte < 0x20 || byte == 0x7F ? ' ' : name[i];
    }
  }
  // Not within a character: JSON's texts are valid UTF-8, so only a cut can leave a part of one.
  if (name.size() > text.size()) {
    std::size_t end = text.size();
    while (end > 0 && (static_cast<unsigned char>(text[end - 1]) & 0xC0) == 0x80) --end;
    const auto lead = end > 0 ? static_cast<unsigned char>(text[end - 1]) : 0;
    const std::size_t needed = lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (end > 0 && text.size() - (end - 1) < needed) text.resize(end - 1);
  }
  while (text.ends_with(' ')) text.pop_back();
  while (text.starts_with(' ')) text.erase(0, 1);
  return text;
}

std::string draft_toml(const ImportDraft& draft) {
  std::string text = comment("Draft, made of " + draft.origin +
                             "; check it against a real release, then leave \"draft\" out.");
  for (const std::string& remark : draft.remarks) text += comment(remark);
  text += "[[sdk]]\nid = " + toml_text(draft.id) + "\nname = " + toml_text(draft.name) + "\n";
  if (!draft.name_zh.empty()) text += "name_zh = " + toml_text(draft.name_zh) + "\n";
  text += "vendor = " + toml_text(draft.vendor) + "\ndraft = true\n";
  if (!draft.homepage.empty()) text += "homepage = " + toml_text(draft.homepage) + "\n";
  text += "sources = [" + toml_text(draft.source) + "]\n\n[sdk.patterns]\n";
  for (const Surface surface : kSurfaces) {
    std::string list;
    for (const Pattern& pattern : draft.patterns)
      if (pattern.surface == surface) list += (list.empty() ? "" : ", ") + pattern_toml(pattern);
    if (!list.empty()) text += std::string(name(surface)) + " = [" + list + "]\n";
  }
  return text;
}

void write_drafts(const std::vector<ImportDraft>& drafts, const DraftFolder& where,
                  std::vector<std::string>& said) {
  KnownRecords known;
  known.add(where.against);
  const bool is_set = fs::exists(fs::path(where.folder) / "vendors.toml");
  if (is_set) known.add(where.folder);
  std::vector<ImportDraft> fresh;
  std::set<std::string> taken;
  for (const ImportDraft& draft : drafts) {
    const std::string match = known.match(draft);
    if (draft.patterns.empty()) {
      said.push_back(draft.id + ": left out, no pattern of " + draft.origin + " can be taken over");
    } else if (!match.empty()) {
      said.push_back(draft.id + ": exists, by " + match);
    } else if (!taken.insert(draft.id).second) {
      said.push_back(draft.id + ": left out, " + draft.origin + " gives the same id as another record");
    } else {
      fresh.push_back(draft);
    }
  }
  if (fresh.empty()) return;
  write_shared_files(where.folder, fresh, where.against);
  for (const ImportDraft& draft : fresh) {
    const fs::path path = fs::path(where.folder) / draft.category / (draft.id + ".toml");
    if (fs::exists(path)) {
      said.push_back(draft.id + ": exists: " + path.string());
      continue;
    }
    write_text(path, draft_toml(draft));
    const bool lacks_vendor = is_set && !known.has_vendor(draft.vendor);
    said.push_back(draft.id + ": written: " + path.string() +
                   (lacks_vendor ? "; add the vendor " + in_quotes(draft.vendor) + " to vendors.toml" : ""));
  }
}

}  // namespace sdkprint::cli
