#include "format/zip_directory.h"

#include <algorithm>
#include <cstring>

#include "base/reader.h"

namespace sdkprint {
namespace {

// End of central directory record, APPNOTE 4.3.16.
constexpr std::uint32_t kEndSignature = 0x06054b50;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kMaxComment = 0xffff;
// Zip64 end of central directory locator and record, APPNOTE 4.3.15 and 4.3.14.
constexpr std::uint32_t kLocatorSignature = 0x07064b50;
constexpr std::size_t kLocatorBytes = 20;
constexpr std::uint32_t kZip64EndSignature = 0x06064b50;
constexpr std::size_t kZip64EndBytes = 56;

/// True when `size` bytes that start with the signature are at the offset.
bool is_record(const Reader& file, std::uint64_t offset, std::uint32_t signature, std::size_t size) {
  return offset <= file.size() && size <= file.size() - offset && file.at<std::uint32_t>(offset) == signature;
}

/// The end records as read, before it is known whether rows are where they say.
struct Claim {
  std::uint64_t count;
  std::uint64_t size;
  std::uint64_t offset;
  std::size_t end;
};

/// Where the zip64 end record starts. The locator's offset is believed first; when something was put before
/// the archive, the record still stands right before the locator.
std::optional<std::size_t> zip64_end_offset(const Reader& file, std::size_t end_record) {
  if (end_record < kLocatorBytes) return std::nullopt;
  const std::size_t locator = end_record - kLocatorBytes;
  if (!is_record(file, locator, kLocatorSignature, kLocatorBytes)) return std::nullopt;
  const std::uint64_t claimed = file.at<std::uint64_t>(locator + 8);
  if (claimed <= locator && is_record(file, claimed, kZip64EndSignature, kZip64EndBytes)) return claimed;
  if (locator < kZip64EndBytes) return std::nullopt;
  const std::size_t adjacent = locator - kZip64EndBytes;
  if (is_record(file, adjacent, kZip64EndSignature, kZip64EndBytes)) return adjacent;
  return std::nullopt;
}

Claim read_claim(const Reader& file, std::size_t end_record) {
  const Claim plain{file.at<std::uint16_t>(end_record + 10), file.at<std::uint32_t>(end_record + 12),
                    file.at<std::uint32_t>(end_record + 16), end_record};
  const bool saturated = plain.count == 0xffff || plain.size == 0xffffffff || plain.offset == 0xffffffff ||
                         file.at<std::uint16_t>(end_record + 8) == 0xffff;
  if (!saturated) return plain;
  // An archive of exactly 65,535 entries is saturated too, and needs no zip64 record.
  const std::optional<std::size_t> zip64 = zip64_end_offset(file, end_record);
  if (!zip64) return plain;
  return {file.at<std::uint64_t>(*zip64 + 32), file.at<std::uint64_t>(*zip64 + 40),
          file.at<std::uint64_t>(*zip64 + 48), *zip64};
}

/// The directory an end record points to; nullopt when no row is there and the archive is not empty.
std::optional<ZipDirectory> directory_of(const Reader& file, std::size_t end_record) {
  const Claim claim = read_claim(file, end_record);
  ZipDirectory directory;
  directory.end = claim.end;
  directory.claimed_size = claim.size;
  directory.claimed_count = claim.count;
  directory.trailing = static_cast<std::int64_t>(file.size() - end_record - kEndBytes) -
                       file.at<std::uint16_t>(end_record + 20);

  const auto is_row = [&](std::uint64_t offset) {
    return offset < claim.end && is_record(file, offset, kZipRowSignature, kZipRowBytes);
  };
  if (is_row(claim.offset)) {
    directory.offset = claim.offset;
    return directory;
  }
  if (claim.size <= claim.end && claim.end - claim.size > claim.offset && is_row(claim.end - claim.size)) {
    directory.offset = claim.end - claim.size;
    directory.shift = directory.offset - claim.offset;
    return directory;
  }
  if (claim.count != 0 || claim.size != 0 || directory.trailing != 0) return std::nullopt;
  directory.offset = directory.end;
  return directory;
}

/// How far an end record is to be believed; see find_zip_directory().
int rank(const ZipDirectory& directory) {
  if (directory.is_empty()) return 1;
  return directory.trailing == 0 ? 3 : 2;
}

}  // namespace

bool starts_with_local_header(Bytes file) {
  const Reader reader(file, "ZIP archive");
  return file.size() >= 4 && reader.at<std::uint32_t>(0) == kZipLocalHeaderSignature;
}

ZipDirectorySearch find_zip_directory(Bytes file) {
  const Reader reader(file, "ZIP end record");
  ZipDirectorySearch search;
  search.searched = std::min(file.size(), kEndBytes + kMaxComment);
  if (file.size() < kEndBytes) return search;

  const std::size_t start = file.size() - search.searched;
  const Bytes window = reader.slice(start, search.searched - kEndBytes + 1);  // where a signature may start
  std::size_t left = window.size();
  int best = 0;
  while (left > 0) {
    const void* found = ::memrchr(window.data(), 'P', left);
    if (found == nullptr) break;
    left = static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - window.data());
    const std::size_t offset = start + left;
    if (reader.at<std::uint32_t>(offset) != kEndSignature) continue;
    if (!search.end_record) search.end_record = offset;
    const std::optional<ZipDirectory> directory = directory_of(reader, offset);
    if (!directory || rank(*directory) <= best) continue;
    search.directory = directory;
    best = rank(*directory);
    if (best == 3) break;
  }
  return search;
}

}  // namespace sdkprint
