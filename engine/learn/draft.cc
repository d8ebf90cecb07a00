#include "learn/draft.h"

#include "base/vocabulary.h"
#include "format/mutf8.h"
#include "signature/pattern_reader.h"

namespace sdkprint {
namespace {

/// What a comment may hold: names come from the artefacts, and a line feed in one would end the comment.
std::string fit_for_comment(std::string_view text) {
  std::string line = mutf8_to_utf8(text);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  return line;
}

void comment(std::string& out, const std::string& line) {
  out += line.empty() ? "#\n" : "# " + fit_for_comment(line) + "\n";
}

void comments(std::string& out, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) comment(out, line);
}

void key(std::string& out, const char* name, const std::string& value, const std::string& note = "") {
  out += std::string(name) + " = " + value + (note.empty() ? "" : "  # " + fit_for_comment(note)) + "\n";
}

void text_key(std::string& out, const char* name, const std::string& value, const std::string& note = "") {
  if (!value.empty()) key(out, name, toml_string(value), note);
}

std::string list(const std::vector<std::string>& values) {
  std::string text = "[";
  for (const std::string& value : values) text += (text.size() > 1 ? ", " : "") + toml_string(value);
  return text + "]";
}

/// What a plain string means on a surface (FORMAT.md, "Patterns").
Pattern::Kind plain_kind(Surface surface) {
  if (surface == Surface::class_name || surface == Surface::reference) return Pattern::Kind::prefix;
  return surface == Surface::host ? Pattern::Kind::domain : Pattern::Kind::glob;
}

std::string pattern_item(const Pattern& pattern) {
  const bool means_itself = pattern.kind == Pattern::Kind::exact &&
                            plain_kind(pattern.surface) == Pattern::Kind::glob &&
                            pattern.text.find_first_of("*?") == std::string::npos;
  const bool is_plain = pattern.kind == plain_kind(pattern.surface) || means_itself;
  const bool default_grade_holds = pattern.grade == default_grade(pattern.surface);
  if (is_plain && !pattern.weak && default_grade_holds) return toml_string(pattern.text);
  std::string item = "{ " + std::string(name(pattern.kind)) + " = " + toml_string(pattern.text);
  if (!default_grade_holds) item += ", grade = " + toml_string(name(pattern.grade));
  return item + (pattern.weak ? ", weak = true }" : " }");
}

void write_patterns(const Draft& draft, std::string& out) {
  out += "\n[sdk.patterns]\n";
  for (const Surface surface : kSurfaces) {
    bool is_open = false;
    for (std::size_t i = 0; i < draft.sdk.patterns.size(); ++i) {
      const Pattern& pattern = draft.sdk.patterns[i];
      if (pattern.surface != surface) continue;
      if (!is_open) out += std::string(name(surface)) + " = [\n";
      is_open = true;
      const std::string& note = draft.pattern_notes[i];
      out += "  " + pattern_item(pattern) + "," + (note.empty() ? "" : "  # " + fit_for_comment(note)) + "\n";
    }
    if (is_open) out += "]\n";
  }
  comments(out, draft.patterns_left);
}

void write_defined(const Draft& draft, std::string& out) {
  const DefinedRule &rule = draft.sdk.defined, usual;
  out += "\n";
  comments(out, draft.defined_notes);
  if (rule.classes == usual.classes && rule.code_bytes == usual.code_bytes) return;
  out += "[sdk.defined]\n";
  if (rule.classes != usual.classes) key(out, "classes", std::to_string(rule.classes));
  if (rule.code_bytes != usual.code_bytes) key(out, "code_bytes", std::to_string(rule.code_bytes));
}

void write_version(const VersionRule& rule, const std::string& note, std::string& out) {
  using Source = VersionRule::Source;
  const bool is_regex_source =
      rule.source == Source::string || rule.source == Source::library || rule.source == Source::native_string;
  out += "\n";
  if (!note.empty()) comment(out, note);
  out += "[[sdk.version]]\n";
  key(out, std::string(name(rule.source)).c_str(), toml_string(is_regex_source ? rule.regex : rule.target));
  if (rule.source == Source::native_string) text_key(out, "in", rule.target);
  text_key(out, "key", rule.key);
  if (!is_regex_source) text_key(out, "regex", rule.regex);
  text_key(out, "format", rule.format);
}

}  // namespace

std::string toml_string(std::string_view text) {
  bool needs_escapes = text.find('\'') != std::string_view::npos;
  for (const char c : text)
    needs_escapes = needs_escapes || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  if (!needs_escapes && text.find_first_of("\\\"") != std::string_view::npos)
    return "'" + std::string(text) + "'";
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      result += "\\u00";
      result += kHex[static_cast<unsigned char>(c) >> 4];
      result += kHex[c & 15];
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string to_toml(const Draft& draft) {
  std::string out;
  comments(out, draft.head);
  out += "\n[[sdk]]\n";
  const Sdk& sdk = draft.sdk;
  key(out, "id", toml_string(sdk.id), draft.id_note);
  key(out, "name", toml_string(sdk.name), draft.name_note);
  text_key(out, "name_zh", sdk.name_zh);
  if (sdk.name_zh.empty() && !draft.name_zh_note.empty())
    comment(out, "name_zh = \"…\"  # " + draft.name_zh_note);
  if (!sdk.aliases.empty()) key(out, "aliases", list(sdk.aliases));
  key(out, "vendor", toml_string(sdk.vendor), draft.vendor_note);
  text_key(out, "category", sdk.category, draft.category_note);
  if (sdk.category.empty() && !draft.category_note.empty()) comment(out, draft.category_note);
  if (sdk.kind != Sdk::Kind::sdk) key(out, "kind", toml_string(name(sdk.kind)));
  text_key(out, "homepage", sdk.homepage);
  text_key(out, "privacy_policy", sdk.privacy_policy);
  if (!sdk.contains.empty()) key(out, "contains", list(sdk.contains));
  comments(out, draft.contains_notes);
  key(out, "sources", list(sdk.sources));
  key(out, "draft", "true");
  write_patterns(draft, out);
  write_defined(draft, out);
  for (std::size_t i = 0; i < sdk.versions.size(); ++i)
    write_version(sdk.versions[i], draft.version_notes[i], out);
  if (!draft.versions_left.empty()) out += "\n";
  comments(out, draft.versions_left);
  return out;
}

}  // namespace sdkprint
