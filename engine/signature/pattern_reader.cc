#include "signature/pattern_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "signature/regex_subset.h"

namespace sdkprint {
namespace {

using enum Pattern::Kind;
using Source = VersionRule::Source;

constexpr std::array<std::string_view, 7> kItemKeys = {"prefix", "exact", "glob", "regex",
                                                       "domain", "grade", "weak"};
constexpr std::size_t kKinds = 5;  ///< of kItemKeys, the first, in the order of Pattern::Kind
constexpr std::array<std::string_view, 4> kGrades = {"trace", "referenced", "stub", "defined"};

constexpr std::array<std::string_view, 12> kVersionKeys = {
    "field", "code",     "constants", "string", "library", "native-string",
    "entry", "manifest", "regex",     "format", "key",     "in"};
constexpr std::size_t kSources = 8;  ///< of kVersionKeys, the first, in the order of VersionRule::Source
constexpr std::size_t kLiteralRun = 3;
constexpr std::string_view kVersionTable = "[[sdk.version]]";

Pattern::Kind plain_kind(Surface surface) {
  switch (surface) {
    case Surface::class_name:
    case Surface::reference:
      return prefix;
    case Surface::host:
      return domain;
    default:
      return glob;
  }
}

/// Hosts and references can speak of an SDK, never show that it is there.
Grade highest_grade(Surface surface) {
  return surface == Surface::host || surface == Surface::reference ? Grade::referenced : Grade::defined;
}

class PatternsReader {
 public:
  PatternsReader(FileComplaints& complaints) : complaints_(complaints) {}

  void read_surface(Surface surface, const TomlMember& member) {
    if (member.value.kind != TomlNode::Kind::array) {
      complaints_.add(
          complaints_.place(member.value),
          "expected an array of patterns for " + in_quotes(member.key) + ", found " + describe(member.value),
          member.value.kind == TomlNode::Kind::text ? "put it into brackets" : "");
      return;
    }
    if (member.value.items.empty()) {
      complaints_.add(complaints_.place(member.value),
                      "expected at least one pattern for " + in_quotes(member.key) + ", found an empty array",
                      "leave the key out");
    }
    for (const TomlNode& item : member.value.items) read_item(surface, item);
  }

  std::vector<Pattern> take() { return std::move(patterns_); }

 private:
  void read_item(Surface surface, const TomlNode& item) {
    Pattern pattern;
    pattern.surface = surface;
    pattern.grade = default_grade(surface);
    pattern.place = complaints_.place(item);
    const std::size_t complaints_before = complaints_.count();
    if (item.kind == TomlNode::Kind::text) {
      pattern.kind = plain_kind(surface);
      pattern.text = item.text;
    } else if (item.kind == TomlNode::Kind::table) {
      read_table(item, pattern);
    } else {
      complaints_.add(pattern.place, "expected a pattern for " + in_quotes(name(surface)) +
                                         " (a string or a table), found " + describe(item));
    }
    if (complaints_.count() != complaints_before) return;
    if (complaints_.accept(pattern.place, object_to_pattern(pattern))) keep(std::move(pattern));
  }

  void read_table(const TomlNode& item, Pattern& pattern) {
    const TableReader reader(complaints_, item, "a pattern", kItemKeys);
    const TomlMember* chosen = nullptr;
    for (const TomlMember& member : item.members) {
      const auto kind = std::find(kItemKeys.begin(), kItemKeys.begin() + kKinds, member.key);
      if (kind == kItemKeys.begin() + kKinds) continue;
      if (chosen != nullptr) {
        complaints_.add(complaints_.place(member), "expected one of " +
                                                       joined(std::span(kItemKeys).first(kKinds)) +
                                                       " in a pattern, found " + in_quotes(member.key) +
                                                       " besides " + in_quotes(chosen->key));
        return;
      }
      chosen = &member;
      pattern.kind = static_cast<Pattern::Kind>(kind - kItemKeys.begin());
    }
    pattern.weak = reader.boolean("weak", false);
    read_grade(reader, pattern);
    if (chosen == nullptr) {
      complaints_.add(reader.place(), "expected one of " + joined(std::span(kItemKeys).first(kKinds)) +
                                          " in a pattern, found none");
      return;
    }
    if (chosen->value.kind != TomlNode::Kind::text) {
      complaints_.add(complaints_.place(chosen->value), "expected a string for " + in_quotes(chosen->key) +
                                                            " in a pattern, found " +
                                                            describe(chosen->value));
      return;
    }
    pattern.text = chosen->value.text;
    pattern.place = complaints_.place(chosen->value);
  }

