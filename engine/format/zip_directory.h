#pragma once
// Finding the central directory of a ZIP archive. It is found from behind: the end record is the last thing
// in the file but for a comment of up to 64 KiB, and says where the directory starts.
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"

namespace sdkprint {

/// Size of a row of the central directory without its name, extra field and comment (APPNOTE 4.3.12).
inline constexpr std::size_t kZipRowBytes = 46;
inline constexpr std::uint32_t kZipRowSignature = 0x02014b50;
inline constexpr std::uint32_t kZipLocalHeaderSignature = 0x04034b50;

/// Where the central directory lies. All offsets are from the start of the file.
struct ZipDirectory {
  std::size_t offset = 0;           ///< of the first row
  std::size_t end = 0;              ///< rows lie before this: the start of the (zip64) end record
  std::uint64_t claimed_size = 0;   ///< of all rows, by the end record
  std::uint64_t claimed_count = 0;  ///< of rows, by the end record
  /// To be added to every offset in the archive: not 0 when something was put before it without adjusting
  /// them, as self-extracting archives have it.
  std::size_t shift = 0;
  /// Bytes of the file after the end record's comment (negative: the comment is cut off).
  std::int64_t trailing = 0;
  bool is_empty() const { return offset == end; }
};

/// What the search came to.
struct ZipDirectorySearch {
  std::optional<ZipDirectory> directory;
  std::optional<std::size_t> end_record;  ///< offset of the last end record seen, whether usable or not
  std::size_t searched = 0;               ///< how many of the last bytes were searched
};

/// Never throws. Among several end records the last that ends exactly at the end of the file and points to a
/// row is taken (Android takes the last one, and refuses the file if it does not end there); failing that,
/// one that points to a row; failing that, one of an empty archive.
ZipDirectorySearch find_zip_directory(Bytes file);

/// True when the bytes start with a local header.
bool starts_with_local_header(Bytes file);

}  // namespace sdkprint
