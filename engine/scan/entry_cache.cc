#include "scan/entry_cache.h"

#include "base/byte_writer.h"

namespace sdkprint {

EntryKey entry_key(EntryKind kind, std::uint16_t method, std::uint64_t uncompressed_size,
                   std::string_view file_name, Bytes stored) {
  ByteWriter head;
  head.u8(static_cast<std::uint8_t>(kind));
  head.u32(method);
  head.u64(uncompressed_size);
  head.u64(stored.size());
  head.text(file_name);
  return sha256({head.bytes(), stored});
}

}  // namespace sdkprint
