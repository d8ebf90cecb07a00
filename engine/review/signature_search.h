#pragma once
// Questions to a signature set: who claims a class, a library, a host; where a word stands.
#include <string>
#include <string_view>
#include <vector>

#include "signature/sdk.h"

namespace sdkprint {

/// A pattern that means an item. Borrows the set.
struct PatternClaim {
  const Sdk* sdk = nullptr;
  const Pattern* pattern = nullptr;
};

/// All patterns that match an item of a surface, in the order in which they would own a class: the most
/// specific first, among equals by id.
std::vector<PatternClaim> claims_on(const SignatureSet& set, Surface surface, std::string_view item);

/// Class patterns that speak about classes below a package and not about the package as a whole, by id.
std::vector<PatternClaim> claims_within(const SignatureSet& set, std::string_view package);

/// Where a word stands in a record. Borrows the set.
struct TextHit {
  const Sdk* sdk = nullptr;
  std::string_view field;  ///< "id", "name", "name_zh", "alias", "vendor", "category", or a surface's name
  std::string_view text;   ///< all of the field
};

/// Records in whose ids, names, vendors, categories or patterns the text stands, ignoring the case of ASCII
/// letters; by id, each field in this order. A record whose id or name is the text stands first.
std::vector<TextHit> find_text(const SignatureSet& set, std::string_view text);

/// The record of that id, or nullptr.
const Sdk* find_sdk(const SignatureSet& set, std::string_view id);
const Vendor* find_vendor(const SignatureSet& set, std::string_view id);
const Category* find_category(const SignatureSet& set, std::string_view id);

}  // namespace sdkprint
