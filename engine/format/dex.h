#pragma once
// DEX 035 to 041. Source: AOSP "Dalvik executable format" (source.android.com/docs/core/runtime/dex-format)
// and, for 041's container, AOSP art/libdexfile/dex/dex_file.h.
//
// A dex file is a set of sorted tables (strings, types, protos, fields, methods, class_defs) whose rows refer
// to each other by index and to a data section by offset. One file holds the names of what it defines and of
// what it merely uses: a class is defined here only when a class_def names its type.
//
// A DexFile checks the header and every table's extent once when it is made; rows are read on demand through
// the checked reader. Table indexes are the file's own: nothing is compacted or skipped. Not believed,
// because files in the wild get them wrong and Android runs them: checksum, signature, file_size (the real
// size counts), header_size, link and data sections, the map.
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/reader.h"
#include "format/mutf8.h"

namespace sdkprint {

inline constexpr std::uint32_t kNoIndex = 0xffffffff;

struct DexFieldId {
  std::uint16_t class_idx, type_idx;
  std::uint32_t name_idx;
};
struct DexMethodId {
  std::uint16_t class_idx, proto_idx;
  std::uint32_t name_idx;
};
struct DexProtoId {
  std::uint32_t shorty_idx, return_type_idx, parameters_off;
};

struct DexClassDef {
  std::uint32_t class_idx, access_flags, superclass_idx, interfaces_off, source_file_idx, annotations_off,
      class_data_off, static_values_off;
};

struct DexField {
  std::uint32_t field_idx, access_flags;
};
struct DexMethod {
  std::uint32_t method_idx, access_flags, code_off;
};

/// One class_data_item, decoded.
struct DexClassData {
  std::vector<DexField> static_fields, instance_fields;
  std::vector<DexMethod> direct_methods, virtual_methods;
};

/// The methods of all classes of a file, decoded once for all who need them.
struct DexMethods {
  struct Row {
    std::uint32_t direct_end = 0, virtual_end = 0;  ///< in `methods`; a row begins where the one before ends
    std::uint32_t field_count = 0;
    bool is_known = false;  ///< false: could not be decoded, or was not
  };
  std::vector<Row> rows;  ///< by class_def
  std::vector<DexMethod> methods;

  /// For the next class.
  void add_unknown();
  /// Those of a known row.
  std::span<const DexMethod> direct(std::size_t row) const;
  std::span<const DexMethod> virtuals(std::size_t row) const;
};

/// A code_item's fixed part; `insns` are 16-bit code units, little-endian, `insns_off` their offset in the
/// file.
struct DexCode {
  std::uint16_t registers_size, ins_size, outs_size, tries_size;
  std::uint32_t debug_info_off;
  std::uint32_t insns_off;
  Bytes insns;
};

/// One encoded_value (dex-format, "encoded_value encoding"), as far as constants go.
struct DexValue {
  enum class Type : std::uint8_t { integer, floating, string, type, field, method, boolean, null, other };
  Type type = Type::other;
  std::int64_t integer = 0;  ///< integer, boolean; index for string, type, field, method
  double floating = 0;
};

/// Immutable view over borrowed bytes, which must outlive it; safe to share between threads. Every accessor
/// throws InputError on a bad offset or index.
///
/// A hostile file can let many rows share one long string or one large class_data_item, so that the sum over
/// all rows is quadratic in the file's size; a caller that adds up over rows needs a budget of its own.
class DexFile {
 public:
  /// All dex files in the bytes: one for 035–040, every one of an 041 container (they share the string data).
  /// Throws when any of them is bad. Their tables together never exceed the file's size.
  static std::vector<DexFile> open(Bytes file);

  /// `header_offset` is non-zero only within an 041 container. Throws InputError: unsupported for other
  /// versions, big-endian files, compact and optimised dex; malformed or truncated for the rest.
  explicit DexFile(Bytes file, std::uint32_t header_offset = 0);

  int version() const { return version_; }  ///< 35 … 41
  Bytes file() const { return file_; }

