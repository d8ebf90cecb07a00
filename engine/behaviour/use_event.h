#pragma once
// What one method refers to that the catalogue knows, and what it was found to mean: the input and output of
// MethodUses. Plain integers that outlive the file: texts, members and classes are numbers of the
// CatalogueIndex, methods are rows of the file's method_ids.
#include <cstdint>

#include "behaviour/catalogue_index.h"
#include "result/use.h"

namespace sdkprint {

/// One reference in a method's code, in the order of the code.
struct UseEvent {
  enum class Kind : std::uint8_t {
    call,           ///< id: member, role: of its roles
    pending_call,   ///< id: of the file's pending calls; its roles are settled in link_code
    field,          ///< id: member
    text,           ///< id: text
    class_literal,  ///< id: class
    cast,           ///< id: class
  };
  static constexpr std::uint8_t kKindCount = 6;
  std::uint32_t pc = 0;
  std::uint32_t id = 0;
  std::uint32_t method_idx = 0;  ///< call: the method as the code names it
  std::uint16_t role = 0;
  Kind kind = Kind::call;
  bool through_subclass = false;  ///< call: the code names a subclass of the member's class
  bool is_candidate = false;      ///< call: of the pending call before it; holds if that leads to this role
  bool has_constant = false;      ///< call: an argument is one of the behaviour's constants
  std::int64_t constant = 0;
};

/// A use, before it is put into words.
struct Sighting {
  enum class Item : std::uint8_t { none, text, member, method, integer };
  static constexpr std::uint8_t kItemCount = 5;
  std::uint32_t pc = 0, behaviour = 0;
  std::uint32_t member = CatalogueIndex::kNone;
  UseStrength strength = UseStrength::lead;
  UseVia via = UseVia::call;
  Item item_kind = Item::none;
  std::int64_t item = 0;  ///< text, member or method index, or the integer
};

}  // namespace sdkprint
