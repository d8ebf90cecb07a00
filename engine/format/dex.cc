#include "format/dex.h"

#include <algorithm>

namespace sdkprint {
namespace {

// header_item (dex-format, "header_item"); offsets from the header's first byte.
constexpr std::size_t kFileSizeOff = 0x20;
constexpr std::size_t kEndianTagOff = 0x28;
constexpr std::size_t kTablesOff = 0x38;  // string_ids_size, string_ids_off, then the other five tables
constexpr std::size_t kHeaderSize = 0x70;
constexpr std::size_t kContainerHeaderSize = 0x78;  // 041: container_size and header_offset follow

constexpr std::uint32_t kEndianConstant = 0x12345678;
constexpr std::uint32_t kReverseEndianConstant = 0x78563412;

constexpr int kFirstVersion = 35;
constexpr int kLastVersion = 41;
constexpr int kContainerVersion = 41;

[[noreturn]] void unsupported(const char* message) {
  throw InputError(InputError::Kind::unsupported, std::string("dex header: ") + message);
}

/// "dex\n039\0" to 39.
int parse_magic(const Reader& reader, std::size_t offset) {
  const std::string_view magic = as_text(reader.slice(offset, 8));
  if (magic.starts_with("cdex")) unsupported("compact dex (of an Android runtime, never of an app)");
  if (magic.starts_with("dey\n")) unsupported("optimised dex (odex)");
  if (!magic.starts_with("dex\n") || magic[7] != '\0') reader.malformed(offset, "no dex magic");
  int version = 0;
  for (const char digit : magic.substr(4, 3)) {
    if (digit < '0' || digit > '9') reader.malformed(offset + 4, "version is not a number");
    version = version * 10 + (digit - '0');
  }
  if (version < kFirstVersion || version > kLastVersion) unsupported("version is not 035 to 041");
  return version;
}

void check_endian(const Reader& reader, std::size_t offset) {
  const std::uint32_t tag = reader.at<std::uint32_t>(offset);
  if (tag == kReverseEndianConstant) unsupported("big-endian");
  if (tag != kEndianConstant) reader.malformed(offset, "endian_tag is neither order");
}

}  // namespace

DexFile::DexFile(Bytes file, std::uint32_t header_offset) : file_(file), reader_(file, "dex") {
  const Reader header(file, "dex header");
  version_ = parse_magic(header, header_offset);
  if (header_offset != 0 && version_ < kContainerVersion) header.malformed(header_offset, "not a container");
  header.slice(header_offset, version_ < kContainerVersion ? kHeaderSize : kContainerHeaderSize);
  check_endian(header, header_offset + kEndianTagOff);

  struct Place {
    Table& table;
    std::size_t row_size;
    const char* rows;
  };
  const Place places[] = {{string_ids_, 4, "string"}, {type_ids_, 4, "type"},
                          {proto_ids_, 12, "proto"},  {field_ids_, 8, "field"},
                          {method_ids_, 8, "method"}, {class_defs_, 32, "class_def"}};
  std::size_t at = header_offset + kTablesOff;
  for (const Place& place : places) {
    place.table.rows = place.rows;
    place.table.size = header.at<std::uint32_t>(at);
    // The offset of an empty table may be anything.
    if (place.table.size != 0) place.table.off = header.at<std::uint32_t>(at + 4);
    reader_.require_table(place.table.off, place.table.size, place.row_size);
    at += 8;
  }
}

std::vector<DexFile> DexFile::open(Bytes file) {
  std::vector<DexFile> result;
  result.emplace_back(file);
  if (result.front().version_ < kContainerVersion) return result;

  // In a container file_size is the distance to the next header, and all offsets count from the container's
  // start. Without the sum, many headers could claim the same large tables.
  const Reader reader(file, "dex container");
  std::uint64_t table_bytes = result.front().table_bytes();
  std::size_t offset = 0;
  while (true) {
    const std::uint32_t file_size = reader.at<std::uint32_t>(offset + kFileSizeOff);
    if (file_size < kContainerHeaderSize || file_size >= file.size() - offset) return result;
    offset += file_size;
    const DexFile& dex = result.emplace_back(file, static_cast<std::uint32_t>(offset));
    table_bytes += dex.table_bytes();
    if (table_bytes > file.size()) reader.malformed(offset, "tables of the dex files overlap");
  }
}

void DexFile::bad_index(const Table& table, std::uint32_t index) {
  throw InputError(std::string("dex: ") + table.rows + " index " + std::to_string(index) + " of " +
                   std::to_string(table.size));
}

std::uint64_t DexFile::table_bytes() const {
  return std::uint64_t{string_ids_.size} * 4 + std::uint64_t{type_ids_.size} * 4 +
         std::uint64_t{proto_ids_.size} * 12 + std::uint64_t{field_ids_.size} * 8 +
         std::uint64_t{method_ids_.size} * 8 + std::uint64_t{class_defs_.size} * 32;
}

Reader DexFile::reader_at(std::uint32_t offset, const char* what) const {
  Reader reader(file_, what);
  reader.seek(offset);
  return reader;
}

std::string_view DexFile::string_at(std::uint32_t data_off) const {
  return reader_.c_string(text_begin(data_off));
}

std::string_view DexFile::string_tail(std::uint32_t index) const {
  const std::size_t begin = text_begin(string_data_off(index));
  return as_text(reader_.slice(begin, file_.size() - begin));
}

std::size_t DexFile::text_begin(std::uint32_t data_off) const {
  // The length counts UTF-16 units and is skipped: one byte for every string below 128 units.
  if (reader_.at<std::uint8_t>(data_off) < 0x80) [[likely]]
    return std::size_t{data_off} + 1;
  Reader reader = reader_at(data_off, "dex string");
  reader.uleb128();
  return reader.offset();
}

Bytes DexFile::type_list_bytes(std::uint32_t offset) const {
  if (offset == 0) return {};
  Reader reader = reader_at(offset, "dex type_list");
  const std::uint32_t size = reader.u32();
  reader.require_table(reader.offset(), size, sizeof(std::uint16_t));
  return reader.bytes(std::size_t{size} * sizeof(std::uint16_t));
}

std::vector<std::uint16_t> DexFile::type_list(std::uint32_t offset) const {
  const Bytes bytes = type_list_bytes(offset);
  std::vector<std::uint16_t> result(bytes.size() / sizeof(std::uint16_t));
  if (!bytes.empty()) std::memcpy(result.data(), bytes.data(), bytes.size());
  return result;
}

std::string DexFile::proto_descriptor(std::uint32_t index) const {
  // A method takes at most 255 arguments; a longer list is hostile and would only cost memory.
  constexpr std::size_t kMaxParameters = 255;
  const DexProtoId row = proto(index);
  const std::vector<std::uint16_t> parameters = type_list(row.parameters_off);
  if (parameters.size() > kMaxParameters) reader_.malformed(row.parameters_off, "over 255 parameters");
  std::string result = "(";
  for (const std::uint16_t parameter : parameters) result += type(parameter);
  result += ')';
  result += type(row.return_type_idx);
  return result;
}

std::string DexFile::method_name(std::uint32_t index) const {
  const DexMethodId row = method(index);
  std::string result(type(row.class_idx));
  result += '.';
  result += string(row.name_idx);
  result += ':';
  result += proto_descriptor(row.proto_idx);
  return result;
}

DexFile::Range DexFile::string_data_range() const {
  if (string_ids_.size == 0) return {0, 0};
  const Bytes rows = string_ids_bytes();
  std::uint32_t lowest = UINT32_MAX, highest = 0;
  for (std::size_t at = 0; at < rows.size(); at += sizeof(std::uint32_t)) {
    std::uint32_t offset;
    std::memcpy(&offset, &rows[at], sizeof offset);
    lowest = std::min(lowest, offset);
    highest = std::max(highest, offset);
  }
  const std::string_view last = string_at(highest);
  const std::uint8_t* end = reinterpret_cast<const std::uint8_t*>(last.data()) + last.size();
  return {lowest, static_cast<std::uint32_t>(end - file_.data())};
}

}  // namespace sdkprint
