#pragma once
// A file as memory. Reading a file that is truncated while mapped raises SIGBUS; sdkprint scans files that
// nobody writes to meanwhile (docs/cli.md says so).
#include <string>

#include "base/bytes.h"

namespace sdkprint {

/// A read-only mapping of a whole regular file, private to its owner. Movable, not copyable; the bytes live
/// as long as the object. Safe to read from several threads.
class MappedFile {
 public:
  /// How much of the file will be read: all of it (its pages are then mapped in one go, which is cheaper than
  /// one fault every 64 KiB), or some places.
  enum class Extent : std::uint8_t { whole, places };
  /// Throws InputError (kind unreadable) that names the path and says why: absent, no right to read, not a
  /// regular file (FIFO, socket, device, directory). An empty file maps to empty bytes. Never blocks on a
  /// FIFO.
  explicit MappedFile(const std::string& path, Extent extent = Extent::places);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  Bytes bytes() const { return {data_, size_}; }

 private:
  const std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace sdkprint
