// The loader's view of the file as a whole: header, segments, where an address lies, what may hold constants.
#include "format/elf.h"

#include <algorithm>

#include "format/elf_parser.h"

namespace sdkprint {
namespace {

// System V gABI, "Program Header" and "Sections".
constexpr std::uint32_t kPtLoad = 1, kPtDynamic = 2, kPtNote = 4;
constexpr std::uint32_t kPfExecute = 1;
constexpr std::uint64_t kShfAlloc = 2, kShfExecinstr = 4;

/// Real libraries have 2 to 5. With a limit, searching them for each of 65,535 sections stays cheap.
constexpr std::size_t kMaxLoadSegments = 256;

/// The union of the ranges, ascending, neighbours joined. Consumes its argument.
std::vector<ElfRange> merged(std::vector<ElfRange> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const ElfRange& a, const ElfRange& b) { return a.offset < b.offset; });
  std::vector<ElfRange> result;
  for (const ElfRange& range : ranges) {
    if (range.size == 0) continue;
    const std::uint64_t end = range.offset + range.size;
    if (!result.empty() && range.offset <= result.back().offset + result.back().size) {
      ElfRange& last = result.back();
      last.size = std::max(last.offset + last.size, end) - last.offset;
    } else {
      result.push_back(range);
    }
  }
  return result;
}

/// `from` without `holes`; both merged.
std::vector<ElfRange> without(const std::vector<ElfRange>& from, const std::vector<ElfRange>& holes) {
  std::vector<ElfRange> result;
  std::size_t first = 0;
  for (const ElfRange& range : from) {
    std::uint64_t at = range.offset;
    const std::uint64_t end = range.offset + range.size;
    while (first < holes.size() && holes[first].offset + holes[first].size <= at) ++first;
    for (std::size_t i = first; i < holes.size() && holes[i].offset < end; ++i) {
      if (holes[i].offset > at) result.push_back({at, holes[i].offset - at});
      at = std::max(at, holes[i].offset + holes[i].size);
    }
    if (at < end) result.push_back({at, end - at});
  }
  return result;
}

}  // namespace

void ElfFile::Parser::read_header() {
  if (as_text(reader_.slice(0, 4)) != "\177ELF") reader_.malformed(0, "not an ELF file");
  if (file_.size() > UINT32_MAX) throw InputError(InputError::Kind::limit, "ELF file larger than 4 GiB");
  const std::uint8_t bits = reader_.at<std::uint8_t>(4), order = reader_.at<std::uint8_t>(5);
  if (bits != 1 && bits != 2) reader_.malformed(4, "EI_CLASS is neither 32 nor 64 bits");
  if (order != 1 && order != 2) reader_.malformed(5, "EI_DATA is neither byte order");
  elf_.is_64_ = bits == 2;
  elf_.is_big_endian_ = order == 2;
  reader_ = Reader(file_, "ELF header", elf_.is_big_endian_ ? Endian::big : Endian::little);

  reader_.seek(18);
  elf_.machine_ = reader_.u16();
  reader_.skip(4);  // e_version
  word(reader_);    // e_entry
  program_headers_ = word(reader_);
  section_headers_ = word(reader_);
  reader_.skip(8);  // e_flags, e_ehsize, e_phentsize: the loader knows the size of its own structures
  program_header_count_ = reader_.u16();
  section_header_size_ = reader_.u16();
  section_header_count_ = reader_.u16();
  reader_.skip(2);  // e_shstrndx
}

void ElfFile::Parser::read_program_headers() {
  if (program_header_count_ == 0) reader_.malformed(0, "no program headers");
  Reader table(file_, "ELF program headers", reader_.endian());
  table.require_table(program_headers_, program_header_count_, elf_.is_64_ ? 56 : 32);
  table.seek(program_headers_);
  bool clipped_load = false;
  for (int i = 0; i < program_header_count_; ++i) {
    Segment segment;
    segment.type = table.u32();
    if (elf_.is_64_) segment.flags = table.u32();
    segment.offset = word(table);
    segment.vaddr = word(table);
    word(table);  // p_paddr
    const std::uint64_t file_size = word(table);
    word(table);  // p_memsz
    if (!elf_.is_64_) segment.flags = table.u32();
    segment.align = word(table);
    const ElfRange range = clipped(segment.offset, file_size);
    segment.offset = range.offset;
    segment.size = range.size;

    if (segment.type == kPtDynamic && !dynamic_) dynamic_ = segment;  // the loader takes the first
    if (segment.type == kPtNote) notes_.push_back(segment);
    if (segment.type != kPtLoad) continue;
    if (loads_.size() == kMaxLoadSegments) {
      throw InputError(InputError::Kind::limit, "ELF: more than 256 PT_LOAD segments");
    }
    clipped_load |= range.size != file_size;
    loads_.push_back(segment);
  }
  if (clipped_load) warn("ELF: a PT_LOAD segment ends behind the end of the file");
}

