#pragma once
// The compiled form of a SignatureSet and a BehaviourSet: their tables and one Hyperscan database a surface,
// in one file (docs/database-format.md). It is bound to one Hyperscan version and one processor family;
// opening it elsewhere is an Error that says which and how to rebuild.
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/vocabulary.h"
#include "signature/behaviour.h"
#include "signature/sdk.h"

namespace sdkprint {

class CatalogueIndex;
class PatternMatcher;
class VersionExtractor;
struct DatabaseSection;

/// What a Hyperscan id stands for: a pattern, or a version rule that reads the same surface (so that no
/// version rule ever walks a string table by itself).
struct PatternRef {
  std::uint32_t sdk = 0;    ///< index into set().sdks
  std::uint32_t index = 0;  ///< into its patterns, or its versions
  bool is_version_rule = false;
  bool operator==(const PatternRef&) const = default;
};

/// The surface whose text a version rule reads by a pattern; nullopt for those that look up a name instead.
std::optional<Surface> surface_of(VersionRule::Source source);
/// The filter that a version rule adds to its surface.
Pattern filter_of(const VersionRule& rule);

/// Compiles every surface. When `previous` is a database file of the same Hyperscan and processor, surfaces
/// whose expressions did not change are taken from it. Throws Error when Hyperscan refuses a pattern (names
/// it).
std::vector<std::uint8_t> compile_database(const SignatureSet& set, const BehaviourSet& behaviours = {},
                                           Bytes previous = {});

/// What a database compiled from these on this machine would have as its fingerprint.
Digest database_fingerprint(const SignatureSet& set, const BehaviourSet& behaviours = {});

/// Immutable after construction, safe to share between threads.
class PatternDatabase {
 public:
  /// Reads a compiled file (or bytes). Throws Error: not a database, another format version, another
  /// Hyperscan, another processor, damaged; each says what was expected and what to do.
  static PatternDatabase open(const std::string& path);
  static PatternDatabase from_bytes(Bytes bytes, const std::string& name = "database");

  PatternDatabase(PatternDatabase&&) noexcept;
  PatternDatabase& operator=(PatternDatabase&&) noexcept;
  ~PatternDatabase();

  const SignatureSet& set() const;
  const BehaviourSet& behaviours() const;
  const CatalogueIndex& catalogue() const;  ///< of behaviours()
  const Digest& fingerprint() const;
  const std::string& hyperscan_version() const;
  /// Patterns compiled for a surface, in the order of their Hyperscan ids.
  const std::vector<PatternRef>& patterns(Surface surface) const;
  const Sdk& sdk(PatternRef ref) const { return set().sdks[ref.sdk]; }
  /// Not for version rules.
  const Pattern& pattern(PatternRef ref) const { return sdk(ref).patterns[ref.index]; }
  /// The exact meaning of a pattern (not of a version rule); made on first use.
  const PatternMatcher& matcher(PatternRef ref) const;
  /// The extractor of a version rule; made on first use.
  const VersionExtractor& extractor(std::uint32_t sdk, std::uint32_t rule) const;

 private:
  friend class Matcher;
  struct Impl;
  explicit PatternDatabase(std::unique_ptr<Impl> impl);
  static void read_tables(Bytes file, const std::vector<DatabaseSection>& sections, const std::string& name,
                          Impl& impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sdkprint
