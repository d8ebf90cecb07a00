#pragma once
// TOML text → a plain tree in which every key and value knows its place. The only owner of the TOML library.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signature/diagnostic.h"

namespace sdkprint {

struct TomlMember;

/// A value. Lines and columns count from 1, columns in characters.
struct TomlNode {
  enum class Kind : std::uint8_t { text, integer, boolean, array, table, floating, date };
  Kind kind = Kind::table;
  std::uint32_t line = 1, column = 1;
  std::string text;                 ///< Kind::text: valid UTF-8, may hold any character, NUL too
  std::int64_t integer = 0;         ///< Kind::integer
  bool boolean = false;             ///< Kind::boolean
  std::vector<TomlNode> items;      ///< Kind::array
  std::vector<TomlMember> members;  ///< Kind::table, as written from top to bottom; keys are unique
};

struct TomlMember {
  std::string key;
  std::uint32_t line = 1, column = 1;  ///< of the key
  TomlNode value;
};

/// A file of signatures is written by hand: this is far above any.
inline constexpr std::size_t kMaxTomlBytes = std::size_t{1} << 20;
/// Brackets within brackets, and parts of a dotted key. Bounds every recursion over the tree, the library's
/// too (its own limit does not count dotted keys, and its destructor recurses).
inline constexpr std::size_t kMaxTomlDepth = 16;

/// The tree of a document, or nullopt and one diagnostic: too large, not UTF-8, nested too deeply, or the
/// syntax error that the library found first.
std::optional<TomlNode> parse_toml(const std::string& file, std::string_view text,
                                   std::vector<Diagnostic>& diagnostics);

/// "the string "x"", "the integer 3", "an array": what stands there, for messages.
std::string describe(const TomlNode& node);

}  // namespace sdkprint
