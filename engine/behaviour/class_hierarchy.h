#pragma once
// Who extends whom in an app. Code calls an inherited method as one of the class it knows: LocationManager's
// methods are called as methods of nothing else, but those of Context, WebView or Camera mostly as methods of
// a subclass, and only the superclasses, often in another dex file, tell which platform method runs.
//
// Two steps, so that an app's dex files can be read in any order and by several threads: read_classes() of
// each, then one ClassHierarchy of all.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "behaviour/catalogue_index.h"
#include "format/dex.h"

namespace sdkprint {

/// What the hierarchy needs of the classes of one file; plain data that borrows nothing. Classes that extend
/// Object and implement nothing are left out: nothing can be inherited through them.
struct DexClasses {
  /// A method that a class defines itself, and whose name the catalogue knows.
  struct Declared {
    std::uint32_t name;   ///< text
    std::uint64_t proto;  ///< descriptor_hash of its types
    auto operator<=>(const Declared&) const = default;
  };
  struct Class {
    std::uint64_t hash, superclass;  ///< descriptor_hash
    std::uint32_t interfaces_begin, interfaces_end, declared_begin, declared_end;
  };
  std::vector<Class> classes;
  std::vector<std::uint64_t> interfaces;
  std::vector<Declared> declared;  ///< each class's sorted
  bool over_limit = false;         ///< rows add up to more than the file holds; some classes are missing
};

/// All dex files of one physical file (DexFile::open). Classes that cannot be read are left out; whoever
/// reads their code reports them.
DexClasses read_classes(const CatalogueIndex& index, std::span<const DexFile> dexes);

/// Immutable, safe to share between threads.
class ClassHierarchy {
 public:
  static constexpr std::uint32_t kNone = CatalogueIndex::kNone;

  /// A class of the app.
  struct Node {
    std::uint64_t hash, superclass_hash;
    std::uint32_t superclass;  ///< node, or kNone when the app does not define it
    std::uint32_t class_id;    ///< in the catalogue (third-party classes), or kNone
    std::uint32_t declared_begin, declared_end;
  };

  ClassHierarchy() = default;
  /// In the order in which the app's class loader looks for classes: of two classes with one name the first
  /// counts.
  ClassHierarchy(const CatalogueIndex& index, std::span<const DexClasses* const> files);

  std::uint32_t find(std::uint64_t hash) const;  ///< a node, or kNone
  const Node& node(std::uint32_t index) const { return nodes_[index]; }
  /// The class itself defines a method of that name and types.
  bool declares(const Node& node, std::uint32_t name, std::uint64_t proto) const;
  /// The class as one that extends or implements, directly or not, some class of `overrides`; nullopt for
  /// most.
  std::optional<std::uint32_t> overriding(std::uint64_t hash) const;
  /// It does so for the override class of that number.
  bool reaches(std::uint32_t overriding, std::uint32_t override_class) const {
    return (reach_[overriding * reach_words_ + override_class / 64] >> (override_class % 64) & 1) != 0;
  }

 private:
  void add_nodes(const CatalogueIndex& index, std::span<const DexClasses* const> files);
  void add_edges(std::span<const DexClasses* const> files);
  void find_reach(const CatalogueIndex& index);

  struct Edge {
    std::uint64_t to, from;  // hashes
    auto operator<=>(const Edge&) const = default;
  };
  std::vector<Node> nodes_;  // sorted by hash; a hash table would be an attacker's to fill with collisions
  std::vector<DexClasses::Declared> declared_;
  std::vector<Edge> edges_;                // to superclasses and interfaces; sorted by what they lead to
  std::vector<std::uint64_t> overriding_;  // hashes, sorted
  std::vector<std::uint64_t> reach_;       // reach_words_ for each of them
  std::size_t reach_words_ = 0;
};

}  // namespace sdkprint
