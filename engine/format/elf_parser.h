#pragma once
// Private to elf.cc and elf_dynamic.cc: how an ElfFile is filled.
//
// An ELF file describes itself twice. Program headers and the dynamic section are what the linker follows
// when it loads the library; section headers serve linkers and debuggers, and a library runs without them.
// Packers strip them or fill them with nonsense, so here they only help where the loader's view says nothing.
//
// The loader's view has no symbol count. DT_HASH tells it as the length of its chain array; DT_GNU_HASH only
// tells where the last chain begins, and the chain's end (a set low bit) is the last symbol.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "base/reader.h"
#include "format/elf.h"

namespace sdkprint {

// Section types (System V gABI, "Sections") that both views of the file are compared by.
constexpr std::uint32_t kShtDynamic = 6, kShtNote = 7, kShtNobits = 8, kShtDynsym = 11;

/// Fills one ElfFile; lives only inside its constructor. Ranges it makes itself (ElfRange) always lie in the
/// file.
class ElfFile::Parser {
 public:
  Parser(Bytes file, ElfFile& elf) : file_(file), elf_(elf), reader_(file, "ELF header") {}

  void parse() {
    read_header();
    read_program_headers();
    read_section_headers();
    guarded([this] { read_dynamic_section(); });
    guarded([this] { read_build_id(); });
    find_constant_ranges();
  }

 private:
  struct Segment {
    std::uint32_t type = 0, flags = 0;
    std::uint64_t offset = 0, vaddr = 0, align = 0;
    std::uint64_t size = 0;  // the part that really is in the file
  };

  struct Section {
    std::uint32_t type = 0, link = 0;
    std::uint64_t flags = 0, addr = 0, offset = 0, size = 0, align = 0;
  };

  /// What the loader takes from PT_DYNAMIC: addresses, and offsets into the string table.
  struct Dynamic {
    std::optional<std::uint64_t> symtab, strtab, strsz, hash, gnu_hash, soname;
    std::vector<std::uint64_t> needed;
  };

  void read_header();
  void read_program_headers();
  void read_section_headers();
  void read_dynamic_section();
  void read_by_sections();
  Dynamic read_dynamic_entries(ElfRange table);
  void read_library_names(const Dynamic& dynamic, ElfRange strings);
  std::optional<std::string> library_name(std::uint64_t offset, ElfRange strings) const;
  std::size_t symbol_count(const Dynamic& dynamic, ElfRange symbols);
  std::size_t gnu_hash_count(ElfRange table) const;
  void read_symbols(ElfRange table, std::size_t count, ElfRange strings);
  ElfSymbol read_symbol(Reader& table) const;
  void read_build_id();
  bool find_build_id(ElfRange notes, std::uint64_t align, std::size_t& budget);
  void find_constant_ranges();
  std::optional<std::vector<ElfRange>> code_ranges() const;

  /// An address-sized integer at a reader's cursor.
  std::uint64_t word(Reader& reader) const { return elf_.is_64_ ? reader.u64() : reader.u32(); }
  std::size_t symbol_size() const { return elf_.is_64_ ? 24 : 16; }
  Reader reader_of(ElfRange range, const char* what) const {
    return Reader(reader_.slice(range.offset, range.size), what, reader_.endian());
  }
  ElfRange clipped(std::uint64_t offset, std::uint64_t size) const {
    if (offset > file_.size()) return {file_.size(), 0};
    return {offset, std::min<std::uint64_t>(size, file_.size() - offset)};
  }
  const Segment* segment_at(std::uint64_t vaddr) const;
  std::optional<ElfRange> locate(std::uint64_t vaddr) const;

  void warn(std::string message) { elf_.warnings_.push_back(std::move(message)); }
  /// Runs a step whose failure must not cost what other steps find.
  template <typename Step>
  void guarded(Step step) {
    try {
      step();
    } catch (const InputError& error) {
      warn(error.what());
    }
  }

  Bytes file_;
  ElfFile& elf_;
  Reader reader_;  // its endianness is right from read_header on
  std::uint64_t program_headers_ = 0, section_headers_ = 0;
  std::uint16_t program_header_count_ = 0, section_header_count_ = 0, section_header_size_ = 0;
  std::vector<Segment> loads_, notes_;
  std::optional<Segment> dynamic_;
  std::vector<Section> sections_;
};

}  // namespace sdkprint
