#pragma once
// Shared by the three files that make, read and run compiled databases; not for others.
#include <deque>
#include <mutex>

#include "base/mapped_file.h"
#include "behaviour/catalogue_index.h"
#include "match/hyperscan.h"
#include "match/pattern_database.h"
#include "signature/pattern.h"

namespace sdkprint {

inline constexpr char kDatabaseMagic[8] = {'S', 'D', 'K', 'P', 'R', 'I', 'N', 'T'};
/// Raised whenever a table, an expression or an enumeration stored here changes its meaning.
inline constexpr std::uint32_t kDatabaseVersion = 6;
inline constexpr std::size_t kDatabaseHeaderSize = 128;
inline constexpr std::size_t kHyperscanVersionSize = 32;
/// Section kinds: 0 the SDK table, 1 + n the Hyperscan database of surface n, 32 the behaviour table.
inline constexpr std::uint32_t kSdkSection = 0;
inline constexpr std::uint32_t kBehaviourSection = 32;
static_assert(kSurfaceCount < kBehaviourSection);

/// The header's fields (docs/database-format.md), in file order.
struct DatabaseHeader {
  std::uint32_t version = kDatabaseVersion;
  std::string hyperscan_version;
  std::uint32_t tune = 0;
  std::uint64_t cpu_features = 0;
  Digest fingerprint;  ///< of all compile inputs
  Digest payload;      ///< of everything after the header
};

struct DatabaseSection {
  std::uint32_t kind = 0;
  std::uint32_t expressions = 0;  ///< how many it was compiled from
  std::uint64_t offset = 0, size = 0;
  Digest inputs;  ///< of the expressions compiled into it
};

/// This machine's Hyperscan, as a database made here would say.
DatabaseHeader local_header();
/// Reads header and section table; checks magic, version and digest, not Hyperscan or processor. Throws
/// Error.
DatabaseHeader read_header(Bytes file, const std::string& name, std::vector<DatabaseSection>& sections);
/// Digest of all compile inputs: the encoded tables, and what Hyperscan and processor they are compiled for.
Digest fingerprint_of(Bytes sdk_table, Bytes behaviour_table, const DatabaseHeader& header);
/// Patterns that are compiled for a surface, in a stable order.
std::vector<PatternRef> patterns_of(const SignatureSet& set, Surface surface);

template <typename T>
struct Lazy {
  std::once_flag once;
  std::unique_ptr<T> value;
};

struct PatternDatabase::Impl {
  std::unique_ptr<MappedFile> file;
  DatabaseHeader header;
  SignatureSet set;
  BehaviourSet behaviours;
  std::unique_ptr<const CatalogueIndex> catalogue;
  std::array<std::vector<PatternRef>, kSurfaceCount> patterns;
  std::array<hyperscan::Database, kSurfaceCount> databases;
  std::vector<std::uint32_t> first_pattern, first_rule;  // by SDK, into the two below
  mutable std::deque<Lazy<PatternMatcher>> matchers;
  mutable std::deque<Lazy<VersionExtractor>> extractors;
};

}  // namespace sdkprint
