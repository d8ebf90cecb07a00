// Version rules that cannot do what they are for.
#include <algorithm>
#include <set>
#include <tuple>

#include "lint/check.h"
#include "signature/pattern.h"
#include "signature/regex_subset.h"

namespace sdkprint {
namespace {

using Source = VersionRule::Source;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The text of the capturing group (from 1) of a regular expression of the subset, or of the whole when it is
/// 0.
std::string_view group_text(std::string_view regex, int wanted) {
  if (wanted == 0) return regex;
  int count = 0;
  std::size_t begin = std::string_view::npos, depth = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < regex.size(); ++i) {
    const char c = regex[i];
    if (c == '\\') {
      ++i;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
    } else if (c == '(') {
      if (begin != std::string_view::npos) {
        ++depth;
      } else if (!regex.substr(i).starts_with("(?") && ++count == wanted) {
        begin = i + 1;
        depth = 0;
      }
    } else if (c == ')' && begin != std::string_view::npos && depth-- == 0) {
      return regex.substr(begin, i - begin);
    }
  }
  return {};
}

/// True when a text of the expression may hold a digit: one that stands there, or a set that has them.
bool may_hold_digit(std::string_view regex) {
  for (std::size_t i = 0; i < regex.size(); ++i) {
    if (regex[i] == '\\' && i + 1 < regex.size()) {
      const char escape = regex[++i];
      if (escape == 'd' || escape == 'w' || escape == 'W' || escape == 'D' || escape == 'x') return true;
    } else if (regex[i] == '{') {
      i = std::min(regex.find('}', i), regex.size());  // a quantifier's digits are no text
    } else if (is_digit(regex[i]) || regex[i] == '.' || regex.substr(i).starts_with("[^")) {
      return true;
    }
  }
  return false;
}

/// What the version is made of: the digits of the format that are no groups, and the groups it names.
bool may_yield_digit(const VersionRule& rule) {
  const std::string format = !rule.format.empty()                     ? rule.format
                             : summarize_regex(rule.regex).groups > 0 ? "$1"
                                                                      : "$0";
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '$') {
      if (is_digit(format[i])) return true;
    } else if (++i < format.size() && format[i] != '$') {
      if (may_hold_digit(group_text(rule.regex, format[i] - '0'))) return true;
    }
  }
  return false;
}

/// The rule takes a whole text for the version, and the text begins with letters that are no version's.
bool takes_surroundings(const VersionRule& rule) {
  if (rule.regex.empty() || !rule.format.empty() || summarize_regex(rule.regex).groups > 0) return false;
  std::string_view regex = rule.regex;
  if (regex.starts_with("(?i)")) regex.remove_prefix(4);
  if (regex.starts_with('^')) regex.remove_prefix(1);
  std::size_t letters = 0;
  while (letters < regex.size() &&
         ((regex[letters] >= 'a' && regex[letters] <= 'z') ||
          (regex[letters] >= 'A' && regex[letters] <= 'Z') || regex[letters] == '_'))
    ++letters;
  return letters >= 2;
}

/// A class pattern of the SDK may own the class, or some class, that the target names.
bool owns_target(const Sdk& sdk, std::string_view target) {
  for (const std::string_view special : {".<clinit>", ".<init>"})
    if (target.ends_with(special)) target.remove_suffix(special.size());
  const std::string_view fixed = target.substr(0, target.find_first_of("*?"));
  for (const Pattern& pattern : sdk.patterns) {
    if (pattern.surface != Surface::class_name) continue;
    if (pattern.kind != Pattern::Kind::prefix && pattern.kind != Pattern::Kind::exact) return true;
    if (package_prefix_matches(pattern.text, fixed) || package_prefix_matches(pattern.text, target))
      return true;
    // "com.*.Bar" may lie within "com.foo".
    if (fixed.size() < target.size() && pattern.text.starts_with(fixed)) return true;
  }
  return false;
}

}  // namespace

void check_captures(const LintContext& context, LintFindings& findings) {
  for (const Sdk& sdk : context.set.sdks) {
    for (const VersionRule& rule : sdk.versions) {
      if (rule.regex.empty()) continue;
      if (!may_yield_digit(rule)) {
        report(findings, code::kCapturesNothing, rule.place, sdk.id,
               "expected a part of the regular expression that holds digits to make the version of, found " +
                   in_quotes(rule.regex) +
                   (rule.format.empty() ? "" : " with the format " + in_quotes(rule.format)),
               "put the digits into a group: (\\d+(?:\\.\\d+)+)");
      } else if (takes_surroundings(rule)) {
        report(findings, code::kCapturesNothing, rule.place, sdk.id,
               "expected a group around the version alone, found none in " + in_quotes(rule.regex) +
                   "; its whole match would be the version",
               "put the version into a group: (…)");
      }
    }
  }
}

void check_targets(const LintContext& context, LintFindings& findings) {
  for (const Sdk& sdk : context.set.sdks) {
    for (const VersionRule& rule : sdk.versions) {
      if (rule.source != Source::code && rule.source != Source::constants) continue;
      if (owns_target(sdk, rule.target)) continue;
      report(findings, code::kReadsNothing, rule.place, sdk.id,
             "expected a class that a class pattern of " + in_quotes(sdk.id) + " owns, found " +
                 in_quotes(rule.target),
             "add its package to the class patterns, or use \"field\"");
    }
  }
}

void check_repeated_rules(const LintContext& context, LintFindings& findings) {
  for (const Sdk& sdk : context.set.sdks) {
    std::set<std::tuple<Source, std::string, std::string, std::string>> seen;
    for (const VersionRule& rule : sdk.versions) {
      if (seen.emplace(rule.source, rule.target, rule.key, rule.regex).second) continue;
      report(findings, code::kNeverTried, rule.place, sdk.id,
             "the same rule stands before; this one never decides", "leave it out");
    }
  }
}

}  // namespace sdkprint
