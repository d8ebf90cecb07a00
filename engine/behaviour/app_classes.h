#pragma once
// The classes of an app joined: who extends whom, which method a call runs. Methods of all files are numbered
// in one row, as are classes; of two classes with one name the first in the class loader's order counts.
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "behaviour/code_facts.h"
#include "behaviour/hash_index.h"

namespace sdkprint {

/// Borrows the facts. Immutable once made, safe to share between threads.
class AppClasses {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;
  /// Chains of superclasses in apps are a dozen long; a longer one is a circle or made to cost time.
  static constexpr int kMaxDepth = 256;

  /// One dex file.
  struct Unit {
    const DexFacts* facts;
    std::uint32_t file;                        ///< of the files given
    std::uint32_t first_method;                ///< number of its first method
    std::uint32_t first_class;                 ///< row of its first class
    std::vector<std::uint32_t> class_of_type;  ///< class of the app, or kNone
    std::vector<std::uint32_t> method_of_id;   ///< method of the app that the row defines, or kNone
    std::vector<std::uint64_t> protos;         ///< identities
    /// Any type will do.
    std::uint32_t class_of(std::uint32_t type) const {
      return type < class_of_type.size() ? class_of_type[type] : kNone;
    }
  };
  struct Class {
    std::uint64_t hash;        ///< descriptor_hash
    std::uint32_t unit, row;   ///< of the unit's classes
    std::uint32_t superclass;  ///< class, or kNone when the app does not define it
    std::uint64_t superclass_hash;
    std::uint32_t methods_begin, methods_end;  ///< numbers
    std::uint32_t access_flags;
    bool is_shadowed;  ///< an earlier file defines a class of that name
  };

  /// What is asked of methods most, in one place: a walk over the call graph jumps from one to any other.
  struct Method {
    std::uint32_t class_index, unit;
    std::uint32_t id;     ///< row of the unit's method_ids
    std::uint32_t flags;  ///< as DexFacts::Method has them
  };

  explicit AppClasses(std::span<const CodeFacts* const> files);

  std::span<const Unit> units() const { return units_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(classes_.size()); }
  const Class& at(std::uint32_t index) const { return classes_[index]; }
  std::uint32_t find(std::uint64_t hash) const { return by_hash_.find(hash); }

  /// Types that a class names as its superclass and interfaces.
  std::span<const std::uint32_t> interfaces(std::uint32_t index) const;  ///< types of its unit
  /// Classes of the app that name this one as superclass or interface.
  std::span<const std::uint32_t> subclasses(std::uint32_t index) const;
  /// Calls visit(descriptor hash, class or kNone) for the superclass and each interface.
  template <typename Visit>
  void for_each_supertype(std::uint32_t index, Visit visit) const {
    const Class& row = classes_[index];
    if (row.superclass_hash != 0) visit(row.superclass_hash, row.superclass);
    const Unit& unit = units_[row.unit];
    for (const std::uint32_t type : interfaces(index)) {
      visit(unit.facts->type_hashes[type], unit.class_of_type[type]);
    }
  }

  std::uint32_t method_count() const { return static_cast<std::uint32_t>(signatures_.size()); }
  const Method& method(std::uint32_t method) const { return methods_[method]; }
  std::uint32_t class_of_method(std::uint32_t method) const { return methods_[method].class_index; }
  const Unit& unit_of_method(std::uint32_t method) const { return units_[methods_[method].unit]; }
  std::string_view name(std::uint32_t method) const;
  /// Identity of name and types.
  std::uint64_t signature(std::uint32_t method) const { return signatures_[method]; }
  /// That of a row of method_ids; 0 when its name is not kept.
  std::uint64_t signature(const Unit& unit, std::uint32_t id) const;
  static std::uint64_t signature(std::uint64_t name_hash, std::string_view descriptor);
  /// The method that the class itself defines, or kNone. Adds what it cost to `steps`.
  std::uint32_t declared(std::uint32_t index, std::uint64_t signature, std::uint64_t& steps) const;
  /// The method that runs when an object of the class is told so: its own, or the nearest superclass's, or a
  /// default one of an interface. kNone: the app has none. Adds what it cost to `steps`.
  std::uint32_t resolve(std::uint32_t index, std::uint64_t signature, std::uint64_t& steps) const;
  /// dexdump's notation, valid UTF-8, cut.
  std::string text(std::uint32_t method) const;

 private:
  void add_units(std::span<const CodeFacts* const> files);
  void add_classes(std::uint32_t unit);
  void join(Unit& unit);
  void sign(Unit& unit);
  void find_subclasses();
  std::uint32_t resolve_default(std::uint32_t index, std::uint64_t signature, std::uint64_t& steps) const;

  std::vector<Unit> units_;
  std::vector<Class> classes_;
  HashIndex by_hash_;
  std::vector<Method> methods_;
  std::vector<std::uint64_t> signatures_;
  std::vector<std::uint32_t> subclasses_, subclasses_begin_;
};

/// A method's text in dexdump's notation, valid UTF-8, cut.
std::string printable_method(const DexFacts& facts, std::uint32_t id);

}  // namespace sdkprint
