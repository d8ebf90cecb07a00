#pragma once
// The words that every layer shares: surfaces and grades. docs/glossary.md explains each.
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sdkprint {

/// One kind of text that a pattern may speak about. Each has its own Hyperscan database, because a match on
/// the wrong surface is a false positive.
enum class Surface : std::uint8_t {
  class_name,     ///< classes defined in the app's code, dotted: "com.foo.Bar$Inner"
  reference,      ///< types named by the app's code and not defined in the same file, dotted
  string,         ///< strings of DEX string tables and class-file constants
  library,        ///< native libraries: file name ("libfoo.so") and DT_SONAME
  symbol,         ///< dynamic symbols, defined ones only
  native_string,  ///< printable runs in the constant data of native libraries
  entry,          ///< names of archive entries ("assets/foo.dat")
  manifest,       ///< "permission:…", "action:…", "meta-data:…", "authority:…", "service:…" …
  host,           ///< hosts of URLs in any string
};
inline constexpr std::size_t kSurfaceCount = 9;
inline constexpr std::array<Surface, kSurfaceCount> kSurfaces = {
    Surface::class_name,    Surface::reference, Surface::string,   Surface::library, Surface::symbol,
    Surface::native_string, Surface::entry,     Surface::manifest, Surface::host};

/// The name in signatures and reports: "class", "reference", "string", "library", "symbol", "native-string",
/// "entry", "manifest", "host".
std::string_view name(Surface surface);
std::optional<Surface> surface_from_name(std::string_view name);

/// What a finding claims, weakest first; comparable.
enum class Grade : std::uint8_t {
  trace,       ///< only a string, a host, an entry or a manifest key speaks of it
  referenced,  ///< the app's code names it, and does not contain it
  stub,        ///< only a hollow part of it is defined: a no-op build, interfaces, leftovers of shrinking
  structural,  ///< no name matched, the code's structure did
  defined,     ///< its own classes or native library are in the app
};
inline constexpr std::size_t kGradeCount = 5;

std::string_view name(Grade grade);
std::optional<Grade> grade_from_name(std::string_view name);

}  // namespace sdkprint
