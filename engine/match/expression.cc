#include "match/expression.h"

#include <string_view>

namespace sdkprint {
namespace {

constexpr std::string_view kItemEnd = "\\x00";

void append_literal(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  for (const char c : text) {
    const std::uint8_t byte = static_cast<std::uint8_t>(c);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= 'a' && byte <= 'z') || byte == '_';
    if (plain) {
      out.push_back(c);
    } else {
      out += "\\x";
      out.push_back(kDigits[byte >> 4]);
      out.push_back(kDigits[byte & 15]);
    }
  }
}

std::string glob_body(std::string_view glob) {
  std::string out;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= glob.size(); ++i) {
    if (i < glob.size() && glob[i] != '*' && glob[i] != '?') continue;
    append_literal(out, glob.substr(start, i - start));
    if (i < glob.size()) out += glob[i] == '*' ? "[^\\x00]*" : "[^\\x00]";
    start = i + 1;
  }
  return out;
}

/// Leading and trailing stars say nothing to an unanchored search, and cost Hyperscan dearly.
std::string_view without_outer_stars(std::string_view glob) {
  while (!glob.empty() && glob.front() == '*') glob.remove_prefix(1);
  while (!glob.empty() && glob.back() == '*') glob.remove_suffix(1);
  return glob;
}

std::string anchored_glob(std::string_view glob) {
  const bool open_front = !glob.empty() && glob.front() == '*';
  const bool open_back = !glob.empty() && glob.back() == '*';
  std::string out(open_front ? "" : kItemEnd);
  out += glob_body(without_outer_stars(glob));
  if (!open_back) out += kItemEnd;
  return out;
}

/// On raw text the byte before an item is no part of it and may be a letter (a DEX string's length): a
/// boundary at the item's beginning would not be seen there. Without `\b` the expression still matches
/// whatever the pattern does.
std::string without_word_boundaries(std::string_view regex) {
  std::string out;
  for (std::size_t i = 0; i < regex.size(); ++i) {
    if (regex[i] != '\\' || i + 1 == regex.size()) {
      out.push_back(regex[i]);
      continue;
    }
    if (regex[i + 1] == 'b')
      out += "(?:)";
    else
      out += regex.substr(i, 2);
    ++i;
  }
  return out;
}

/// ^ and $ stand only at the ends (the parser sees to it). A `$` that is escaped is a literal.
std::string regex_body(std::string_view regex, TextLayout layout) {
  std::string out;
  // Flags stay in front of whatever replaces the anchor.
  if (regex.starts_with("(?i)")) {
    out = "(?i)";
    regex.remove_prefix(4);
  }
  const bool front = regex.starts_with('^');
  if (front) regex.remove_prefix(1);
  std::size_t slashes = 0;
  if (regex.ends_with('$')) {
    while (slashes + 1 < regex.size() && regex[regex.size() - 2 - slashes] == '\\') ++slashes;
  }
  const bool back = regex.ends_with('$') && slashes % 2 == 0;
  if (back) regex.remove_suffix(1);
  if (front && layout == TextLayout::joined) out += kItemEnd;
  out += "(?:";
  if (layout == TextLayout::joined)
    out += regex;
  else
    out += without_word_boundaries(regex);
  out += ")";
  if (back && layout == TextLayout::joined) out += kItemEnd;
  return out;
}

}  // namespace

TextLayout layout(Surface surface) {
  switch (surface) {
    case Surface::string:
    case Surface::native_string:
    case Surface::host:
      return TextLayout::raw;
    default:
      return TextLayout::joined;
  }
}

std::string expression(const Pattern& pattern, Surface surface) {
  const TextLayout text = layout(surface);
  const bool class_like = surface == Surface::class_name || surface == Surface::reference;
  std::string out;
  switch (pattern.kind) {
    case Pattern::Kind::prefix:
      if (text == TextLayout::joined) out += kItemEnd;
      append_literal(out, pattern.text);
      if (class_like) out += "[.$\\x00]";
      return out;
    case Pattern::Kind::exact:
      if (text == TextLayout::joined) out += kItemEnd;
      append_literal(out, pattern.text);
      if (text == TextLayout::joined) out += kItemEnd;
      return out;
    case Pattern::Kind::glob:
      return text == TextLayout::joined ? anchored_glob(pattern.text)
                                        : glob_body(without_outer_stars(pattern.text));
    case Pattern::Kind::regex:
      return regex_body(pattern.text, text);
    case Pattern::Kind::domain:
      append_literal(out, pattern.text);
      return out;
  }
  return out;
}

bool is_exact(const Pattern& pattern, Surface surface) {
  if (layout(surface) != TextLayout::joined) return false;
  return pattern.kind == Pattern::Kind::prefix || pattern.kind == Pattern::Kind::exact;
}

bool is_caseless(const Pattern& pattern) { return pattern.surface == Surface::host; }

bool applies_to(const Pattern& pattern, Surface surface) {
  return pattern.surface == surface ||
         (pattern.surface == Surface::class_name && surface == Surface::reference);
}

}  // namespace sdkprint
