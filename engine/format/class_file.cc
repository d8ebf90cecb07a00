// A class file is one stream without any table of contents: everything is found by walking over what stands
// before it. Names, types and constants are all indices into the constant pool, which comes first. Its
// entries differ in size, and a long or a double takes two indices (JVMS 4.4.5), the second of which names
// nothing.
//
// `static final String VERSION = "1.2"` becomes a ConstantValue attribute; without `final`, or with an
// initialiser that is no constant expression, it becomes `ldc "1.2"; putstatic VERSION` in <clinit>. Both
// shapes are read.
#include "format/class_file.h"

#include <array>
#include <utility>

#include "base/reader.h"

namespace sdkprint {
namespace {

/// Real classes stay below 2 MiB: the pool has at most 65,535 entries, a method at most 65,535 bytes of code.
constexpr std::size_t kMaxClassBytes = std::size_t{16} << 20;

enum Tag : std::uint8_t {  // JVMS table 4.4-A
  kUnusable = 0,           // index 0, and the second index of a long or double
  kUtf8 = 1,
  kInteger = 3,
  kFloat = 4,
  kLong = 5,
  kDouble = 6,
  kClass = 7,
  kString = 8,
  kFieldref = 9,
  kMethodref = 10,
  kInterfaceMethodref = 11,
  kNameAndType = 12,
  kMethodHandle = 15,
  kMethodType = 16,
  kDynamic = 17,
  kInvokeDynamic = 18,
  kModule = 19,
  kPackage = 20,
};

constexpr std::uint16_t kAccStatic = 0x0008;

// Instructions that this file tells apart (JVMS chapter 6).
constexpr std::uint8_t kIconstM1 = 0x02, kIconst5 = 0x08, kBipush = 0x10, kSipush = 0x11, kLdc = 0x12,
                       kLdcW = 0x13, kIinc = 0x84, kLookupswitch = 0xab, kPutstatic = 0xb3, kWide = 0xc4;

/// Bytes of operands after each opcode; kVariable for the switches and wide, kIllegal for what no compiler
/// emits.
constexpr std::int8_t kVariable = -1, kIllegal = -2;
constexpr std::array<std::int8_t, 256> operand_sizes() {
  std::array<std::int8_t, 256> sizes{};
  const auto set = [&sizes](int first, int last, std::int8_t size) {
    for (int opcode = first; opcode <= last; ++opcode) sizes[static_cast<std::size_t>(opcode)] = size;
  };
  set(0x10, 0x10, 1);  // bipush
  set(0x11, 0x11, 2);  // sipush
  set(0x12, 0x12, 1);  // ldc
  set(0x13, 0x14, 2);  // ldc_w, ldc2_w
  set(0x15, 0x19, 1);  // iload … aload
  set(0x36, 0x3a, 1);  // istore … astore
  set(0x84, 0x84, 2);  // iinc
  set(0x99, 0xa8, 2);  // ifeq … jsr
  set(0xa9, 0xa9, 1);  // ret
  set(0xaa, 0xab, kVariable);
  set(0xb2, 0xb8, 2);  // getstatic … invokestatic
  set(0xb9, 0xba, 4);  // invokeinterface, invokedynamic
  set(0xbb, 0xbb, 2);  // new
  set(0xbc, 0xbc, 1);  // newarray
  set(0xbd, 0xbd, 2);  // anewarray
  set(0xc0, 0xc1, 2);  // checkcast, instanceof
  set(0xc4, 0xc4, kVariable);
  set(0xc5, 0xc5, 3);  // multianewarray
  set(0xc6, 0xc7, 2);  // ifnull, ifnonnull
  set(0xc8, 0xc9, 4);  // goto_w, jsr_w
  set(0xca, 0xff, kIllegal);
  return sizes;
}
constexpr std::array<std::int8_t, 256> kOperandSizes = operand_sizes();

/// The constant pool: where each index begins in the file. Every index a caller passes is checked here.
class ConstantPool {
 public:
  explicit ConstantPool(Bytes file) : reader_(file, "class constant pool", Endian::big) {}

  /// Reads the pool at `offset`; returns the offset behind it.
  std::size_t read(std::size_t offset);
  std::size_t size() const { return entries_.size(); }
  Tag tag(std::uint16_t index) const { return index < entries_.size() ? entries_[index].tag : kUnusable; }

