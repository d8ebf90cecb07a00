#pragma once
// The only code that turns an untrusted offset into memory. Every parser reads through it; nothing else in
// engine/ computes an address from bytes of the input.
//
// All checks have one form: the offset is compared with the size first, then the length with size - offset,
// so no sum can wrap around. A failed check throws InputError (kind truncated) that names the structure, the
// offset, what was needed and what was there.
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"

namespace sdkprint {

enum class Endian : std::uint8_t { little, big };

/// A cursor over borrowed bytes. Cheap to copy; not shared between threads. `what` names the structure being
/// read in error messages and must outlive the reader (pass a literal).
class Reader {
 public:
  Reader(Bytes data, const char* what, Endian endian = Endian::little)
      : data_(data), what_(what), endian_(endian) {}

  std::size_t size() const { return data_.size(); }
  std::size_t offset() const { return offset_; }
  std::size_t remaining() const { return data_.size() - offset_; }
  bool at_end() const { return offset_ == data_.size(); }
  Endian endian() const { return endian_; }

  /// Moves the cursor; `offset` may equal size().
  void seek(std::size_t offset) {
    if (offset > data_.size()) [[unlikely]]
      fail(offset, 0);
    offset_ = offset;
  }
  void skip(std::size_t count) {
    if (count > remaining()) [[unlikely]]
      fail(offset_, count);
    offset_ += count;
  }

  std::uint8_t u8() { return take<std::uint8_t>(); }
  std::uint16_t u16() { return take<std::uint16_t>(); }
  std::uint32_t u32() { return take<std::uint32_t>(); }
  std::uint64_t u64() { return take<std::uint64_t>(); }

  /// Unsigned LEB128 of at most 5 bytes (dex-format, "LEB128"); bits above 32 are an error.
  std::uint32_t uleb128();
  /// Signed LEB128 of at most 5 bytes.
  std::int32_t sleb128();

  /// The next `count` bytes, as a view into the data.
  Bytes bytes(std::size_t count) {
    Bytes result = slice(offset_, count);
    offset_ += count;
    return result;
  }

  /// `count` bytes at an absolute offset; the cursor does not move.
  Bytes slice(std::size_t offset, std::size_t count) const {
    if (offset > data_.size() || count > data_.size() - offset) [[unlikely]]
      fail(offset, count);
    return data_.subspan(offset, count);
  }

  /// Fetches what stands at an offset into the cache, for code that will read it soon. Any offset will do.
  void prefetch(std::size_t offset) const {
    if (offset < data_.size()) __builtin_prefetch(data_.data() + offset);
  }

  /// An integer at an absolute offset; the cursor does not move.
  template <std::unsigned_integral T>
  T at(std::size_t offset) const {
    if (offset > data_.size() || sizeof(T) > data_.size() - offset) [[unlikely]]
      fail(offset, sizeof(T));
    T value;
    std::memcpy(&value, data_.data() + offset, sizeof(T));
    return to_host(value);
  }

  /// The bytes from an absolute offset up to, not including, the next NUL. Throws when there is none.
  std::string_view c_string(std::size_t offset) const;

  /// Throws unless `count` items of `item_size` bytes fit at `offset` (checks a table's extent once, up
  /// front, before anything is allocated for it).
  void require_table(std::size_t offset, std::uint64_t count, std::size_t item_size) const;

  /// Throws InputError of kind malformed: "<what> at 0x…: <message>".
  [[noreturn]] void malformed(std::size_t offset, const char* message) const;

 private:
  template <std::unsigned_integral T>
  T take() {
    T value = at<T>(offset_);
    offset_ += sizeof(T);
    return value;
  }

  template <std::unsigned_integral T>
  T to_host(T value) const {
    static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "hosts are little-endian (Hyperscan is x86)");
    if (endian_ == Endian::little) return value;
    if constexpr (sizeof(T) == 2) return __builtin_bswap16(value);
    if constexpr (sizeof(T) == 4) return __builtin_bswap32(value);
    if constexpr (sizeof(T) == 8) return __builtin_bswap64(value);
    return value;
  }

  [[noreturn]] void fail(std::size_t offset, std::uint64_t needed) const;

  Bytes data_;
  std::size_t offset_ = 0;
  const char* what_;
  Endian endian_;
};

/// Little-endian 16-bit units of borrowed bytes, for loops in which a Reader's generality costs: one
/// comparison for each access. `what` as for a Reader.
class UnitReader {
 public:
  UnitReader(Bytes data, const char* what)
      : data_(data.data()),
        size_(static_cast<std::uint32_t>(data.size() / sizeof(std::uint16_t))),
        pairs_(size_ == 0 ? 0 : size_ - 1),
        what_(what) {}

  std::uint32_t size() const { return size_; }    ///< in units
  std::uint32_t pairs() const { return pairs_; }  ///< units that have another one behind them
  Bytes bytes() const { return {data_, std::size_t{size_} * sizeof(std::uint16_t)}; }
  std::uint16_t at(std::uint32_t index) const {
    if (index >= size_) [[unlikely]]
      fail(*this, index);
    return read<std::uint16_t>(index);
  }
  /// A unit and the one behind it, which makes the upper bits.
  std::uint32_t pair_at(std::uint32_t index) const {
    if (index >= pairs_) [[unlikely]]
      fail(*this, index);
    return read<std::uint32_t>(index);
  }

 private:
  template <typename T>
  T read(std::uint32_t index) const {
    T value;
    std::memcpy(&value, data_ + std::size_t{index} * sizeof(std::uint16_t), sizeof value);
    return value;
  }

  /// Takes a copy: a reader that nothing points to stays in registers.
  [[noreturn]] static void fail(UnitReader units, std::uint32_t index) {
    const Reader reader(units.bytes(), units.what_);
    reader.slice(std::size_t{index} * sizeof(std::uint16_t), sizeof(std::uint16_t));
    reader.malformed(std::size_t{index} * sizeof(std::uint16_t), "no second unit");
  }

  const std::uint8_t* data_;
  std::uint32_t size_, pairs_;
  const char* what_;
};

}  // namespace sdkprint
