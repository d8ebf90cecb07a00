#pragma once
// Which runs of five bytes a content has, in a few per cent of its size: tells that a text does not occur in
// it without looking at it. An inverted index of n-grams turned around (Cox 2012, required_text.h), with one
// hash and no false negatives (Bloom, "Space/time trade-offs in hash coding with allowable errors", CACM
// 1970).
//
// Case of ASCII letters is ignored, and '/' counts as '.': a class is named with either. Runs with control
// characters are not indexed, so that tables of numbers between the texts cost little.
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/reader.h"

namespace sdkprint {

/// Runs of bytes that a text has, each as a hash.
class Grams {
 public:
  static constexpr std::size_t kBytes = 5;
  /// A text shorter than kBytes has none.
  explicit Grams(std::string_view text);
  const std::vector<std::uint64_t>& hashes() const { return hashes_; }

 private:
  std::vector<std::uint64_t> hashes_;
};

/// The filter of some contents together, as it is stored. Deterministic; its size is such that at most a
/// third of the bits are set, if 2 MiB are enough for that.
std::vector<std::uint8_t> make_gram_filter(std::span<const Bytes> contents);

/// A filter that was stored. Borrows its bytes.
class GramFilter {
 public:
  /// Reads one from the front of a record. Throws InputError.
  explicit GramFilter(Reader& in);
  /// False: the text does not occur. Without grams, always true.
  bool may_contain(const Grams& text) const;
  Bytes bytes() const { return bits_; }

 private:
  Bytes bits_;
};

}  // namespace sdkprint