/// Leaves sections_ empty when there is no usable table.
void ElfFile::Parser::read_section_headers() {
  if (section_headers_ == 0 || section_header_count_ == 0) return;
  const std::size_t entry_size = elf_.is_64_ ? 64 : 40;
  const ElfRange room = clipped(section_headers_, std::uint64_t{section_header_count_} * entry_size);
  if (section_header_size_ != entry_size || room.size / entry_size != section_header_count_) {
    return warn("ELF: section headers unusable, ignored");
  }
  Reader table = reader_of(room, "ELF section headers");
  sections_.resize(section_header_count_);
  for (Section& section : sections_) {
    table.skip(4);  // sh_name
    section.type = table.u32();
    section.flags = word(table);
    section.addr = word(table);
    section.offset = word(table);
    section.size = word(table);
    section.link = table.u32();
    table.skip(4);  // sh_info
    section.align = word(table);
    word(table);  // sh_entsize
  }
}

/// The loadable segment whose file-backed part holds an address. Of several the last: the loader maps them in
/// order, each over what was there.
const ElfFile::Parser::Segment* ElfFile::Parser::segment_at(std::uint64_t vaddr) const {
  for (std::size_t i = loads_.size(); i-- > 0;) {
    if (vaddr >= loads_[i].vaddr && vaddr - loads_[i].vaddr < loads_[i].size) return &loads_[i];
  }
  return nullptr;
}

/// From an address to the file: the bytes from there to the end of its segment.
std::optional<ElfRange> ElfFile::Parser::locate(std::uint64_t vaddr) const {
  const Segment* segment = segment_at(vaddr);
  if (segment == nullptr) return std::nullopt;
  const std::uint64_t delta = vaddr - segment->vaddr;
  return ElfRange{segment->offset + delta, segment->size - delta};
}

void ElfFile::Parser::find_constant_ranges() {
  std::vector<ElfRange> loaded;
  loaded.reserve(loads_.size());
  for (const Segment& segment : loads_) loaded.push_back({segment.offset, segment.size});
  elf_.constant_ranges_ = merged(std::move(loaded));
  if (const std::optional<std::vector<ElfRange>> code = code_ranges()) {
    elf_.constant_ranges_ = without(elf_.constant_ranges_, *code);
  } else {
    warn("ELF: section headers contradict the program headers, ignored");
  }
}

/// What the sections call instructions; nothing when one of them is not where an executable segment has its
/// address.
std::optional<std::vector<ElfRange>> ElfFile::Parser::code_ranges() const {
  constexpr std::uint64_t kCode = kShfAlloc | kShfExecinstr;
  std::vector<ElfRange> code;
  for (const Section& section : sections_) {
    if ((section.flags & kCode) != kCode || section.type == kShtNobits || section.size == 0) continue;
    const Segment* segment = segment_at(section.addr);
    if (segment == nullptr || (segment->flags & kPfExecute) == 0) return std::nullopt;
    const std::uint64_t delta = section.addr - segment->vaddr;
    if (section.offset != segment->offset + delta || section.size > segment->size - delta)
      return std::nullopt;
    code.push_back({section.offset, section.size});
  }
  return merged(std::move(code));
}

ElfFile::ElfFile(Bytes file) { Parser(file, *this).parse(); }

std::string ElfFile::abi() const {
  // e_machine: gABI and the processor supplements.
  switch (machine_) {
    case 3:
      return "x86";
    case 8:
      return is_64_ ? "mips64" : "mips";
    case 40:
      return "armeabi-v7a";
    case 62:
      if (is_64_) return "x86_64";
      break;
    case 183:
      if (is_64_) return "arm64-v8a";
      break;
    case 243:
      if (is_64_) return "riscv64";
      break;
    default:
      break;
  }
  return "em-" + std::to_string(machine_);
}

}  // namespace sdkprint
