// Hosts are found by looking outward from a candidate's position. Every walk is bounded (RFC 1035 lets a name
// be 253 characters, 255 octets on the wire), because a hostile string may hold a candidate at each of its
// bytes.
#include "signature/pattern.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"
#include "base/error.h"

namespace sdkprint {
namespace {

constexpr std::size_t kMaxHostLength = 253;
constexpr std::size_t kMaxUserInfoLength = 128;
constexpr std::size_t kMaxVersionLength = 64;
constexpr int kMaxGroups = 10;  // $0 … $9
/// Bounds a compiled expression and its lazily built automaton; RE2 falls back to its slower NFA beyond.
constexpr std::int64_t kRegexMemory = std::int64_t{2} << 20;

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
         c == '_';
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// True when `before`, the text up to a run of host characters, ends with "//" or with its JSON spelling
/// "\/\/".
bool ends_with_slashes(std::string_view before) { return before.ends_with("//") || before.ends_with("/\\/"); }

/// True when `before` ends with "//user@" or "//user:password@".
bool ends_with_user_info(std::string_view before) {
  if (!before.ends_with('@')) return false;
  std::size_t length = 1;
  while (length < before.size() && length <= kMaxUserInfoLength) {
    const char c = before[before.size() - length - 1];
    if (c == '/') return ends_with_slashes(before.substr(0, before.size() - length));
    if (c == '?' || c == '#' || c == '"' || is_blank(c)) return false;
    ++length;
  }
  return false;
}

bool may_precede_host(std::string_view before) {
  return before.empty() || before == "*" || ends_with_slashes(before) || ends_with_user_info(before);
}

RE2::Options regex_options() {
  RE2::Options options(RE2::Latin1);  // bytes are characters: no item is "invalid"
  options.set_log_errors(false);
  options.set_max_mem(kRegexMemory);
  return options;
}

std::unique_ptr<RE2> compile_regex(std::string_view regex) {
  std::unique_ptr<RE2> result =
      std::make_unique<RE2>(re2::StringPiece(regex.data(), regex.size()), regex_options());
  if (!result->ok()) {
    throw InputError("regular expression \"" + std::string(regex) + "\": " + result->error());
  }
  return result;
}

}  // namespace

bool glob_matches(std::string_view glob, std::string_view item) {
  // When a byte does not fit, only the latest `*` need take one more: an earlier one already stands as far
  // left as possible, and whatever could follow it, the later one can reach as well.
  std::size_t g = 0, i = 0;
  std::size_t star = std::string_view::npos, star_end = 0;
  while (i < item.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      star_end = i;
    } else if (g < glob.size() && (glob[g] == '?' || glob[g] == item[i])) {
      ++g, ++i;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      i = ++star_end;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

bool package_prefix_matches(std::string_view prefix, std::string_view class_name) {
  if (!class_name.starts_with(prefix)) return false;
  if (class_name.size() == prefix.size()) return true;
  const char next = class_name[prefix.size()];
  return next == '.' || next == '$';
}

bool domain_matches(std::string_view domain, std::string_view host) {
  if (domain.size() > host.size()) return false;
  const std::size_t start = host.size() - domain.size();
  if (!equal_ignoring_case(host.substr(start), domain)) return false;
  return start == 0 || host[start - 1] == '.';
}

std::string_view host_around(std::string_view item, std::size_t position) {
  if (position >= item.size() || !is_host_character(item[position])) return {};
  std::size_t begin = position, end = position + 1;
  while (begin > 0 && is_host_character(item[begin - 1])) {
    if (position - --begin > kMaxHostLength) return {};
  }
  while (end < item.size() && is_host_character(item[end])) {
    if (++end - position > kMaxHostLength) return {};
  }
  if (!may_precede_host(item.substr(0, begin))) return {};
  if (end < item.size() && item[end] == '@') return {};  // the name of a user, or of a mailbox
  while (begin < end && item[begin] == '.') ++begin;
  while (end > begin && item[end - 1] == '.') --end;
  if (position < begin || position >= end || end - begin > kMaxHostLength) return {};
  return item.substr(begin, end - begin);
}

struct PatternMatcher::Impl {
  Surface surface;
  Pattern::Kind kind;
  std::string text;
  std::unique_ptr<RE2> regex;
};

PatternMatcher::PatternMatcher(const Pattern& pattern)
    : impl_(std::make_unique<Impl>(Impl{pattern.surface, pattern.kind, pattern.text, nullptr})) {
  if (pattern.kind == Pattern::Kind::regex) impl_->regex = compile_regex(pattern.text);
}

PatternMatcher::~PatternMatcher() = default;
PatternMatcher::PatternMatcher(PatternMatcher&&) noexcept = default;
PatternMatcher& PatternMatcher::operator=(PatternMatcher&&) noexcept = default;

bool PatternMatcher::matches(std::string_view item) const {
  std::array<char, kMaxHostLength> lower_case;
  if (impl_->surface == Surface::host) {
    if (item.size() > kMaxHostLength) return false;
    std::transform(item.begin(), item.end(), lower_case.begin(), [](char c) { return ascii_lower(c); });
    item = std::string_view(lower_case.data(), item.size());
  }
  switch (impl_->kind) {
    case Pattern::Kind::prefix:
      if (impl_->surface == Surface::class_name || impl_->surface == Surface::reference) {
        return package_prefix_matches(impl_->text, item);
      }
      return item.starts_with(impl_->text);
    case Pattern::Kind::exact:
      return item == impl_->text;
    case Pattern::Kind::glob:
      return glob_matches(impl_->text, item);
    case Pattern::Kind::regex:
      return impl_->regex->Match({item.data(), item.size()}, 0, item.size(), RE2::UNANCHORED, nullptr, 0);
    case Pattern::Kind::domain:
      return domain_matches(impl_->text, item);
  }
  return false;
}

struct VersionExtractor::Impl {
  std::string key;
  std::unique_ptr<RE2> regex;
  std::string format;
  int groups = 0;  ///< groups of `regex` that may be asked for, $0 included
};

VersionExtractor::VersionExtractor(const VersionRule& rule) : impl_(std::make_unique<Impl>()) {
  impl_->key = rule.key;
  impl_->format = rule.format;
  if (rule.regex.empty()) return;
  impl_->regex = compile_regex(rule.regex);
  impl_->groups = std::min(impl_->regex->NumberOfCapturingGroups() + 1, kMaxGroups);
  if (impl_->format.empty()) impl_->format = impl_->groups > 1 ? "$1" : "$0";
  for (std::size_t i = 0; i + 1 < impl_->format.size(); ++i) {
    if (impl_->format[i] != '$') continue;
    const char next = impl_->format[++i];
    if (next >= '0' && next <= '9' && next - '0' >= impl_->groups) {
      throw InputError("version format \"" + impl_->format + "\": the regular expression has no group $" +
                       next);
    }
  }
}

VersionExtractor::~VersionExtractor() = default;
VersionExtractor::VersionExtractor(VersionExtractor&&) noexcept = default;
VersionExtractor& VersionExtractor::operator=(VersionExtractor&&) noexcept = default;

namespace {

/// The value of the first line "key=value" or "key: value".
std::optional<std::string_view> value_of_key(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.starts_with(key)) continue;
    line = trim(line.substr(key.size()));
    if (line.starts_with('=') || line.starts_with(':')) return trim(line.substr(1));
  }
  return std::nullopt;
}

std::string expand(std::string_view format, const std::array<re2::StringPiece, kMaxGroups>& groups) {
  std::string result;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char next = format[i] == '$' && i + 1 < format.size() ? format[i + 1] : '\0';
    if (next >= '0' && next <= '9') {
      const re2::StringPiece& group = groups[static_cast<std::size_t>(next - '0')];
      result.append(group.data(), std::min(group.size(), kMaxVersionLength + 1));
      ++i;
    } else {
      result.push_back(format[i]);
      if (next == '$') ++i;
    }
  }
  return result;
}

std::optional<std::string> checked_version(std::string_view text) {
  const std::string_view version = trim(text);
  if (version.empty() || version.size() > kMaxVersionLength) return std::nullopt;
  if (!std::all_of(version.begin(), version.end(), [](char c) { return c >= 0x20 && c < 0x7F; })) {
    return std::nullopt;
  }
  return std::string(version);
}

}  // namespace

std::optional<std::string> VersionExtractor::extract(std::string_view text) const {
  if (!impl_->key.empty()) {
    const std::optional<std::string_view> value = value_of_key(text, impl_->key);
    if (!value) return std::nullopt;
    text = *value;
  }
  if (!impl_->regex) return checked_version(text);
  std::array<re2::StringPiece, kMaxGroups> groups;
  if (!impl_->regex->Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED, groups.data(),
                           impl_->groups)) {
    return std::nullopt;
  }
  return checked_version(expand(impl_->format, groups));
}

std::optional<std::string> regex_error(std::string_view regex) {
  const RE2 compiled(re2::StringPiece(regex.data(), regex.size()), regex_options());
  if (compiled.ok()) return std::nullopt;
  return compiled.error();
}

}  // namespace sdkprint
