#pragma once
// What the checks of the lint share.
#include <string>
#include <string_view>
#include <vector>

#include "lint/finding.h"
#include "lint/key_places.h"
#include "lint/lint.h"
#include "lint/reference.h"
#include "signature/sdk.h"

namespace sdkprint {

/// What a check may look at. Borrows everything.
struct LintContext {
  const SignatureSet& set;
  const KeyPlaces& places;
  const LintInput& input;
  const Reference& reference;
};

using LintFindings = std::vector<LintFinding>;

/// `pattern` is the text of the pattern that is spoken of, or empty.
inline void report(LintFindings& findings, std::string_view code, const SourcePlace& place,
                   const std::string& sdk, std::string message, std::string hint, std::string pattern = "") {
  findings.push_back({{place, std::move(message), std::move(hint), code},
                      find_rule(code)->severity,
                      sdk,
                      std::move(pattern)});
}

inline const Vendor* find_vendor(const SignatureSet& set, std::string_view id) {
  for (const Vendor& vendor : set.vendors)
    if (vendor.id == id) return &vendor;
  return nullptr;
}

/// One of them ships the other, or one vendor answers for both: what one's pattern matches may well be the
/// other's.
bool are_related(const Sdk& a, const Sdk& b);

void check_ids(const LintContext& context, LintFindings& findings);
void check_chinese_names(const LintContext& context, LintFindings& findings);
void check_addresses(const LintContext& context, LintFindings& findings);
void check_sources(const LintContext& context, LintFindings& findings);
void check_vendors(const LintContext& context, LintFindings& findings);
void check_drafts(const LintContext& context, LintFindings& findings);

void check_covered(const LintContext& context, LintFindings& findings);
void check_collisions(const LintContext& context, LintFindings& findings);
void check_nesting(const LintContext& context, LintFindings& findings);
void check_boundaries(const LintContext& context, LintFindings& findings);
void check_speed(const LintContext& context, LintFindings& findings);

void check_generic(const LintContext& context, LintFindings& findings);
void check_platform(const LintContext& context, LintFindings& findings);

void check_captures(const LintContext& context, LintFindings& findings);
void check_targets(const LintContext& context, LintFindings& findings);
void check_repeated_rules(const LintContext& context, LintFindings& findings);

}  // namespace sdkprint
