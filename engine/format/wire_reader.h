#pragma once
// The protobuf wire format (protobuf.dev, "Encoding"): a message is a row of fields, each a varint key
// (number << 3 | wire type) and a varint, 4 bytes, 8 bytes, or a length and that many bytes. A field a reader
// does not know can be passed over, so the few fields sdkprint wants of aapt2's Resources.proto need no
// generated code.
#include <cstdint>

#include "base/reader.h"

namespace sdkprint {

/// Walks the fields of one message:  `for (WireReader field(bytes); field.next();) switch (field.number()) …`
/// Throws InputError on anything that is not the wire format (groups, long out of use, included).
class WireReader {
 public:
  explicit WireReader(Bytes message) : reader_(message, "protobuf message") {}

  /// Moves to the next field; false at the end.
  bool next();

  std::uint32_t number() const { return number_; }
  /// The value of a varint or fixed-size field; 0 when it is of another wire type.
  std::uint64_t integer() const { return integer_; }
  std::uint32_t integer32() const { return static_cast<std::uint32_t>(integer_); }
  /// The content of a length-delimited field (message, string, packed numbers); empty when it is of another
  /// type.
  Bytes bytes() const { return bytes_; }

 private:
  std::uint64_t varint();

  Reader reader_;
  std::uint32_t number_ = 0;
  std::uint64_t integer_ = 0;
  Bytes bytes_;
};

}  // namespace sdkprint
