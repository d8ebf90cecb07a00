#pragma once
// Verifies a whole store: every record can be read, what is said twice agrees, indexes say what reports say.
#include <functional>
#include <string>

#include "store/store.h"

namespace sdkprint {

struct CheckResult {
  std::uint64_t apps = 0, paths = 0, unreadable_paths = 0, terms = 0, complaints = 0;
  std::uint64_t archived = 0;  ///< apps that can be matched again
  std::uint64_t images = 0;    ///< of entries
  /// SHA-256 over what the store says, in an order of its own: equal for two stores that say the same,
  /// however and in whatever order they were made. Stamps of files, numbers of apps and compression are left
  /// out.
  std::string digest;
};

/// `complain` is told of everything that is wrong. Throws Error only when LMDB itself cannot read on.
CheckResult check_store(const Store& store, const std::function<void(const std::string&)>& complain);

}  // namespace sdkprint
