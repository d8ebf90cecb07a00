// resources.arsc (AOSP frameworks/base/libs/androidfw ResourceTypes.h, LoadedArsc.cpp): one pool with every
// string value, then packages; a package holds, for each type (string, drawable …) and configuration (zh-CN,
// hdpi …), a chunk that maps an entry number to a value. Resource id 0xPPTTEEEE = package, type, entry. Only
// the chunk headers are read up front, so a lookup costs the same in a table of any size.
#include <algorithm>
#include <utility>

#include "base/reader.h"
#include "format/res_value.h"
#include "format/resource_source.h"
#include "format/string_pool.h"

namespace sdkprint {
namespace {

enum ChunkType : std::uint16_t { kStringPool = 0x0001, kTable = 0x0002, kPackage = 0x0200, kType = 0x0201 };
enum TypeFlag : std::uint8_t { kSparse = 0x01, kOffset16 = 0x02 };
enum EntryFlag : std::uint16_t { kComplex = 0x0001, kCompact = 0x0008 };

// Type chunks: 3,000 in the largest apps; the smallest takes 52 bytes.
constexpr std::size_t kMaxTypeChunks = 1 << 17;
constexpr std::size_t kTypeHeaderSize = 20;

struct TypeChunk {
  std::uint16_t package_and_type;
  std::uint32_t offset, size;
};

/// Packed locale letters: plain ASCII, or with the top bit set three letters of 5 bits each
/// (ResTable_config).
std::string unpack_letters(std::uint8_t first, std::uint8_t second, char base) {
  if (first == 0) return {};
  std::string letters;
  if ((first & 0x80) != 0) {
    const int packed[] = {second & 0x1f, (second & 0xe0) >> 5 | (first & 0x03) << 3, (first & 0x7c) >> 2};
    for (const int letter : packed) letters.push_back(static_cast<char>(base + letter));
  } else {
    letters = {static_cast<char>(first), static_cast<char>(second)};
  }
  for (char& letter : letters) {
    if (letter < '0' || letter > 'z') letter = '?';
  }
  return letters;
}

/// Offsets within ResTable_config, which grew over the years; what is not there is zero.
void read_configuration(Bytes config, RawResourceValue& value) {
  const auto byte = [&](std::size_t i) -> std::uint8_t { return i < config.size() ? config[i] : 0; };
  value.language = unpack_letters(byte(8), byte(9), 'a');
  value.region = unpack_letters(byte(10), byte(11), '0');
  for (std::size_t i = 36; i < 40 && byte(i) != 0; ++i) {
    value.script.push_back(byte(i) >= 'A' && byte(i) <= 'z' ? static_cast<char>(byte(i)) : '?');
  }
  const auto is_set = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (byte(i) != 0) return true;
    }
    return false;
  };
  value.is_qualified = is_set(4, 8) || is_set(12, 36) || is_set(48, 52);
}

class Arsc : public ResourceSource {
 public:
  explicit Arsc(Bytes file) : file_(file, "resources.arsc") {
    const std::size_t header_size = file_.at<std::uint16_t>(2);
    file_.require_table(0, 1, 12);
    read_table(std::clamp<std::size_t>(header_size, 12, file_.size()));
    std::stable_sort(types_.begin(), types_.end(), less);
  }

  std::vector<RawResourceValue> find(std::uint32_t id) const override {
    std::vector<RawResourceValue> values;
    const TypeChunk wanted{static_cast<std::uint16_t>(id >> 16), 0, 0};
    const auto range = std::equal_range(types_.begin(), types_.end(), wanted, less);
    for (auto chunk = range.first; chunk != range.second && values.size() < kMaxConfigurations; ++chunk) {
      try {
        std::optional<RawResourceValue> value = find_in(*chunk, id & 0xffff);
        if (value) values.push_back(std::move(*value));
      } catch (const InputError&) {
        // A broken chunk loses its own configuration only.
      }
    }
    return values;
  }

 private:
  static bool less(const TypeChunk& left, const TypeChunk& right) {
    return left.package_and_type < right.package_and_type;
  }

  /// Calls visit(type, header size, offset, size) for each chunk; a size that cannot be right ends the walk.
  template <typename Visit>
  void walk(std::size_t offset, std::size_t end, Visit visit) const {
    while (end - offset >= 8) {
      const std::size_t size = file_.at<std::uint32_t>(offset + 4);
      const std::size_t header_size = file_.at<std::uint16_t>(offset + 2);
      if (size < 8 || header_size > size || size > end - offset) return;
      visit(file_.at<std::uint16_t>(offset), header_size, offset, size);
      offset += size;
    }
  }