  std::uint32_t string_count() const { return string_ids_.size; }
  std::uint32_t type_count() const { return type_ids_.size; }
  std::uint32_t proto_count() const { return proto_ids_.size; }
  std::uint32_t field_count() const { return field_ids_.size; }
  std::uint32_t method_count() const { return method_ids_.size; }
  std::uint32_t class_count() const { return class_defs_.size; }

  /// Offset of string_data_item `index` (its uleb128 length).
  std::uint32_t string_data_off(std::uint32_t index) const { return row<std::uint32_t>(string_ids_, index); }
  /// MUTF-8 bytes of a string, up to its terminating NUL; borrowed. The uleb128 length is not trusted.
  std::string_view string(std::uint32_t index) const { return string_at(string_data_off(index)); }
  /// From a string's first byte to the end of the file: its NUL is not looked for.
  std::string_view string_tail(std::uint32_t index) const;
  /// The same for a string_data_item at a file offset.
  std::string_view string_at(std::uint32_t data_off) const;
  /// The descriptor of a type, borrowed MUTF-8 ("Lcom/foo/Bar;").
  std::string_view type(std::uint32_t index) const { return string(type_string_idx(index)); }
  std::uint32_t type_string_idx(std::uint32_t index) const { return row<std::uint32_t>(type_ids_, index); }
  DexProtoId proto(std::uint32_t index) const { return row<DexProtoId>(proto_ids_, index); }
  DexFieldId field(std::uint32_t index) const { return row<DexFieldId>(field_ids_, index); }
  DexMethodId method(std::uint32_t index) const { return row<DexMethodId>(method_ids_, index); }
  /// Calls visit(index, row) for all rows of method_ids or field_ids in turn: their bounds are checked once.
  template <typename Visit>
  void for_each_method(Visit visit) const {
    for_each_row<DexMethodId>(method_ids_, visit);
  }
  template <typename Visit>
  void for_each_field(Visit visit) const {
    for_each_row<DexFieldId>(field_ids_, visit);
  }
  DexClassDef class_def(std::uint32_t index) const { return row<DexClassDef>(class_defs_, index); }
  /// The type indexes of a type_list (interfaces, parameters); `offset` 0 is the empty list.
  std::vector<std::uint16_t> type_list(std::uint32_t offset) const;
  /// The same as it stands in the file: 16-bit little-endian indexes, borrowed.
  Bytes type_list_bytes(std::uint32_t offset) const;

  /// dexdump's notation: "Lcom/foo/Bar;.name:(I)V".
  std::string method_name(std::uint32_t index) const;
  /// "(I)V"
  std::string proto_descriptor(std::uint32_t index) const;

  /// Decodes into `out`, whose memory is reused. `offset` 0 gives an empty class. Field and method indexes
  /// are checked against their tables.
  void class_data(std::uint32_t offset, DexClassData& out) const;
  /// The same, but adds a row of methods and of fields only their number; nothing when it throws.
  void class_methods(std::uint32_t offset, DexMethods& out) const;
  DexCode code(std::uint32_t offset) const;
  /// Its instructions alone.
  Bytes insns(std::uint32_t offset) const {
    const std::size_t units = reader_.at<std::uint32_t>(std::size_t{offset} + kInsnsSizeOff);
    return reader_.slice(std::size_t{offset} + kInsnsOff, units * sizeof(std::uint16_t));
  }
  /// For code that will be asked for soon. Any offset will do.
  void prefetch_code(std::uint32_t offset) const { reader_.prefetch(offset); }
  /// Bytes of instructions of a code item, without touching them (for counting). Throws like code().
  std::uint32_t code_size(std::uint32_t offset) const {
    return static_cast<std::uint32_t>(insns(offset).size());
  }

  /// The values of an encoded_array_item at `offset`, at most `limit`. Nested arrays and annotations are
  /// skipped properly (depth-limited) and give Type::other.
  std::vector<DexValue> encoded_array(std::uint32_t offset, std::size_t limit = 65536) const;

  /// Where string data lies: from the lowest string_data_item to the highest one's NUL (exclusive of it).
  /// Scanning this range visits every string, and maybe bytes that belong to none. Costs one pass over
  /// string_ids. Empty without strings.
  struct Range {
    std::uint32_t begin, end;
  };
  Range string_data_range() const;