  void read_grade(const TableReader& reader, Pattern& pattern) {
    const std::optional<std::size_t> word = reader.word("grade", kGrades);
    if (!word) return;
    pattern.grade = *grade_from_name(kGrades[*word]);
    if (pattern.grade <= highest_grade(pattern.surface)) return;
    complaints_.add(complaints_.place(reader.find("grade")->value),
                    "expected at most the grade " + std::string(name(highest_grade(pattern.surface))) +
                        " on the surface " + std::string(name(pattern.surface)) + ", found " +
                        std::string(name(pattern.grade)),
                    "naming an SDK does not show that it is there");
  }

  void keep(Pattern pattern) {
    const bool is_literal = pattern.text.find_first_of("*?") == std::string::npos;
    if (pattern.kind == glob && is_literal) pattern.kind = exact;
    const auto [first, is_new] =
        places_.try_emplace(std::tuple(pattern.surface, pattern.kind, pattern.text), pattern.place);
    if (is_new) {
      patterns_.push_back(std::move(pattern));
    } else {
      complaints_.add(pattern.place,
                      "the pattern " + in_quotes(pattern.text) + " stands twice under " +
                          in_quotes(name(pattern.surface)),
                      "the first is at " + to_string(first->second));
    }
  }

  FileComplaints& complaints_;
  std::vector<Pattern> patterns_;
  std::map<std::tuple<Surface, Pattern::Kind, std::string>, SourcePlace> places_;
};

/// "$1.$2": every `$` is followed by a group's digit or another `$`, and the groups exist. A format that
/// names none is the version itself, for an expression that fits one release only; it has a digit.
Verdict object_to_format(std::string_view format, int groups) {
  bool names_group = false;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '$') continue;
    const char next = ++i < format.size() ? format[i] : '\0';
    if (next == '$') continue;
    if (next < '0' || next > '9') {
      return Objection{"expected a digit or \"$\" after each \"$\" of a format, found " + in_quotes(format),
                       ""};
    }
    if (next - '0' > groups) {
      return Objection{"expected a group that the regular expression has, found \"$" + std::string(1, next) +
                           "\" in " + in_quotes(format) + "; it has " + std::to_string(groups),
                       "groups are written (…)"};
    }
    names_group = true;
  }
  const bool has_digit =
      std::any_of(format.begin(), format.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (names_group || has_digit) return std::nullopt;
  return Objection{"expected a format that names a group or is a version, found " + in_quotes(format),
                   "$0 is the whole match"};
}

/// A static field: "com.foo.BuildConfig.VERSION_NAME".
Verdict object_to_field(std::string_view field) {
  if (Verdict verdict = object_to_java_name(field)) return verdict;
  if (field.find('.') != std::string_view::npos) return std::nullopt;
  return Objection{"expected a class and a field, found " + in_quotes(field),
                   "com.foo.BuildConfig.VERSION_NAME"};
}

Verdict object_to_code_target(std::string_view target) {
  for (const std::string_view special : {".<clinit>", ".<init>"}) {
    if (target.ends_with(special)) target.remove_suffix(special.size());
  }
  if (Verdict verdict = object_to_java_name(target, true)) return verdict;
  return object_to_glob(target);
}

Verdict object_to_meta_data_key(std::string_view key) {
  constexpr std::string_view kItemKind = "meta-data:";
  if (!key.starts_with(kItemKind)) return std::nullopt;
  return Objection{"expected a meta-data key, found " + in_quotes(key),
                   "write " + in_quotes(key.substr(kItemKind.size())) + ": only meta-data has values"};
}

Verdict object_to_target(Source source, std::string_view text) {
  switch (source) {
    case Source::field:
      return object_to_field(text);
    case Source::code:
    case Source::constants:
      return object_to_code_target(text);
    case Source::string:
    case Source::library:
    case Source::native_string:
      return object_to_regex(text, kLiteralRun);
    case Source::entry:
      return object_to_glob(text);
    case Source::manifest:
      return object_to_meta_data_key(text);
  }
  return std::nullopt;
}

bool is_regex_source(Source source) {
  return source == Source::string || source == Source::library || source == Source::native_string;
}

/// The one source key. Complains of none and of several.
std::optional<PlacedText> read_source(const TableReader& reader, const TomlNode& table, VersionRule& rule) {
  const std::span<const std::string_view> sources = std::span(kVersionKeys).first(kSources);
  const TomlMember* chosen = nullptr;
  for (const TomlMember& member : table.members) {
    const auto source = std::find(sources.begin(), sources.end(), member.key);
    if (source == sources.end()) continue;
    if (chosen != nullptr) {
      reader.complaints().add(reader.complaints().place(member),
                              "expected one source in " + std::string(kVersionTable) + ", found " +
                                  in_quotes(member.key) + " besides " + in_quotes(chosen->key),
                              "write a rule for each; they are tried in order");
      return std::nullopt;
    }
    chosen = &member;
    rule.source = static_cast<Source>(source - sources.begin());
  }
  if (chosen == nullptr) {
    reader.complaints().add(reader.place(), "expected one of " + joined(sources) + " in " +
                                                std::string(kVersionTable) + ", found none");
    return std::nullopt;
  }
  return reader.text(chosen->key);
}

/// Complains of a key that means nothing for the rule's source.
void refuse_key(const TableReader& reader, std::string_view key, const VersionRule& rule, std::string hint) {
  const TomlMember* member = reader.find(key);
  if (member == nullptr) return;
  reader.complaints().add(
      reader.complaints().place(*member),
      "expected no " + in_quotes(key) + " besides " + in_quotes(name(rule.source)) + ", found one",
      std::move(hint));
}

void read_regex_and_format(const TableReader& reader, VersionRule& rule) {
  FileComplaints& complaints = reader.complaints();
  if (is_regex_source(rule.source)) {
    refuse_key(reader, "regex", rule, "its own value is the regular expression");
  } else if (const std::optional<PlacedText> regex = reader.text("regex")) {
    if (complaints.accept(regex->place, object_to_regex(regex->text, 0))) rule.regex = regex->text;
  }
  const std::optional<PlacedText> format = reader.text("format");
  if (!format) return;
  if (rule.regex.empty()) {
    if (reader.find("regex") != nullptr) return;  // wrong, and complained of
    complaints.add(format->place,
                   "expected a \"regex\" for the format " + in_quotes(format->text) + ", found none");
  } else if (complaints.accept(format->place,
                               object_to_format(format->text, summarize_regex(rule.regex).groups))) {
    rule.format = format->text;
  }
}

}  // namespace

