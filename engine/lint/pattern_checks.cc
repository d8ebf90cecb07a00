// What patterns say beside each other: covered by another, the same as another SDK's, over a package's
// boundary, slow.
#include <algorithm>
#include <map>

#include "lint/check.h"
#include "match/expression_cost.h"
#include "match/pattern_database.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

using enum Pattern::Kind;

bool is_class_like(Surface surface) {
  return surface == Surface::class_name || surface == Surface::reference;
}
bool is_literal(const Pattern& pattern) { return pattern.kind == exact; }

/// True when all that `inner` matches is matched by `outer` too, as far as the texts alone show.
bool covers(const Pattern& outer, const Pattern& inner) {
  if (outer.surface != inner.surface) return false;
  if (outer.kind == inner.kind && outer.text == inner.text) return true;
  switch (outer.kind) {
    case prefix:
      if (inner.kind != prefix && inner.kind != exact) return false;
      return is_class_like(outer.surface) ? package_prefix_matches(outer.text, inner.text)
                                          : inner.text.starts_with(outer.text);
    case exact:
      return false;
    case glob:
      // A glob within a glob: its stars are texts that the outer one's stars must take as they are.
      return (inner.kind == exact || inner.kind == glob) && glob_matches(outer.text, inner.text) &&
             (inner.kind == exact || inner.text.find('?') == std::string::npos);
    case domain:
      return (inner.kind == domain || inner.kind == exact) && domain_matches(outer.text, inner.text);
    case regex:
      return inner.kind == exact && PatternMatcher(outer).matches(inner.text);
  }
  return false;
}

std::string described(const Pattern& pattern) {
  return std::string(name(pattern.surface)) + " pattern " + in_quotes(pattern.text);
}

/// A pattern and whose it is.
struct Owned {
  const Sdk* sdk;
  const Pattern* pattern;
};

/// All strong patterns of a surface that are no class patterns.
std::vector<Owned> strong_patterns(const SignatureSet& set, Surface surface) {
  std::vector<Owned> result;
  for (const Sdk& sdk : set.sdks)
    for (const Pattern& pattern : sdk.patterns)
      if (pattern.surface == surface && !pattern.weak) result.push_back({&sdk, &pattern});
  return result;
}

/// Reports a pair once, at the one that stands later, so that the earlier one counts as the first to claim
/// it.
void report_collision(const Owned& a, const Owned& b, LintFindings& findings) {
  const auto place = [](const Owned& owned) {
    return std::tie(owned.pattern->place.file, owned.pattern->place.line);
  };
  const Owned& later = place(a) < place(b) ? b : a;
  const Owned& earlier = place(a) < place(b) ? a : b;
  report(findings, code::kCollision, later.pattern->place, later.sdk->id,
         "the " + described(*later.pattern) + " and " + in_quotes(earlier.pattern->text) + " of " +
             in_quotes(earlier.sdk->id) + " (" + to_string(earlier.pattern->place) + ") match the same",
         "make one of them weak or longer, or say with \"contains\" which ships the other",
         later.pattern->text);
}

/// A glob or regular expression that begins with a wide set: no text to look for before it.
bool begins_wide(std::string_view regex) {
  if (regex.starts_with("(?i)")) regex.remove_prefix(4);
  if (regex.starts_with('^')) regex.remove_prefix(1);
  while (regex.starts_with('(')) {
    regex.remove_prefix(1);
    if (regex.starts_with("?:")) regex.remove_prefix(2);
  }
  std::size_t atom = 0;
  if (regex.starts_with('.')) atom = 1;
  if (regex.starts_with("\\w") || regex.starts_with("\\W") || regex.starts_with("\\D")) atom = 2;
  if (regex.starts_with("[^")) atom = std::min(regex.find(']'), regex.size() - 1) + 1;
  if (atom == 0 || atom >= regex.size()) return false;
  const char quantifier = regex[atom];
  return quantifier == '*' || quantifier == '+' ||
         (quantifier == '{' && regex.substr(atom, 6).find(',') != std::string_view::npos);
}

void report_speed(const Pattern& pattern, const SourcePlace& place, const Sdk& sdk, LintFindings& findings) {
  if (begins_wide(pattern.text)) {
    report(findings, code::kSlow, place, sdk.id,
           "expected a text before the first repeat of a wide set, found the regular expression " +
               in_quotes(pattern.text),
           "a search needs no \".*\" in front; begin with the text that is always there", pattern.text);
    return;
  }
  const ExpressionCost cost = expression_cost(pattern, pattern.surface);
  if (!cost.refused.empty()) {
    report(findings, code::kSlow, place, sdk.id,
           "Hyperscan refuses the regular expression " + in_quotes(pattern.text) + ": " + cost.refused,
           "make it simpler", pattern.text);
  } else if (cost.bytes > kSlowExpressionBytes) {
    report(findings, code::kSlow, place, sdk.id,
           "expected a regular expression that compiles to at most " + std::to_string(kSlowExpressionBytes) +
               " bytes, found " + std::to_string(cost.bytes) + " for " + in_quotes(pattern.text),
           "shorten counted repeats of wide sets", pattern.text);
  }
}

}  // namespace