  std::string_view utf8(std::uint16_t index) const {
    const std::size_t at = payload(index, kUtf8);
    return as_text(reader_.slice(at + 2, reader_.at<std::uint16_t>(at)));
  }
  /// The text of an entry that is nothing but the index of a Utf8: Class, String, Module …
  std::string_view named(std::uint16_t index, Tag tag) const { return utf8(name_index(index, tag)); }
  std::uint16_t name_index(std::uint16_t index, Tag tag) const {
    return reader_.at<std::uint16_t>(payload(index, tag));
  }
  std::int32_t integer(std::uint16_t index) const {
    return static_cast<std::int32_t>(reader_.at<std::uint32_t>(payload(index, kInteger)));
  }
  std::int64_t long_integer(std::uint16_t index) const {
    return static_cast<std::int64_t>(reader_.at<std::uint64_t>(payload(index, kLong)));
  }
  std::string_view field_class(std::uint16_t fieldref) const {
    return named(reader_.at<std::uint16_t>(payload(fieldref, kFieldref)), kClass);
  }
  std::string_view field_name(std::uint16_t fieldref) const {
    const std::uint16_t name_and_type = reader_.at<std::uint16_t>(payload(fieldref, kFieldref) + 2);
    return utf8(reader_.at<std::uint16_t>(payload(name_and_type, kNameAndType)));
  }

 private:
  struct Entry {
    Tag tag = kUnusable;
    std::uint32_t payload = 0;  // file offset of what follows the tag
  };

  std::size_t payload(std::uint16_t index, Tag tag) const {
    if (this->tag(index) != tag)
      reader_.malformed(0, "an index names an entry that is absent or of another kind");
    return entries_[index].payload;
  }
  /// Bytes after the tag; for Utf8 those before the text.
  std::size_t payload_size(std::uint8_t tag) const;

  Reader reader_;
  std::vector<Entry> entries_;
};

std::size_t ConstantPool::payload_size(std::uint8_t tag) const {
  switch (tag) {
    case kUtf8:
    case kClass:
    case kString:
    case kMethodType:
    case kModule:
    case kPackage:
      return 2;
    case kMethodHandle:
      return 3;
    case kInteger:
    case kFloat:
    case kFieldref:
    case kMethodref:
    case kInterfaceMethodref:
    case kNameAndType:
    case kDynamic:
    case kInvokeDynamic:
      return 4;
    case kLong:
    case kDouble:
      return 8;
    default:
      reader_.malformed(reader_.offset() - 1, "unknown tag");
  }
}

std::size_t ConstantPool::read(std::size_t offset) {
  reader_.seek(offset);
  const std::uint16_t count = reader_.u16();
  if (count == 0) reader_.malformed(offset, "no entries");
  reader_.require_table(reader_.offset(), count - 1u, 3);  // the smallest entry; a double slot has 9 bytes
  entries_.resize(count);
  for (std::size_t index = 1; index < count; ++index) {
    const std::uint8_t tag = reader_.u8();
    entries_[index] = {static_cast<Tag>(tag), static_cast<std::uint32_t>(reader_.offset())};
    const std::size_t size = payload_size(tag);
    reader_.skip(tag == kUtf8 ? reader_.at<std::uint16_t>(reader_.offset()) + size : size);
    if (tag == kLong || tag == kDouble) ++index;
  }
  return reader_.offset();
}

}  // namespace

/// Fills one ClassFile; lives only inside its constructor.
class ClassFile::Parser {
 public:
  Parser(Bytes file, ClassFile& result)
      : file_(file), class_(result), pool_(file), reader_(file, "class file", Endian::big) {}

  void parse();

 private:
  /// Calls visit(name, bytes) for each attribute at the cursor.
  template <typename Visit>
  void each_attribute(Visit visit);
  void list_constants();
  void read_field();
  std::optional<std::string> constant_value(Bytes attribute);
  void read_method();
  void read_code(Bytes attribute, ClassMethod& method);
  void walk_code(Bytes code, ClassMethod& method) const;
  static void skip_operands(Reader& code, std::uint8_t opcode);
  static std::optional<std::int32_t> pushed_number(Reader& code, std::uint8_t opcode);
  std::string_view own_static(std::uint16_t fieldref) const;

