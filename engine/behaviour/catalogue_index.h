#pragma once
// The catalogue of behaviours turned round: from what a dex file names (classes, members, strings) to the
// behaviours that it shows. Built once, immutable, safe to share between threads; no lookup allocates.
//
// Everything that is looked up by its spelling stands in one sorted table of texts, so that a dex file's
// sorted string_ids can be searched for all of them in one go; from there on a walk compares numbers only.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "signature/behaviour.h"

namespace sdkprint {

/// What a member means to a behaviour. The last four belong to no behaviour: they are how reflection
/// finds classes and members by name.
enum class MemberRole : std::uint8_t {
  method,
  weak_method,
  context_method,
  field,
  context_field,
  class_lookup,   ///< Class.forName, ClassLoader.loadClass
  method_lookup,  ///< Class.getMethod, getDeclaredMethod
  field_lookup,   ///< Class.getField, getDeclaredField
  object_maker,   ///< Class.newInstance, Constructor.newInstance
};

/// Identity of a type or method descriptor: 64 bits of XXH3, which no attacker is kept from colliding; only
/// the meaning of a hostile app's own classes hangs on it.
std::uint64_t descriptor_hash(std::string_view descriptor);

/// Orders MUTF-8 as string_ids are: by UTF-16 code units (dex-format, string_ids). As bytes, but for U+0000,
/// which is spelt C0 80. Negative, zero or positive.
int compare_mutf8(std::string_view a, std::string_view b);

class CatalogueIndex {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;

  struct Text {
    std::string text;
    bool names_method = false, names_field = false;
    std::uint32_t class_descriptor = kNone;  ///< the class whose descriptor it is
    std::uint32_t class_name = kNone;        ///< the class whose dotted name it is
    std::vector<std::uint32_t> behaviours;   ///< that list it among their strings
  };

  struct Role {
    std::uint32_t behaviour;  ///< kNone for the lookups of reflection
    MemberRole role;
    bool through_subtypes;  ///< subclasses of the platform count as the member's class, too
  };

  struct Member {
    std::uint32_t name, class_id;  ///< text, class
    std::string descriptor;        ///< empty: whatever the types
    std::uint64_t descriptor_hash;
    std::string display;  ///< dexdump's notation, "La/B;.c:()V"
    std::vector<Role> roles;
    /// Of a method: for each register of its arguments, after the receiver, whether an int or long begins
    /// there.
    std::vector<bool> integer_arguments;
    bool fits(std::uint64_t hash) const { return descriptor.empty() || hash == descriptor_hash; }
  };

  struct BehaviourRule {
    bool lead_only = false;
    std::vector<std::int64_t> constants;  ///< sorted
  };

  struct OverrideTarget {
    std::uint32_t behaviour;
    std::uint32_t override_class;
    std::uint32_t name;      ///< text, or kNone when the class alone tells
    std::string descriptor;  ///< empty: whatever the types
    std::uint64_t descriptor_hash;
    std::string display;
  };

  struct NativeSymbol {
    std::string name;
    std::vector<std::uint32_t> behaviours;
  };

  /// A platform class between those that an app extends and those of the catalogue.
  struct PlatformNode {
    std::uint64_t hash;
    std::uint32_t class_id;    ///< in the catalogue, or kNone
    std::uint32_t superclass;  ///< platform node, or kNone
  };

  /// Copies what it needs. Uses index `set.behaviours`.
  explicit CatalogueIndex(const BehaviourSet& set);

  std::span<const Text> texts() const { return texts_; }  ///< sorted by compare_mutf8
  std::span<const BehaviourRule> rules() const { return rules_; }
  std::size_t class_count() const { return class_hashes_.size(); }
  std::size_t member_count() const { return members_.size(); }
  const Member& member(std::uint32_t id) const { return members_[id]; }

  /// Ids of the members of that name, and of those of one class; several when they differ in types. [first,
  /// second)
  using Range = std::pair<std::uint32_t, std::uint32_t>;
  Range methods_named(std::uint32_t text) const { return method_ranges_[text]; }
  Range fields_named(std::uint32_t text) const { return field_ranges_[text]; }
  Range of_class(Range named, std::uint32_t class_id) const;

  std::uint32_t class_by_hash(std::uint64_t hash) const;     ///< or kNone
  std::uint32_t platform_by_hash(std::uint64_t hash) const;  ///< index of a platform node, or kNone
  const PlatformNode& platform(std::uint32_t index) const { return platform_[index]; }

  /// Classes that `overrides` name, by number; the targets are sorted by it.
  std::span<const std::uint64_t> override_classes() const { return override_hashes_; }
  std::uint32_t override_class_by_hash(std::uint64_t hash) const;  ///< or kNone
  std::span<const OverrideTarget> override_targets() const { return targets_; }

  /// The behaviours that list an imported symbol; empty for most.
  std::span<const std::uint32_t> native_symbol(std::string_view name) const;

 private:
  class Builder;
  std::vector<Text> texts_;
  std::vector<Member> members_;                      // fields last; within each kind by name, then class
  std::vector<Range> method_ranges_, field_ranges_;  // by text
  std::vector<BehaviourRule> rules_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> class_hashes_;  // sorted; second: class
  std::vector<PlatformNode> platform_;                                 // sorted by hash
  std::vector<std::uint64_t> override_hashes_;                         // sorted
  std::vector<OverrideTarget> targets_;
  std::vector<NativeSymbol> natives_;  // sorted
};

}  // namespace sdkprint
