// encoded_value: the constants of static fields (and of annotations). A value's first byte holds its type in
// the low five bits and, for numbers and indexes, its width minus one in the high three.
#include <algorithm>
#include <bit>

#include "format/dex.h"

namespace sdkprint {
namespace {

constexpr int kMaxDepth = 32;  // arrays within annotations within …; compilers stay below ten

enum ValueType : std::uint8_t {
  kByte = 0x00,
  kShort = 0x02,
  kChar = 0x03,
  kInt = 0x04,
  kLong = 0x06,
  kFloat = 0x10,
  kDouble = 0x11,
  kMethodType = 0x15,
  kMethodHandle = 0x16,
  kString = 0x17,
  kType = 0x18,
  kField = 0x19,
  kMethod = 0x1a,
  kEnum = 0x1b,
  kArray = 0x1c,
  kAnnotation = 0x1d,
  kNull = 0x1e,
  kBoolean = 0x1f,
};

/// Bytes of a number in full, 0 for values that are not numbers or indexes.
unsigned full_width(std::uint8_t type) {
  switch (type) {
    case kByte:
      return 1;
    case kShort:
    case kChar:
      return 2;
    case kInt:
    case kFloat:
    case kMethodType:
    case kMethodHandle:
    case kString:
    case kType:
    case kField:
    case kMethod:
    case kEnum:
      return 4;
    case kLong:
    case kDouble:
      return 8;
    default:
      return 0;
  }
}

std::uint64_t little_endian(Bytes bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) value |= std::uint64_t{bytes[i]} << (i * 8);
  return value;
}

std::int64_t sign_extend(std::uint64_t value, unsigned bits) {
  return static_cast<std::int64_t>(value << (64 - bits)) >> (64 - bits);
}

DexValue number(std::uint8_t type, Bytes bytes) {
  using Type = DexValue::Type;
  const std::uint64_t bits = little_endian(bytes);
  const unsigned stored = static_cast<unsigned>(bytes.size()) * 8;
  switch (type) {
    case kByte:
    case kShort:
    case kInt:
    case kLong:
      return {Type::integer, sign_extend(bits, stored), 0};
    case kChar:
      return {Type::integer, static_cast<std::int64_t>(bits), 0};
    // Floating numbers keep their high bytes.
    case kFloat:
      return {Type::floating, 0, std::bit_cast<float>(static_cast<std::uint32_t>(bits << (32 - stored)))};
    case kDouble:
      return {Type::floating, 0, std::bit_cast<double>(bits << (64 - stored))};
    case kString:
      return {Type::string, static_cast<std::int64_t>(bits), 0};
    case kType:
      return {Type::type, static_cast<std::int64_t>(bits), 0};
    case kField:
    case kEnum:
      return {Type::field, static_cast<std::int64_t>(bits), 0};
    case kMethod:
      return {Type::method, static_cast<std::int64_t>(bits), 0};
    default:
      return {};
  }
}

DexValue read_value(Reader& reader, int depth);

void skip_array(Reader& reader, int depth) {
  for (std::uint32_t left = reader.uleb128(); left > 0; --left) read_value(reader, depth);
}

void skip_annotation(Reader& reader, int depth) {
  reader.uleb128();  // its type
  for (std::uint32_t left = reader.uleb128(); left > 0; --left) {
    reader.uleb128();  // the element's name
    read_value(reader, depth);
  }
}

/// Every value takes at least one byte, so the work is bounded by the bytes there are.
DexValue read_value(Reader& reader, int depth) {
  const std::size_t start = reader.offset();
  const std::uint8_t head = reader.u8();
  const std::uint8_t type = head & 0x1f;
  const unsigned argument = head >> 5;
  if (const unsigned width = full_width(type); width != 0) {
    if (argument + 1 > width) reader.malformed(start, "value wider than its type");
    return number(type, reader.bytes(argument + 1));
  }
  if (depth >= kMaxDepth) reader.malformed(start, "values nested too deeply");
  switch (type) {
    case kBoolean:
      return {DexValue::Type::boolean, argument & 1, 0};
    case kNull:
      return {DexValue::Type::null, 0, 0};
    case kArray:
      skip_array(reader, depth + 1);
      return {};
    case kAnnotation:
      skip_annotation(reader, depth + 1);
      return {};
    default:
      reader.malformed(start, "unknown value type");
  }
}

}  // namespace

std::vector<DexValue> DexFile::encoded_array(std::uint32_t offset, std::size_t limit) const {
  Reader reader = reader_at(offset, "dex encoded_array");
  const std::uint32_t size = reader.uleb128();
  reader.require_table(reader.offset(), size, 1);
  std::vector<DexValue> result;
  result.reserve(std::min<std::size_t>(size, limit));
  while (result.size() < size && result.size() < limit) result.push_back(read_value(reader, 0));
  return result;
}

}  // namespace sdkprint
