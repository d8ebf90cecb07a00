#include "format/wire_reader.h"

namespace sdkprint {

std::uint64_t WireReader::varint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 70; shift += 7) {
    const std::uint8_t byte = reader_.u8();
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;  // bits above 64 are dropped, as protobuf does
    if ((byte & 0x80) == 0) return value;
  }
  reader_.malformed(reader_.offset(), "varint longer than 10 bytes");
}

bool WireReader::next() {
  if (reader_.at_end()) return false;
  const std::uint64_t key = varint();
  number_ = static_cast<std::uint32_t>(key >> 3);
  integer_ = 0;
  bytes_ = {};
  if (key >> 3 == 0 || key >> 32 != 0) reader_.malformed(reader_.offset(), "field number out of range");
  switch (key & 7) {
    case 0:
      integer_ = varint();
      return true;
    case 1:
      integer_ = reader_.u64();
      return true;
    case 2: {
      const std::uint64_t length = varint();
      if (length > reader_.remaining()) reader_.malformed(reader_.offset(), "field longer than its message");
      bytes_ = reader_.bytes(static_cast<std::size_t>(length));
      return true;
    }
    case 5:
      integer_ = reader_.u32();
      return true;
    default:
      reader_.malformed(reader_.offset(), "wire type that is out of use");
  }
}

}  // namespace sdkprint
