#pragma once
// Real dex files from a description, for tests. What makes a dex valid is order: string_ids sorted by UTF-16
// code units, type_ids by string, protos, fields and methods by their parts. Nobody can write indexes by hand
// under those rules, so the builder's code refers to strings, fields and methods by name and the indexes are
// filled in when everything is known.
//
//     DexBuilder dex;
//     dex.add_class("Lcom/acme/Sdk;")
//         .string_constant("VERSION", "4.2.0")
//         .method("<clinit>", "()V", kStatic,
//                 Code().const_string(0, "4.2.1").sput_object(0, "Lcom/acme/Sdk;", "REAL",
//                 "Ljava/lang/String;")
//                       .return_void());
//     ByteVector bytes = dex.build();
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hostile.h"

namespace sdkprint::test {

inline constexpr std::uint32_t kPublic = 0x1, kPrivate = 0x2, kStatic = 0x8, kFinal = 0x10, kNative = 0x100,
                               kInterface = 0x200, kAbstract = 0x400, kConstructor = 0x10000;

struct FieldRef {
  std::string owner, name, type;
  auto operator<=>(const FieldRef&) const = default;
};
struct MethodRef {
  std::string owner, name, descriptor;
  auto operator<=>(const MethodRef&) const = default;
};

/// A method's instructions. Opcodes not offered here go in as raw units.
class Code {
 public:
  Code& raw(std::initializer_list<std::uint16_t> units);
  /// Any 21c instruction with a type (const-class 0x1c, check-cast 0x1f, new-instance 0x22).
  Code& type_op(std::uint8_t opcode, std::uint8_t reg, std::string type);
  /// Any 21c instruction with a field (sget* 0x60…, sput* 0x67…).
  Code& field_op(std::uint8_t opcode, std::uint8_t reg, FieldRef field);
  /// Any 35c invoke (virtual 0x6e, super 0x6f, direct 0x70, static 0x71, interface 0x72).
  Code& invoke(std::uint8_t opcode, MethodRef method, std::initializer_list<std::uint8_t> args = {});

  /// Any 3rc invoke (virtual/range 0x74, super 0x75, direct 0x76, static 0x77, interface 0x78).
  Code& invoke_range(std::uint8_t opcode, MethodRef method, std::uint16_t first, std::uint8_t count);

  Code& const_string(std::uint8_t reg, std::string text);
  Code& const_string_jumbo(std::uint8_t reg, std::string text);
  Code& const_int(std::uint8_t reg, std::int32_t value);  ///< the shortest of const/4, const/16, const
  Code& const_class(std::uint8_t reg, std::string type) { return type_op(0x1c, reg, std::move(type)); }
  Code& new_instance(std::uint8_t reg, std::string type) { return type_op(0x22, reg, std::move(type)); }
  Code& sput_object(std::uint8_t reg, std::string owner, std::string name, std::string type) {
    return field_op(0x69, reg, {std::move(owner), std::move(name), std::move(type)});
  }
  Code& sput(std::uint8_t reg, std::string owner, std::string name) {
    return field_op(0x67, reg, {std::move(owner), std::move(name), "I"});
  }
  Code& invoke_virtual(std::string owner, std::string name, std::string descriptor,
                       std::initializer_list<std::uint8_t> args = {0}) {
    return invoke(0x6e, {std::move(owner), std::move(name), std::move(descriptor)}, args);
  }
  Code& invoke_static(std::string owner, std::string name, std::string descriptor,
                      std::initializer_list<std::uint8_t> args = {}) {
    return invoke(0x71, {std::move(owner), std::move(name), std::move(descriptor)}, args);
  }
  Code& return_void() { return raw({0x000e}); }
  /// The next instruction is of this source line (makes a debug_info_item).
  Code& line(std::uint32_t number);
  Code& registers(std::uint16_t count);  ///< default 16, or what the arguments need

  std::uint32_t pc() const { return static_cast<std::uint32_t>(units_.size()); }

 private:
  friend class DexWriter;
  struct Fixup {
    std::size_t unit;  // where the index goes
    bool wide;         // a 32-bit index
    std::variant<std::string, FieldRef, MethodRef> target;
    bool is_type;
  };
  std::vector<std::uint16_t> units_;
  std::vector<Fixup> fixups_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> lines_;  // pc, line
  std::uint16_t registers_ = 16, outs_ = 0;
};

/// A static field's value: an integer of the field's type, a floating number, a string, a boolean, or null.
using ConstantValue = std::variant<std::nullptr_t, std::int64_t, double, std::string, bool>;

class ClassSpec {
 public:
  explicit ClassSpec(std::string descriptor) : descriptor_(std::move(descriptor)) {}
  ClassSpec& superclass(std::string type) { return superclass_ = std::move(type), *this; }
  ClassSpec& interface(std::string type) { return interfaces_.push_back(std::move(type)), *this; }
  ClassSpec& flags(std::uint32_t value) { return flags_ = value, *this; }
  ClassSpec& source_file(std::string name) { return source_file_ = std::move(name), *this; }

