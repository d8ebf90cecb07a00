#include "lint_output.h"

#include <map>
#include <nlohmann/json.hpp>

#include "report/display.h"

namespace sdkprint::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxShownLine = 200;  ///< columns of a source line that are shown

/// The file's lines by path. Borrows the texts.
class SourceLines {
 public:
  explicit SourceLines(const LintInput& input) {
    for (const SignatureSource& source : input.signatures) texts_[source.path] = source.text;
    for (const SignatureSource& source : input.behaviours) texts_[source.path] = source.text;
    for (const std::optional<LintFile>* file : {&input.ids, &input.allow, &input.reference})
      if (*file) texts_[(*file)->path] = (*file)->text;
  }

  /// nullopt when the place is in no file.
  std::optional<std::string_view> line(const SourcePlace& place) const {
    const auto found = texts_.find(place.file);
    if (found == texts_.end()) return std::nullopt;
    std::string_view rest = found->second;
    for (std::uint32_t i = 1; i < place.line; ++i) {
      const std::size_t end = rest.find('\n');
      if (end == std::string_view::npos) return std::nullopt;
      rest.remove_prefix(end + 1);
    }
    std::string_view line = rest.substr(0, rest.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

 private:
  std::map<std::string_view, std::string_view> texts_;
};

/// The bytes of the first `count` characters.
std::size_t bytes_of_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  while (at < text.size() && count > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    --count;
  }
  return at;
}

std::string_view colour_of(LintSeverity severity) {
  return severity == LintSeverity::error     ? "\x1b[1;31m"
         : severity == LintSeverity::warning ? "\x1b[1;33m"
                                             : "\x1b[1;36m";
}

std::string_view word(LintSeverity severity, Language language) {
  if (language == Language::english) return name(severity);
  return severity == LintSeverity::error ? "错误" : severity == LintSeverity::warning ? "警告" : "说明";
}

/// The line, and below it a caret at the place.
void append_excerpt(const SourcePlace& place, const SourceLines& lines, std::string& out) {
  const std::optional<std::string_view> line = lines.line(place);
  if (!line || place.column == 0) return;
  const std::string number = std::to_string(place.line);
  const std::size_t before = bytes_of_characters(*line, place.column - 1);
  if (before > kMaxShownLine) return;
  const std::string_view shown = line->substr(0, bytes_of_characters(*line, kMaxShownLine));
  std::string head = escape_for_terminal(shown.substr(0, before));
  out += "  " + pad_left(number, 5) + " | " + head +
         escape_for_terminal(shown.substr(std::min(before, shown.size()))) + "\n";
  out += "  " + std::string(5, ' ') + " | " + std::string(display_width(head), ' ') + "^\n";
}

struct Counts {
  std::size_t errors = 0, warnings = 0, notes = 0;
};

Counts count(const std::vector<LintFinding>& findings) {
  Counts counts;
  for (const LintFinding& one : findings) {
    (one.severity == LintSeverity::error     ? counts.errors
     : one.severity == LintSeverity::warning ? counts.warnings
                                             : counts.notes)++;
  }
  return counts;
}

std::string plural(std::size_t count, std::string_view word) {
  return std::to_string(count) + " " + std::string(word) + (count == 1 ? "" : "s");
}

/// RFC 3986: what may not stand in a path is written in hexadecimal.
std::string as_uri(std::string_view path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain)
      uri += c;
    else
      uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return path.starts_with('/') ? "file://" + uri : uri;
}

Json sarif_rule(const Rule& rule) {
  return {{"id", rule.code},
          {"shortDescription", {{"text", rule.title}}},
          {"fullDescription", {{"text", rule.explanation}}},
          {"defaultConfiguration", {{"level", name(rule.severity)}}},
          {"properties", {{"title_zh", rule.title_zh}}}};
}

