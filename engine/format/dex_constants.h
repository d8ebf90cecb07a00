#pragma once
// Constants as version rules need them. A compiler may put `static final String VERSION = "4.2.0"` in two
// places: into the class's static_values, or, when it is no compile-time constant (or a shrinker moved it),
// into <clinit> as const-string and sput-object. And code that uses a compile-time constant holds a copy of
// it as a const-string.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/dex.h"

namespace sdkprint {

/// A static field of a class and a constant that it is given.
struct StaticConstant {
  std::uint32_t field_idx = 0;
  std::string_view field;  ///< name, MUTF-8, borrowed from the dex
  DexValue value;          ///< of type string, integer, boolean or floating
  /// Readable: the string as UTF-8, decimal for numbers, "true" or "false".
  std::string text;
  /// Where in <clinit> the store stands (16-bit units); nullopt when the value comes from static_values.
  std::optional<std::uint32_t> clinit_pc;
};

/// The constants of `def`'s own static fields: first those of static_values in the order of the fields, then
/// the stores of <clinit> in the order of the code, so the last of several for one field is the one that
/// holds. Null is no constant. A field that static_values leaves to its default (0, false) is not listed.
///
/// <clinit> is followed in a straight line: a register keeps its constant until it is written, or until a
/// branch or the target of one, because there another path may join. Code that cannot be decoded ends the
/// walk quietly; bad class_data, static_values or string indexes throw InputError.
std::vector<StaticConstant> static_constants(const DexFile& dex, const DexClassDef& def);

/// A string that code loads (const-string, const-string/jumbo).
struct CodeString {
  std::uint32_t method_idx = 0;
  std::uint32_t pc = 0;          ///< 16-bit units from the start of the method
  std::uint32_t string_idx = 0;  ///< within the file's string_ids (checked)
};

struct CodeStrings {
  std::vector<CodeString> strings;  ///< by method in the order of class_data, then by pc
  /// Methods whose code is broken, or which would make the walk longer than the whole file (a hostile class
  /// can let all its methods share one large code_item). What was read before stays in `strings`.
  std::uint32_t unreadable_methods = 0;
};

/// All strings that the methods of `def` load. Throws InputError on bad class_data.
CodeStrings code_strings(const DexFile& dex, const DexClassDef& def);

/// The constants (strings, integers) that a method's calls receive, call by call in the order of their
/// arguments, joined by blanks and cut at about `limit` bytes: "1 9 21" for `new KotlinVersion(1, 9, 21)`.
/// The order in which they are loaded would say nothing: a dexer is free to change it. Followed in a straight
/// line as static_constants. Throws InputError on a bad code_item.
std::string call_constants(const DexFile& dex, std::uint32_t code_off, std::size_t limit = 4096);

}  // namespace sdkprint