  ClassSpec& static_field(std::string name, std::string type, std::optional<ConstantValue> value = {},
                          std::uint32_t flags = kPublic | kStatic | kFinal);
  ClassSpec& string_constant(std::string name, std::string value) {
    return static_field(std::move(name), "Ljava/lang/String;", ConstantValue(std::move(value)));
  }
  ClassSpec& int_constant(std::string name, std::int32_t value) {
    return static_field(std::move(name), "I", ConstantValue(std::int64_t{value}));
  }
  ClassSpec& bool_constant(std::string name, bool value) {
    return static_field(std::move(name), "Z", ConstantValue(value));
  }
  ClassSpec& field(std::string name, std::string type, std::uint32_t flags = kPrivate);

  ClassSpec& method(std::string name, std::string descriptor, std::uint32_t flags, Code code);
  ClassSpec& method(std::string name, std::string descriptor, Code code) {
    return method(std::move(name), std::move(descriptor), kPublic, std::move(code));
  }
  /// Without code (abstract or native).
  ClassSpec& method(std::string name, std::string descriptor, std::uint32_t flags = kPublic | kAbstract);

 private:
  friend class DexWriter;
  struct Field {
    std::string name, type;
    std::uint32_t flags;
    std::optional<ConstantValue> value;
  };
  struct Method {
    std::string name, descriptor;
    std::uint32_t flags;
    std::optional<Code> code;
  };
  std::string descriptor_, superclass_ = "Ljava/lang/Object;";
  std::optional<std::string> source_file_;
  std::vector<std::string> interfaces_;
  std::uint32_t flags_ = kPublic;
  std::vector<Field> fields_;
  std::vector<Method> methods_;
};

/// File offsets (from the start of the physical file) of what the last build() wrote.
struct DexLayout {
  std::uint32_t string_ids = 0, type_ids = 0, proto_ids = 0, field_ids = 0, method_ids = 0, class_defs = 0;
  std::uint32_t string_data = 0, map_list = 0, end = 0;
  std::map<std::string, std::uint32_t> class_data;   ///< by class descriptor
  std::map<std::string, std::uint32_t> code;         ///< by "Lcom/foo/Bar;.name:(I)V"
  std::map<std::string, std::uint32_t> debug_info;   ///< likewise
  std::map<std::string, std::uint32_t> string_item;  ///< by the string's MUTF-8 bytes
};

/// Strings are MUTF-8 bytes, written as they are. Classes are written in the order they were added.
class DexBuilder {
 public:
  explicit DexBuilder(int version = 35) : version_(version) {}

  ClassSpec& add_class(std::string descriptor) { return classes_.emplace_back(std::move(descriptor)); }
  /// A string, type, field or method that the file names without using it.
  DexBuilder& add_string(std::string text) { return strings_.push_back(std::move(text)), *this; }
  DexBuilder& add_type(std::string type) { return types_.push_back(std::move(type)), *this; }
  DexBuilder& add_field(FieldRef field) { return fields_.push_back(std::move(field)), *this; }
  DexBuilder& add_method(MethodRef method) { return methods_.push_back(std::move(method)), *this; }

  // Knobs for files that no compiler writes.
  /// A 32-bit header field at `offset` (0x20 file_size, 0x28 endian_tag, 0x34 map_off, 0x38 string_ids_size
  /// …).
  DexBuilder& override_header(std::uint32_t offset, std::uint32_t value) {
    return header_overrides_[offset] = value, *this;
  }
  /// Row `index` of string_ids.
  DexBuilder& override_string_data_off(std::uint32_t index, std::uint32_t value) {
    return string_overrides_[index] = value, *this;
  }
  /// String data in descending instead of ascending order.
  DexBuilder& reverse_string_data() { return reverse_strings_ = true, *this; }
  /// Leaves the checksum of the file as it would be without the overrides.
  DexBuilder& keep_stale_checksum() { return stale_checksum_ = true, *this; }

  ByteVector build();
  const DexLayout& layout() const { return layout_; }

 private:
  friend class DexWriter;
  friend ByteVector build_dex_container(std::vector<DexBuilder>& parts);
  int version_;
  std::deque<ClassSpec> classes_;  // add_class hands out references
  std::vector<std::string> strings_, types_;
  std::vector<FieldRef> fields_;
  std::vector<MethodRef> methods_;
  std::map<std::uint32_t, std::uint32_t> header_overrides_, string_overrides_;
  bool reverse_strings_ = false, stale_checksum_ = false;
  DexLayout layout_;
};

/// An 041 container: the parts one after the other, all string data shared, behind the last one.
ByteVector build_dex_container(std::vector<DexBuilder>& parts);

}  // namespace sdkprint::test
