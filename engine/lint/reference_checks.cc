// What patterns match in the reference surfaces: measured, not guessed.
#include <algorithm>

#include "lint/check.h"

namespace sdkprint {
namespace {

/// So many unrelated owners bear a name by chance: it identifies nobody.
constexpr std::size_t kUnrelatedOwners = 3;
constexpr std::size_t kNamedOwners = 3;

/// Owners that show the SDK by another pattern than this one.
Reference::Owners others_of(const Sdk& sdk, const Pattern& pattern, const Reference& reference) {
  Reference::Owners owners;
  for (const Pattern& other : sdk.patterns)
    if (&other != &pattern && !other.weak) owners |= reference.owners_of(other);
  return owners;
}

bool has_class_pattern(const Sdk& sdk) {
  return std::any_of(sdk.patterns.begin(), sdk.patterns.end(), [](const Pattern& pattern) {
    return pattern.surface == Surface::class_name && !pattern.weak;
  });
}

/// Building blocks are in many apps because they are used: their classes say nothing against a pattern.
/// Files, hosts and keys of an SDK that has no class pattern have nothing to be compared with.
bool is_comparable(const Sdk& sdk, const Pattern& pattern) {
  return pattern.surface == Surface::class_name ? sdk.kind != Sdk::Kind::library : has_class_pattern(sdk);
}

}  // namespace

void check_generic(const LintContext& context, LintFindings& findings) {
  if (context.reference.empty()) return;
  for (const Sdk& sdk : context.set.sdks) {
    for (const Pattern& pattern : sdk.patterns) {
      if (pattern.weak || !is_comparable(sdk, pattern)) continue;
      const Reference::Owners alone =
          context.reference.owners_of(pattern) & ~others_of(sdk, pattern, context.reference);
      if (alone.count() < kUnrelatedOwners) continue;
      report(findings, code::kGeneric, pattern.place, sdk.id,
             "the " + std::string(name(pattern.surface)) + " pattern " + in_quotes(pattern.text) +
                 " matches in " + std::to_string(alone.count()) + " owners that show nothing else of " +
                 in_quotes(sdk.id) + ": " + context.reference.names(alone, kNamedOwners),
             "make it longer, or weak", pattern.text);
    }
  }
}

void check_platform(const LintContext& context, LintFindings& findings) {
  for (const Sdk& sdk : context.set.sdks) {
    if (sdk.in_platform) continue;
    for (const Pattern& pattern : sdk.patterns) {
      const std::optional<std::string> item = context.reference.platform_item(pattern);
      if (!item) continue;
      report(findings, code::kPlatform, pattern.place, sdk.id,
             "the " + std::string(name(pattern.surface)) + " pattern " + in_quotes(pattern.text) +
                 " matches " + in_quotes(*item) + ", a package of Android itself",
             "make it longer, or say in_platform = true", pattern.text);
    }
  }
}

}  // namespace sdkprint
