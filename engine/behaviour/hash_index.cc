#include "behaviour/hash_index.h"

#include <algorithm>

namespace sdkprint {

HashIndex::HashIndex(std::span<const std::uint64_t> hashes)
    : bits_(static_cast<int>(std::bit_width(hashes.size()))), buckets_((std::size_t{1} << bits_) + 1) {
  for (const std::uint64_t hash : hashes) ++buckets_[bucket(hash) + 1];
  for (std::size_t i = 1; i < buckets_.size(); ++i) buckets_[i] += buckets_[i - 1];
  entries_.resize(hashes.size());
  std::vector<std::uint32_t> next(buckets_.begin(), buckets_.end() - 1);
  for (std::uint32_t row = 0; row < hashes.size(); ++row) {
    entries_[next[bucket(hashes[row])]++] = {hashes[row], row};
  }
  for (std::size_t i = 0; i + 1 < buckets_.size(); ++i) {
    if (buckets_[i + 1] - buckets_[i] < 2) continue;
    std::sort(entries_.begin() + buckets_[i], entries_.begin() + buckets_[i + 1]);
  }
}

std::span<const HashIndex::Entry> HashIndex::all(std::uint64_t hash) const {
  if (entries_.empty() || hash == 0) return {};
  const std::size_t at = bucket(hash);
  const auto end = entries_.begin() + buckets_[at + 1];
  const auto first = std::lower_bound(entries_.begin() + buckets_[at], end, Entry{hash, 0});
  auto last = first;
  while (last != end && last->hash == hash) ++last;
  return {first, last};
}

}  // namespace sdkprint
