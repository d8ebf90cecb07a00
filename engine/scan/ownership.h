#pragma once
// Which SDK owns each class: the one with the longest matching class pattern.
#include <cstdint>
#include <vector>

#include "match/matcher.h"
#include "scan/entry_facts.h"
#include "scan/surface_text.h"

namespace sdkprint {

/// The claims on one class or type, as indexes into PatternDatabase::patterns(surface); kNoClaim for none.
inline constexpr std::uint32_t kNoClaim = 0xffffffff;
struct ClassClaim {
  std::uint32_t owner = kNoClaim;  ///< longest pattern
  std::uint32_t fallback =
      kNoClaim;                    ///< longest pattern that is not weak; equals owner when that is not weak
  std::uint32_t outer = kNoClaim;  ///< longest pattern that is not weak and of another SDK than the owner
};

/// Who wins a class: an exact name beats every prefix; otherwise the longer text does, and the earlier
/// pattern (by id of the SDK) among equals.
std::uint64_t specificity(const Pattern& pattern);

/// One claim an item of the surface `class` or `reference`. `matches` are that surface's, ordered by end,
/// over `names.bytes()`.
std::vector<ClassClaim> resolve_claims(const PatternDatabase& database, Surface surface,
                                       const SurfaceText& names, const std::vector<Match>& matches);

/// Sums claims into an entry's owned classes and unclaimed packages. Classes are added one by one, in any
/// order; neighbours usually share claim and package, which is what makes it cheap.
class OwnershipTally {
 public:
  OwnershipTally(const PatternDatabase& database, EntryFacts& facts) : database_(database), facts_(facts) {}
  void add(std::string_view class_name, const ClassClaim& claim, std::uint64_t code_bytes);
  /// Sorts what was added; call once at the end.
  void finish();

 private:
  OwnedClasses& owned(const ClassClaim& claim);
  static void count(std::vector<PackageCount>& packages, std::string_view package, std::uint64_t code_bytes);

  const PatternDatabase& database_;
  EntryFacts& facts_;
  std::vector<ClassClaim> claims_;  // of facts_.owned, same order
  std::size_t last_ = 0;
};

/// "com.foo.Bar$Inner" → "com.foo"; "" for the default package.
std::string_view package_of(std::string_view class_name);

/// Adds up rows of the same package and sorts by name.
void merge_packages(std::vector<PackageCount>& packages);

}  // namespace sdkprint
