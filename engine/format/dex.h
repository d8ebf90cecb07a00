#pragma once
// DEX 035 to 041. Source: AOSP "Dalvik executable format" (source.android.com/docs/core/runtime/dex-format)
// and, for 041's container, AOSP art/libdexfile/dex/dex_file.h.
//
// A DexFile checks the header and every table's extent once when it is made; rows are read on demand through
// the checked reader. Table indexes are the file's own: nothing is compacted or skipped.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/reader.h"

namespace sdkprint {

inline constexpr std::uint32_t kNoIndex = 0xffffffff;

struct DexFieldId { std::uint16_t class_idx, type_idx; std::uint32_t name_idx; };
struct DexMethodId { std::uint16_t class_idx, proto_idx; std::uint32_t name_idx; };
struct DexProtoId { std::uint32_t shorty_idx, return_type_idx, parameters_off; };

struct DexClassDef {
  std::uint32_t class_idx, access_flags, superclass_idx, interfaces_off, source_file_idx, annotations_off,
      class_data_off, static_values_off;
};

struct DexField { std::uint32_t field_idx, access_flags; };
struct DexMethod { std::uint32_t method_idx, access_flags, code_off; };

/// One class_data_item, decoded.
struct DexClassData {
  std::vector<DexField> static_fields, instance_fields;
  std::vector<DexMethod> direct_methods, virtual_methods;
};

/// A code_item's fixed part; `insns` are 16-bit code units, little-endian, `insns_off` their offset in the file.
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
class DexFile {
 public:
  /// All dex files in the bytes: one for 035–040, every one of an 041 container (they share the string data).
  static std::vector<DexFile> open(Bytes file);

  /// `header_offset` is non-zero only within an 041 container.
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
  std::uint32_t string_data_off(std::uint32_t index) const;
  /// MUTF-8 bytes of a string, up to its terminating NUL; borrowed. The uleb128 length is not trusted.
  std::string_view string(std::uint32_t index) const;
  /// The descriptor of a type, borrowed MUTF-8 ("Lcom/foo/Bar;").
  std::string_view type(std::uint32_t index) const;
  std::uint32_t type_string_idx(std::uint32_t index) const;
  DexProtoId proto(std::uint32_t index) const;
  DexFieldId field(std::uint32_t index) const;
  DexMethodId method(std::uint32_t index) const;
  DexClassDef class_def(std::uint32_t index) const;
  /// The type indexes of a type_list (interfaces, parameters); `offset` 0 is the empty list.
  std::vector<std::uint16_t> type_list(std::uint32_t offset) const;

  /// dexdump's notation: "Lcom/foo/Bar;.name:(I)V".
  std::string method_name(std::uint32_t index) const;
  /// "(I)V"
  std::string proto_descriptor(std::uint32_t index) const;

  /// Decodes into `out`, whose memory is reused. `offset` 0 gives an empty class.
  void class_data(std::uint32_t offset, DexClassData& out) const;
  DexCode code(std::uint32_t offset) const;
  /// Bytes of instructions of a code item, without touching them (for counting). Throws like code().
  std::uint32_t code_size(std::uint32_t offset) const;

  /// The values of an encoded_array_item at `offset`, at most `limit`. Nested arrays and annotations are
  /// skipped properly (depth-limited) and give Type::other.
  std::vector<DexValue> encoded_array(std::uint32_t offset, std::size_t limit = 65536) const;

  /// Where string data lies: from the lowest string_data_item to the highest one's NUL (exclusive of it).
  /// Scanning this range visits every string, and maybe bytes that belong to none.
  struct Range { std::uint32_t begin, end; };
  Range string_data_range() const;

  /// Line of a code offset (16-bit units) from debug_info, or nullopt (none, or unreadable: never throws).
  std::optional<std::uint32_t> line(std::uint32_t debug_info_off, std::uint32_t pc) const;

 private:
  struct Table { std::uint32_t off = 0, size = 0; };
  Bytes file_;
  Reader reader_;
  int version_ = 0;
  Table string_ids_, type_ids_, proto_ids_, field_ids_, method_ids_, class_defs_;
};

/// Finds which string a file offset lies in. Building costs one pass over string_ids (and a sort only when
/// their offsets are not ascending, which dx and d8 never produce).
class DexStringIndex {
 public:
  explicit DexStringIndex(const DexFile& dex);
  struct Hit { std::uint32_t index; std::uint32_t begin; std::string_view text; };
  /// The string whose MUTF-8 bytes contain the file offset, or nullopt (between strings, in a length).
  std::optional<Hit> at(std::uint32_t file_offset) const;

 private:
  const DexFile& dex_;
  std::vector<std::uint32_t> offsets_;  // ascending string_data_off
  std::vector<std::uint32_t> order_;    // string index of each, empty when ascending already
};

/// MUTF-8 (dex-format, "MUTF-8 encoding") to UTF-8: C0 80 and surrogate pairs are resolved; anything invalid
/// becomes U+FFFD, so that the result is always valid UTF-8.
std::string mutf8_to_utf8(std::string_view mutf8);

}  // namespace sdkprint
