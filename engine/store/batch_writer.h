#pragma once
// Changes in batches: one transaction for many apps, since each costs a wait for the disk.
#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

#include "store/entry_store.h"
#include "store/store.h"

namespace sdkprint {

/// For one thread at a time.
class BatchWriter {
 public:
  /// One app's change; may be run more than once.
  using Change = std::function<void(WriteTransaction&)>;

  BatchWriter(Store& store, EntryStore& entries) : store_(store), entries_(entries) {}

  /// Keeps a change of about `bytes`, and writes the batch when it is large or old enough. Throws Error.
  void add(std::size_t bytes, Change change);
  /// Writes what is left. Not done on destruction: an exception must not be followed by half a batch.
  void flush();

  std::uint64_t batches() const { return batches_; }

 private:
  Store& store_;
  EntryStore& entries_;
  std::vector<Change> changes_;
  std::size_t bytes_ = 0;
  std::uint64_t batches_ = 0;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace sdkprint
