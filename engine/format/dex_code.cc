// class_data_item and code_item: what a class defines, and the instructions of a method.
#include <bit>

#include "format/dex.h"

namespace sdkprint {
namespace {

static_assert(sizeof(DexField) == 8 && sizeof(DexMethod) == 12);

/// A class's numbers take one byte to four, in no order that a processor could guess: all bytes are taken at
/// once, and without a branch on how many there are.
inline std::uint32_t uleb128(Reader& reader) {
  if (reader.remaining() < sizeof(std::uint64_t)) return reader.uleb128();
  const std::uint64_t word = reader.at<std::uint64_t>(reader.offset());
  const std::uint64_t ends = ~word & 0x80808080;  // of the first four bytes, those that end a number
  if (ends == 0) return reader.uleb128();
  const std::uint64_t bytes = word & (ends ^ (ends - 1));  // up to the first end
  reader.skip(static_cast<std::size_t>(std::countr_zero(ends)) / 8 + 1);
  return static_cast<std::uint32_t>((bytes & 0x7f) | (bytes >> 1 & 0x3f80) | (bytes >> 2 & 0x1fc000) |
                                    (bytes >> 3 & 0xfe00000));
}

/// Indexes are stored as the difference from the one before.
inline std::uint32_t next_index(Reader& reader, std::uint32_t previous, std::uint32_t count,
                                const char* message) {
  const std::uint64_t index = std::uint64_t{previous} + uleb128(reader);
  if (index >= count) [[unlikely]]
    reader.malformed(reader.offset(), message);
  return static_cast<std::uint32_t>(index);
}

void read_fields(Reader& reader, std::uint32_t field_count, std::vector<DexField>& out) {
  std::uint32_t index = 0;
  for (DexField& field : out) {
    index = next_index(reader, index, field_count, "no such field index");
    field = {index, uleb128(reader)};
  }
}

void read_methods(Reader& reader, std::uint32_t method_count, std::span<DexMethod> out) {
  std::uint32_t index = 0;
  for (DexMethod& method : out) {
    index = next_index(reader, index, method_count, "no such method index");
    const std::uint32_t access_flags = uleb128(reader);
    method = {index, access_flags, uleb128(reader)};
    reader.prefetch(method.code_off);  // whoever reads a class asks for its code next
  }
}

void skip_fields(Reader& reader, std::uint32_t field_count, std::uint32_t count) {
  std::uint32_t index = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    index = next_index(reader, index, field_count, "no such field index");
    uleb128(reader);
  }
}

struct ClassSizes {
  std::uint32_t static_fields, instance_fields, direct_methods, virtual_methods;
};

/// A field takes at least two bytes and a method three: no count can make us allocate more than the file pays
/// for.
ClassSizes read_sizes(Reader& reader) {
  ClassSizes sizes;
  sizes.static_fields = uleb128(reader), sizes.instance_fields = uleb128(reader);
  sizes.direct_methods = uleb128(reader), sizes.virtual_methods = uleb128(reader);
  const std::uint64_t fields = std::uint64_t{sizes.static_fields} + sizes.instance_fields;
  const std::uint64_t methods = std::uint64_t{sizes.direct_methods} + sizes.virtual_methods;
  reader.require_table(reader.offset(), fields * 2 + methods * 3, 1);
  return sizes;
}

struct CodeHeader {
  std::uint16_t registers_size, ins_size, outs_size, tries_size;
  std::uint32_t debug_info_off, insns_size;
};
static_assert(sizeof(CodeHeader) == 16);

constexpr std::size_t kUnit = sizeof(std::uint16_t);

}  // namespace

void DexFile::class_data(std::uint32_t offset, DexClassData& out) const {
  out.static_fields.clear(), out.instance_fields.clear();
  out.direct_methods.clear(), out.virtual_methods.clear();
  if (offset == 0) return;
  Reader reader = reader_at(offset, "dex class_data");
  const ClassSizes sizes = read_sizes(reader);
  out.static_fields.resize(sizes.static_fields);
  read_fields(reader, field_count(), out.static_fields);
  out.instance_fields.resize(sizes.instance_fields);
  read_fields(reader, field_count(), out.instance_fields);
  out.direct_methods.resize(sizes.direct_methods);
  read_methods(reader, method_count(), out.direct_methods);
  out.virtual_methods.resize(sizes.virtual_methods);
  read_methods(reader, method_count(), out.virtual_methods);
}

void DexFile::class_methods(std::uint32_t offset, DexMethods& out) const {
  const std::size_t begin = out.methods.size();
  DexMethods::Row row{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin), 0, true};
  if (offset != 0) {
    Reader reader = reader_at(offset, "dex class_data");
    const ClassSizes sizes = read_sizes(reader);
    try {
      skip_fields(reader, field_count(), sizes.static_fields);
      skip_fields(reader, field_count(), sizes.instance_fields);
      out.methods.resize(begin + sizes.direct_methods + sizes.virtual_methods);
      const std::span<DexMethod> methods = std::span(out.methods).subspan(begin);
      read_methods(reader, method_count(), methods.first(sizes.direct_methods));
      read_methods(reader, method_count(), methods.subspan(sizes.direct_methods));
    } catch (const InputError&) {
      out.methods.resize(begin);
      throw;
    }
    row.direct_end += sizes.direct_methods;
    row.virtual_end = row.direct_end + sizes.virtual_methods;
    row.field_count = sizes.static_fields + sizes.instance_fields;
  }
  out.rows.push_back(row);
}

void DexMethods::add_unknown() {
  const std::uint32_t end = static_cast<std::uint32_t>(methods.size());
  rows.push_back({end, end, 0, false});
}

std::span<const DexMethod> DexMethods::direct(std::size_t row) const {
  const std::uint32_t begin = row == 0 ? 0 : rows[row - 1].virtual_end;
  return std::span(methods).subspan(begin, rows[row].direct_end - begin);
}

std::span<const DexMethod> DexMethods::virtuals(std::size_t row) const {
  return std::span(methods).subspan(rows[row].direct_end, rows[row].virtual_end - rows[row].direct_end);
}

DexCode DexFile::code(std::uint32_t offset) const {
  const CodeHeader header = fixed<CodeHeader>(offset);
  const std::size_t insns_off = std::size_t{offset} + sizeof(CodeHeader);
  const Bytes insns = reader_.slice(insns_off, std::size_t{header.insns_size} * kUnit);
  return {header.registers_size,
          header.ins_size,
          header.outs_size,
          header.tries_size,
          header.debug_info_off,
          static_cast<std::uint32_t>(insns_off),
          insns};
}

}  // namespace sdkprint