bool are_related(const Sdk& a, const Sdk& b) {
  const auto ships = [](const Sdk& whole, const Sdk& part) {
    return std::find(whole.contains.begin(), whole.contains.end(), part.id) != whole.contains.end();
  };
  return a.vendor == b.vendor || ships(a, b) || ships(b, a);
}

void check_covered(const LintContext& context, LintFindings& findings) {
  for (const Sdk& sdk : context.set.sdks) {
    for (const Pattern& inner : sdk.patterns) {
      for (const Pattern& outer : sdk.patterns) {
        if (&inner == &outer || !covers(outer, inner)) continue;
        const bool gives_as_much = outer.grade >= inner.grade && (!outer.weak || inner.weak);
        if (!gives_as_much) continue;
        report(findings, code::kCovered, inner.place, sdk.id,
               "the " + described(inner) + " adds nothing to " + in_quotes(outer.text) + " (" +
                   to_string(outer.place) + ")",
               "leave it out", inner.text);
        break;
      }
    }
  }
}

void check_collisions(const LintContext& context, LintFindings& findings) {
  for (const Surface surface : kSurfaces) {
    if (surface == Surface::class_name) continue;  // the longest pattern owns a class: check_nesting
    const std::vector<Owned> patterns = strong_patterns(context.set, surface);
    std::map<std::string_view, std::vector<Owned>> literals;
    for (const Owned& one : patterns) literals[one.pattern->text].push_back(one);
    for (const auto& [text, same] : literals) {
      for (std::size_t i = 1; i < same.size(); ++i)
        if (same[i].pattern->kind == same[0].pattern->kind && !are_related(*same[0].sdk, *same[i].sdk))
          report_collision(same[0], same[i], findings);
    }
    for (const Owned& outer : patterns) {
      if (is_literal(*outer.pattern)) continue;
      for (const Owned& inner : patterns) {
        if (outer.sdk == inner.sdk || inner.pattern->text == outer.pattern->text) continue;
        if (covers(*outer.pattern, *inner.pattern) && !are_related(*outer.sdk, *inner.sdk))
          report_collision(outer, inner, findings);
      }
    }
  }
}

void check_nesting(const LintContext& context, LintFindings& findings) {
  std::map<std::string_view, Owned> prefixes;
  for (const Owned& one : strong_patterns(context.set, Surface::class_name))
    if (one.pattern->kind == prefix) prefixes.try_emplace(one.pattern->text, one);
  for (const auto& [text, inner] : prefixes) {
    for (std::size_t dot = text.rfind('.'); dot != std::string_view::npos;
         dot = dot == 0 ? dot : text.rfind('.', dot - 1)) {
      const auto outer = prefixes.find(text.substr(0, dot));
      if (outer == prefixes.end()) continue;
      if (outer->second.sdk == inner.sdk || are_related(*outer->second.sdk, *inner.sdk)) break;
      report(findings, code::kNested, inner.pattern->place, inner.sdk->id,
             "the " + described(*inner.pattern) + " lies below " + in_quotes(outer->first) + " of " +
                 in_quotes(outer->second.sdk->id) + " (" + to_string(outer->second.pattern->place) +
                 "), another vendor's",
             "say with \"contains\" which ships the other, or make the shorter one longer",
             std::string(text));
      break;
    }
  }
}

void check_boundaries(const LintContext& context, LintFindings& findings) {
  for (const Sdk& sdk : context.set.sdks) {
    for (const Pattern& pattern : sdk.patterns) {
      const bool is_component =
          pattern.surface == Surface::manifest &&
          (pattern.text.starts_with("activity:") || pattern.text.starts_with("service:") ||
           pattern.text.starts_with("receiver:") || pattern.text.starts_with("provider:"));
      if (pattern.kind != glob || !(is_class_like(pattern.surface) || is_component)) continue;
      const std::size_t star = pattern.text.find('*');
      // Only a star at the end, right after a package's name: "com.foo*". Within a class's name
      // ("com.foo.Bar*") it is the author's intent.
      if (star == std::string::npos || star + 1 != pattern.text.size() || star == 0) continue;
      const std::size_t dot = pattern.text.rfind('.', star);
      if (dot == std::string::npos || dot + 1 == star) continue;
      const char first = pattern.text[dot + 1];
      if (first >= 'A' && first <= 'Z') continue;
      report(findings, code::kBoundary, pattern.place, sdk.id,
             "expected a pattern that ends at a package boundary, found " + in_quotes(pattern.text),
             is_class_like(pattern.surface) ? "write the prefix " + in_quotes(pattern.text.substr(0, star))
                                            : "write " + in_quotes(pattern.text.substr(0, star) + ".*"),
             pattern.text);
    }
  }
}

void check_speed(const LintContext& context, LintFindings& findings) {
  for (const Sdk& sdk : context.set.sdks) {
    for (const Pattern& pattern : sdk.patterns)
      if (pattern.kind == regex) report_speed(pattern, pattern.place, sdk, findings);
    for (const VersionRule& rule : sdk.versions) {
      if (rule.source != VersionRule::Source::string && rule.source != VersionRule::Source::native_string)
        continue;
      report_speed(filter_of(rule), rule.place, sdk, findings);
    }
  }
}

}  // namespace sdkprint
