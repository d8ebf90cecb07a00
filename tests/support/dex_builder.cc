#include "dex_builder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>

namespace sdkprint::test {
namespace {

constexpr std::uint32_t kNone = 0xffffffff;

/// The order of string_ids is that of the UTF-16 code units which MUTF-8 spells.
std::u16string utf16(const std::string& mutf8) {
  std::u16string result;
  for (std::size_t i = 0; i < mutf8.size(); ++i) {
    const auto byte = [&](std::size_t k) {
      return static_cast<char16_t>(i + k < mutf8.size() ? static_cast<unsigned char>(mutf8[i + k]) : 0);
    };
    const char16_t lead = byte(0);
    if (lead < 0xc0 || i + 1 >= mutf8.size()) {
      result.push_back(lead);
    } else if (lead < 0xe0) {
      result.push_back(static_cast<char16_t>((lead & 0x1f) << 6 | (byte(1) & 0x3f)));
      i += 1;
    } else {
      result.push_back(static_cast<char16_t>((lead & 0xf) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f)));
      i += 2;
    }
  }
  return result;
}

std::uint32_t adler32(Bytes bytes) {
  std::uint32_t a = 1, b = 0;
  for (const std::uint8_t byte : bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

/// "(I[JLx;)V" to {"V", "I", "[J", "Lx;"}.
std::vector<std::string> split_descriptor(const std::string& descriptor) {
  const std::size_t close = descriptor.find(')');
  assert(descriptor[0] == '(' && close != std::string::npos);
  std::vector<std::string> types{descriptor.substr(close + 1)};
  for (std::size_t i = 1; i < close;) {
    std::size_t end = i;
    while (descriptor[end] == '[') ++end;
    end = descriptor[end] == 'L' ? descriptor.find(';', end) + 1 : end + 1;
    types.push_back(descriptor.substr(i, end - i));
    i = end;
  }
  return types;
}

std::string shorty(const std::vector<std::string>& types) {
  std::string result;
  for (const std::string& type : types) result += type[0] == '[' ? 'L' : type[0];
  return result;
}

std::string full_name(const MethodRef& method) {
  return method.owner + "." + method.name + ":" + method.descriptor;
}

class Output {
 public:
  std::uint32_t size() const { return static_cast<std::uint32_t>(bytes_.size()); }
  void u8(std::uint64_t value) { bytes_.push_back(static_cast<std::uint8_t>(value)); }
  void u16(std::uint64_t value) { u8(value), u8(value >> 8); }
  void u32(std::uint64_t value) { u16(value), u16(value >> 16); }
  void uleb128(std::uint32_t value) {
    for (; value > 0x7f; value >>= 7) u8((value & 0x7f) | 0x80);
    u8(value);
  }
  void sleb128(std::int32_t value) {
    for (; value < -64 || value > 63; value >>= 7) u8((value & 0x7f) | 0x80);
    u8(value & 0x7f);
  }
  void text(const std::string& value) { bytes_.insert(bytes_.end(), value.begin(), value.end()); }
  void zeros(std::size_t count) { bytes_.resize(bytes_.size() + count); }
  void align(std::uint32_t unit) { zeros((unit - size() % unit) % unit); }
  void put32(std::size_t offset, std::uint32_t value) { std::memcpy(&bytes_[offset], &value, 4); }
  void put16(std::size_t offset, std::uint16_t value) { std::memcpy(&bytes_[offset], &value, 2); }
  ByteVector& bytes() { return bytes_; }

 private:
  ByteVector bytes_;
};

struct ByUtf16 {
  bool operator()(const std::string& a, const std::string& b) const { return utf16(a) < utf16(b); }
};

}  // namespace

Code& Code::raw(std::initializer_list<std::uint16_t> units) {
  units_.insert(units_.end(), units);
  return *this;
}

Code& Code::type_op(std::uint8_t opcode, std::uint8_t reg, std::string type) {
  fixups_.push_back({units_.size() + 1, false, std::move(type), true});
  return raw({static_cast<std::uint16_t>(reg << 8 | opcode), 0});
}

Code& Code::field_op(std::uint8_t opcode, std::uint8_t reg, FieldRef field) {
  fixups_.push_back({units_.size() + 1, false, std::move(field), false});
  return raw({static_cast<std::uint16_t>(reg << 8 | opcode), 0});
}

Code& Code::invoke(std::uint8_t opcode, MethodRef method, std::initializer_list<std::uint8_t> args) {
  assert(args.size() <= 5);
  std::uint8_t nibbles[5] = {};
  std::copy(args.begin(), args.end(), nibbles);
  outs_ = std::max(outs_, static_cast<std::uint16_t>(args.size()));
  fixups_.push_back({units_.size() + 1, false, std::move(method), false});
  return raw({static_cast<std::uint16_t>(args.size() << 12 | nibbles[4] << 8 | opcode), 0,
              static_cast<std::uint16_t>(nibbles[3] << 12 | nibbles[2] << 8 | nibbles[1] << 4 | nibbles[0])});
}

Code& Code::invoke_range(std::uint8_t opcode, MethodRef method, std::uint16_t first, std::uint8_t count) {
  outs_ = std::max(outs_, std::uint16_t{count});
  fixups_.push_back({units_.size() + 1, false, std::move(method), false});
  return raw({static_cast<std::uint16_t>(count << 8 | opcode), 0, first});
}

Code& Code::const_string(std::uint8_t reg, std::string text) {
  fixups_.push_back({units_.size() + 1, false, std::move(text), false});
  return raw({static_cast<std::uint16_t>(reg << 8 | 0x1a), 0});
}

Code& Code::const_string_jumbo(std::uint8_t reg, std::string text) {
  fixups_.push_back({units_.size() + 1, true, std::move(text), false});
  return raw({static_cast<std::uint16_t>(reg << 8 | 0x1b), 0, 0});
}

Code& Code::const_int(std::uint8_t reg, std::int32_t value) {
  const std::uint32_t bits = static_cast<std::uint32_t>(value);
  if (reg < 16 && value >= -8 && value <= 7) {
    return raw(
        {static_cast<std::uint16_t>((bits & 0xf) << 12 | static_cast<std::uint32_t>(reg) << 8 | 0x12)});
  }
  if (value == static_cast<std::int16_t>(value)) {
    return raw({static_cast<std::uint16_t>(reg << 8 | 0x13), static_cast<std::uint16_t>(bits)});
  }
  return raw({static_cast<std::uint16_t>(reg << 8 | 0x14), static_cast<std::uint16_t>(bits),
              static_cast<std::uint16_t>(bits >> 16)});
}

Code& Code::line(std::uint32_t number) { return lines_.emplace_back(pc(), number), *this; }

Code& Code::registers(std::uint16_t count) { return registers_ = count, *this; }

ClassSpec& ClassSpec::static_field(std::string name, std::string type, std::optional<ConstantValue> value,
                                   std::uint32_t flags) {
  fields_.push_back({std::move(name), std::move(type), flags | kStatic, std::move(value)});
  return *this;
}

ClassSpec& ClassSpec::field(std::string name, std::string type, std::uint32_t flags) {
  fields_.push_back({std::move(name), std::move(type), flags & ~kStatic, {}});
  return *this;
}

ClassSpec& ClassSpec::method(std::string name, std::string descriptor, std::uint32_t flags, Code code) {
  if (name[0] == '<') flags |= kConstructor | (name == "<clinit>" ? kStatic : 0u);
  methods_.push_back({std::move(name), std::move(descriptor), flags, std::move(code)});
  return *this;
}

ClassSpec& ClassSpec::method(std::string name, std::string descriptor, std::uint32_t flags) {
  methods_.push_back({std::move(name), std::move(descriptor), flags, {}});
  return *this;
}

/// Writes one logical dex file whose first byte will lie at `base` of the physical file.
class DexWriter {
 public:
  DexWriter(DexBuilder& builder, std::uint32_t base) : builder_(builder), base_(base) {
    collect();
    number();
    write_tables();
    write_data();
  }

  const std::set<std::string, ByUtf16>& strings() const { return strings_; }

  /// String data, and where each string lies in the physical file.
  std::map<std::string, std::uint32_t> write_strings(const std::set<std::string, ByUtf16>& strings) {
    std::vector<std::string> order(strings.begin(), strings.end());
    if (builder_.reverse_strings_) std::reverse(order.begin(), order.end());
    std::map<std::string, std::uint32_t> items;
    begin_section(0x2002, order.size());
    builder_.layout_.string_data = base_ + out_.size();
    for (const std::string& text : order) {
      items[text] = base_ + out_.size();
      out_.uleb128(static_cast<std::uint32_t>(utf16(text).size()));
      out_.text(text);
      out_.u8(0);
    }
    return items;
  }

  void write_map() {
    out_.align(4);
    begin_section(0x1000, 1);
    builder_.layout_.map_list = base_ + out_.size();
    out_.u32(sections_.size());
    for (const Section& section : sections_) {
      out_.u16(section.type), out_.u16(0), out_.u32(section.count), out_.u32(section.offset);
    }
    out_.align(4);
    builder_.layout_.end = base_ + out_.size();
  }

  std::uint32_t end() const { return base_ + out_.size(); }

  ByteVector finish(const std::map<std::string, std::uint32_t>& items, std::uint32_t container_size) {
    std::size_t row = tables_[0].offset - base_;
    for (const std::string& text : strings_) {
      out_.put32(row, builder_.layout_.string_item[text] = items.at(text));
      row += 4;
    }
    for (const auto& [index, value] : builder_.string_overrides_) {
      out_.put32(tables_[0].offset - base_ + index * 4, value);
    }
    write_header(container_size);
    return std::move(out_.bytes());
  }

 private:
  struct Section {
    std::uint16_t type;
    std::uint32_t count, offset;
  };
  using Proto = std::vector<std::string>;  // return type, parameters

  void add_type(const std::string& type) {
    types_.insert(type);
    strings_.insert(type);
  }

  void add_field(const FieldRef& field) {
    add_type(field.owner), add_type(field.type), strings_.insert(field.name);
    fields_.insert(field);
  }

  void add_method(const MethodRef& method) {
    add_type(method.owner), strings_.insert(method.name);
    const Proto proto = split_descriptor(method.descriptor);
    for (const std::string& type : proto) add_type(type);
    strings_.insert(shorty(proto));
    protos_.insert(proto);
    methods_.insert(method);
  }

  void collect_code(const Code& code) {
    for (const Code::Fixup& fixup : code.fixups_) {
      if (const auto* text = std::get_if<std::string>(&fixup.target)) {
        fixup.is_type ? add_type(*text) : static_cast<void>(strings_.insert(*text));
      } else if (const auto* field = std::get_if<FieldRef>(&fixup.target)) {
        add_field(*field);
      } else {
        add_method(std::get<MethodRef>(fixup.target));
      }
    }
  }

  void collect() {
    strings_.insert(builder_.strings_.begin(), builder_.strings_.end());
    for (const std::string& type : builder_.types_) add_type(type);
    for (const FieldRef& field : builder_.fields_) add_field(field);
    for (const MethodRef& method : builder_.methods_) add_method(method);
    for (const ClassSpec& spec : builder_.classes_) {
      add_type(spec.descriptor_);
      if (!spec.superclass_.empty()) add_type(spec.superclass_);
      for (const std::string& type : spec.interfaces_) add_type(type);
      if (spec.source_file_) strings_.insert(*spec.source_file_);
      for (const ClassSpec::Field& field : spec.fields_) {
        add_field({spec.descriptor_, field.name, field.type});
        if (field.value && std::holds_alternative<std::string>(*field.value)) {
          strings_.insert(std::get<std::string>(*field.value));
        }
      }
      for (const ClassSpec::Method& method : spec.methods_) {
        add_method({spec.descriptor_, method.name, method.descriptor});
        if (method.code) collect_code(*method.code);
      }
    }
  }

  void number() {
    for (const std::string& text : strings_) string_idx_.emplace(text, string_idx_.size());
    std::vector<std::string> types(types_.begin(), types_.end());
    const auto by_string = [&](const std::string& a, const std::string& b) {
      return string_idx_.at(a) < string_idx_.at(b);
    };
    std::sort(types.begin(), types.end(), by_string);
    for (const std::string& type : types) type_idx_.emplace(type, type_idx_.size());

    const auto number_by = [](const auto& items, auto key, auto& order, auto& index) {
      order.assign(items.begin(), items.end());
      std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
      for (const auto& item : order) index.emplace(item, static_cast<std::uint32_t>(index.size()));
    };
    number_by(
        protos_,
        [&](const Proto& proto) {
          std::vector<std::uint32_t> key;
          for (const std::string& type : proto) key.push_back(type_idx_.at(type));
          return key;
        },
        proto_order_, proto_idx_);
    number_by(
        fields_,
        [&](const FieldRef& field) {
          return std::array{type_idx_.at(field.owner), string_idx_.at(field.name), type_idx_.at(field.type)};
        },
        field_order_, field_idx_);
    number_by(
        methods_,
        [&](const MethodRef& method) {
          return std::array{type_idx_.at(method.owner), string_idx_.at(method.name),
                            proto_idx_.at(split_descriptor(method.descriptor))};
        },
        method_order_, method_idx_);
  }

  void begin_section(std::uint16_t type, std::size_t count) {
    if (count > 0) sections_.push_back({type, static_cast<std::uint32_t>(count), base_ + out_.size()});
  }

  void table(std::uint16_t type, std::size_t count) {
    begin_section(type, count);
    tables_.push_back({type, static_cast<std::uint32_t>(count), count == 0 ? 0 : base_ + out_.size()});
  }

  /// Everything of a fixed size; string_ids, protos' parameters and class_defs are filled in later.
  void write_tables() {
    begin_section(0, 1);
    out_.zeros(builder_.version_ >= 41 ? 0x78 : 0x70);
    table(1, strings_.size());
    out_.zeros(strings_.size() * 4);
    table(2, types_.size());
    std::vector<std::uint32_t> type_strings(types_.size());
    for (const auto& [type, index] : type_idx_) type_strings[index] = string_idx_.at(type);
    for (const std::uint32_t index : type_strings) out_.u32(index);
    table(3, protos_.size());
    for (const Proto& proto : proto_order_) {
      out_.u32(string_idx_.at(shorty(proto))), out_.u32(type_idx_.at(proto[0])), out_.u32(0);
    }
    table(4, fields_.size());
    for (const FieldRef& field : field_order_) {
      out_.u16(type_idx_.at(field.owner)), out_.u16(type_idx_.at(field.type));
      out_.u32(string_idx_.at(field.name));
    }
    table(5, methods_.size());
    for (const MethodRef& method : method_order_) {
      out_.u16(type_idx_.at(method.owner)), out_.u16(proto_idx_.at(split_descriptor(method.descriptor)));
      out_.u32(string_idx_.at(method.name));
    }
    table(6, builder_.classes_.size());
    class_defs_at_ = out_.size();
    out_.zeros(builder_.classes_.size() * 32);
    data_at_ = out_.size();
  }

  void write_data() {
    write_type_lists();
    write_debug_info();
    write_codes();
    write_static_values();
    write_class_data();
    write_class_defs();
  }

  void write_type_lists() {
    std::set<std::vector<std::string>> lists;
    for (const Proto& proto : protos_) {
      if (proto.size() > 1) lists.insert(Proto(proto.begin() + 1, proto.end()));
    }
    for (const ClassSpec& spec : builder_.classes_) {
      if (!spec.interfaces_.empty()) lists.insert(spec.interfaces_);
    }
    out_.align(4);
    begin_section(0x1001, lists.size());
    for (const std::vector<std::string>& list : lists) {
      out_.align(4);
      type_lists_[list] = base_ + out_.size();
      out_.u32(list.size());
      for (const std::string& type : list) out_.u16(type_idx_.at(type));
    }
    std::size_t row = tables_[2].offset - base_ + 8;
    for (const Proto& proto : proto_order_) {
      if (proto.size() > 1) out_.put32(row, type_lists_.at(Proto(proto.begin() + 1, proto.end())));
      row += 12;
    }
  }

  template <typename Function>
  void for_each_code(Function function) {
    for (const ClassSpec& spec : builder_.classes_) {
      for (const ClassSpec::Method& method : spec.methods_) {
        if (method.code) function(full_name({spec.descriptor_, method.name, method.descriptor}), method);
      }
    }
  }

  void write_debug_info() {
    std::size_t count = 0;
    for_each_code([&](const std::string&, const ClassSpec::Method& method) {
      count += method.code->lines_.empty() ? 0 : 1;
    });
    begin_section(0x2003, count);
    for_each_code([&](const std::string& name, const ClassSpec::Method& method) {
      if (method.code->lines_.empty()) return;
      builder_.layout_.debug_info[name] = base_ + out_.size();
      std::int64_t pc = 0, line = method.code->lines_.front().second;
      out_.uleb128(static_cast<std::uint32_t>(line)), out_.uleb128(0);
      out_.u8(0x07);  // DBG_SET_PROLOGUE_END, as dx and d8 write it
      for (const auto& [at, number] : method.code->lines_) {
        if (at != pc) out_.u8(0x01), out_.uleb128(static_cast<std::uint32_t>(at - pc));
        if (number != line) out_.u8(0x02), out_.sleb128(static_cast<std::int32_t>(number - line));
        out_.u8(0x0a + 4);  // the special opcode that adds nothing to either
        pc = at, line = number;
      }
      out_.u8(0x00);
    });
  }

  void write_codes() {
    std::size_t count = 0;
    for_each_code([&](const std::string&, const ClassSpec::Method&) { ++count; });
    out_.align(4);
    begin_section(0x2001, count);
    for_each_code([&](const std::string& name, const ClassSpec::Method& method) {
      const Code& code = *method.code;
      std::uint16_t ins = (method.flags & kStatic) != 0 ? 0 : 1;
      const Proto proto = split_descriptor(method.descriptor);
      for (std::size_t i = 1; i < proto.size(); ++i) ins += proto[i] == "J" || proto[i] == "D" ? 2 : 1;
      out_.align(4);
      builder_.layout_.code[name] = base_ + out_.size();
      out_.u16(std::max(code.registers_, ins)), out_.u16(ins), out_.u16(code.outs_), out_.u16(0);
      const auto debug = builder_.layout_.debug_info.find(name);
      out_.u32(debug == builder_.layout_.debug_info.end() ? 0 : debug->second);
      out_.u32(code.units_.size());
      const std::size_t start = out_.size();
      for (const std::uint16_t unit : code.units_) out_.u16(unit);
      for (const Code::Fixup& fixup : code.fixups_) apply(fixup, start);
    });
  }

  void apply(const Code::Fixup& fixup, std::size_t start) {
    std::uint32_t index = 0;
    if (const auto* text = std::get_if<std::string>(&fixup.target)) {
      index = fixup.is_type ? type_idx_.at(*text) : string_idx_.at(*text);
    } else if (const auto* field = std::get_if<FieldRef>(&fixup.target)) {
      index = field_idx_.at(*field);
    } else {
      index = method_idx_.at(std::get<MethodRef>(fixup.target));
    }
    const std::size_t at = start + fixup.unit * 2;
    fixup.wide ? out_.put32(at, index) : out_.put16(at, static_cast<std::uint16_t>(index));
  }

  std::vector<const ClassSpec::Field*> sorted_fields(const ClassSpec& spec, bool is_static) const {
    std::vector<const ClassSpec::Field*> result;
    for (const ClassSpec::Field& field : spec.fields_) {
      if (((field.flags & kStatic) != 0) == is_static) result.push_back(&field);
    }
    std::sort(result.begin(), result.end(), [&](const ClassSpec::Field* a, const ClassSpec::Field* b) {
      return field_index(spec, *a) < field_index(spec, *b);
    });
    return result;
  }

  std::vector<const ClassSpec::Method*> sorted_methods(const ClassSpec& spec, bool direct) const {
    std::vector<const ClassSpec::Method*> result;
    for (const ClassSpec::Method& method : spec.methods_) {
      if (((method.flags & (kStatic | kPrivate | kConstructor)) != 0) == direct) result.push_back(&method);
    }
    std::sort(result.begin(), result.end(), [&](const ClassSpec::Method* a, const ClassSpec::Method* b) {
      return method_index(spec, *a) < method_index(spec, *b);
    });
    return result;
  }

  std::uint32_t field_index(const ClassSpec& spec, const ClassSpec::Field& field) const {
    return field_idx_.at({spec.descriptor_, field.name, field.type});
  }
  std::uint32_t method_index(const ClassSpec& spec, const ClassSpec::Method& method) const {
    return method_idx_.at({spec.descriptor_, method.name, method.descriptor});
  }

  /// encoded_value: little-endian bytes without the redundant ones.
  void write_integer(std::uint8_t type, std::int64_t value, bool is_signed) {
    int size = 1;
    while (size < 8 && (is_signed ? value >> (size * 8 - 1) != 0 && value >> (size * 8 - 1) != -1
                                  : value >> (size * 8) != 0)) {
      ++size;
    }
    out_.u8(static_cast<unsigned>(size - 1) << 5 | type);
    for (int i = 0; i < size; ++i) out_.u8(static_cast<std::uint64_t>(value) >> (i * 8));
  }

  /// Floating numbers drop their low bytes where these are zero.
  void write_floating(std::uint8_t type, std::uint64_t bits, int width) {
    int dropped = 0;
    while (dropped < width - 1 && (bits >> (dropped * 8) & 0xff) == 0) ++dropped;
    out_.u8(static_cast<unsigned>(width - dropped - 1) << 5 | type);
    for (int i = dropped; i < width; ++i) out_.u8(bits >> (i * 8));
  }

  void write_value(const ClassSpec::Field& field) {
    const bool is_object = field.type[0] == 'L' || field.type[0] == '[';
    const ConstantValue value = field.value ? *field.value
                                : is_object ? ConstantValue(nullptr)
                                            : ConstantValue(std::int64_t{0});
    if (std::holds_alternative<std::nullptr_t>(value)) return out_.u8(0x1e);
    if (const auto* text = std::get_if<std::string>(&value)) {
      return write_integer(0x17, string_idx_.at(*text), false);
    }
    if (const auto* truth = std::get_if<bool>(&value)) return out_.u8(0x1f | (*truth ? 0x20 : 0));
    const bool is_floating = std::holds_alternative<double>(value);
    const double floating = is_floating ? std::get<double>(value) : 0;
    const std::int64_t integer = is_floating ? 0 : std::get<std::int64_t>(value);
    switch (field.type[0]) {
      case 'Z':
        return out_.u8(0x1f | (integer != 0 ? 0x20 : 0));
      case 'B':
        return write_integer(0x00, static_cast<std::int8_t>(integer), true);
      case 'S':
        return write_integer(0x02, static_cast<std::int16_t>(integer), true);
      case 'C':
        return write_integer(0x03, static_cast<std::uint16_t>(integer), false);
      case 'J':
        return write_integer(0x06, integer, true);
      case 'F':
        return write_floating(0x10, std::bit_cast<std::uint32_t>(static_cast<float>(floating)), 4);
      case 'D':
        return write_floating(0x11, std::bit_cast<std::uint64_t>(floating), 8);
      default:
        return write_integer(0x04, static_cast<std::int32_t>(integer), true);
    }
  }

  void write_static_values() {
    const std::size_t section = sections_.size();
    std::uint32_t count = 0;
    for (const ClassSpec& spec : builder_.classes_) {
      const std::vector<const ClassSpec::Field*> fields = sorted_fields(spec, true);
      std::size_t used = fields.size();
      while (used > 0 && !fields[used - 1]->value) --used;
      if (used == 0) continue;
      if (count++ == 0) begin_section(0x2005, 1);
      static_values_[spec.descriptor_] = base_ + out_.size();
      out_.uleb128(static_cast<std::uint32_t>(used));
      for (std::size_t i = 0; i < used; ++i) write_value(*fields[i]);
    }
    if (count > 0) sections_[section].count = count;
  }

  void write_class_data() {
    const std::size_t section = sections_.size();
    std::uint32_t count = 0;
    for (const ClassSpec& spec : builder_.classes_) {
      if (spec.fields_.empty() && spec.methods_.empty()) continue;
      if (count++ == 0) begin_section(0x2000, 1);
      builder_.layout_.class_data[spec.descriptor_] = base_ + out_.size();
      const std::vector<const ClassSpec::Field*> fields[] = {sorted_fields(spec, true),
                                                             sorted_fields(spec, false)};
      const std::vector<const ClassSpec::Method*> methods[] = {sorted_methods(spec, true),
                                                               sorted_methods(spec, false)};
      for (const auto& list : fields) out_.uleb128(static_cast<std::uint32_t>(list.size()));
      for (const auto& list : methods) out_.uleb128(static_cast<std::uint32_t>(list.size()));
      for (const auto& list : fields) write_fields(spec, list);
      for (const auto& list : methods) write_methods(spec, list);
    }
    if (count > 0) sections_[section].count = count;
  }

  void write_fields(const ClassSpec& spec, const std::vector<const ClassSpec::Field*>& fields) {
    std::uint32_t previous = 0;
    for (const ClassSpec::Field* field : fields) {
      const std::uint32_t index = field_index(spec, *field);
      out_.uleb128(index - previous), out_.uleb128(field->flags);
      previous = index;
    }
  }

  void write_methods(const ClassSpec& spec, const std::vector<const ClassSpec::Method*>& methods) {
    std::uint32_t previous = 0;
    for (const ClassSpec::Method* method : methods) {
      const std::uint32_t index = method_index(spec, *method);
      const std::string name = full_name({spec.descriptor_, method->name, method->descriptor});
      out_.uleb128(index - previous), out_.uleb128(method->flags);
      out_.uleb128(method->code ? builder_.layout_.code.at(name) : 0);
      previous = index;
    }
  }

  void write_class_defs() {
    std::size_t row = class_defs_at_;
    const auto find = [](const auto& map, const std::string& key) {
      const auto found = map.find(key);
      return found == map.end() ? 0u : found->second;
    };
    for (const ClassSpec& spec : builder_.classes_) {
      const std::uint32_t values[] = {type_idx_.at(spec.descriptor_),
                                      spec.flags_,
                                      spec.superclass_.empty() ? kNone : type_idx_.at(spec.superclass_),
                                      spec.interfaces_.empty() ? 0 : type_lists_.at(spec.interfaces_),
                                      spec.source_file_ ? string_idx_.at(*spec.source_file_) : kNone,
                                      0,
                                      find(builder_.layout_.class_data, spec.descriptor_),
                                      find(static_values_, spec.descriptor_)};
      for (const std::uint32_t value : values) out_.put32(row, value), row += 4;
    }
  }

  void write_header(std::uint32_t container_size) {
    const std::string magic = "dex\n0" + std::to_string(builder_.version_);
    std::copy(magic.begin(), magic.end(), out_.bytes().begin());
    const bool is_container = builder_.version_ >= 41;
    out_.put32(0x20, out_.size());
    out_.put32(0x24, is_container ? 0x78 : 0x70);
    out_.put32(0x28, 0x12345678);
    out_.put32(0x34, builder_.layout_.map_list);
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      out_.put32(0x38 + i * 8, tables_[i].count);
      out_.put32(0x3c + i * 8, tables_[i].offset);
    }
    if (is_container) {
      out_.put32(0x70, container_size), out_.put32(0x74, base_);
    } else {
      out_.put32(0x68, out_.size() - data_at_), out_.put32(0x6c, data_at_);
    }
    if (builder_.stale_checksum_) write_checksum();
    for (const auto& [offset, value] : builder_.header_overrides_) out_.put32(offset, value);
    if (!builder_.stale_checksum_) write_checksum();
    DexLayout& layout = builder_.layout_;
    std::uint32_t* const places[] = {&layout.string_ids, &layout.type_ids,   &layout.proto_ids,
                                     &layout.field_ids,  &layout.method_ids, &layout.class_defs};
    for (std::size_t i = 0; i < tables_.size(); ++i) *places[i] = tables_[i].offset;
  }

  /// Adler-32 of what follows the field. The SHA-1 signature stays zero: no loader looks at it.
  void write_checksum() {
    if (out_.bytes().size() > 12) out_.put32(8, adler32(Bytes(out_.bytes()).subspan(12)));
  }

  DexBuilder& builder_;
  std::uint32_t base_;
  Output out_;
  std::set<std::string, ByUtf16> strings_;
  std::set<std::string> types_;
  std::set<Proto> protos_;
  std::set<FieldRef> fields_;
  std::set<MethodRef> methods_;
  std::map<std::string, std::uint32_t> string_idx_, type_idx_;
  std::vector<Proto> proto_order_;
  std::map<Proto, std::uint32_t> proto_idx_;
  std::vector<FieldRef> field_order_;
  std::map<FieldRef, std::uint32_t> field_idx_;
  std::vector<MethodRef> method_order_;
  std::map<MethodRef, std::uint32_t> method_idx_;
  std::vector<Section> sections_, tables_;
  std::map<std::vector<std::string>, std::uint32_t> type_lists_;
  std::map<std::string, std::uint32_t> static_values_;
  std::uint32_t class_defs_at_ = 0, data_at_ = 0;
};

ByteVector DexBuilder::build() {
  layout_ = {};
  DexWriter writer(*this, 0);
  const std::map<std::string, std::uint32_t> items = writer.write_strings(writer.strings());
  writer.write_map();
  return writer.finish(items, writer.end());
}

ByteVector build_dex_container(std::vector<DexBuilder>& parts) {
  std::vector<DexWriter> writers;
  writers.reserve(parts.size());
  std::set<std::string, ByUtf16> strings;
  std::map<std::string, std::uint32_t> items;
  std::uint32_t base = 0;
  for (DexBuilder& part : parts) {
    assert(part.version_ >= 41);
    part.layout_ = {};
    DexWriter& writer = writers.emplace_back(part, base);
    strings.insert(writer.strings().begin(), writer.strings().end());
    if (writers.size() == parts.size()) items = writer.write_strings(strings);
    writer.write_map();
    base = writer.end();
  }
  ByteVector file;
  for (DexWriter& writer : writers) {
    const ByteVector bytes = writer.finish(items, base);
    file.insert(file.end(), bytes.begin(), bytes.end());
  }
  return file;
}

}  // namespace sdkprint::test