  void read_table(std::size_t offset) {
    walk(offset, file_.size(),
         [&](std::uint16_t type, std::size_t header_size, std::size_t at, std::size_t size) {
           if (type == kStringPool && strings_.size() == 0) strings_ = open_pool(at, size);
           if (type == kPackage && header_size >= 12) read_package(at, header_size, size);
         });
  }

  StringPool open_pool(std::size_t offset, std::size_t size) const {
    try {
      return StringPool(file_.slice(offset, size), nullptr);
    } catch (const InputError&) {
      return {};
    }
  }

  void read_package(std::size_t start, std::size_t header_size, std::size_t size) {
    const std::uint32_t package = file_.at<std::uint32_t>(start + 8);
    // Feature splits number their types from here on (ResTable_package::typeIdOffset, in headers of 288
    // bytes).
    const std::uint32_t type_offset = header_size >= 288 ? file_.at<std::uint32_t>(start + 284) : 0;
    walk(start + header_size, start + size,
         [&](std::uint16_t type, std::size_t type_header_size, std::size_t at, std::size_t type_size) {
           if (type != kType || type_header_size < kTypeHeaderSize || types_.size() == kMaxTypeChunks) return;
           const std::uint32_t type_id = file_.at<std::uint8_t>(at + 8) + type_offset;
           if (package > 0xff || type_id > 0xff) return;
           types_.push_back({static_cast<std::uint16_t>(package << 8 | type_id),
                             static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(type_size)});
         });
  }

  std::optional<RawResourceValue> find_in(const TypeChunk& where, std::uint32_t entry) const {
    const Reader chunk(file_.slice(where.offset, where.size), "resource type");
    const std::optional<std::size_t> offset = entry_offset(chunk, entry);
    if (!offset) return std::nullopt;
    const std::uint16_t first = chunk.at<std::uint16_t>(*offset);
    const std::uint16_t flags = chunk.at<std::uint16_t>(*offset + 2);
    ResValue value;
    if ((flags & kCompact) != 0) {
      value = {static_cast<std::uint8_t>(flags >> 8), chunk.at<std::uint32_t>(*offset + 4)};
    } else if ((flags & kComplex) != 0) {
      return std::nullopt;
    } else {
      value = {chunk.at<std::uint8_t>(*offset + first + 3), chunk.at<std::uint32_t>(*offset + first + 4)};
    }
    return raw_value(chunk, value);
  }

  /// From the start of the chunk; nullopt when this configuration has no such entry.
  static std::optional<std::size_t> entry_offset(const Reader& chunk, std::uint32_t entry) {
    const std::uint8_t flags = chunk.at<std::uint8_t>(9);
    const std::uint32_t count = chunk.at<std::uint32_t>(12);
    const std::size_t entries = chunk.at<std::uint32_t>(16);
    const std::size_t table = chunk.at<std::uint16_t>(2);
    if ((flags & kSparse) != 0) return sparse_offset(chunk, table, count, entries, entry);
    if (entry >= count) return std::nullopt;
    if ((flags & kOffset16) != 0) {
      const std::uint16_t offset = chunk.at<std::uint16_t>(table + std::size_t{2} * entry);
      if (offset == 0xffff) return std::nullopt;
      return entries + std::size_t{4} * offset;
    }
    const std::uint32_t offset = chunk.at<std::uint32_t>(table + std::size_t{4} * entry);
    if (offset == 0xffffffff) return std::nullopt;
    return entries + offset;
  }

  /// Sparse types list (entry number, offset / 4) pairs, ascending.
  static std::optional<std::size_t> sparse_offset(const Reader& chunk, std::size_t table, std::size_t count,
                                                  std::size_t entries, std::uint32_t entry) {
    chunk.require_table(table, count, 4);
    std::size_t low = 0, high = count;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      const std::uint16_t number = chunk.at<std::uint16_t>(table + 4 * middle);
      if (number == entry) return entries + std::size_t{4} * chunk.at<std::uint16_t>(table + 4 * middle + 2);
      if (number < entry) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return std::nullopt;
  }

  RawResourceValue raw_value(const Reader& chunk, const ResValue& value) const {
    RawResourceValue result;
    const std::size_t config_size = chunk.at<std::uint32_t>(kTypeHeaderSize);
    const std::size_t room = chunk.size() - kTypeHeaderSize;
    read_configuration(chunk.slice(kTypeHeaderSize, std::min(config_size, room)), result);
    result.reference = value.referenced();
    result.text =
        value.type == ResValue::string ? strings_.text(value.data, kMaxResourceText, nullptr) : value.text();
    return result;
  }

  Reader file_;
  StringPool strings_;
  std::vector<TypeChunk> types_;  // by package and type, else in the order of the file
};

}  // namespace

std::unique_ptr<const ResourceSource> open_arsc(Bytes file) { return std::make_unique<Arsc>(file); }

}  // namespace sdkprint
