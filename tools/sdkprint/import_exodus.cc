#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "import.h"
#include "signature/diagnostic.h"

namespace sdkprint::cli {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kCategories = {{
    {"Advertisement", "advertising"},
    {"Analytics", "analytics"},
    {"Crash reporting", "crash-reporting"},
    {"Identification", "device-id-antifraud"},
    {"Location", "map-location"},
    {"Profiling", "analytics"},
}};

std::string text_of(const Json& record, const char* key) {
  const auto found = record.find(key);
  return found != record.end() && found->is_string() ? found->get<std::string>() : "";
}

/// The folder of the first category that is known; trackers without one are seen to by the reviewer.
std::string category_of(const Json& record) {
  const auto found = record.find("categories");
  if (found == record.end() || !found->is_array()) return "other";
  for (const Json& one : *found) {
    const std::string name = one.is_string()   ? one.get<std::string>()
                             : one.is_object() ? text_of(one, "name")
                                               : "";
    for (const auto& [theirs, ours] : kCategories)
      if (theirs == name) return std::string(ours);
  }
  return "other";
}

/// The alternatives of a regular expression that has no groups.
std::vector<std::string> alternatives(const std::string& regex) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < regex.size(); ++i) {
    if (regex[i] == '\\' && i + 1 < regex.size()) {
      parts.back() += {regex[i], regex[i + 1]};
      ++i;
    } else if (regex[i] == '|') {
      parts.emplace_back();
    } else {
      parts.back() += regex[i];
    }
  }
  std::erase_if(parts,
                [](const std::string& part) { return part.find_first_not_of(" \t") == std::string::npos; });
  return parts;
}

std::string trimmed(std::string text) {
  while (text.starts_with(' ')) text.erase(0, 1);
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

/// "com\.foo\.bar" → "com.foo.bar"; nullopt when it is more than a text. A dot that is not escaped stands for
/// the dot or the slash it was meant to match.
std::optional<std::string> plain_text(std::string regex) {
  std::string text;
  regex = trimmed(std::move(regex));
  if (regex.starts_with('^')) regex.erase(0, 1);
  for (const std::string_view tail : {".*", "$"})
    if (regex.ends_with(tail)) regex.resize(regex.size() - tail.size());
  for (std::size_t i = 0; i < regex.size(); ++i) {
    if (regex[i] == '\\' && i + 1 < regex.size()) {
      const char c = regex[++i];
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return std::nullopt;
      text += c;
    } else if (std::string_view("*+?()[]{}").find(regex[i]) != std::string_view::npos) {
      return std::nullopt;
    } else {
      text += regex[i];
    }
  }
  return text;
}

void add_classes(ImportDraft& draft, const std::string& signature) {
  for (const std::string& part : alternatives(signature)) {
    std::optional<std::string> name = plain_text(part);
    if (!name) {
      draft.remarks.push_back("not taken over: code signature " + in_quotes(part) + ": more than a package");
      continue;
    }
    std::replace(name->begin(), name->end(), '/', '.');
    while (name->ends_with('.')) name->pop_back();
    while (name->starts_with('.')) name->erase(0, 1);
    add_pattern(draft, Surface::class_name, Pattern::Kind::prefix, *name);
  }
}

void add_hosts(ImportDraft& draft, const std::string& signature) {
  for (std::string part : alternatives(signature)) {
    part = trimmed(part);
    for (const std::string_view head : {"^", "(.*\\.)?", ".*\\.", "*.", "\\."})
      if (part.starts_with(head)) part.erase(0, head.size());
    std::optional<std::string> host = plain_text(part);
    if (!host) {
      draft.remarks.push_back("not taken over: network signature " + in_quotes(part) + ": more than a host");
      continue;
    }
    while (host->starts_with('.')) host->erase(0, 1);
    add_pattern(draft, Surface::host, Pattern::Kind::domain, *host);
  }
}

ImportDraft draft_of(const Json& record, const std::string& number) {
  ImportDraft draft;
  draft.name = clean_name(text_of(record, "name"));
  draft.id = id_of_name(draft.name);
  if (draft.id.empty()) draft.id = id_of_name("exodus-" + number);
  draft.vendor = draft.id;
  draft.vendor_name = draft.name.empty() ? draft.id : draft.name;
  if (draft.name.empty()) draft.name = draft.id;
  draft.category = category_of(record);
  const std::string website = trimmed(text_of(record, "website"));
  if (website.starts_with("https://") || website.starts_with("http://")) {
    if (website.find_first_of(" \"<>\\") == std::string::npos) draft.homepage = website;
  }
  draft.source = "exodus";
  draft.origin = "exodus' tracker " + number;
  add_classes(draft, text_of(record, "code_signature"));
  add_hosts(draft, text_of(record, "network_signature"));
  return draft;
}

std::string number_of(const Json& record, const std::string& otherwise) {
  const auto found = record.find("id");
  if (found == record.end()) return otherwise;
  return found->is_string()           ? found->get<std::string>()
         : found->is_number_integer() ? std::to_string(found->get<std::int64_t>())
                                      : otherwise;
}

}  // namespace

std::vector<ImportDraft> import_exodus(const std::string& path, const std::string& text) {
  const std::string expected = path + ": expected exodus' trackers list, a JSON object with \"trackers\"";
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) throw Error(expected + ", found no JSON");
  const auto trackers = json.is_object() ? json.find("trackers") : json.end();
  if (!json.is_object() || trackers == json.end() || !trackers->is_structured())
    throw Error(expected + ", found " + (json.is_object() ? "an object without it" : "something else"));
  std::vector<ImportDraft> drafts;
  for (const auto& [key, record] : trackers->items())
    if (record.is_object()) drafts.push_back(draft_of(record, number_of(record, key)));
  return drafts;
}

}  // namespace sdkprint::cli
