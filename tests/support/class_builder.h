#pragma once
// Java class files, byte by byte (JVMS chapter 4). Constant pool methods return the index of the entry, which
// the test then writes into bytecode. Nothing is checked: a wrong index or a broken Code attribute is what
// tests need.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hostile.h"

namespace sdkprint::test {

class ClassBuilder {
 public:
  /// An attribute of a class, a field or a method.
  using Attribute = std::pair<std::string, ByteVector>;

  explicit ClassBuilder(std::string_view this_class, std::string_view super_class = "java/lang/Object");

  ClassBuilder& version(std::uint16_t major) { return version_ = major, *this; }
  ClassBuilder& access(std::uint16_t flags) { return access_ = flags, *this; }
  ClassBuilder& implements(std::string_view name) { return interfaces_.push_back(class_entry(name)), *this; }
  ClassBuilder& this_class_index(std::uint16_t index) { return this_class_ = index, *this; }
  ClassBuilder& super_class_index(std::uint16_t index) { return super_class_ = index, *this; }
  ClassBuilder& attribute(Attribute attribute) { return attributes_.push_back(std::move(attribute)), *this; }

  /// A field; `constant` is the pool index for a ConstantValue attribute, or 0.
  ClassBuilder& field(std::uint16_t access, std::string_view name, std::string_view descriptor,
                      std::uint16_t constant = 0);
  /// A method without code, with a Code attribute around `code`, and with any attributes.
  ClassBuilder& method(std::uint16_t access, std::string_view name, std::string_view descriptor);
  ClassBuilder& method(std::uint16_t access, std::string_view name, std::string_view descriptor,
                       const ByteVector& code);
  ClassBuilder& method_with(std::uint16_t access, std::string_view name, std::string_view descriptor,
                            std::vector<Attribute> attributes);

  // The constant pool. Utf8 entries are shared, the others are made anew by each call.
  std::uint16_t utf8(std::string_view text);
  std::uint16_t class_entry(std::string_view name);
  std::uint16_t string(std::string_view text);
  std::uint16_t integer(std::int32_t value);
  std::uint16_t long_integer(std::int64_t value);
  std::uint16_t field_ref(std::string_view class_name, std::string_view name, std::string_view descriptor);
  /// Any entry: tag and payload, and how many indices it takes.
  std::uint16_t entry(std::uint8_t tag, const ByteVector& payload, int indices = 1);

  ByteVector build();

  /// A Code attribute; max_stack and max_locals are 2, no exception table.
  static Attribute code_attribute(const ByteVector& code);
  static void append(ByteVector& out, std::uint64_t value, int width);  ///< big-endian

 private:
  struct Member {
    std::uint16_t access, name, descriptor;
    std::vector<Attribute> attributes;
  };

  void append_attributes(ByteVector& out, const std::vector<Attribute>& attributes);
  void append_members(ByteVector& out, const std::vector<Member>& members);

  std::uint16_t version_ = 52, access_ = 0x21, this_class_ = 0, super_class_ = 0;
  std::vector<std::uint16_t> interfaces_;
  std::vector<Member> fields_, methods_;
  std::vector<Attribute> attributes_;
  ByteVector pool_;
  std::uint16_t next_index_ = 1;
  std::vector<std::pair<std::string, std::uint16_t>> shared_;
};

/// Bytecode from bytes and 2-byte indices: code(0x13, u2(index), 0xb1).
struct U2 {
  std::uint16_t value;
};
inline U2 u2(std::uint16_t value) { return {value}; }
inline void append_code(ByteVector& out, int byte) { out.push_back(static_cast<std::uint8_t>(byte)); }
inline void append_code(ByteVector& out, U2 index) { ClassBuilder::append(out, index.value, 2); }
template <typename... Parts>
ByteVector code(Parts... parts) {
  ByteVector out;
  (append_code(out, parts), ...);
  return out;
}

}  // namespace sdkprint::test
