#include "learn/version_form.h"

#include <algorithm>

#include "learn/names.h"

namespace sdkprint {
namespace {

constexpr std::size_t kWholeText = 100;  // longer texts are not described from end to end
constexpr std::size_t kKeptBefore = 40, kKeptAfter = 20;
constexpr std::size_t kMinCompactDigits = 2;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_printable(char c) { return c >= 0x20 && c < 0x7F; }

/// The components before any "-beta".
std::vector<std::string_view> numbers_of(std::string_view version) {
  std::size_t end = 0;
  while (end < version.size() && (is_digit(version[end]) || version[end] == '.')) ++end;
  std::string_view numbers = version.substr(0, end);
  while (numbers.ends_with('.')) numbers.remove_suffix(1);
  return split_name(numbers);
}

bool has_suffix(std::string_view version) {
  return std::any_of(version.begin(), version.end(), [](char c) { return !is_digit(c) && c != '.'; });
}

/// No number goes on to either side: "1.2" does not stand in "11.2" or "1.2.3".
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin > 0 && is_digit(text[begin - 1])) return false;
  if (begin > 1 && (text[begin - 1] == '.' || text[begin - 1] == '_') && is_digit(text[begin - 2]))
    return false;
  if (end < text.size() && is_digit(text[end])) return false;
  return !(end + 1 < text.size() && (text[end] == '.' || text[end] == '_') && is_digit(text[end + 1]));
}

std::size_t find_alone(std::string_view text, std::string_view wanted) {
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) {
    if (stands_alone(text, at, at + wanted.size())) return at;
  }
  return std::string_view::npos;
}

std::size_t longest_letter_run(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = is_letter(c) ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// A regular expression over the text around [begin, end), with `version` in its place; nothing when the
/// place could not be told from the middle of a number.
std::optional<VersionForm> form_around(std::string_view text, std::size_t begin, std::size_t end,
                                       const std::string& version, const std::string& format) {
  std::size_t from = 0, to = text.size();
  if (text.size() > kWholeText) {
    from = begin > kKeptBefore ? begin - kKeptBefore : 0;
    to = std::min(text.size(), end + kKeptAfter);
  }
  for (std::size_t i = begin; i > from; --i) {
    if (!is_printable(text[i - 1])) from = i;
  }
  for (std::size_t i = end; i < to; ++i) {
    if (!is_printable(text[i])) to = i;
  }
  // A cut in the middle of a number would make \d+ of its rest.
  while (from > 0 && from < begin && is_digit(text[from])) ++from;
  while (to < text.size() && to > end && is_digit(text[to - 1])) --to;
  if ((from > 0 && from == begin) || (to < text.size() && to == end)) return std::nullopt;
  const std::string_view before = text.substr(from, begin - from), after = text.substr(end, to - end);
  VersionForm form;
  form.regex = (from == 0 ? "^" : "") + escape_for_regex(before) + version + escape_for_regex(after) +
               (to == text.size() ? "$" : "");
  form.format = format;
  form.context_letters = std::max(longest_letter_run(before), longest_letter_run(after));
  form.context = std::string(before) + "…" + std::string(after);
  return form;
}

/// "(\d+)_(\d+)" with the format "$1.$2"; `each` is one component.
void join_groups(std::size_t count, std::string_view each, std::string_view separator, std::string& regex,
                 std::string& format) {
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) regex += separator, format += '.';
    regex += each;
    format += "$" + std::to_string(i + 1);
  }
}

void add_underscored(std::string_view text, std::string_view version, std::vector<VersionForm>& forms) {
  const std::vector<std::string_view> numbers = numbers_of(version);
  if (numbers.size() < 2 || numbers.size() > 9 || has_suffix(version)) return;
  std::string wanted(version);
  std::replace(wanted.begin(), wanted.end(), '.', '_');
  const std::size_t at = find_alone(text, wanted);
  if (at == std::string_view::npos) return;
  std::string regex, format;
  join_groups(numbers.size(), "(\\d+)", "_", regex, format);
  if (std::optional<VersionForm> form = form_around(text, at, at + wanted.size(), regex, format))
    forms.push_back(std::move(*form));
}

}  // namespace

std::string escape_for_regex(std::string_view text) {
  constexpr std::string_view kMeta = ".^$|()[]{}*+?\\";
  std::string regex;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_digit(text[i])) {
      if (i == 0 || !is_digit(text[i - 1])) regex += "\\d+";
      continue;
    }
    if (kMeta.find(text[i]) != std::string_view::npos) regex += '\\';
    regex += text[i];
  }
  return regex;
}

std::string version_shape(const std::vector<std::string>& versions) {
  std::size_t fewest = SIZE_MAX, most = 0;
  bool suffixes = false;
  for (const std::string& version : versions) {
    if (version.empty()) continue;
    const std::size_t count = numbers_of(version).size();
    fewest = std::min(fewest, count), most = std::max(most, count);
    suffixes = suffixes || has_suffix(version);
  }
  if (most == 0) return {};
  std::string shape = "\\d+";
  if (most > 1) {
    shape += "(?:\\.\\d+){" + std::to_string(fewest - 1);
    if (fewest != most) shape += "," + std::to_string(most - 1);
    shape += "}";
  }
  if (suffixes) shape += "(?:[-.]?[A-Za-z][-.A-Za-z\\d]*)?";
  return shape;
}

std::vector<VersionForm> forms_in_text(std::string_view text, std::string_view version,
                                       const std::string& shape) {
  std::vector<VersionForm> forms;
  if (text == version) {
    forms.push_back({"^" + shape + "$", "", 0, ""});
    return forms;
  }
  if (const std::size_t at = find_alone(text, version); at != std::string_view::npos) {
    if (std::optional<VersionForm> form = form_around(text, at, at + version.size(), "(" + shape + ")", ""))
      forms.push_back(std::move(*form));
  }
  add_underscored(text, version, forms);
  return forms;
}

std::vector<VersionForm> forms_in_library(std::string_view name, std::string_view version,
                                          const std::string& shape) {
  std::vector<VersionForm> forms = forms_in_text(name, version, shape);
  const std::vector<std::string_view> numbers = numbers_of(version);
  const bool all_single =
      std::all_of(numbers.begin(), numbers.end(), [](std::string_view n) { return n.size() == 1; });
  if (!all_single || numbers.size() < kMinCompactDigits || numbers.size() > 9 || has_suffix(version))
    return forms;
  std::string wanted(version);
  std::erase(wanted, '.');
  const std::size_t at = find_alone(name, wanted);
  if (at == std::string_view::npos) return forms;
  std::string regex, format;
  join_groups(numbers.size(), "(\\d)", "", regex, format);
  if (std::optional<VersionForm> form = form_around(name, at, at + wanted.size(), regex, format))
    forms.push_back(std::move(*form));
  return forms;
}

}  // namespace sdkprint
