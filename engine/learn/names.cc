#include "learn/names.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

/// Besides what the database knows: it may be an old one, or somebody's own small set.
constexpr std::array<std::string_view, 34> kCommonPackages = {"android",
                                                              "androidx",
                                                              "java",
                                                              "javax",
                                                              "dalvik",
                                                              "libcore",
                                                              "sun",
                                                              "kotlin",
                                                              "kotlinx",
                                                              "scala",
                                                              "groovy",
                                                              "okhttp3",
                                                              "okio",
                                                              "retrofit2",
                                                              "rx",
                                                              "io.reactivex",
                                                              "com.squareup",
                                                              "com.google.gson",
                                                              "com.android",
                                                              "com.google.protobuf",
                                                              "com.google.common",
                                                              "com.google.android",
                                                              "com.google.errorprone",
                                                              "com.google.zxing",
                                                              "org.json",
                                                              "org.apache",
                                                              "org.jetbrains",
                                                              "org.intellij",
                                                              "org.slf4j",
                                                              "org.w3c",
                                                              "org.xml",
                                                              "org.bouncycastle",
                                                              "junit",
                                                              "com.bumptech.glide"};

constexpr std::array<std::string_view, 59> kEverybodysWords = {
    "com",    "org",    "net",      "cn",        "io",      "co",      "me",       "tv",      "app",
    "dev",    "www",    "sdk",      "api",       "lib",     "libs",    "library",  "core",    "common",
    "base",   "util",   "utils",    "tools",     "android", "mobile",  "client",   "main",    "demo",
    "test",   "tests",  "example",  "internal",  "impl",    "service", "services", "data",    "model",
    "models", "ui",     "view",     "views",     "widget",  "http",    "https",    "network", "push",
    "ads",    "github", "gitlab",   "bitbucket", "basic",   "plugin",  "module",   "java",    "kotlin",
    "proto",  "stats",  "platform", "native",    "jni"};

constexpr std::array<std::string_view, 5> kCodeHosts = {"com.github", "io.github", "com.gitlab", "io.gitlab",
                                                        "com.bitbucket"};

/// Labels under which registries of two-letter domains register names.
constexpr std::array<std::string_view, 10> kRegistryLabels = {"com", "net", "org", "gov", "edu",
                                                              "ac",  "co",  "or",  "ne",  "go"};

constexpr std::array<std::string_view, 5> kPreReleases = {"alpha", "beta", "rc", "snapshot", "pre"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// "-beta1" at the beginning of `rest`, or nothing.
std::string_view pre_release(std::string_view rest) {
  if (rest.empty() || (rest.front() != '-' && rest.front() != '.')) return {};
  const std::string tail = ascii_lower(rest.substr(1));
  for (const std::string_view word : kPreReleases) {
    if (!tail.starts_with(word)) continue;
    std::size_t end = 1 + word.size();
    while (end < rest.size() && is_digit(rest[end])) ++end;
    return rest.substr(0, end);
  }
  return {};
}

constexpr std::size_t kMaxComponentDigits = 5;  // a component of eight is a date

/// The version that begins at a digit: components of digits with one separator, '.' or '_'. Empty when there
/// is only one component, or one is too long.
std::string version_at(std::string_view text, std::size_t begin) {
  std::string version;
  std::size_t at = begin, components = 0;
  char separator = 0;
  for (;;) {
    const std::size_t from = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == from || at - from > kMaxComponentDigits) return {};
    version += text.substr(from, at - from);
    ++components;
    const bool goes_on =
        at + 1 < text.size() && (text[at] == '.' || text[at] == '_') && is_digit(text[at + 1]);
    if (!goes_on || (separator != 0 && text[at] != separator)) break;
    separator = text[at++];
    version += '.';
  }
  if (components < 2) return {};
  return version + std::string(pre_release(text.substr(at)));
}

std::optional<std::string> version_in_file_name(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (!is_digit(name[i]) || (i > 0 && is_digit(name[i - 1]))) continue;
    std::string version = version_at(name, i);
    if (!version.empty()) return version;
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string_view> split_name(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find(separator, begin)) != std::string_view::npos; begin = end + 1) {
    parts.push_back(text.substr(begin, end - begin));
  }
  parts.push_back(text.substr(begin));
  return parts;
}

bool is_common_package(std::string_view name) {
  return std::any_of(kCommonPackages.begin(), kCommonPackages.end(),
                     [&](std::string_view prefix) { return package_prefix_matches(prefix, name); });
}

bool looks_obfuscated(std::string_view segment) { return segment.size() <= 2; }

bool is_telling(std::string_view segment) {
  const auto letters = std::count_if(segment.begin(), segment.end(), is_letter);
  return letters >= 3 && !contains(kEverybodysWords, ascii_lower(segment));
}

bool has_telling_segment(std::string_view dotted) {
  const std::vector<std::string_view> segments = split_name(dotted);
  return std::any_of(segments.begin(), segments.end(), is_telling);
}

std::string_view origin_of_name(std::string_view dotted) {
  const auto end_of = [&](std::size_t from) { return std::min(dotted.find('.', from), dotted.size()); };
  std::size_t end = end_of(0);
  if (end < dotted.size()) end = end_of(end + 1);
  if (contains(kCodeHosts, dotted.substr(0, end)) && end < dotted.size()) end = end_of(end + 1);
  return dotted.substr(0, end);
}

std::string_view registered_domain(std::string_view host) {
  const std::vector<std::string_view> labels = split_name(host);
  if (labels.size() < 2 || labels.back().size() < 2 || is_digit(labels.back().front())) return {};
  std::size_t kept = 2;
  if (labels.back().size() == 2 && contains(kRegistryLabels, labels[labels.size() - 2])) kept = 3;
  if (labels.size() < kept) return {};
  return host.substr(static_cast<std::size_t>(labels[labels.size() - kept].data() - host.data()));
}

std::string as_id(std::string_view text) {
  std::string id;
  for (const char c : text) {
    if (is_letter(c) || is_digit(c))
      id += ascii_lower(c);
    else if (!id.empty() && id.back() != '-')
      id += '-';
  }
  while (id.ends_with('-')) id.pop_back();
  return id;
}

std::string as_title(std::string_view id) {
  std::string title(id);
  bool at_start = true;
  for (char& c : title) {
    if (c == '-') c = ' ';
    if (at_start && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    at_start = c == ' ';
  }
  return title;
}

std::optional<std::string> version_in_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view file = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
  if (std::optional<std::string> version = version_in_file_name(file.substr(0, file.rfind('.'))))
    return version;
  if (slash == std::string_view::npos) return std::nullopt;
  std::vector<std::string_view> folders = split_name(path.substr(0, slash), '/');
  for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
    if (folder->empty() || !is_digit(folder->front())) continue;
    const std::string version = version_at(*folder, 0);
    if (version.size() == folder->size()) return version;
  }
  return std::nullopt;
}

bool speaks_of_version(std::string_view name) {
  const std::string small = ascii_lower(name);
  if (small.find("buildconfig") != std::string::npos) return true;
  for (std::size_t at = small.find("version"); at != std::string::npos; at = small.find("version", at + 1)) {
    const std::string_view before = std::string_view(small).substr(0, at);
    if (!before.ends_with("con") && !before.ends_with("in")) return true;  // conversion, inversion
  }
  return false;
}

bool is_version(std::string_view text) {
  if (text.empty() || text.size() > 64 || !is_digit(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || is_letter(c) || c == '.' || c == '-' || c == '_' || c == '+';
  });
}

}  // namespace sdkprint
