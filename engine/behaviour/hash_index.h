#pragma once
// Rows found by 64-bit hashes. Sorted, so that whatever hashes a hostile file makes, a look-up costs no more
// than a binary search; parted by the highest bits, so that mostly it costs one step.
#include <bit>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace sdkprint {

class HashIndex {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;
  struct Entry {
    std::uint64_t hash;
    std::uint32_t row;
    auto operator<=>(const Entry&) const = default;
  };

  HashIndex() = default;
  /// Row i has the i-th hash; 0 is no hash.
  explicit HashIndex(std::span<const std::uint64_t> hashes);

  /// The first row of that hash, or kNone.
  std::uint32_t find(std::uint64_t hash) const {
    const std::span<const Entry> rows = all(hash);
    return rows.empty() ? kNone : rows.front().row;
  }
  /// All of them, ascending.
  std::span<const Entry> all(std::uint64_t hash) const;

 private:
  std::size_t bucket(std::uint64_t hash) const { return bits_ == 0 ? 0 : hash >> (64 - bits_); }

  int bits_ = 0;
  std::vector<Entry> entries_;          // by bucket, then hash, then row
  std::vector<std::uint32_t> buckets_;  // where each begins, and the end
};

}  // namespace sdkprint
