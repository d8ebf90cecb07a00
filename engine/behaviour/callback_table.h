#pragma once
// Which methods of an app's classes override callbacks of the platform.
#include <cstdint>
#include <vector>

#include "behaviour/app_classes.h"
#include "behaviour/platform_callbacks.h"

namespace sdkprint {

/// Borrows the classes; belongs to one thread (what was asked is remembered).
class CallbackTable {
 public:
  struct Found {
    std::uint32_t method;
    Callback kind;
  };

  explicit CallbackTable(const AppClasses& classes);

  /// The methods that the platform may call of an object of the class: its own and those it inherits from
  /// classes of the app. Adds what it cost to `steps`. Valid until the next call.
  const std::vector<Found>& of_class(std::uint32_t index, std::uint64_t& steps);

  /// By its name. False for most methods, and cheap.
  bool may_be_callback(std::uint32_t method);
  /// Types that have no class of the app in them: what the platform can call.
  bool takes_platform_types(std::uint32_t method) const;

 private:
  static constexpr std::size_t kWords = 2;  // one bit for each type of platform_callbacks()
  /// The platform's types above a class.
  struct Ancestry {
    std::uint64_t types[kWords] = {};
    bool is_known = false;
    bool has_platform = false;  ///< any but Object
    void add(const Ancestry& other);
  };
  struct Name {
    std::uint64_t hash;
    std::uint32_t type;
    Callback kind;
  };

  const Ancestry& ancestry(std::uint32_t index, int depth, std::uint64_t& steps);
  Ancestry of_platform(std::uint64_t hash) const;
  Callback kind(std::uint32_t method, const Ancestry& above) const;

  const AppClasses& classes_;
  std::vector<std::uint64_t> type_hashes_;
  HashIndex types_, names_;  // names_: rows of name_rows_
  std::vector<Name> name_rows_;
  std::vector<Ancestry> ancestries_;  // by class
  enum class NameKind : std::uint8_t { unknown, ordinary, callback };
  std::vector<std::vector<NameKind>> name_kinds_;  // by unit, then name
  std::vector<Found> found_;
  std::vector<std::uint64_t> overridden_;
  std::uint64_t object_;
};

}  // namespace sdkprint
