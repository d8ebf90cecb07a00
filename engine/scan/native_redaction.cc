// Which bytes of a native library a scan reads: what describes it, its dynamic symbols, printable runs of
// constant data. Which of the first two lie where is found out section by section, and proved by reading the
// image again.
#include <algorithm>
#include <tuple>

#include "format/elf.h"
#include "scan/native_scan.h"
#include "scan/redaction.h"
#include "scan/redaction_image.h"

namespace sdkprint {
namespace {

constexpr std::size_t kHeaderBytes = 64;
constexpr std::size_t kMostSections = 4096;

/// Fields of the file header and of a section header, by class (System V gABI, "ELF Header", "Section
/// Header").
struct Layout {
  std::size_t phoff, shoff, phentsize, phnum, shentsize, shnum;
  std::size_t sh_type, sh_offset, sh_size;
};
constexpr Layout k32 = {28, 32, 42, 44, 46, 48, 4, 16, 20};
constexpr Layout k64 = {32, 40, 54, 56, 58, 60, 4, 24, 32};

/// Section types that are tables of their own: a filter for text would break them.
bool is_table(std::uint32_t type) {
  constexpr std::uint32_t kTables[] = {3, 5,  6,
                                       7, 11, 0x6ffffff6};  // STRTAB HASH DYNAMIC NOTE DYNSYM GNU_HASH
  return std::find(std::begin(kTables), std::end(kTables), type) != std::end(kTables);
}

class NativeRedaction {
 public:
  NativeRedaction(Bytes file, const ElfFile& elf)
      : file_(file),
        elf_(elf),
        layout_(elf.is_64() ? k64 : k32),
        reader_(file, "redaction", elf.is_big_endian() ? Endian::big : Endian::little),
        image_(file) {}

  std::vector<std::uint8_t> run() {
    image_.keep_clipped(0, kHeaderBytes);
    for (const ElfRange& range : elf_.constant_ranges()) keep_text(range);
    keep_headers();
    return image_.take();
  }

 private:
  std::uint64_t word(std::size_t offset) const {
    return elf_.is_64() ? reader_.at<std::uint64_t>(offset) : reader_.at<std::uint32_t>(offset);
  }
  void keep_headers();
  void keep_text(const ElfRange& range);

  const Bytes file_;
  const ElfFile& elf_;
  const Layout& layout_;
  const Reader reader_;
  RedactionImage image_;
};

void NativeRedaction::keep_headers() {
  image_.keep_clipped(word(layout_.phoff), std::uint64_t{reader_.at<std::uint16_t>(layout_.phentsize)} *
                                               reader_.at<std::uint16_t>(layout_.phnum));
  const std::uint64_t table = word(layout_.shoff), row = reader_.at<std::uint16_t>(layout_.shentsize);
  const std::size_t count = std::min<std::size_t>(reader_.at<std::uint16_t>(layout_.shnum), kMostSections);
  image_.keep_clipped(table, row * count);
  for (std::size_t i = 0; i < count && table < file_.size(); ++i) {
    const std::uint64_t at = table + i * row;
    if (row < layout_.sh_size + 8 || at > file_.size() || row > file_.size() - at) return;
    if (is_table(reader_.at<std::uint32_t>(at + layout_.sh_type)))
      image_.keep_clipped(word(at + layout_.sh_offset), word(at + layout_.sh_size));
  }
}

void NativeRedaction::keep_text(const ElfRange& range) {
  const Bytes text = file_.subspan(range.offset, range.size);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t begin = at;
    while (at < text.size() && is_printable(text[at])) ++at;
    if (at - begin >= kSmallestRun) image_.keep(range.offset + begin, at - begin);
  }
}

bool same_range(const ElfRange& a, const ElfRange& b) { return a.offset == b.offset && a.size == b.size; }

bool same_symbol(const ElfSymbol& a, const ElfSymbol& b) {
  return std::tie(a.name, a.value, a.size, a.name_offset, a.defined, a.type, a.binding) ==
         std::tie(b.name, b.value, b.size, b.name_offset, b.defined, b.type, b.binding);
}

/// Everything that a scan asks of the two is the same.
bool agree(const ElfFile& a, const ElfFile& b) {
  return a.soname() == b.soname() && a.needed() == b.needed() && a.build_id() == b.build_id() &&
         a.machine() == b.machine() && a.warnings() == b.warnings() &&
         std::ranges::equal(a.constant_ranges(), b.constant_ranges(), same_range) &&
         std::ranges::equal(a.dynamic_symbols(), b.dynamic_symbols(), same_symbol);
}

}  // namespace

std::vector<std::uint8_t> redact_native(Bytes file) {
  try {
    const ElfFile elf(file);
    std::vector<std::uint8_t> image = NativeRedaction(file, elf).run();
    if (agree(elf, ElfFile(image))) return image;
  } catch (const InputError&) {
    // Whatever is wrong with it, a scan of the image must find as well.
  }
  return {file.begin(), file.end()};
}

}  // namespace sdkprint
