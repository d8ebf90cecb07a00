#pragma once
// Several stores into one: what many machines scanned in parts. Associative, commutative, idempotent: the
// result does not depend on the order of the stores, nor on merging in steps.
#include <functional>
#include <string>

#include "store/store.h"

namespace sdkprint {

struct MergeTotals {
  std::uint64_t apps = 0;      ///< of the store that is merged in
  std::uint64_t added = 0;     ///< not there before
  std::uint64_t replaced = 0;  ///< there, with a record that counts less
  std::uint64_t paths = 0;
  std::uint64_t other_database = 0;  ///< records of one app by two databases: the greater fingerprint stays
  std::uint64_t conflicts = 0;       ///< different records of one app by one database
};

/// Merges `from` into `into`. Of two records of one app the same one stays whatever the order: the greater
/// database fingerprint, then the one without losses, the smaller path (when the report speaks of names), the
/// smaller report. Of two records of one path: the one that was read, then the newer file. `conflict` is told
/// of what two stores of one corpus should not disagree about. The content cache is not merged. Throws Error;
/// batches written before stay.
MergeTotals merge_store(const Store& from, Store& into,
                        const std::function<void(const std::string&)>& conflict);

}  // namespace sdkprint
