#pragma once
// Small ELF shared objects, byte by byte: an R-X segment with notes, constants, symbols and code, and an RW
// segment with the dynamic section at another address. `build` makes a loadable file; tests then damage it
// with `put` at the places that `offset_of` names.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/reader.h"
#include "hostile.h"

namespace sdkprint::test {

class ElfBuilder {
 public:
  enum class Hash : std::uint8_t { sysv, gnu, both, none };

  explicit ElfBuilder(int bits = 64, Endian endian = Endian::little) : is_64_(bits == 64), endian_(endian) {}

  ElfBuilder& machine(std::uint16_t value) { return machine_ = value, *this; }
  ElfBuilder& soname(std::string name) { return soname_ = std::move(name), *this; }
  ElfBuilder& needed(std::string name) { return needed_.push_back(std::move(name)), *this; }
  /// A function the library exports, or imports.
  ElfBuilder& exports(std::string name) { return exports_.push_back(std::move(name)), *this; }
  ElfBuilder& imports(std::string name) { return imports_.push_back(std::move(name)), *this; }
  ElfBuilder& hash(Hash style) { return hash_ = style, *this; }
  ElfBuilder& build_id(ByteVector id) { return build_id_ = std::move(id), *this; }
  ElfBuilder& rodata(std::string text) { return rodata_ = std::move(text), *this; }
  ElfBuilder& code(std::string bytes) { return code_ = std::move(bytes), *this; }
  /// A further entry of the dynamic section, in front of DT_NULL.
  ElfBuilder& dynamic_entry(std::uint64_t tag, std::uint64_t value) {
    return extra_dynamic_.emplace_back(tag, value), *this;
  }
  ElfBuilder& without_section_headers() { return section_headers_ = false, *this; }
  ElfBuilder& without_dynamic_segment() { return dynamic_segment_ = false, *this; }

  ByteVector build();

  /// Where the last build() put a part: "program headers", "note", "rodata", "dynsym", "dynstr", "hash",
  /// "gnu_hash", "text", "dynamic", "section headers". Names what is absent too (its place, without bytes).
  std::size_t offset_of(std::string_view part) const { return offsets_.at(std::string(part)); }
  std::size_t size_of(std::string_view part) const { return sizes_.at(std::string(part)); }
  /// Offset of one entry of a table: program header, section header, symbol or dynamic entry.
  std::size_t program_header(std::size_t i) const {
    return offset_of("program headers") + i * (is_64_ ? 56 : 32);
  }
  std::size_t section_header(std::size_t i) const {
    return offset_of("section headers") + i * (is_64_ ? 64 : 40);
  }
  std::size_t symbol(std::size_t i) const { return offset_of("dynsym") + i * (is_64_ ? 24 : 16); }
  std::size_t dynamic(std::size_t i) const { return offset_of("dynamic") + i * (is_64_ ? 16 : 8); }

  /// Overwrites `width` bytes in the file's byte order.
  void put(ByteVector& file, std::size_t offset, std::uint64_t value, int width) const;

  // The order of the program headers and of the sections.
  enum ProgramHeader { kLoadCode, kLoadData, kNotePh, kDynamicPh };
  enum SectionIndex {
    kNullSection,
    kNote,
    kRodata,
    kDynsym,
    kDynstr,
    kHashSection,
    kGnuHash,
    kText,
    kDynamic
  };
  // Addresses minus file offsets, so that a test sees when one is taken for the other.
  static constexpr std::uint64_t kCodeBias = 0x4000, kDataBias = 0x9000;

 private:
  void append(ByteVector& out, std::uint64_t value, int width) const;
  void append_word(ByteVector& out, std::uint64_t value) const { append(out, value, is_64_ ? 8 : 4); }
  std::uint32_t intern(const std::string& name);
  void place(ByteVector& file, const std::string& part, const ByteVector& bytes);
  void sort_exports_by_bucket();
  ByteVector note_bytes() const;
  ByteVector symbol_bytes();
  ByteVector hash_bytes() const;
  ByteVector gnu_hash_bytes() const;
  ByteVector dynamic_bytes();
  ByteVector header_bytes() const;
  ByteVector program_header_bytes(std::size_t code_end, std::size_t data_end) const;
  ByteVector section_header_bytes() const;

  bool is_64_;
  Endian endian_;
  std::uint16_t machine_ = 183;
  std::string soname_, rodata_ = "constant text", code_ = "\x1f\x20\x03\xd5";
  std::vector<std::string> needed_, exports_, imports_;
  Hash hash_ = Hash::both;
  ByteVector build_id_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> extra_dynamic_;
  bool section_headers_ = true, dynamic_segment_ = true;

  std::string strings_;
  std::map<std::string, std::size_t> offsets_, sizes_;
};

}  // namespace sdkprint::test
