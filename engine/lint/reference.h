#pragma once
// The reference surfaces (lint/reference.tsv, made by tools/reference/make): which names many unrelated
// owners bear, so that "too generic" is measured and not guessed. One fact a line, columns separated by TAB:
//
//   owner, number, name: an npm package or a publisher, numbered from 0.
//
//   class, package, owners: numbers, separated by blanks, of those that define a class in or below it.
//
//   reference, package, owners: at least six, whose code names it, while none defines it: the platform.
//
//   library, entry, manifest or host; item; owners that bear it.
//
// Only what at least two owners bear is in it.
#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/vocabulary.h"
#include "lint/rules.h"
#include "signature/diagnostic.h"
#include "signature/pattern.h"

namespace sdkprint {

/// Immutable; borrows nothing.
class Reference {
 public:
  static constexpr std::size_t kMaxOwners = 512;
  using Owners = std::bitset<kMaxOwners>;

  struct Item {
    std::string text;
    Owners owners;
  };

  Reference() = default;
  /// A line that is not as above is complained of (code::kLintFile) and left out.
  Reference(const std::string& path, std::string_view text, std::vector<Diagnostic>& diagnostics);

  bool empty() const { return names_.empty(); }

  /// Owners that bear an item which the pattern matches. Class patterns that are shorter than a class are
  /// looked up by their package; of single classes nothing is known.
  Owners owners_of(const Pattern& pattern) const;

  /// An item of the platform that a class pattern would match: a package that code names and nobody defines.
  std::optional<std::string> platform_item(const Pattern& pattern) const;

  /// "a, b, c and 2 more"
  std::string names(const Owners& owners, std::size_t most) const;

  const std::vector<Item>& items(Surface surface) const { return items_[static_cast<std::size_t>(surface)]; }

 private:
  bool add(std::string_view line);

  std::vector<std::string> names_;
  std::vector<Item> items_[kSurfaceCount];  ///< sorted by text
};

}  // namespace sdkprint
