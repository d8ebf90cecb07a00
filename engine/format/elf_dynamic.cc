// What the dynamic section and the notes tell: library names, symbols, build id.
#include <algorithm>

#include "base/digest.h"
#include "format/elf_parser.h"

namespace sdkprint {
namespace {

// System V gABI, "Dynamic Section"; DT_GNU_HASH and NT_GNU_BUILD_ID as glibc's elf.h has them.
constexpr std::uint64_t kDtNull = 0, kDtNeeded = 1, kDtHash = 4, kDtStrtab = 5, kDtSymtab = 6, kDtStrsz = 10,
                        kDtSoname = 14, kDtGnuHash = 0x6ffffef5;
constexpr std::uint32_t kNtGnuBuildId = 3;

// Limits. A real library stays far below each; a hostile one must not turn bytes into time or memory.
constexpr std::size_t kMaxDynamicEntries = 65'536;
constexpr std::size_t kMaxNeeded = 1'024;
constexpr std::size_t kMaxLibraryName = 4'096;  // PATH_MAX
constexpr std::size_t kMaxSymbols = std::size_t{1} << 20;
constexpr std::size_t kMaxNotes = 4'096;
constexpr std::size_t kMaxBuildId = 64;
/// Names may share bytes (suffix merging, symbol versions), but all names together longer than this many
/// string tables only happens where thousands of names point into one endless string.
constexpr std::size_t kNameBudgetFactor = 8;

}  // namespace

void ElfFile::Parser::read_dynamic_section() {
  if (!dynamic_) return read_by_sections();
  // Up to DT_NULL, as the loader reads it: it takes the address and never looks at the segment's size.
  std::optional<ElfRange> table = locate(dynamic_->vaddr);
  if (!table) {
    warn("ELF: the address of PT_DYNAMIC is not in a PT_LOAD segment, its file offset is used");
    table = ElfRange{dynamic_->offset, dynamic_->size};
  }
  const Dynamic dynamic = read_dynamic_entries(*table);
  std::optional<ElfRange> strings;
  if (dynamic.strtab) strings = locate(*dynamic.strtab);
  if (!strings) return warn("ELF: no string table (DT_STRTAB) in the file");
  if (dynamic.strsz.value_or(UINT64_MAX) > strings->size) {
    warn("ELF: no DT_STRSZ, or one that leaves its segment");
  } else {
    strings->size = *dynamic.strsz;
  }
  read_library_names(dynamic, *strings);

  if (!dynamic.symtab) return;
  const std::optional<ElfRange> symbols = locate(*dynamic.symtab);
  if (!symbols) return warn("ELF: no symbol table (DT_SYMTAB) in the file");
  read_symbols(*symbols, symbol_count(dynamic, *symbols), *strings);
}

/// Without PT_DYNAMIC nothing loads this file as a library, but it may still be one with its headers damaged.
void ElfFile::Parser::read_by_sections() {
  const auto first = [&](std::uint32_t type) {
    return std::find_if(sections_.begin(), sections_.end(), [&](const Section& s) { return s.type == type; });
  };
  const auto strings_of = [&](const Section& section) {
    if (section.link >= sections_.size()) return ElfRange{0, 0};
    return clipped(sections_[section.link].offset, sections_[section.link].size);
  };
  if (const auto dynamic = first(kShtDynamic); dynamic != sections_.end()) {
    const ElfRange table = clipped(dynamic->offset, dynamic->size);
    read_library_names(read_dynamic_entries(table), strings_of(*dynamic));
  }
  if (const auto symbols = first(kShtDynsym); symbols != sections_.end()) {
    const ElfRange table = clipped(symbols->offset, symbols->size);
    read_symbols(table, table.size / symbol_size(), strings_of(*symbols));
  }
}

ElfFile::Parser::Dynamic ElfFile::Parser::read_dynamic_entries(ElfRange range) {
  Dynamic dynamic;
  Reader table = reader_of(range, "ELF dynamic section");
  const std::size_t entry_size = elf_.is_64_ ? 16 : 8;
  for (std::size_t count = 0; table.remaining() >= entry_size; ++count) {
    const std::uint64_t tag = word(table), value = word(table);
    if (tag == kDtNull) return dynamic;
    if (count == kMaxDynamicEntries) break;
    if (tag == kDtNeeded && dynamic.needed.size() < kMaxNeeded) dynamic.needed.push_back(value);
    if (tag == kDtHash) dynamic.hash = value;
    if (tag == kDtGnuHash) dynamic.gnu_hash = value;
    if (tag == kDtStrtab) dynamic.strtab = value;
    if (tag == kDtSymtab) dynamic.symtab = value;
    if (tag == kDtStrsz) dynamic.strsz = value;
    if (tag == kDtSoname) dynamic.soname = value;
  }
  warn("ELF: the dynamic section has no end (DT_NULL)");
  return dynamic;
}

void ElfFile::Parser::read_library_names(const Dynamic& dynamic, ElfRange strings) {
  if (dynamic.soname) elf_.soname_ = library_name(*dynamic.soname, strings);
  bool all_readable = !dynamic.soname || elf_.soname_;
  for (const std::uint64_t offset : dynamic.needed) {
    const std::optional<std::string> name = library_name(offset, strings);
    if (name) elf_.needed_.push_back(*name);
    all_readable &= name.has_value();
  }
  if (!all_readable) warn("ELF: a DT_SONAME or DT_NEEDED name is outside the string table or has no end");
}

std::optional<std::string> ElfFile::Parser::library_name(std::uint64_t offset, ElfRange strings) const {
  if (offset < strings.size) {
    const std::uint64_t room = std::min<std::uint64_t>(strings.size - offset, kMaxLibraryName);
    const std::string_view text = as_text(reader_.slice(strings.offset + offset, room));
    const std::size_t length = text.find('\0');
    if (length != std::string_view::npos) return std::string(text.substr(0, length));
  }
  return std::nullopt;
}

/// The largest count that a table tells and the segment has room for: one hash table that lies must not hide
/// what the other one tells. `symbols` reaches to the end of its segment.
std::size_t ElfFile::Parser::symbol_count(const Dynamic& dynamic, ElfRange symbols) {
  const std::size_t room = symbols.size / symbol_size();
  std::size_t count = 0;
  const auto propose = [&](std::size_t proposed, const char* table) {
    if (proposed <= room) {
      count = std::max(count, proposed);
    } else {
      warn(std::string("ELF: ") + table + " counts more symbols than there is room for");
    }
  };
  guarded([&] {
    const std::optional<ElfRange> table = dynamic.hash ? locate(*dynamic.hash) : std::nullopt;
    if (table) propose(reader_of(*table, "ELF DT_HASH").at<std::uint32_t>(4), "DT_HASH");
  });
  guarded([&] {
    const std::optional<ElfRange> table = dynamic.gnu_hash ? locate(*dynamic.gnu_hash) : std::nullopt;
    if (table) propose(gnu_hash_count(*table), "DT_GNU_HASH");
  });
  if (count > 1) return count;
  // GNU ld writes an empty DT_GNU_HASH when nothing is exported; it then says nothing about the imports.
  for (const Section& section : sections_) {
    if (section.type != kShtDynsym || section.offset != symbols.offset) continue;
    propose(section.size / symbol_size(), "the section table");
    break;
  }
  if (count == 0) warn("ELF: the number of dynamic symbols is unknown");
  return count;
}

/// DT_GNU_HASH: nbuckets, symoffset, bloom_size, bloom_shift; bloom_size words; nbuckets first symbols of
/// chains; a hash value for each symbol from symoffset on, whose low bit ends a chain. Symbols are sorted by
/// bucket, so the chain that begins last also ends last.
std::size_t ElfFile::Parser::gnu_hash_count(ElfRange range) const {
  Reader table = reader_of(range, "ELF DT_GNU_HASH");
  const std::uint32_t buckets = table.u32(), first_symbol = table.u32(), bloom_words = table.u32();
  const std::size_t word_size = elf_.is_64_ ? 8 : 4;
  table.skip(4);  // bloom_shift
  table.require_table(table.offset(), bloom_words, word_size);
  table.skip(bloom_words * word_size);
  table.require_table(table.offset(), buckets, 4);
  std::uint32_t last_chain = 0;
  for (std::uint32_t i = 0; i < buckets; ++i) last_chain = std::max(last_chain, table.u32());
  if (last_chain < first_symbol) return first_symbol;  // nothing is exported

  table.require_table(table.offset(), std::uint64_t{last_chain} - first_symbol, 4);
  table.skip((std::size_t{last_chain} - first_symbol) * 4);
  std::size_t symbol = last_chain;
  while ((table.u32() & 1) == 0) ++symbol;
  return symbol + 1;
}

void ElfFile::Parser::read_symbols(ElfRange range, std::size_t count, ElfRange strings) {
  if (count > kMaxSymbols) {
    warn("ELF: more than 1048576 dynamic symbols, the rest is not read");
    count = kMaxSymbols;
  }
  Reader table = reader_of(range, "ELF symbol table");
  table.require_table(0, count, symbol_size());
  elf_.symbols_.reserve(count);
  std::size_t budget = strings.size * kNameBudgetFactor;
  std::size_t bad_names = 0;
  for (std::size_t i = 0; i < count; ++i) {
    ElfSymbol symbol = read_symbol(table);
    const std::uint64_t name = std::exchange(symbol.name_offset, 0);
    const std::size_t room = name < strings.size ? std::min<std::size_t>(strings.size - name, budget) : 0;
    const std::string_view text = room == 0 ? "" : as_text(reader_.slice(strings.offset + name, room));
    const std::size_t length = text.find('\0');
    budget -= std::min(room, length);
    if (length == std::string_view::npos) {
      ++bad_names;
    } else {
      symbol.name = text.substr(0, length);
      symbol.name_offset = static_cast<std::uint32_t>(strings.offset + name);
    }
    elf_.symbols_.push_back(symbol);
  }
  if (bad_names > 0) warn("ELF: " + std::to_string(bad_names) + " dynamic symbols without a readable name");
}

/// name_offset is still relative to the string table.
ElfSymbol ElfFile::Parser::read_symbol(Reader& table) const {
  ElfSymbol symbol;
  symbol.name_offset = table.u32();
  if (!elf_.is_64_) {
    symbol.value = table.u32();
    symbol.size = table.u32();
  }
  const std::uint8_t info = table.u8();
  table.skip(1);  // st_other
  symbol.defined = table.u16() != 0;
  if (elf_.is_64_) {
    symbol.value = table.u64();
    symbol.size = table.u64();
  }
  symbol.type = info & 0xf;
  symbol.binding = info >> 4;
  return symbol;
}

void ElfFile::Parser::read_build_id() {
  std::size_t budget = kMaxNotes;
  for (const Segment& segment : notes_) {
    if (find_build_id({segment.offset, segment.size}, segment.align, budget)) return;
  }
  for (const Section& section : sections_) {
    if (section.type != kShtNote) continue;
    if (find_build_id(clipped(section.offset, section.size), section.align, budget)) return;
  }
}

/// Notes are namesz, descsz, type, name, descriptor; both padded to 4 bytes, or to 8 where the segment is
/// aligned so.
bool ElfFile::Parser::find_build_id(ElfRange range, std::uint64_t align, std::size_t& budget) {
  const std::uint64_t padding = align == 8 ? 7 : 3;
  Reader notes = reader_of(range, "ELF notes");
  for (; notes.remaining() >= 12 && budget > 0; --budget) {
    const std::uint64_t start = notes.offset();
    const std::uint64_t name_size = notes.u32(), size = notes.u32();
    const std::uint32_t type = notes.u32();
    const std::uint64_t body = (start + 12 + name_size + padding) & ~padding;
    const std::uint64_t next = (body + size + padding) & ~padding;
    if (body > notes.size() || size > notes.size() - body) return false;
    if (type == kNtGnuBuildId && size > 0 && size <= kMaxBuildId &&
        as_text(notes.slice(start + 12, name_size)) == std::string_view("GNU\0", 4)) {
      elf_.build_id_ = to_hex(notes.slice(body, size));
      return true;
    }
    notes.seek(std::min<std::uint64_t>(next, notes.size()));
  }
  return false;
}

}  // namespace sdkprint
