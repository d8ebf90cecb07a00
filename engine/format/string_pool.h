#pragma once
// ResStringPool (AOSP ResourceTypes.h), the string table of binary XML and resources.arsc: offsets to strings
// that carry their length in front and a NUL behind, all UTF-8 or all UTF-16. UTF-8 strings carry two
// lengths, in UTF-16 units and in bytes, which tampered files let disagree.
#include <cstdint>
#include <string>

#include "base/reader.h"
#include "format/oddities.h"

namespace sdkprint {

/// A view of one string pool; the bytes must outlive it. Nothing is decoded before it is asked for, so a pool
/// of any size costs nothing to open. Immutable.
class StringPool {
 public:
  /// No strings.
  StringPool() = default;

  /// `chunk` starts at the chunk header and ends where the chunk ends. Counts and offsets that cannot be
  /// right are cut to what is there and said in `oddities` (may be null). Throws InputError when not even the
  /// header is there.
  StringPool(Bytes chunk, Oddities* oddities);

  std::uint32_t size() const { return count_; }

  /// String `index` as well-formed UTF-8, decoded from at most `max_bytes` of the pool; empty when there is
  /// none.
  std::string text(std::uint32_t index, std::size_t max_bytes, Oddities* oddities) const;

 private:
  Bytes encoded(std::uint32_t index, std::size_t& utf16_length, Oddities* oddities) const;

  Bytes offsets_;
  Bytes strings_;
  std::uint32_t count_ = 0;
  bool utf8_ = false;
};

}  // namespace sdkprint