  /// Line of a code offset (16-bit units) from debug_info, or nullopt (none, or unreadable: never throws).
  std::optional<std::uint32_t> line(std::uint32_t debug_info_off, std::uint32_t pc) const;
  /// The same for a caller that asks often, and must not pay for one long debug_info that all methods share:
  /// each step through the debug_info takes one from `steps_left`, and at 0 there is no answer.
  std::optional<std::uint32_t> line(std::uint32_t debug_info_off, std::uint32_t pc,
                                    std::uint64_t& steps_left) const;

 private:
  friend class DexStringIndex;
  static constexpr std::size_t kInsnsSizeOff = 12, kInsnsOff = 16;  // in a code_item
  struct Table {
    std::uint32_t off = 0, size = 0;
    const char* rows = "";  ///< what they are, for messages
  };

  /// Rows are packed little-endian integers, the layout of the structs above on every host we run on.
  template <typename T>
  T row(const Table& table, std::uint32_t index) const {
    if (index >= table.size) [[unlikely]]
      bad_index(table, index);
    return fixed<T>(std::size_t{table.off} + std::size_t{index} * sizeof(T));
  }
  template <typename T>
  T fixed(std::size_t offset) const {
    T value;
    std::memcpy(&value, reader_.slice(offset, sizeof(T)).data(), sizeof(T));
    return value;
  }
  template <typename T, typename Visit>
  void for_each_row(const Table& table, Visit visit) const {
    const Bytes rows = reader_.slice(table.off, std::size_t{table.size} * sizeof(T));
    for (std::uint32_t i = 0; i < table.size; ++i) {
      T row;
      std::memcpy(&row, rows.data() + std::size_t{i} * sizeof(T), sizeof(T));
      visit(i, row);
    }
  }
  [[noreturn]] static void bad_index(const Table& table, std::uint32_t index);
  Reader reader_at(std::uint32_t offset, const char* what) const;
  /// Past the length of a string_data_item.
  std::size_t text_begin(std::uint32_t data_off) const;
  Bytes string_ids_bytes() const { return reader_.slice(string_ids_.off, std::size_t{string_ids_.size} * 4); }
  std::uint64_t table_bytes() const;

  Bytes file_;
  Reader reader_;
  int version_ = 0;
  Table string_ids_, type_ids_, proto_ids_, field_ids_, method_ids_, class_defs_;
};

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
static_assert(sizeof(DexFieldId) == 8 && sizeof(DexMethodId) == 8 && sizeof(DexProtoId) == 12 &&
              sizeof(DexClassDef) == 32);

/// Finds which string a file offset lies in. Building costs one pass over string_ids; only when their offsets
/// are not ascending (dx and d8 always write them so) is a sorted copy made. A lookup is a binary search, and
/// a repeated or ascending run of lookups does not measure the same text again: for that it remembers the
/// last stretch of text, so an index belongs to one thread. Borrows the DexFile.
class DexStringIndex {
 public:
  explicit DexStringIndex(const DexFile& dex);
  struct Hit {
    std::uint32_t index;    ///< the string; of several at one offset, the highest
    std::uint32_t begin;    ///< file offset of its first byte
    std::string_view text;  ///< MUTF-8, up to the NUL
  };
  /// The string whose MUTF-8 bytes contain the file offset, or nullopt (between strings, in a length, on a
  /// NUL). When strings overlap, the one that begins last.
  std::optional<Hit> at(std::uint32_t file_offset) const;

 private:
  struct Row {
    std::uint32_t offset, index;
  };
  std::uint32_t size() const { return dex_.string_count(); }
  Row row(std::uint32_t rank) const;
  std::size_t end_of_text(std::uint32_t begin) const;

  const DexFile& dex_;
  std::vector<Row> sorted_;                            // by offset; empty when the file's own table is sorted
  mutable std::size_t text_begin_ = 0, text_end_ = 0;  // a stretch without NUL, ended by one
};

}  // namespace sdkprint