  Bytes file_;
  ClassFile& class_;
  ConstantPool pool_;
  Reader reader_;
  std::size_t copied_ = 0;  // bytes of all ClassField::constant
};

void ClassFile::Parser::parse() {
  if (reader_.u32() != 0xcafebabe) reader_.malformed(0, "not a class file");
  if (file_.size() > kMaxClassBytes)
    throw InputError(InputError::Kind::limit, "class file larger than 16 MiB");
  reader_.skip(2);  // minor_version
  class_.major_version_ = reader_.u16();
  // Fat Mach-O files have the same magic; their number of architectures stands where the version is.
  if (class_.major_version_ < 45) {
    throw InputError(InputError::Kind::unsupported, "class file version before 45 (or no class file)");
  }
  reader_.seek(pool_.read(reader_.offset()));
  list_constants();

  class_.access_flags_ = reader_.u16();
  class_.this_class_ = pool_.named(reader_.u16(), kClass);
  const std::uint16_t super = reader_.u16();
  if (super != 0) class_.super_class_ = pool_.named(super, kClass);
  const std::uint16_t interfaces = reader_.u16();
  reader_.require_table(reader_.offset(), interfaces, 2);
  class_.interfaces_.reserve(interfaces);
  for (int i = 0; i < interfaces; ++i) class_.interfaces_.push_back(pool_.named(reader_.u16(), kClass));

  constexpr std::size_t kSmallestMember = 8;
  const std::uint16_t fields = reader_.u16();
  reader_.require_table(reader_.offset(), fields, kSmallestMember);
  class_.fields_.reserve(fields);
  for (int i = 0; i < fields; ++i) read_field();
  const std::uint16_t methods = reader_.u16();
  reader_.require_table(reader_.offset(), methods, kSmallestMember);
  class_.methods_.reserve(methods);
  for (int i = 0; i < methods; ++i) read_method();
  each_attribute([](std::string_view, Bytes) {});
}

/// Several entries may share one Utf8: it is listed once, or a small file could list megabytes of text.
void ClassFile::Parser::list_constants() {
  std::vector<bool> as_string(pool_.size()), as_class(pool_.size());
  for (std::size_t i = 1; i < pool_.size(); ++i) {
    const std::uint16_t index = static_cast<std::uint16_t>(i);
    const Tag tag = pool_.tag(index);
    if (tag != kString && tag != kClass) continue;
    const std::string_view text = pool_.named(index, tag);
    std::vector<bool>::reference listed =
        (tag == kString ? as_string : as_class)[pool_.name_index(index, tag)];
    if (listed) continue;
    listed = true;
    (tag == kString ? class_.strings_ : class_.referenced_).push_back(text);
  }
}

template <typename Visit>
void ClassFile::Parser::each_attribute(Visit visit) {
  const std::uint16_t count = reader_.u16();
  for (int i = 0; i < count; ++i) {
    const std::string_view name = pool_.utf8(reader_.u16());
    const std::uint32_t size = reader_.u32();
    visit(name, reader_.bytes(size));
  }
}

void ClassFile::Parser::read_field() {
  ClassField field;
  field.access_flags = reader_.u16();
  field.name = pool_.utf8(reader_.u16());
  field.descriptor = pool_.utf8(reader_.u16());
  each_attribute([&](std::string_view name, Bytes attribute) {
    // The JVM ignores a ConstantValue of a field that is not static (JVMS 4.7.2).
    if (name != "ConstantValue" || (field.access_flags & kAccStatic) == 0) return;
    field.constant = constant_value(attribute);
  });
  class_.fields_.push_back(std::move(field));
}

/// Nothing for a float, a double, or an index that names no constant: that loses less than the class.
std::optional<std::string> ClassFile::Parser::constant_value(Bytes attribute) {
  if (attribute.size() != 2) return std::nullopt;
  const std::uint16_t index = Reader(attribute, "ConstantValue", Endian::big).u16();
  const Tag tag = pool_.tag(index);
  if (tag == kInteger) return std::to_string(pool_.integer(index));
  if (tag == kLong) return std::to_string(pool_.long_integer(index));
  if (tag != kString) return std::nullopt;
  const std::string_view text = pool_.named(index, kString);
  // Thousands of fields may name one string of 64 KiB: 16 bytes of the file for each copy.
  copied_ += text.size();
  if (copied_ > 4 * file_.size()) {
    throw InputError(InputError::Kind::limit,
                     "class file: constants of fields repeat more text than there is");
  }
  return std::string(text);
}

void ClassFile::Parser::read_method() {
  ClassMethod method;
  method.access_flags = reader_.u16();
  method.name = pool_.utf8(reader_.u16());
  method.descriptor = pool_.utf8(reader_.u16());
  bool has_code = false;
  each_attribute([&](std::string_view name, Bytes attribute) {
    if (name != "Code" || std::exchange(has_code, true)) return;
    try {
      read_code(attribute, method);
    } catch (const InputError&) {
      // The attribute's extent is known, so the class goes on behind it.
      method.strings.clear();
      method.numbers.clear();
      ++class_.unreadable_methods_;
    }
  });
  class_.methods_.push_back(std::move(method));
}

void ClassFile::Parser::read_code(Bytes attribute, ClassMethod& method) {
  Reader reader(attribute, "Code attribute", Endian::big);
  reader.skip(4);  // max_stack, max_locals
  const Bytes code = reader.bytes(reader.u32());
  if (code.size() > 65'535) reader.malformed(4, "more code than a method may have");  // JVMS 4.7.3
  method.code_size = static_cast<std::uint32_t>(code.size());
  walk_code(code, method);
}

/// The number that an instruction holds itself; reads its operands only when it does.
std::optional<std::int32_t> ClassFile::Parser::pushed_number(Reader& code, std::uint8_t opcode) {
  if (opcode >= kIconstM1 && opcode <= kIconst5) return opcode - kIconstM1 - 1;
  if (opcode == kBipush) return static_cast<std::int8_t>(code.u8());
  if (opcode == kSipush) return static_cast<std::int16_t>(code.u16());
  return std::nullopt;
}

void ClassFile::Parser::walk_code(Bytes bytes, ClassMethod& method) const {
  Reader code(bytes, "bytecode", Endian::big);
  bool string_on_top = false;  // the instruction before loaded a string
  while (!code.at_end()) {
    const std::size_t pc = code.offset();
    const std::uint8_t opcode = code.u8();
    const bool stores_string = string_on_top && opcode == kPutstatic;
    string_on_top = false;
    if (opcode == kLdc || opcode == kLdcW) {
      const std::uint16_t index = opcode == kLdc ? code.u8() : code.u16();
      if (pool_.tag(index) == kInteger)
        method.numbers.push_back({pool_.integer(index), static_cast<std::uint32_t>(pc)});
      if (pool_.tag(index) != kString) continue;  // a number, a class, a method type …
      method.strings.push_back({pool_.named(index, kString), {}, static_cast<std::uint32_t>(pc)});
      string_on_top = true;
    } else if (stores_string) {
      method.strings.back().stored_to = own_static(code.u16());
    } else if (const std::optional<std::int32_t> number = pushed_number(code, opcode)) {
      method.numbers.push_back({*number, static_cast<std::uint32_t>(pc)});
    } else {
      skip_operands(code, opcode);
    }
  }
}

/// The name of a static field of this class; empty when it belongs to another.
std::string_view ClassFile::Parser::own_static(std::uint16_t fieldref) const {
  if (pool_.field_class(fieldref) != class_.this_class_) return {};
  return pool_.field_name(fieldref);
}

void ClassFile::Parser::skip_operands(Reader& code, std::uint8_t opcode) {
  const std::int8_t size = kOperandSizes[opcode];
  if (size >= 0) return code.skip(static_cast<std::size_t>(size));
  if (size == kIllegal) code.malformed(code.offset() - 1, "illegal opcode");
  if (opcode == kWide) return code.skip(code.u8() == kIinc ? 4 : 2);
  code.skip((4 - code.offset() % 4) % 4);  // the operands of a switch are aligned from the start of the code
  code.skip(4);                            // default
  const std::int32_t first = static_cast<std::int32_t>(code.u32());
  if (opcode == kLookupswitch) {  // `first` is the number of match-offset pairs
    if (first < 0) code.malformed(code.offset() - 4, "lookupswitch with a negative count");
    return code.skip(static_cast<std::size_t>(first) * 8);
  }
  const std::int32_t last = static_cast<std::int32_t>(code.u32());
  if (first > last) code.malformed(code.offset() - 8, "tableswitch from a greater to a smaller number");
  code.skip(static_cast<std::size_t>(std::int64_t{last} - first + 1) * 4);
}

ClassFile::ClassFile(Bytes file) { Parser(file, *this).parse(); }

}  // namespace sdkprint