Json sarif_result(const LintFinding& finding) {
  const Diagnostic& one = finding.diagnostic;
  const Rule* rule = find_rule(one.code);
  const std::string text = one.message + (one.hint.empty() ? "" : "\nhint: " + one.hint);
  Json result = {{"ruleId", one.code}};
  if (rule != nullptr) result["ruleIndex"] = rule - rules().data();
  result["level"] = name(finding.severity);
  result["message"] = {{"text", text}};
  result["locations"] =
      Json::array({{{"physicalLocation",
                     {{"artifactLocation", {{"uri", as_uri(one.place.file)}}},
                      {"region", {{"startLine", one.place.line}, {"startColumn", one.place.column}}}}}}});
  return result;
}

}  // namespace

std::string lint_text(const std::vector<LintFinding>& findings, const LintInput& input,
                      const LintTextOptions& options) {
  const SourceLines lines(input);
  const bool english = options.language == Language::english;
  std::string out;
  for (const LintFinding& finding : findings) {
    const Diagnostic& one = finding.diagnostic;
    const std::string_view on = options.colour ? colour_of(finding.severity) : "",
                           off = options.colour ? "\x1b[0m" : "";
    out += escape_for_terminal(to_string(one.place)) + ": " + std::string(on) +
           std::string(word(finding.severity, options.language)) + std::string(off) + ": ";
    const Rule* rule = find_rule(one.code);
    if (!english && rule != nullptr) out += std::string(rule->title_zh) + "：";
    out += one.message + " [" + std::string(one.code) + "]\n";
    append_excerpt(one.place, lines, out);
    if (!one.hint.empty()) out += (english ? "  hint: " : "  提示：") + one.hint + "\n";
  }
  const Counts counts = count(findings);
  if (english) {
    out += plural(counts.errors, "error") + ", " + plural(counts.warnings, "warning");
    if (counts.notes != 0) out += ", " + plural(counts.notes, "note");
  } else {
    out += std::to_string(counts.errors) + " 个错误，" + std::to_string(counts.warnings) + " 个警告";
    if (counts.notes != 0) out += "，" + std::to_string(counts.notes) + " 条说明";
  }
  return out + "\n";
}

std::string lint_json(const std::vector<LintFinding>& findings) {
  Json list = Json::array();
  for (const LintFinding& finding : findings) {
    const Diagnostic& one = finding.diagnostic;
    Json json = {{"code", one.code},
                 {"severity", name(finding.severity)},
                 {"file", one.place.file},
                 {"line", one.place.line},
                 {"column", one.place.column},
                 {"message", one.message},
                 {"hint", one.hint.empty() ? Json(nullptr) : Json(one.hint)}};
    json["sdk"] = finding.sdk.empty() ? Json(nullptr) : Json(finding.sdk);
    json["pattern"] = finding.pattern.empty() ? Json(nullptr) : Json(finding.pattern);
    list.push_back(std::move(json));
  }
  const Counts counts = count(findings);
  const Json json = {
      {"findings", std::move(list)},
      {"counts", {{"error", counts.errors}, {"warning", counts.warnings}, {"note", counts.notes}}}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string lint_sarif(const std::vector<LintFinding>& findings) {
  Json list = Json::array(), results = Json::array();
  for (const Rule& rule : rules()) list.push_back(sarif_rule(rule));
  for (const LintFinding& finding : findings) results.push_back(sarif_result(finding));
  Json driver = {{"name", "sdkprint signature lint"}, {"version", SDKPRINT_VERSION}};
  driver["rules"] = std::move(list);
  Json run = {{"tool", {{"driver", std::move(driver)}}}};
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  Json sarif = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}};
  sarif["runs"] = Json::array({std::move(run)});
  return sarif.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string explain(const Rule& rule, Language language) {
  const bool english = language == Language::english;
  const std::string title(english ? rule.title : rule.title_zh),
      text(english ? rule.explanation : rule.explanation_zh);
  return std::string(rule.code) + " (" + std::string(word(rule.severity, language)) + "): " + title + "\n  " +
         text + "\n";
}

}  // namespace sdkprint::cli
