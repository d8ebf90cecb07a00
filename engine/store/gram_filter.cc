#include "store/gram_filter.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace sdkprint {
namespace {

constexpr unsigned kLeastLog = 3, kMostLog = 21;  // bytes of a filter: 8 to 2 Mi

/// Equal for bytes that count as equal; 0 for those that no run may have.
constexpr std::array<std::uint8_t, 256> kCanonical = [] {
  std::array<std::uint8_t, 256> table{};
  for (unsigned byte = 0x20; byte < 256; ++byte) table[byte] = static_cast<std::uint8_t>(byte);
  for (unsigned byte = 'A'; byte <= 'Z'; ++byte) table[byte] = static_cast<std::uint8_t>(byte + 'a' - 'A');
  table['/'] = '.';
  return table;
}();

template <typename Visit>
void for_each_gram(Bytes content, Visit visit) {
  constexpr std::uint64_t kMask = (std::uint64_t{1} << 8 * Grams::kBytes) - 1;
  std::uint64_t gram = 0;
  std::size_t run = 0;
  for (const std::uint8_t byte : content) {
    const std::uint8_t canonical = kCanonical[byte];
    gram = (gram << 8 | canonical) & kMask;
    run = canonical == 0 ? 0 : run + 1;
    // Fibonacci hashing (Knuth, TAOCP 6.4): the upper 24 bits, as many as the largest filter asks for.
    if (run >= Grams::kBytes) visit(gram * 0x9e3779b97f4a7c15 >> 40);
  }
}

unsigned log_of_size(std::span<const Bytes> contents) {
  std::size_t size = 0;
  for (const Bytes content : contents) size += content.size();
  // A bit a byte is room for every gram of most contents.
  return std::clamp<unsigned>(std::bit_width(size / 8), kLeastLog, kMostLog);
}

/// Of a power of two of bytes, at least eight.
std::size_t bits_set(Bytes bytes) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data() + i, sizeof word);
    count += std::popcount(word);
  }
  return count;
}

}  // namespace

Grams::Grams(std::string_view text) {
  for_each_gram(as_bytes(text), [&](std::uint64_t hash) { hashes_.push_back(hash); });
}

std::vector<std::uint8_t> make_gram_filter(std::span<const Bytes> contents) {
  unsigned log = log_of_size(contents);
  std::vector<std::uint8_t> bits(std::size_t{1} << log);
  const std::uint64_t mask = (std::uint64_t{8} << log) - 1;
  for (const Bytes content : contents) {
    for_each_gram(content, [&](std::uint64_t hash) {
      bits[(hash & mask) / 8] |= static_cast<std::uint8_t>(1 << hash % 8);
    });
  }
  // Half the size is the same filter with one bit less of each hash.
  while (log > kLeastLog) {
    const std::size_t half = bits.size() / 2;
    std::vector<std::uint8_t> folded(half);
    for (std::size_t i = 0; i < half; ++i) folded[i] = bits[i] | bits[half + i];
    if (bits_set(folded) > half * 8 / 3) break;
    bits = std::move(folded);
    --log;
  }
  bits.insert(bits.begin(), static_cast<std::uint8_t>(log));
  return bits;
}

GramFilter::GramFilter(Reader& in) {
  const std::uint8_t log = in.u8();
  if (log < kLeastLog || log > kMostLog) in.malformed(in.offset() - 1, "no size of a filter");
  bits_ = in.bytes(std::size_t{1} << log);
}

bool GramFilter::may_contain(const Grams& text) const {
  const std::uint64_t mask = bits_.size() * 8 - 1;
  return std::ranges::all_of(
      text.hashes(), [&](std::uint64_t hash) { return (bits_[(hash & mask) / 8] >> hash % 8 & 1) != 0; });
}

}  // namespace sdkprint
