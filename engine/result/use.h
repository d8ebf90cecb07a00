#pragma once
// What code was seen to do: plain data. A Use says where a person finds it again with `dexdump -d`; it says
// nothing of whether the code ever runs.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sdkprint {

enum class UseStrength : std::uint8_t {
  lead,       ///< worth a look: a weak call, a string or field without the call that gives it its meaning
  confirmed,  ///< the code asks the platform for it
};

/// How it was seen.
enum class UseVia : std::uint8_t {
  call,           ///< the code names the catalogue's method
  subclass_call,  ///< it names a subclass that inherits the method
  field,          ///< it reads the catalogue's field
  string,         ///< it loads one of the catalogue's strings, and nothing more
  reflection,     ///< it looks the member up by its name
  context,        ///< a method that means it only together with the `item`, which is in the same method
  override,       ///< a class of the app extends or implements a class of the platform
  native_import,  ///< a native library imports the symbol: it could, nothing more
  manifest,       ///< the manifest says it
};

/// Texts are valid UTF-8; the long names of hostile files are cut.
struct Use {
  std::uint32_t behaviour = 0;  ///< index into BehaviourSet::behaviours
  UseStrength strength = UseStrength::lead;
  UseVia via = UseVia::call;
  std::string entry;  ///< path within the app, filled in by the scan
  /// The catalogue's member, "Landroid/os/Build;.SERIAL:Ljava/lang/String;"; for overrides the class or its
  /// method; for imports the symbol; empty for a string alone.
  std::string api;
  /// context, string: the string, field or integer that tells. subclass_call: the method as the code names
  /// it.
  std::string item;
  std::string class_name;  ///< where: "com.foo.Bar$Inner"; empty in native libraries
  std::string
      method;  ///< dexdump's notation, "Lcom/foo/Bar;.name:(I)V"; empty when the class as a whole is meant
  std::uint32_t pc = 0;  ///< of the instruction, in 16-bit units as dexdump's "@0x…" and "|0012:"
  std::optional<std::uint32_t> line;  ///< of the source, when debug information has it
  std::optional<std::uint64_t>
      offset;  ///< of the instruction (of the name, for classes and symbols) in the entry
};

/// "lead", "confirmed".
std::string_view name(UseStrength strength);
/// "call", "subclass-call", "field", "string", "reflection", "context", "override", "native-import",
/// "manifest".
std::string_view name(UseVia via);

}  // namespace sdkprint
