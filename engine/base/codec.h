#pragma once
// Compact binary form of plain data, for records that the program keeps on disk. A type says its members
// once, for both directions:
//
//   void fields(auto& io, Is<Problem> auto& value) {
//     auto& [entry, kind, message, loss] = value;
//     io(entry, kind, message, loss);
//   }
//
// The structured binding names every member, so that a member that is added later and forgotten here does not
// compile. Integers are LEB128 (signed ones zigzag first), texts and lists have their length in front, an
// enumeration is one byte, an optional a byte and maybe a value. There are no tags: whoever stores records
// stores the version of their form beside them.
#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/reader.h"

namespace sdkprint {

/// T or const T: one function for reading and writing.
template <typename T, typename U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

/// How many values an enumeration has; a stored value beyond is refused. Specialised beside the fields of the
/// types that use it.
template <typename Enum>
inline constexpr std::size_t kEnumCount = 0;

/// Appends values to a byte vector.
class Encoder {
 public:
  template <typename... T>
  void operator()(const T&... values) {
    (one(values), ...);
  }
  /// Numbers without structure (hashes): eight bytes each.
  void fixed(const std::vector<std::uint64_t>& numbers);
  /// Ascending numbers, as differences.
  void ascending(const std::vector<std::uint32_t>& numbers);

  Bytes bytes() const { return bytes_; }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<std::uint8_t>(value | 0x80));
    bytes_.push_back(static_cast<std::uint8_t>(value));
  }
  void raw(Bytes bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }

  void one(bool value) { bytes_.push_back(value ? 1 : 0); }
  template <std::unsigned_integral T>
  void one(const T& value) {
    varint(value);
  }
  template <std::signed_integral T>
  void one(const T& value) {
    const auto wide = static_cast<std::int64_t>(value);
    varint((static_cast<std::uint64_t>(wide) << 1) ^ static_cast<std::uint64_t>(wide >> 63));
  }
  void one(const std::string& text) {
    varint(text.size());
    raw(as_bytes(text));
  }
  template <typename T>
  void one(const std::optional<T>& value) {
    one(value.has_value());
    if (value) one(*value);
  }
  void one(const std::vector<std::uint8_t>& bytes) {
    varint(bytes.size());
    raw(bytes);
  }
  template <typename T>
  void one(const std::vector<T>& list) {
    varint(list.size());
    for (const T& item : list) one(item);
  }
  template <std::size_t count>
  void one(const std::array<std::uint8_t, count>& array) {
    raw(array);
  }
  template <typename T>
  void one(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      static_assert(kEnumCount<T> > 0, "say how many values the enumeration has");
      bytes_.push_back(static_cast<std::uint8_t>(value));
    } else {
      fields(*this, value);
    }
  }

  std::vector<std::uint8_t> bytes_;
};

/// Reads back what an Encoder wrote. Throws InputError on anything else; never allocates more than the bytes
/// could stand for.
class Decoder {
 public:
  /// `what` names the record in messages; a literal.
  Decoder(Bytes bytes, const char* what) : in_(bytes, what) {}

  template <typename... T>
  void operator()(T&... values) {
    (one(values), ...);
  }
  void fixed(std::vector<std::uint64_t>& numbers);
  void ascending(std::vector<std::uint32_t>& numbers);
  /// Throws unless everything has been read.
  void finish() const {
    if (!in_.at_end()) in_.malformed(in_.offset(), "more bytes than the record has");
  }

 private:
  std::uint64_t varint();
  /// A count of items that take at least `smallest` bytes each.
  std::size_t count(std::size_t smallest = 1);

  void one(bool& value) {
    const std::uint8_t byte = in_.u8();
    if (byte > 1) in_.malformed(in_.offset() - 1, "neither yes nor no");
    value = byte == 1;
  }
  template <std::unsigned_integral T>
  void one(T& value) {
    const std::uint64_t wide = varint();
    value = static_cast<T>(wide);
    if (value != wide) in_.malformed(in_.offset(), "number out of range");
  }
  template <std::signed_integral T>
  void one(T& value) {
    const std::uint64_t coded = varint();
    const auto wide = static_cast<std::int64_t>((coded >> 1) ^ (~(coded & 1) + 1));
    value = static_cast<T>(wide);
    if (value != wide) in_.malformed(in_.offset(), "number out of range");
  }
  void one(std::string& text) { text = as_text(in_.bytes(count())); }
  template <typename T>
  void one(std::optional<T>& value) {
    bool is_there = false;
    one(is_there);
    value.reset();
    if (is_there) one(value.emplace());
  }
  void one(std::vector<std::uint8_t>& out) {
    const Bytes bytes = in_.bytes(count());
    out.assign(bytes.begin(), bytes.end());
  }
  template <typename T>
  void one(std::vector<T>& list) {
    list.clear();
    // Every item takes a byte at least, so a count that lies ends at the end of the bytes.
    for (std::size_t left = count(); left > 0; --left) one(list.emplace_back());
  }
  template <std::size_t size>
  void one(std::array<std::uint8_t, size>& array) {
    const Bytes bytes = in_.bytes(size);
    std::copy(bytes.begin(), bytes.end(), array.begin());
  }
  template <typename T>
  void one(T& value) {
    if constexpr (std::is_enum_v<T>) {
      const std::uint8_t byte = in_.u8();
      if (byte >= kEnumCount<T>) in_.malformed(in_.offset() - 1, "enumeration value out of range");
      value = static_cast<T>(byte);
    } else {
      // Types that hold themselves (containers within containers) must not exhaust the stack.
      if (depth_ == kMostDepth) in_.malformed(in_.offset(), "nested too deep");
      ++depth_;
      fields(*this, value);
      --depth_;
    }
  }

  static constexpr int kMostDepth = 100;
  Reader in_;
  int depth_ = 0;
};

}  // namespace sdkprint
