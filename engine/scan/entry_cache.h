#pragma once
// Where facts of entries that were scanned before may be found again: what a corpus store offers to a scan.
#include <optional>
#include <string_view>

#include "base/digest.h"
#include "scan/entry_facts.h"

namespace sdkprint {

/// Names what a scan of one entry depends on, beside the database: SHA-256 over kind, sizes, file name (of
/// native libraries) and the bytes as they are in the archive. Not XXH3: whoever can make two contents of one
/// name can put one app's findings on another.
using EntryKey = Sha256;
EntryKey entry_key(EntryKind kind, std::uint16_t method, std::uint64_t uncompressed_size,
                   std::string_view file_name, Bytes stored);

/// Called from many threads at once. Facts are of one database and one set of limits, the cache knows which;
/// path and the problems' entries are empty in them.
class EntryCache {
 public:
  virtual ~EntryCache() = default;
  virtual std::optional<EntryFacts> find(const EntryKey& key) = 0;
  /// What a scan of `content`, the uncompressed bytes, has found; `file_name` is that of the key. `is_final`
  /// is false when it was cut short by the clock: such facts must not be found again.
  virtual void keep(const EntryKey& key, std::string_view file_name, const EntryFacts& facts, bool is_final,
                    Bytes content) = 0;
};

}  // namespace sdkprint