Grade default_grade(Surface surface) {
  switch (surface) {
    case Surface::class_name:
    case Surface::library:
    case Surface::symbol:
      return Grade::defined;
    case Surface::reference:
      return Grade::referenced;
    default:
      return Grade::trace;
  }
}

std::vector<Pattern> read_patterns(FileComplaints& complaints, const TomlNode& table) {
  std::array<std::string_view, kSurfaceCount> surfaces;
  for (std::size_t i = 0; i < kSurfaceCount; ++i) surfaces[i] = name(kSurfaces[i]);
  const TableReader reader(complaints, table, "[sdk.patterns]", surfaces);
  PatternsReader patterns(complaints);
  for (const TomlMember& member : table.members) {
    if (const std::optional<Surface> surface = surface_from_name(member.key)) {
      patterns.read_surface(*surface, member);
    }
  }
  return patterns.take();
}

std::optional<VersionRule> read_version_rule(FileComplaints& complaints, const TomlNode& table) {
  const std::size_t complaints_before = complaints.count();
  const TableReader reader(complaints, table, std::string(kVersionTable), kVersionKeys);
  VersionRule rule;
  rule.place = reader.place();
  const std::optional<PlacedText> source = read_source(reader, table, rule);
  if (!source || !complaints.accept(source->place, object_to_target(rule.source, source->text))) {
    return std::nullopt;
  }
  (is_regex_source(rule.source) ? rule.regex : rule.target) = source->text;
  read_regex_and_format(reader, rule);
  if (rule.source != Source::entry) {
    refuse_key(reader, "key", rule, "only an entry has lines \"key=value\"");
  } else if (const std::optional<PlacedText> key = reader.text("key")) {
    rule.key = key->text;
  }
  if (rule.source != Source::native_string) {
    refuse_key(reader, "in", rule, "it narrows native-string to some libraries");
  } else if (const std::optional<PlacedText> library = reader.text("in")) {
    if (complaints.accept(library->place, object_to_glob(library->text))) rule.target = library->text;
  }
  if (complaints.count() != complaints_before) return std::nullopt;
  return rule;
}

}  // namespace sdkprint
