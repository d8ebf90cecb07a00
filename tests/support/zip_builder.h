#pragma once
// Makes ZIP archives byte by byte, well-formed unless told otherwise:
//
//   ByteVector apk = ZipBuilder().deflated("classes.dex", dex).stored("a.txt", "hello").aligned(4).build();
//
// A call such as aligned() or central() concerns the entry added last; calls on the archive as a whole
// (comment(), prepended() …) may stand anywhere. Everything is written at build(), which may be called again.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "hostile.h"

namespace sdkprint::test {

/// A raw DEFLATE stream that inflates to `content`; level 0 to 12.
ByteVector deflate(Bytes content, int level = 6);
std::uint32_t crc32_of(Bytes content);
ByteVector to_vector(Bytes bytes);

/// The fields of one header as they will be written. An entry has two, local and central, equal until
/// changed.
struct ZipHeader {
  std::string name;
  std::uint16_t method = 0;
  std::uint16_t flags = 0;
  std::uint32_t crc32 = 0;
  std::uint64_t compressed_size = 0;
  std::uint64_t uncompressed_size = 0;
  ByteVector extra;                     ///< before the zip64 field and the padding of aligned()
  std::string comment;                  ///< central only
  std::optional<std::uint64_t> offset;  ///< central only: in place of the true offset of the local header
  bool zip64 = false;                   ///< sizes (and central: offset) go to the zip64 extra field
};

/// Where the offsets of an archive with prepended bytes count from.
enum class OffsetsFrom : std::uint8_t { file_start, end_of_prepended };

class ZipBuilder {
 public:
  // Entries, written in this order.
  ZipBuilder& stored(std::string_view name, Bytes content);
  ZipBuilder& stored(std::string_view name, std::string_view content);
  ZipBuilder& deflated(std::string_view name, Bytes content, int level = 6);
  ZipBuilder& deflated(std::string_view name, std::string_view content, int level = 6);
  /// Data as given, with any method; the CRC is 0.
  ZipBuilder& raw(std::string_view name, std::uint16_t method, Bytes data, std::uint64_t uncompressed_size);

  // The entry added last.
  /// In both headers.
  ZipBuilder& method(std::uint16_t method);
  ZipBuilder& flags(std::uint16_t flags);
  /// Sizes and CRC follow the data; the local header has zeros and flag bit 3.
  ZipBuilder& data_descriptor(bool with_signature = true);
  ZipBuilder& zip64();
  /// Pads the local extra field (as zipalign does) so that the data starts at a multiple of `alignment`.
  ZipBuilder& aligned(std::size_t alignment);
  ZipBuilder& local(const std::function<void(ZipHeader&)>& change);
  ZipBuilder& central(const std::function<void(ZipHeader&)>& change);
  /// No local header and no data of its own: its central row points to the local header of entry `index`.
  ZipBuilder& sharing_data_of(std::size_t index);

  // The archive.
  ZipBuilder& prepended(Bytes bytes, OffsetsFrom from = OffsetsFrom::file_start);
  /// An APK Signing Block of these (id, value) pairs, before the central directory.
  ZipBuilder& signing_block(const std::vector<std::pair<std::uint32_t, ByteVector>>& pairs);
  /// Any bytes before the central directory.
  ZipBuilder& before_directory(Bytes bytes);
  /// Any bytes between the last central row and the end records.
  ZipBuilder& after_directory(Bytes bytes);
  /// The rows of the central directory, by index of the entries; an index may be left out or come twice.
  ZipBuilder& directory_order(std::vector<std::size_t> order);
  ZipBuilder& comment(std::string_view comment);
  /// With zip64 end record and locator, the plain end record saturated.
  ZipBuilder& zip64_end();
  /// What the end record claims.
  ZipBuilder& claimed_entries(std::uint64_t count);
  ZipBuilder& claimed_directory_size(std::uint64_t size);
  ZipBuilder& claimed_directory_offset(std::uint64_t offset);
  ZipBuilder& claimed_comment_size(std::uint16_t size);
  /// Bytes after the comment.
  ZipBuilder& appended(Bytes bytes);
  /// Ends after the last entry's data, as a broken-off download does.
  ZipBuilder& without_directory();

  ByteVector build() const;

 private:
  struct Entry {
    ZipHeader local;
    ZipHeader central;
    ByteVector data;
    std::size_t alignment = 1;
    bool descriptor = false;
    bool descriptor_signature = true;
    std::optional<std::size_t> shares;
  };

  ZipBuilder& add(ZipHeader header, ByteVector data);
  std::uint64_t write_entry(const Entry& entry, ByteVector& out) const;
  void write_row(const Entry& entry, std::uint64_t offset, ByteVector& out) const;
  void write_end(std::uint64_t directory, std::uint64_t size, std::uint64_t count, ByteVector& out) const;
  std::uint64_t written_offset(std::uint64_t offset) const;

  std::vector<Entry> entries_;
  ByteVector prepended_;
  OffsetsFrom offsets_from_ = OffsetsFrom::file_start;
  ByteVector before_directory_;
  ByteVector after_directory_;
  ByteVector appended_;
  std::optional<std::vector<std::size_t>> order_;
  std::string comment_;
  bool zip64_end_ = false;
  bool directory_written_ = true;
  std::optional<std::uint64_t> claimed_entries_, claimed_size_, claimed_offset_;
  std::optional<std::uint16_t> claimed_comment_;
};

}  // namespace sdkprint::test
