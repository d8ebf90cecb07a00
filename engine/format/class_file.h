#pragma once
// Java class files, as AARs and SDK jars ship them. Source: JVM specification, chapter 4 (the format),
// chapter 6 (the instructions).
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace sdkprint {

/// A string constant loaded by a method (ldc, ldc_w), and the static field it is stored to when the very next
/// instruction is putstatic into the same class (the usual shape of a version constant in <clinit>).
struct ClassString {
  std::string_view text;       ///< modified UTF-8, borrowed
  std::string_view stored_to;  ///< field name or empty
  std::uint32_t pc = 0;        ///< of the ldc, in bytes from the start of the method's code
};

/// An int constant loaded by a method (iconst_<n>, bipush, sipush, ldc, ldc_w).
struct ClassNumber {
  std::int32_t value = 0;
  std::uint32_t pc = 0;
};

struct ClassMethod {
  std::string_view name, descriptor;
  std::uint16_t access_flags = 0;
  std::uint32_t code_size = 0;  ///< bytes; 0 for abstract and native
  /// In the order of the code. Empty when the code cannot be walked: see ClassFile::unreadable_methods.
  std::vector<ClassString> strings;
  std::vector<ClassNumber> numbers;
};

struct ClassField {
  std::string_view name, descriptor;
  std::uint16_t access_flags = 0;
  std::optional<std::string> constant;  ///< ConstantValue of a static: text, or an integer in decimal
};

/// Parsed eagerly; all views borrow the bytes (ClassField::constant is a copy). Immutable, so safe to share
/// between threads. Text is modified UTF-8 as it stands in the file.
class ClassFile {
 public:
  /// Throws InputError when the class as a whole is unusable: magic, version before 45, a broken constant
  /// pool, a member or an attribute that leaves the file, or more than 16 MiB. Broken code costs only its
  /// method's strings.
  explicit ClassFile(Bytes file);

  std::string_view this_class() const { return this_class_; }    ///< "com/foo/Bar"
  std::string_view super_class() const { return super_class_; }  ///< empty for java/lang/Object
  std::uint16_t access_flags() const { return access_flags_; }
  std::uint16_t major_version() const { return major_version_; }
  const std::vector<std::string_view>& interfaces() const { return interfaces_; }
  const std::vector<ClassField>& fields() const { return fields_; }
  const std::vector<ClassMethod>& methods() const { return methods_; }
  /// Classes named by the constant pool (CONSTANT_Class), each once, internal form, arrays and this class
  /// included.
  const std::vector<std::string_view>& referenced_classes() const { return referenced_; }
  /// All CONSTANT_String values, each once, so that together they are never longer than the file.
  const std::vector<std::string_view>& strings() const { return strings_; }
  /// Methods whose code could not be walked, and whose strings are missing therefore.
  std::size_t unreadable_methods() const { return unreadable_methods_; }

 private:
  class Parser;

  std::string_view this_class_, super_class_;
  std::uint16_t access_flags_ = 0, major_version_ = 0;
  std::vector<std::string_view> interfaces_, referenced_, strings_;
  std::vector<ClassField> fields_;
  std::vector<ClassMethod> methods_;
  std::size_t unreadable_methods_ = 0;
};

}  // namespace sdkprint
