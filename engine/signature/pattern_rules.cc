// A pattern that is too short is not merely useless: Hyperscan reports a candidate for each of its hits, and
// one
// "*ad*" costs more than a thousand honest patterns.
#include "signature/pattern_rules.h"

#include <algorithm>
#include <array>

#include "signature/diagnostic.h"
#include "signature/pattern.h"
#include "signature/regex_subset.h"

namespace sdkprint {
namespace {

constexpr std::size_t kMaxPatternBytes = 512;
constexpr std::size_t kMinLiteralRun = 3;
constexpr std::size_t kMinLoneSegment = 4;
constexpr std::size_t kMinObfuscatedLetters = 5, kMinObfuscatedSegments = 4;
constexpr std::size_t kMaxLabel = 63;  // RFC 1035, 2.3.4
constexpr std::string_view kWildcards = "*?";

constexpr std::array<std::string_view, 15> kManifestKinds = {
    "permission",   "defines-permission", "action",   "category",       "scheme",
    "authority",    "meta-data",          "activity", "activity-alias", "service",
    "uses-library", "receiver",           "provider", "application",    "component-factory"};

/// One segment, and in every app: nobody's prefix.
constexpr std::array<std::string_view, 8> kEverybodysSegments = {"java",    "javax", "android", "dalvik",
                                                                 "libcore", "main",  "test",    "example"};

/// Second-level labels under which registries of two-letter domains register names (com.cn, co.uk, or.kr).
constexpr std::array<std::string_view, 10> kRegistryLabels = {"com", "net", "org", "gov", "edu",
                                                              "ac",  "co",  "or",  "ne",  "go"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_java_character(char c) {
  return is_lower(c) || is_upper(c) || is_digit(c) || c == '_' || c == '$' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find(separator, begin)) != std::string_view::npos; begin = end + 1) {
    parts.push_back(text.substr(begin, end - begin));
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::size_t longest_literal_run(std::string_view glob) {
  std::size_t longest = 0, run = 0;
  for (const char c : glob) {
    run = kWildcards.find(c) == std::string_view::npos ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::string write(std::string_view text) { return "write " + in_quotes(text); }

Verdict too_common(std::string_view text, std::string_view why) {
  return Objection{"expected at least 3 characters in a row that are not wildcards" + std::string(why) +
                       ", found " + in_quotes(text),
                   "a pattern as short as that matches by accident"};
}

/// The dotted form of "com/foo/Bar", "Lcom/foo/Bar;", "com.foo." or "com.foo.*".
std::string as_java_name(std::string_view text) {
  if (text.starts_with('L') && text.ends_with(';')) text = text.substr(1, text.size() - 2);
  if (text.ends_with(".**")) text.remove_suffix(3);
  if (text.ends_with(".*")) text.remove_suffix(2);
  std::string name(text);
  std::replace(name.begin(), name.end(), '/', '.');
  while (name.ends_with('.')) name.pop_back();
  while (name.starts_with('.')) name.erase(0, 1);
  return name;
}

Verdict object_to_class_prefix(std::string_view text) {
  if (text.find_first_of(kWildcards) != std::string_view::npos) {
    const std::string name = as_java_name(text);
    const bool plain = !object_to_java_name(name).has_value();
    return Objection{"expected a package or class, found the wildcard in " + in_quotes(text),
                     (plain ? write(name) + " (a prefix covers what lies below it)"
                            : "write { glob = " + in_quotes(text) + " }")};
  }
  if (Verdict verdict = object_to_java_name(text)) return verdict;
  const std::vector<std::string_view> segments = split(text, '.');
  if (segments.size() == 1 && (text.size() < kMinLoneSegment || contains(kEverybodysSegments, text))) {
    return Objection{"expected a package of two segments or of one that is long and nobody else's, found " +
                         in_quotes(text),
                     "add a segment, or write { exact = … } for one class"};
  }
  // Shrinkers name packages a.b.c; SDKs that are shipped obfuscated keep at least ms.bd.c or c.t.m.g.
  const bool has_word =
      std::any_of(segments.begin(), segments.end(), [](std::string_view s) { return s.size() > 2; });
  const std::size_t letters = text.size() - (segments.size() - 1);
  if (!has_word && letters < kMinObfuscatedLetters && segments.size() < kMinObfuscatedSegments) {
    return Objection{
        "expected a segment of at least 3 characters, 5 characters in all, or 4 segments; found " +
            in_quotes(text),
        "obfuscated apps have such packages of their own"};
  }
  return std::nullopt;
}

Verdict object_to_class_pattern(const Pattern& pattern) {
  if (pattern.kind == Pattern::Kind::prefix) return object_to_class_prefix(pattern.text);
  if (pattern.kind == Pattern::Kind::glob) {
    if (Verdict verdict = object_to_java_name(pattern.text, true)) return verdict;
    return object_to_glob(pattern.text);
  }
  if (Verdict verdict = object_to_java_name(pattern.text)) return verdict;
  if (pattern.text.size() < kMinLiteralRun) return too_common(pattern.text, "");
  return std::nullopt;
}

Verdict object_to_label(std::string_view label, std::string_view host) {
  const bool valid = !label.empty() && label.size() <= kMaxLabel && label.front() != '-' &&
                     label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
                       return is_lower(c) || is_digit(c) || c == '-' || c == '_';
                     });
  if (valid) return std::nullopt;
  return Objection{"expected labels of lower-case letters, digits and hyphens, found " + in_quotes(label) +
                       " in " + in_quotes(host),
                   "a name outside ASCII is written in Punycode: xn--…"};
}

/// "https://*.Foo.com:80/x" → "foo.com"
std::string as_host(std::string_view text) {
  if (const std::size_t slashes = text.find("//"); slashes != std::string_view::npos) {
    text.remove_prefix(slashes + 2);
  }
  text = text.substr(0, text.find_first_of("/:?#"));
  while (text.starts_with('*') || text.starts_with('.')) text.remove_prefix(1);
  while (text.ends_with('.')) text.remove_suffix(1);
  std::string host(text);
  for (char& c : host) c = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  return host;
}

Verdict object_to_host_labels(std::string_view text) {
  const std::vector<std::string_view> labels = split(text, '.');
  for (const std::string_view label : labels) {
    if (Verdict verdict = object_to_label(label, text)) return verdict;
  }
  if (labels.size() < 2) return Objection{"expected a domain with a dot, found " + in_quotes(text), ""};
  if (labels.size() == 2 && labels[1].size() == 2 && contains(kRegistryLabels, labels[0])) {
    return Objection{"expected a domain that somebody owns, found the public suffix " + in_quotes(text),
                     "add the label before it"};
  }
  const bool all_digits = std::all_of(labels.back().begin(), labels.back().end(), is_digit);
  if (all_digits && labels.size() != 4) {
    return Objection{"expected a top-level domain or an IPv4 address, found " + in_quotes(text), ""};
  }
  return std::nullopt;
}

Verdict object_to_host_pattern(const Pattern& pattern) {
  const std::string_view text = pattern.text;
  if (pattern.kind == Pattern::Kind::prefix) {
    return Objection{"expected domain, exact, glob or regex on the surface host, found prefix",
                     "a domain covers its subdomains"};
  }
  if (pattern.kind == Pattern::Kind::glob) {
    if (std::any_of(text.begin(), text.end(), is_upper)) {
      return Objection{"expected lower case (hosts are compared so), found " + in_quotes(text), ""};
    }
    return object_to_glob(text);
  }
  Verdict verdict = object_to_host_labels(text);
  if (!verdict) return std::nullopt;
  const std::string host = as_host(text);
  if (host != text && !object_to_host_labels(host)) {
    verdict->message = "expected a bare host in lower case, found " + in_quotes(text);
    verdict->hint = write(host) + (pattern.kind == Pattern::Kind::domain ? " (subdomains are covered)" : "");
  }
  return verdict;
}

std::string_view without(std::string_view text, std::string_view prefix, std::string_view suffix = {}) {
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  if (text.ends_with(suffix)) text.remove_suffix(suffix.size());
  return text;
}

Verdict object_to_library_pattern(const Pattern& pattern) {
  const std::string_view text = pattern.text;
  if (text.find('/') != std::string_view::npos) {
    return Objection{"expected a file name, found the path " + in_quotes(text),
                     write(text.substr(text.rfind('/') + 1)) + ", or use the surface entry"};
  }
  if (pattern.kind == Pattern::Kind::prefix) {
    return longest_literal_run(without(text, "lib")) < kMinLiteralRun ? too_common(text, " besides \"lib\"")
                                                                      : std::nullopt;
  }
  if (text.find(".so") == std::string_view::npos && !text.ends_with('*')) {
    return Objection{"expected the file name of a native library, found " + in_quotes(text),
                     write((text.starts_with("lib") ? "" : "lib") + std::string(text) + ".so")};
  }
  const bool has_wildcard = text.find_first_of(kWildcards) != std::string_view::npos;
  if (has_wildcard && longest_literal_run(without(text, "lib", ".so")) < kMinLiteralRun) {
    return too_common(text, " besides \"lib\" and \".so\"");
  }
  return std::nullopt;
}

Verdict object_to_manifest_pattern(const Pattern& pattern) {
  const std::string_view text = pattern.text;
  const std::size_t colon = text.find(':');
  const std::string_view kind = text.substr(0, colon);
  const bool any_kind = kind.find_first_of(kWildcards) != std::string_view::npos;
  if (!any_kind && (colon == std::string_view::npos || !contains(kManifestKinds, kind))) {
    const std::string guess = colon == std::string_view::npos ? "" : did_you_mean(kind, kManifestKinds);
    return Objection{
        "expected \"kind:value\" with a kind of " + joined(kManifestKinds) + "; found " + in_quotes(text),
        guess};
  }
  const std::string_view value = colon == std::string_view::npos ? text : text.substr(colon + 1);
  if (longest_literal_run(value) < kMinLiteralRun) return too_common(text, " after the kind");
  return std::nullopt;
}

Verdict object_to_entry_pattern(const Pattern& pattern) {
  const std::string_view text = pattern.text;
  if (text.starts_with('/') || text.find('\\') != std::string_view::npos) {
    return Objection{
        "expected an entry name with \"/\" between its parts and none before them, found " + in_quotes(text),
        ""};
  }
  const bool has_wildcard = text.find_first_of(kWildcards) != std::string_view::npos;
  if (pattern.kind != Pattern::Kind::prefix && !has_wildcard) return std::nullopt;
  // Folders that every app has, and the extension, tell nothing.
  std::string_view telling = text;
  for (const std::string_view folder : {"assets/", "META-INF/", "lib/", "res/", "raw/"}) {
    telling = without(telling, folder);
  }
  const std::size_t dot = telling.rfind('.');
  if (pattern.kind == Pattern::Kind::glob && dot != std::string_view::npos &&
      telling.find('/', dot) == std::string_view::npos) {
    const std::string_view stem = telling.substr(0, dot), extension = telling.substr(dot + 1);
    if (longest_literal_run(stem) < kMinLiteralRun &&
        extension.find_first_of(kWildcards) == std::string_view::npos) {
      return too_common(text, " besides the folder and the extension");
    }
  }
  return longest_literal_run(telling) < kMinLiteralRun ? too_common(text, " besides the folder")
                                                       : std::nullopt;
}

std::string_view surface_affix(Surface surface) { return surface == Surface::symbol ? "Java_" : ""; }

}  // namespace

std::span<const std::string_view> manifest_kinds() { return kManifestKinds; }

Verdict object_to_text(std::string_view text) {
  if (text.empty()) return Objection{"expected a text, found an empty string", ""};
  if (text.size() > kMaxPatternBytes) {
    return Objection{"expected at most " + std::to_string(kMaxPatternBytes) + " bytes, found " +
                         std::to_string(text.size()),
                     ""};
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) {
      return Objection{"expected printable text, found a control character in " + in_quotes(text), ""};
    }
    if (byte >= 0xF0) {
      return Objection{"expected characters up to U+FFFF, found one beyond in " + in_quotes(text),
                       "DEX files spell it as two surrogates: use a wildcard"};
    }
  }
  return std::nullopt;
}

Verdict object_to_java_name(std::string_view name, bool globs) {
  const std::string_view extra = globs ? kWildcards : std::string_view();
  const auto allowed = [&](char c) {
    return is_java_character(c) || extra.find(c) != std::string_view::npos;
  };
  const std::vector<std::string_view> segments = split(name, '.');
  const bool valid = std::all_of(segments.begin(), segments.end(), [&](std::string_view segment) {
    return !segment.empty() && std::all_of(segment.begin(), segment.end(), allowed);
  });
  if (valid) return std::nullopt;
  Objection objection{"expected a dotted Java name, found " + in_quotes(name), ""};
  const std::string fixed = as_java_name(name);
  if (fixed != name && !fixed.empty() && !object_to_java_name(fixed, globs)) objection.hint = write(fixed);
  return objection;
}

Verdict object_to_regex(std::string_view regex, std::size_t literal_run) {
  if (Verdict verdict = object_to_text(regex)) return verdict;
  const RegexSummary summary = summarize_regex(regex);
  if (!summary.problem.empty()) {
    return Objection{"regular expression " + in_quotes(regex) + ", at its character " +
                         std::to_string(summary.offset + 1) + ": " + summary.problem,
                     summary.hint};
  }
  if (const std::optional<std::string> error = regex_error(regex)) {
    return Objection{"regular expression " + in_quotes(regex) + ": " + *error, ""};
  }
  if (summary.literal_run < literal_run) {
    return Objection{"expected a regular expression whose every match contains " +
                         std::to_string(literal_run) + " literal characters in a row, found " +
                         in_quotes(regex),
                     "each alternative needs them, outside optional parts"};
  }
  return std::nullopt;
}

Verdict object_to_glob(std::string_view glob) {
  if (Verdict verdict = object_to_text(glob)) return verdict;
  return longest_literal_run(glob) < kMinLiteralRun ? too_common(glob, "") : std::nullopt;
}

Verdict object_to_pattern(const Pattern& pattern) {
  if (Verdict verdict = object_to_text(pattern.text)) return verdict;
  if (pattern.kind == Pattern::Kind::regex) return object_to_regex(pattern.text, kMinLiteralRun);
  if (pattern.kind == Pattern::Kind::domain && pattern.surface != Surface::host) {
    return Objection{"expected prefix, exact, glob or regex on the surface " +
                         std::string(name(pattern.surface)) + ", found domain",
                     "domains belong under host"};
  }
  switch (pattern.surface) {
    case Surface::class_name:
    case Surface::reference:
      return object_to_class_pattern(pattern);
    case Surface::library:
      return object_to_library_pattern(pattern);
    case Surface::entry:
      return object_to_entry_pattern(pattern);
    case Surface::manifest:
      return object_to_manifest_pattern(pattern);
    case Surface::host:
      return object_to_host_pattern(pattern);
    case Surface::string:
    case Surface::symbol:
    case Surface::native_string:
      break;
  }
  const std::string_view affix = surface_affix(pattern.surface);
  if (longest_literal_run(without(pattern.text, affix)) < kMinLiteralRun) {
    return too_common(pattern.text, affix.empty() ? "" : " besides \"Java_\"");
  }
  return std::nullopt;
}

}  // namespace sdkprint
