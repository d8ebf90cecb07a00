#pragma once
// ZIP as Android's own reader (libziparchive) takes it, not as unzip does: the central directory is the truth,
// local headers are consulted only for where the data starts. Sources: PKWARE APPNOTE 6.3.x; AOSP
// system/libziparchive; APK Signature Scheme v2 (the signing block lies before the central directory).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"

namespace sdkprint {

/// One row of the central directory. `name` borrows the archive's bytes and is untrusted: it may hold `..`,
/// NUL or any other byte; it is never used as a path on disk.
struct ZipEntry {
  std::string_view name;
  std::uint64_t compressed_size = 0;
  std::uint64_t uncompressed_size = 0;
  std::uint64_t local_header_offset = 0;
  std::uint32_t crc32 = 0;
  std::uint16_t method = 0;  ///< 0 stored, 8 deflated; anything else is read as stored, as Android does
  std::uint16_t flags = 0;   ///< as written; bogus encryption bits are ignored, as Android does
  bool is_stored() const { return method != 8; }
  bool is_directory() const { return !name.empty() && name.back() == '/'; }
};

/// Something odd that did not stop the reading; becomes a Problem.
struct ZipWarning {
  std::string entry;    ///< empty when it concerns the archive
  std::string message;
};

/// A parsed central directory over borrowed bytes, which must outlive it. Immutable after construction, so
/// safe to share between threads.
class ZipArchive {
 public:
  /// True when an end-of-central-directory record is found that points to a central directory, or the bytes
  /// start with a local header. Never throws.
  static bool looks_like_zip(Bytes file);

  /// Reads the whole central directory. Throws InputError when there is none or it is cut off; rows past a
  /// broken one are lost, which throws too (never a silently shorter list).
  explicit ZipArchive(Bytes file, const Limits& limits = {});

  /// In the order of the central directory, duplicates included.
  const std::vector<ZipEntry>& entries() const { return entries_; }
  const std::vector<ZipWarning>& warnings() const { return warnings_; }

  /// The first entry of that name (the one Android finds), or null.
  const ZipEntry* find(std::string_view name) const;

  /// The entry's data as it lies in the archive (for a stored entry, its content), straight from the bytes.
  /// Throws InputError when the local header or the data lie outside the archive.
  Bytes data(const ZipEntry& entry) const;

  /// The bytes between the last entry's data and the central directory that form an APK Signing Block
  /// (including both size fields and the magic), or empty.
  Bytes signing_block() const { return signing_block_; }

 private:
  Bytes file_;
  std::vector<ZipEntry> entries_;
  std::vector<std::uint32_t> by_name_;  // indexes of entries_, sorted by (name, index)
  std::vector<ZipWarning> warnings_;
  Bytes signing_block_;
};

}  // namespace sdkprint
