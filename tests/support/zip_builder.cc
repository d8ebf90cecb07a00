#include "zip_builder.h"

#include <libdeflate.h>

#include <algorithm>
#include <cassert>
#include <memory>

namespace sdkprint::test {
namespace {

constexpr std::uint32_t kSaturated32 = 0xffffffff;
constexpr std::uint16_t kSaturated16 = 0xffff;
constexpr std::uint16_t kDescriptorFlag = 1 << 3;

template <typename T>
void put(ByteVector& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void put_bytes(ByteVector& out, Bytes bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

std::uint32_t size_field(const ZipHeader& header, std::uint64_t size) {
  return header.zip64 ? kSaturated32 : static_cast<std::uint32_t>(size);
}

/// Version 2.0 for everything, 4.5 for zip64 (APPNOTE 4.4.3); the date is 1 January 1980.
void put_common(ByteVector& out, const ZipHeader& header) {
  put<std::uint16_t>(out, header.zip64 ? 45 : 20);
  put<std::uint16_t>(out, header.flags);
  put<std::uint16_t>(out, header.method);
  put<std::uint16_t>(out, 0);
  put<std::uint16_t>(out, 0x21);
  put<std::uint32_t>(out, header.crc32);
  put<std::uint32_t>(out, size_field(header, header.compressed_size));
  put<std::uint32_t>(out, size_field(header, header.uncompressed_size));
  put<std::uint16_t>(out, static_cast<std::uint16_t>(header.name.size()));
}

/// The extra field with the zip64 part appended; APPNOTE 4.5.3 gives the order.
ByteVector extra_field(const ZipHeader& header, std::optional<std::uint64_t> offset) {
  ByteVector extra = header.extra;
  if (!header.zip64) return extra;
  put<std::uint16_t>(extra, 1);
  put<std::uint16_t>(extra, offset ? 24 : 16);
  put<std::uint64_t>(extra, header.uncompressed_size);
  put<std::uint64_t>(extra, header.compressed_size);
  if (offset) put<std::uint64_t>(extra, *offset);
  return extra;
}

}  // namespace

ByteVector to_vector(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

std::uint32_t crc32_of(Bytes content) { return libdeflate_crc32(0, content.data(), content.size()); }

ByteVector deflate(Bytes content, int level) {
  const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
      libdeflate_alloc_compressor(level), libdeflate_free_compressor);
  assert(compressor != nullptr);
  ByteVector out(libdeflate_deflate_compress_bound(compressor.get(), content.size()));
  const std::size_t size =
      libdeflate_deflate_compress(compressor.get(), content.data(), content.size(), out.data(), out.size());
  assert(size != 0);
  out.resize(size);
  return out;
}

ZipBuilder& ZipBuilder::add(ZipHeader header, ByteVector data) {
  header.compressed_size = data.size();
  Entry entry;
  entry.local = header;
  entry.central = std::move(header);
  entry.data = std::move(data);
  entries_.push_back(std::move(entry));
  return *this;
}

ZipBuilder& ZipBuilder::stored(std::string_view name, Bytes content) {
  ZipHeader header;
  header.name = name;
  header.crc32 = crc32_of(content);
  header.uncompressed_size = content.size();
  return add(std::move(header), to_vector(content));
}

ZipBuilder& ZipBuilder::stored(std::string_view name, std::string_view content) {
  return stored(name, as_bytes(content));
}

ZipBuilder& ZipBuilder::deflated(std::string_view name, Bytes content, int level) {
  ZipHeader header;
  header.name = name;
  header.method = 8;
  header.crc32 = crc32_of(content);
  header.uncompressed_size = content.size();
  return add(std::move(header), deflate(content, level));
}

ZipBuilder& ZipBuilder::deflated(std::string_view name, std::string_view content, int level) {
  return deflated(name, as_bytes(content), level);
}

ZipBuilder& ZipBuilder::raw(std::string_view name, std::uint16_t method, Bytes data,
                            std::uint64_t uncompressed_size) {
  ZipHeader header;
  header.name = name;
  header.method = method;
  header.uncompressed_size = uncompressed_size;
  return add(std::move(header), to_vector(data));
}

ZipBuilder& ZipBuilder::method(std::uint16_t method) {
  entries_.back().local.method = entries_.back().central.method = method;
  return *this;
}

ZipBuilder& ZipBuilder::flags(std::uint16_t flags) {
  entries_.back().local.flags = entries_.back().central.flags = flags;
  return *this;
}

ZipBuilder& ZipBuilder::data_descriptor(bool with_signature) {
  Entry& entry = entries_.back();
  entry.descriptor = true;
  entry.descriptor_signature = with_signature;
  entry.local.flags |= kDescriptorFlag;
  entry.central.flags |= kDescriptorFlag;
  entry.local.crc32 = 0;
  entry.local.compressed_size = entry.local.uncompressed_size = 0;
  return *this;
}

ZipBuilder& ZipBuilder::zip64() {
  entries_.back().local.zip64 = entries_.back().central.zip64 = true;
  return *this;
}

ZipBuilder& ZipBuilder::aligned(std::size_t alignment) {
  entries_.back().alignment = alignment;
  return *this;
}

ZipBuilder& ZipBuilder::local(const std::function<void(ZipHeader&)>& change) {
  change(entries_.back().local);
  return *this;
}

ZipBuilder& ZipBuilder::central(const std::function<void(ZipHeader&)>& change) {
  change(entries_.back().central);
  return *this;
}

ZipBuilder& ZipBuilder::sharing_data_of(std::size_t index) {
  assert(index + 1 < entries_.size());
  entries_.back().shares = index;
  return *this;
}

ZipBuilder& ZipBuilder::prepended(Bytes bytes, OffsetsFrom from) {
  prepended_ = to_vector(bytes);
  offsets_from_ = from;
  return *this;
}

ZipBuilder& ZipBuilder::signing_block(const std::vector<std::pair<std::uint32_t, ByteVector>>& pairs) {
  ByteVector body;
  for (const auto& [id, value] : pairs) {
    put<std::uint64_t>(body, value.size() + 4);
    put<std::uint32_t>(body, id);
    put_bytes(body, value);
  }
  const std::uint64_t size = body.size() + 8 + 16;  // without the first size field
  ByteVector block;
  put<std::uint64_t>(block, size);
  put_bytes(block, body);
  put<std::uint64_t>(block, size);
  put_bytes(block, as_bytes("APK Sig Block 42"));
  return before_directory(block);
}

ZipBuilder& ZipBuilder::before_directory(Bytes bytes) {
  before_directory_ = to_vector(bytes);
  return *this;
}

ZipBuilder& ZipBuilder::after_directory(Bytes bytes) {
  after_directory_ = to_vector(bytes);
  return *this;
}

ZipBuilder& ZipBuilder::directory_order(std::vector<std::size_t> order) {
  order_ = std::move(order);
  return *this;
}

ZipBuilder& ZipBuilder::comment(std::string_view comment) {
  comment_ = comment;
  return *this;
}

ZipBuilder& ZipBuilder::zip64_end() {
  zip64_end_ = true;
  return *this;
}

ZipBuilder& ZipBuilder::claimed_entries(std::uint64_t count) {
  claimed_entries_ = count;
  return *this;
}

ZipBuilder& ZipBuilder::claimed_directory_size(std::uint64_t size) {
  claimed_size_ = size;
  return *this;
}

ZipBuilder& ZipBuilder::claimed_directory_offset(std::uint64_t offset) {
  claimed_offset_ = offset;
  return *this;
}

ZipBuilder& ZipBuilder::claimed_comment_size(std::uint16_t size) {
  claimed_comment_ = size;
  return *this;
}

ZipBuilder& ZipBuilder::appended(Bytes bytes) {
  appended_ = to_vector(bytes);
  return *this;
}

ZipBuilder& ZipBuilder::without_directory() {
  directory_written_ = false;
  return *this;
}

std::uint64_t ZipBuilder::written_offset(std::uint64_t offset) const {
  return offsets_from_ == OffsetsFrom::file_start ? offset : offset - prepended_.size();
}

std::uint64_t ZipBuilder::write_entry(const Entry& entry, ByteVector& out) const {
  const std::uint64_t offset = out.size();
  ByteVector extra = extra_field(entry.local, std::nullopt);
  const std::size_t data = out.size() + 30 + entry.local.name.size() + extra.size();
  extra.resize(extra.size() + (entry.alignment - data % entry.alignment) % entry.alignment);

  put<std::uint32_t>(out, 0x04034b50);
  put_common(out, entry.local);
  put<std::uint16_t>(out, static_cast<std::uint16_t>(extra.size()));
  put_bytes(out, as_bytes(entry.local.name));
  put_bytes(out, extra);
  put_bytes(out, entry.data);
  if (!entry.descriptor) return offset;

  if (entry.descriptor_signature) put<std::uint32_t>(out, 0x08074b50);
  put<std::uint32_t>(out, entry.central.crc32);
  if (entry.local.zip64) {
    put<std::uint64_t>(out, entry.central.compressed_size);
    put<std::uint64_t>(out, entry.central.uncompressed_size);
  } else {
    put<std::uint32_t>(out, static_cast<std::uint32_t>(entry.central.compressed_size));
    put<std::uint32_t>(out, static_cast<std::uint32_t>(entry.central.uncompressed_size));
  }
  return offset;
}

void ZipBuilder::write_row(const Entry& entry, std::uint64_t offset, ByteVector& out) const {
  const ZipHeader& header = entry.central;
  const std::uint64_t written = header.offset.value_or(written_offset(offset));
  const ByteVector extra = extra_field(header, written);
  put<std::uint32_t>(out, 0x02014b50);
  put<std::uint16_t>(out, 20);  // made by
  put_common(out, header);
  put<std::uint16_t>(out, static_cast<std::uint16_t>(extra.size()));
  put<std::uint16_t>(out, static_cast<std::uint16_t>(header.comment.size()));
  put<std::uint16_t>(out, 0);  // disk
  put<std::uint16_t>(out, 0);  // internal attributes
  put<std::uint32_t>(out, 0);  // external attributes
  put<std::uint32_t>(out, size_field(header, written));
  put_bytes(out, as_bytes(header.name));
  put_bytes(out, extra);
  put_bytes(out, as_bytes(header.comment));
}

void ZipBuilder::write_end(std::uint64_t directory, std::uint64_t size, std::uint64_t count,
                           ByteVector& out) const {
  if (zip64_end_) {
    const std::uint64_t end = written_offset(out.size());
    put<std::uint32_t>(out, 0x06064b50);
    put<std::uint64_t>(out, 44);  // bytes that follow
    put<std::uint16_t>(out, 45);
    put<std::uint16_t>(out, 45);
    put<std::uint32_t>(out, 0);
    put<std::uint32_t>(out, 0);
    put<std::uint64_t>(out, count);
    put<std::uint64_t>(out, count);
    put<std::uint64_t>(out, size);
    put<std::uint64_t>(out, directory);
    put<std::uint32_t>(out, 0x07064b50);
    put<std::uint32_t>(out, 0);
    put<std::uint64_t>(out, end);
    put<std::uint32_t>(out, 1);
  }
  put<std::uint32_t>(out, 0x06054b50);
  put<std::uint16_t>(out, 0);
  put<std::uint16_t>(out, 0);
  put<std::uint16_t>(out, zip64_end_ ? kSaturated16 : static_cast<std::uint16_t>(count));
  put<std::uint16_t>(out, zip64_end_ ? kSaturated16 : static_cast<std::uint16_t>(count));
  put<std::uint32_t>(out, zip64_end_ ? kSaturated32 : static_cast<std::uint32_t>(size));
  put<std::uint32_t>(out, zip64_end_ ? kSaturated32 : static_cast<std::uint32_t>(directory));
  put<std::uint16_t>(out, claimed_comment_.value_or(static_cast<std::uint16_t>(comment_.size())));
  put_bytes(out, as_bytes(comment_));
}

ByteVector ZipBuilder::build() const {
  ByteVector out = prepended_;
  std::vector<std::uint64_t> offsets;
  for (const Entry& entry : entries_) {
    offsets.push_back(entry.shares ? offsets[*entry.shares] : write_entry(entry, out));
  }
  if (!directory_written_) return out;

  put_bytes(out, before_directory_);
  const std::uint64_t directory = out.size();
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < entries_.size(); ++i) order.push_back(i);
  if (order_) order = *order_;
  for (const std::size_t index : order) write_row(entries_[index], offsets[index], out);
  const std::uint64_t size = out.size() - directory;
  put_bytes(out, after_directory_);
  write_end(claimed_offset_.value_or(written_offset(directory)), claimed_size_.value_or(size),
            claimed_entries_.value_or(order.size()), out);
  put_bytes(out, appended_);
  return out;
}

}  // namespace sdkprint::test
