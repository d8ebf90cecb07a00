#pragma once
// ZIP as Android's own reader (libziparchive) takes it, not as unzip does: the central directory is the
// truth, local headers are consulted only for where the data starts. Sources: PKWARE APPNOTE 6.3.x; AOSP
// system/libziparchive; APK Signature Scheme v2 (the signing block lies before the central directory).
//
// Where Android refuses an archive but its content is beyond doubt (bytes before the first or after the last
// record, a wrong number of entries, names it dislikes), it is read, and a warning says so.
#include <cstddef>
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
  std::uint64_t local_header_offset = 0;  ///< from the start of the file, bytes before the archive included
  std::uint32_t crc32 = 0;
  std::uint16_t method = 0;  ///< 0 stored, 8 deflated; anything else is read as stored, as Android does
  std::uint16_t flags = 0;   ///< as written; bogus encryption bits are ignored, as Android does
  bool is_stored() const { return method != 8; }
  bool is_directory() const { return !name.empty() && name.back() == '/'; }
  /// How many bytes ZipArchive::data() gives: Android reads `uncompressed_size` bytes of a stored entry and
  /// does not ask what the compressed size says.
  std::uint64_t data_size() const { return is_stored() ? uncompressed_size : compressed_size; }
};

/// Something odd that did not stop the reading; becomes a Problem.
struct ZipWarning {
  std::string entry;  ///< its name, as untrusted as ZipEntry::name; empty when it concerns the archive
  std::string message;
};

/// A parsed central directory over borrowed bytes, which must outlive it. Immutable after construction, so
/// safe to share between threads. Movable.
class ZipArchive {
 public:
  /// How many warnings of one kind are kept; one more then says how many there were.
  static constexpr std::size_t kWarningsOfAKind = 20;

  /// True when an end-of-central-directory record is found that points to a central directory, or the bytes
  /// start with a local header. Never throws; reads at most the first 4 bytes and the last 64 KiB.
  static bool looks_like_zip(Bytes file);

  /// Reads the whole central directory. Throws InputError when there is none or it is cut off (kind truncated
  /// when the bytes start as an archive does), or has more rows than `limits.entries` (kind limit); rows past
  /// a broken one are lost, which throws too (never a silently shorter list).
  explicit ZipArchive(Bytes file, const Limits& limits = {});

  /// In the order of the central directory, duplicates included.
  const std::vector<ZipEntry>& entries() const { return entries_; }
  const std::vector<ZipWarning>& warnings() const { return warnings_; }

  /// The first entry of that name, or null.
  const ZipEntry* find(std::string_view name) const;

  /// The entry's data as it lies in the archive (for a stored entry, its content), straight from the bytes:
  /// `entry.data_size()` of them. Throws InputError when the local header or the data do not lie wholly
  /// before the central directory.
  Bytes data(const ZipEntry& entry) const;

  /// What the entry's local header says otherwise than the central directory (name, method, and, unless a
  /// data descriptor follows, CRC and sizes), as a sentence; nullopt when they agree or there is no local
  /// header. Not asked by the constructor: it would touch a page of the file for every entry.
  std::optional<std::string> local_header_mismatch(const ZipEntry& entry) const;

  /// The bytes right before the central directory that form an APK Signing Block (including both size fields
  /// and the magic), or empty.
  Bytes signing_block() const { return signing_block_; }

  /// Offset of the central directory's first row in the file: entries and signing block end before it.
  std::size_t directory_offset() const { return directory_offset_; }

 private:
  /// One entry in the index by name. Sorted by (hash, name, index), so that lookups compare one name and no
  /// choice of names makes the index slow.
  struct NameKey {
    std::uint32_t hash;
    std::uint32_t index;
  };

  Bytes file_;
  std::size_t directory_offset_ = 0;
  std::vector<ZipEntry> entries_;
  std::vector<NameKey> by_name_;
  std::vector<ZipWarning> warnings_;
  Bytes signing_block_;
};

}  // namespace sdkprint
