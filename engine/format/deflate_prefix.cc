#include "format/deflate_prefix.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/reader.h"

namespace sdkprint {
namespace {

// RFC 1951, 3.2.5 to 3.2.7.
constexpr unsigned kMaxBits = 15;
constexpr std::size_t kLiteralCodes = 286, kDistanceCodes = 30, kFixedLiteralCodes = 288;
constexpr std::uint16_t kEndOfBlock = 256;
constexpr std::size_t kLengthCodes = 19;
constexpr unsigned kLengthBits = 7;  // longest code of the code lengths' own alphabet
constexpr std::uint8_t kLengthOrder[kLengthCodes] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                     11, 4,  12, 3, 13, 2, 14, 1, 15};
constexpr std::uint16_t kLengthBase[29] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                           31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::uint8_t kLengthExtra[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                           2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::uint16_t kDistanceBase[30] = {1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                             33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                             1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};

/// Bits from the lowest of each byte upwards; zeros stand past the end.
class Bits {
 public:
  explicit Bits(Bytes data) : reader_(data, "deflate stream") {}

  /// At least 32 bits, or all that are left.
  std::uint32_t peek() {
    if (count_ < 32) refill();
    return static_cast<std::uint32_t>(bits_);
  }
  /// False when there are not so many.
  bool skip(unsigned count) {
    if (count > count_) return false;
    bits_ >>= count;
    count_ -= count;
    return true;
  }
  std::optional<std::uint32_t> take(unsigned count) {
    const std::uint32_t value = peek() & ((std::uint32_t{1} << count) - 1);
    if (!skip(count)) return std::nullopt;
    return value;
  }
  void align() { skip(count_ % 8); }

 private:
  void refill() {
    if (reader_.remaining() >= 4) {
      bits_ |= std::uint64_t{reader_.u32()} << count_;
      count_ += 32;
      return;
    }
    for (; !reader_.at_end(); count_ += 8) bits_ |= std::uint64_t{reader_.u8()} << count_;
  }

  Reader reader_;
  std::uint64_t bits_ = 0;
  unsigned count_ = 0;
};

/// Of all values of kLengthBits bits, the bits in the other order.
constexpr std::array<std::uint8_t, 1 << kLengthBits> kReversed = [] {
  std::array<std::uint8_t, 1 << kLengthBits> result{};
  for (std::uint32_t value = 0; value < result.size(); ++value) {
    for (unsigned i = 0; i < kLengthBits; ++i) {
      result[value] = static_cast<std::uint8_t>(result[value] | (value >> i & 1) << (kLengthBits - 1 - i));
    }
  }
  return result;
}();

/// How many symbols have a code of each length.
using LengthCounts = std::array<std::uint16_t, kMaxBits + 1>;

/// False when the code is over-subscribed, or leaves codes unused although it has two or more lengths (RFC
/// 1951 allows one lonely code).
bool is_complete(const LengthCounts& counts) {
  int left = 1;
  unsigned longest = 0;
  for (unsigned length = 1; length <= kMaxBits; ++length) {
    left = left * 2 - counts[length];
    if (left < 0) return false;
    if (counts[length] != 0) longest = length;
  }
  return left == 0 || longest <= 1;
}

/// A canonical Huffman code that is ready at once and slow by the symbol: no table from codes to symbols is
/// made, each symbol is looked for among the lengths.
class Code {
 public:
  static constexpr std::size_t kBlock = 16;

  /// `lengths` are copied; `counts` are theirs.
  bool build(std::span<const std::uint8_t> lengths, const LengthCounts& counts) {
    std::copy(lengths.begin(), lengths.end(), lengths_.begin());
    std::fill(lengths_.begin() + static_cast<std::ptrdiff_t>(lengths.size()), lengths_.end(),
              std::uint8_t{0});
    counts_ = counts;
    return is_complete(counts);
  }

  std::optional<std::uint16_t> decode(Bits& bits) const {
    std::uint32_t window = bits.peek();
    std::uint32_t code = 0, first = 0;
    for (unsigned length = 1; length <= kMaxBits; ++length, window >>= 1) {
      code |= window & 1;
      const std::uint32_t count = counts_[length];
      if (code < first + count) {
        if (!bits.skip(length)) return std::nullopt;
        return find(static_cast<std::uint8_t>(length), code - first);
      }
      first = (first + count) << 1;
      code <<= 1;
    }
    return std::nullopt;
  }

 private:
  /// The symbol that is number `rank` among those of a length; there is one. The inner loop is one of the
  /// kind that compilers turn into vector instructions.
  std::uint16_t find(std::uint8_t length, std::uint32_t rank) const {
    std::size_t block = 0;
    for (;; block += kBlock) {
      std::uint8_t here = 0;
      for (std::size_t i = 0; i < kBlock; ++i)
        here = static_cast<std::uint8_t>(here + (lengths_[block + i] == length));
      if (rank < here) break;
      rank -= here;
    }
    for (;; ++block) {
      if (lengths_[block] == length && rank-- == 0) return static_cast<std::uint16_t>(block);
    }
  }

  LengthCounts counts_;
  std::array<std::uint8_t, kFixedLiteralCodes> lengths_;
};
static_assert(kFixedLiteralCodes % Code::kBlock == 0);

LengthCounts count_lengths(std::span<const std::uint8_t> lengths) {
  LengthCounts counts{};
  for (const std::uint8_t length : lengths) counts[length] += 1;
  return counts;
}

class PrefixDecoder {
 public:
  PrefixDecoder(Bytes compressed, std::span<std::uint8_t> out) : bits_(compressed), out_(out) {}

  std::size_t run() {
    while (written_ < out_.size()) {
      const std::optional<std::uint32_t> head = bits_.take(3);
      if (!head) break;
      const std::uint32_t type = *head >> 1;
      const bool whole = type == 0   ? stored()
                         : type == 1 ? fixed_codes() && compressed()
                         : type == 2 ? own_codes() && compressed()
                                     : false;
      if (!whole || (*head & 1) != 0) break;
    }
    return written_;
  }

 private:
  bool stored() {
    bits_.align();
    const std::optional<std::uint32_t> size = bits_.take(16), check = bits_.take(16);
    if (!size || !check || *size != (*check ^ 0xffff)) return false;
    for (std::uint32_t i = 0; i < *size && written_ < out_.size(); ++i) {
      const std::optional<std::uint32_t> byte = bits_.take(8);
      if (!byte) return false;
      out_[written_++] = static_cast<std::uint8_t>(*byte);
    }
    return true;
  }

  bool fixed_codes() {
    std::array<std::uint8_t, kFixedLiteralCodes> lengths;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    }
    std::array<std::uint8_t, 32> distances;
    distances.fill(5);
    return literals_.build(lengths, count_lengths(lengths)) &&
           distances_.build(distances, count_lengths(distances));
  }

  struct LengthCode {
    std::uint8_t symbol, bits;
  };
  /// The code that the code lengths are written in, as a table over its longest code.
  static bool build_length_table(std::span<const std::uint8_t, kLengthCodes> lengths,
                                 std::array<LengthCode, 1 << kLengthBits>& table) {
    // Where the codes of each length begin (RFC 1951, 3.2.2).
    std::array<std::uint32_t, kLengthBits + 2> next{};
    for (const std::uint8_t bits : lengths) next[bits + 1U] += bits == 0 ? 0 : 1;
    for (unsigned bits = 2; bits < next.size(); ++bits) next[bits] = (next[bits] + next[bits - 1]) << 1;
    for (std::size_t symbol = 0; symbol < kLengthCodes; ++symbol) {
      const unsigned bits = lengths[symbol];
      if (bits == 0) continue;
      const std::uint32_t code = next[bits]++;
      if (code >= 1U << bits) return false;
      const LengthCode entry{static_cast<std::uint8_t>(symbol), static_cast<std::uint8_t>(bits)};
      const std::uint32_t first = kReversed[code << (kLengthBits - bits)];
      for (std::uint32_t i = first; i < table.size(); i += 1U << bits) table[i] = entry;
    }
    return next[kLengthBits] == 1U << kLengthBits;  // no code is unused
  }

  bool own_codes() {
    const std::optional<std::uint32_t> counts = bits_.take(14);
    if (!counts) return false;
    const std::size_t literals = (*counts & 31) + 257, distances = (*counts >> 5 & 31) + 1;
    if (literals > kLiteralCodes || distances > kDistanceCodes) return false;
    std::array<std::uint8_t, kLengthCodes> length_lengths{};
    for (std::size_t i = 0; i < (*counts >> 10) + 4; ++i) {
      const std::optional<std::uint32_t> bits = bits_.take(3);
      if (!bits) return false;
      length_lengths[kLengthOrder[i]] = static_cast<std::uint8_t>(*bits);
    }
    std::array<LengthCode, 1 << kLengthBits> table;
    std::array<std::uint8_t, kLiteralCodes + kDistanceCodes> lengths;
    const std::span<std::uint8_t> all(lengths.data(), literals + distances);
    LengthCounts literal_counts{};
    if (!build_length_table(length_lengths, table) || !read_lengths(table, all, literal_counts)) return false;
    const LengthCounts distance_counts = count_lengths(all.subspan(literals));
    for (unsigned length = 0; length <= kMaxBits; ++length) literal_counts[length] -= distance_counts[length];
    return lengths[kEndOfBlock] != 0 && literals_.build(all.first(literals), literal_counts) &&
           distances_.build(all.subspan(literals), distance_counts);
  }

  /// Reads the code lengths, and counts them while it waits for the next bits. Those are held in a variable
  /// of its own: a member would be read anew after each length is written.
  bool read_lengths(const std::array<LengthCode, 1 << kLengthBits>& table, std::span<std::uint8_t> lengths,
                    LengthCounts& counts) {
    Bits bits = bits_;
    for (std::size_t i = 0; i < lengths.size();) {
      const std::uint32_t window = bits.peek();
      const LengthCode code = table[window & ((1U << kLengthBits) - 1)];
      const std::uint32_t rest = window >> code.bits;
      if (code.symbol < 16) {
        if (!bits.skip(code.bits)) return false;
        lengths[i++] = code.symbol;
        counts[code.symbol] += 1;
        continue;
      }
      // 16 repeats the length before, 17 and 18 are runs of zeros.
      const unsigned extra = code.symbol == 16 ? 2 : code.symbol == 17 ? 3 : 7;
      const std::size_t run = (code.symbol == 18 ? 11 : 3) + (rest & ((1U << extra) - 1));
      if (!bits.skip(code.bits + extra) || run > lengths.size() - i || (code.symbol == 16 && i == 0))
        return false;
      const std::uint8_t length = code.symbol == 16 ? lengths[i - 1] : std::uint8_t{0};
      std::fill_n(lengths.begin() + static_cast<std::ptrdiff_t>(i), run, length);
      counts[length] = static_cast<std::uint16_t>(counts[length] + run);
      i += run;
    }
    bits_ = bits;
    return true;
  }

  /// The symbols of a compressed block; true at its end or when `out_` is full.
  bool compressed() {
    while (written_ < out_.size()) {
      const std::optional<std::uint16_t> symbol = literals_.decode(bits_);
      if (!symbol) return false;
      if (*symbol == kEndOfBlock) return true;
      if (*symbol > kEndOfBlock) {
        if (!copy(*symbol - kEndOfBlock - 1)) return false;
      } else {
        out_[written_++] = static_cast<std::uint8_t>(*symbol);
      }
    }
    return true;
  }

  bool copy(std::size_t length_symbol) {
    if (length_symbol >= std::size(kLengthBase)) return false;
    const std::optional<std::uint32_t> length_extra = bits_.take(kLengthExtra[length_symbol]);
    const std::optional<std::uint16_t> distance_symbol = distances_.decode(bits_);
    if (!length_extra || !distance_symbol || *distance_symbol >= std::size(kDistanceBase)) return false;
    const unsigned extra_bits = *distance_symbol < 2 ? 0 : *distance_symbol / 2 - 1;
    const std::optional<std::uint32_t> distance_extra = bits_.take(extra_bits);
    if (!distance_extra) return false;
    const std::size_t distance = kDistanceBase[*distance_symbol] + *distance_extra;
    if (distance > written_) return false;
    const std::size_t length = kLengthBase[length_symbol] + *length_extra;
    for (std::size_t i = 0; i < length && written_ < out_.size(); ++i, ++written_) {
      out_[written_] = out_[written_ - distance];
    }
    return true;
  }

  Bits bits_;
  std::span<std::uint8_t> out_;
  std::size_t written_ = 0;
  Code literals_, distances_;
};

}  // namespace

std::size_t deflate_prefix(Bytes compressed, std::span<std::uint8_t> out) {
  return PrefixDecoder(compressed, out).run();
}

}  // namespace sdkprint
