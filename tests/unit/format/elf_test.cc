#include "format/elf.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "elf_builder.h"

using namespace sdkprint;
using test::ByteVector;
using test::ElfBuilder;
using Hash = ElfBuilder::Hash;

namespace {

ElfBuilder typical(int bits = 64, Endian endian = Endian::little) {
  ElfBuilder builder(bits, endian);
  builder.soname("libdemo.so").needed("libc.so").needed("liblog.so");
  builder.imports("malloc").exports("JNI_OnLoad").exports("demo_version").exports("demo_start").exports("z");
  return builder.build_id({0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4}).rodata("Demo SDK 1.2.3");
}

/// Sorted, since the builder orders exports as the GNU hash table wants them.
std::vector<std::string_view> names(const ElfFile& elf) {
  std::vector<std::string_view> result;
  for (const ElfSymbol& symbol : elf.dynamic_symbols()) result.push_back(symbol.name);
  std::sort(result.begin(), result.end());
  return result;
}

const std::vector<std::string_view> kTypicalNames = {"",       "JNI_OnLoad", "demo_start", "demo_version",
                                                     "malloc", "z"};

/// Whether every byte of a part lies in a constant range.
bool is_constant(const ElfFile& elf, const ElfBuilder& builder, std::string_view part) {
  const std::size_t begin = builder.offset_of(part), end = begin + builder.size_of(part);
  return std::any_of(elf.constant_ranges().begin(), elf.constant_ranges().end(), [=](const ElfRange& range) {
    return range.offset <= begin && end <= range.offset + range.size;
  });
}

bool warns(const ElfFile& elf, std::string_view text) {
  return std::any_of(elf.warnings().begin(), elf.warnings().end(),
                     [=](const std::string& warning) { return warning.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("elf: both classes and both byte orders tell the same") {
  for (const int bits : {32, 64}) {
    for (const Endian endian : {Endian::little, Endian::big}) {
      CAPTURE(bits);
      CAPTURE(endian == Endian::big);
      const ByteVector file = typical(bits, endian).build();
      const ElfFile elf(file);
      CHECK(elf.is_64() == (bits == 64));
      CHECK(elf.is_big_endian() == (endian == Endian::big));
      CHECK(elf.machine() == 183);
      CHECK(elf.soname() == "libdemo.so");
      CHECK(elf.needed() == std::vector<std::string>{"libc.so", "liblog.so"});
      CHECK(elf.build_id() == "deadbeef01020304");
      CHECK(names(elf) == kTypicalNames);
      CHECK(elf.warnings().empty());
    }
  }
}

TEST_CASE("elf: symbols keep the file's indices and say where their names are") {
  for (const int bits : {32, 64}) {
    CAPTURE(bits);
    const ByteVector file = typical(bits).build();
    const ElfFile elf(file);
    REQUIRE(elf.dynamic_symbols().size() == 6);
    const ElfSymbol& imported = elf.dynamic_symbols()[1];
    CHECK(imported.name == "malloc");
    CHECK_FALSE(imported.defined);
    const ElfSymbol& exported = elf.dynamic_symbols()[2];
    CHECK(exported.defined);
    CHECK(exported.value == 0x1234);
    CHECK(exported.size == 16);
    CHECK(exported.type == 2);
    CHECK(exported.binding == 1);
    CHECK(as_text(file).substr(exported.name_offset, exported.name.size()) == exported.name);
  }
}

TEST_CASE("elf: each hash table alone gives the symbol count") {
  for (const Hash hash : {Hash::sysv, Hash::gnu, Hash::both}) {
    CAPTURE(static_cast<int>(hash));
    const ByteVector file = typical().hash(hash).without_section_headers().build();
    const ElfFile elf(file);
    CHECK(names(elf) == kTypicalNames);
    CHECK(elf.warnings().empty());
  }
}

TEST_CASE("elf: without a hash table the section table counts, and without both a warning says so") {
  const ByteVector with_sections = typical().hash(Hash::none).build();
  CHECK(names(ElfFile(with_sections)) == kTypicalNames);
  const ByteVector without = typical().hash(Hash::none).without_section_headers().build();
  const ElfFile elf(without);
  CHECK(elf.dynamic_symbols().empty());
  CHECK(elf.soname() == "libdemo.so");
  CHECK(warns(elf, "number of dynamic symbols"));
}

TEST_CASE("elf: imports of a library that exports nothing are found although its GNU hash table is empty") {
  const ByteVector file = ElfBuilder().hash(Hash::gnu).imports("malloc").imports("free").build();
  CHECK(names(ElfFile(file)) == std::vector<std::string_view>{"", "free", "malloc"});
}

TEST_CASE("elf: a DT_HASH that counts too few does not hide what DT_GNU_HASH counts") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, builder.offset_of("hash") + 4, 1, 4);
  CHECK(names(ElfFile(file)) == kTypicalNames);
}

TEST_CASE("elf: a DT_HASH that counts more than the segment holds is said and not followed") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, builder.offset_of("hash") + 4, 0x7fffffff, 4);
  const ElfFile elf(file);
  CHECK(names(elf) == kTypicalNames);
  CHECK(warns(elf, "DT_HASH counts more"));
}

TEST_CASE("elf: a GNU hash chain without an end costs the symbols only") {
  ElfBuilder builder = typical().hash(Hash::gnu).without_section_headers().code(std::string(64, '\0'));
  ByteVector file = builder.build();
  const std::size_t chains = builder.offset_of("gnu_hash") + 16 + 8 + 3 * 4;
  for (int i = 0; i < 4; ++i) builder.put(file, chains + static_cast<std::size_t>(i) * 4, 2, 4);
  // Up to the end of the code segment no word is odd.
  const ElfFile elf(file);
  CHECK(elf.dynamic_symbols().empty());
  CHECK(elf.soname() == "libdemo.so");
  CHECK(elf.build_id().has_value());
  CHECK_FALSE(elf.warnings().empty());
}

TEST_CASE("elf: a GNU hash bucket that points far away costs the symbols only") {
  ElfBuilder builder = typical().hash(Hash::gnu).without_section_headers();
  ByteVector file = builder.build();
  builder.put(file, builder.offset_of("gnu_hash") + 16 + 8, 0xfffffff0, 4);
  const ElfFile elf(file);
  CHECK(elf.dynamic_symbols().empty());
  CHECK(warns(elf, "DT_GNU_HASH"));
}

TEST_CASE("elf: stripped section headers change nothing about names") {
  const ByteVector file = typical().without_section_headers().build();
  const ElfFile elf(file);
  CHECK(elf.soname() == "libdemo.so");
  CHECK(elf.build_id() == "deadbeef01020304");
  CHECK(names(elf) == kTypicalNames);
  CHECK(elf.warnings().empty());
}

TEST_CASE("elf: section headers full of nonsense change nothing about names") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  std::fill(file.begin() + static_cast<std::ptrdiff_t>(builder.offset_of("section headers")), file.end(),
            std::uint8_t{0xff});
  const ElfFile elf(file);
  CHECK(elf.soname() == "libdemo.so");
  CHECK(names(elf) == kTypicalNames);
  CHECK(is_constant(elf, builder, "text"));
}

TEST_CASE("elf: section headers outside the file are ignored and said") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, 40, 0x7fffffffffffff00, 8);  // e_shoff
  const ElfFile elf(file);
  CHECK(names(elf) == kTypicalNames);
  CHECK(warns(elf, "section headers unusable"));
}

TEST_CASE("elf: without PT_DYNAMIC the section table is used") {
  for (const int bits : {32, 64}) {
    const ByteVector file = typical(bits).without_dynamic_segment().build();
    const ElfFile elf(file);
    CHECK(elf.soname() == "libdemo.so");
    CHECK(elf.needed() == std::vector<std::string>{"libc.so", "liblog.so"});
    CHECK(names(elf) == kTypicalNames);
  }
}

TEST_CASE("elf: a build id in no segment is found through its section") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, builder.program_header(ElfBuilder::kNotePh), 0, 4);  // PT_NULL
  CHECK(ElfFile(file).build_id() == "deadbeef01020304");
}

TEST_CASE("elf: a note longer than its segment yields no build id") {
  ElfBuilder builder = typical().without_section_headers();
  ByteVector file = builder.build();
  builder.put(file, builder.offset_of("note") + 20 + 4, 0xffffffff, 4);  // descsz of the second note
  const ElfFile elf(file);
  CHECK_FALSE(elf.build_id().has_value());
  CHECK(elf.soname() == "libdemo.so");
}

TEST_CASE("elf: a symbol name outside the string table leaves an empty name in its slot") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, builder.symbol(1), 0x00ffffff, 4);
  const ElfFile elf(file);
  REQUIRE(elf.dynamic_symbols().size() == 6);
  CHECK(elf.dynamic_symbols()[1].name.empty());
  CHECK(elf.dynamic_symbols()[2].defined);
  CHECK_FALSE(elf.dynamic_symbols()[2].name.empty());
  CHECK(warns(elf, "1 dynamic symbols without a readable name"));
}

TEST_CASE("elf: a name must end inside the string table") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, builder.dynamic(1) + 8, 3, 8);  // DT_STRSZ: "\0ma"
  const ElfFile elf(file);
  CHECK(elf.dynamic_symbols()[1].name.empty());
  CHECK_FALSE(elf.soname().has_value());
  CHECK(elf.needed().empty());
  CHECK(warns(elf, "DT_SONAME"));
}

TEST_CASE("elf: a DT_STRSZ that leaves the segment is said, names are still read") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, builder.dynamic(1) + 8, 0x7fffffff, 8);
  const ElfFile elf(file);
  CHECK(names(elf) == kTypicalNames);
  CHECK(warns(elf, "DT_STRSZ"));
}

TEST_CASE("elf: a string table at an unmapped address leaves the rest readable") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, builder.dynamic(0) + 8, 0xfffffffffffffff0, 8);
  const ElfFile elf(file);
  CHECK_FALSE(elf.soname().has_value());
  CHECK(elf.build_id() == "deadbeef01020304");
  CHECK_FALSE(elf.constant_ranges().empty());
  CHECK(warns(elf, "DT_STRTAB"));
}

TEST_CASE("elf: PT_DYNAMIC is found by its address, as the loader does, not by its file offset") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, builder.program_header(ElfBuilder::kDynamicPh) + 8, 0, 8);  // p_offset
  const ElfFile elf(file);
  CHECK(elf.soname() == "libdemo.so");
  CHECK(elf.warnings().empty());
}

TEST_CASE("elf: a PT_DYNAMIC at an unmapped address is read at its file offset") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, builder.program_header(ElfBuilder::kDynamicPh) + 16, 0x7f0000, 8);  // p_vaddr
  const ElfFile elf(file);
  CHECK(elf.soname() == "libdemo.so");
  CHECK(warns(elf, "PT_DYNAMIC"));
}

TEST_CASE("elf: of two segments at one address the later one counts, as the loader maps them") {
  ElfBuilder builder = typical().without_section_headers();
  ByteVector file = builder.build();
  // Over the program headers' address in the first segment, away from its names.
  const std::uint64_t address = ElfBuilder::kCodeBias + builder.offset_of("program headers");
  REQUIRE(builder.size_of("dynamic") < builder.offset_of("dynstr") - builder.offset_of("program headers"));
  builder.put(file, builder.program_header(ElfBuilder::kLoadData) + 16, address, 8);
  builder.put(file, builder.program_header(ElfBuilder::kDynamicPh) + 16, address, 8);
  CHECK(ElfFile(file).soname() == "libdemo.so");
}

TEST_CASE("elf: of two PT_DYNAMIC the first counts, as for the loader") {
  ElfBuilder builder = typical().without_section_headers();
  ByteVector file = builder.build();
  const std::size_t note = builder.program_header(ElfBuilder::kNotePh);  // stands in front of PT_DYNAMIC
  builder.put(file, note, 2, 4);
  builder.put(file, note + 16, ElfBuilder::kCodeBias + builder.offset_of("note"), 8);
  CHECK_FALSE(ElfFile(file).soname().has_value());
}

TEST_CASE("elf: a dynamic section without DT_NULL is read to its end and said") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  const std::size_t last = builder.offset_of("dynamic") + builder.size_of("dynamic") - 16;
  builder.put(file, last, 0x1234, 8);
  const ElfFile elf(file);
  CHECK(elf.soname() == "libdemo.so");
  CHECK(warns(elf, "DT_NULL"));
}

TEST_CASE("elf: entries behind DT_NULL do not count") {
  ElfBuilder builder = ElfBuilder().soname("libdemo.so").dynamic_entry(0, 0).dynamic_entry(1, 1);
  const ByteVector file = builder.build();
  CHECK(ElfFile(file).needed().empty());
}

TEST_CASE("elf: code is no constant range while the section headers mark it") {
  ElfBuilder builder = typical();
  const ByteVector file = builder.build();
  const ElfFile elf(file);
  CHECK(is_constant(elf, builder, "rodata"));
  CHECK(is_constant(elf, builder, "dynstr"));
  CHECK(is_constant(elf, builder, "dynamic"));
  for (const ElfRange& range : elf.constant_ranges()) {
    const std::uint64_t text = builder.offset_of("text");
    CHECK((range.offset + range.size <= text || range.offset >= text + builder.size_of("text")));
    CHECK(range.size > 0);
  }
}

TEST_CASE("elf: without section headers all file-backed loadable bytes are constant ranges") {
  ElfBuilder builder = typical().without_section_headers();
  const ByteVector file = builder.build();
  const ElfFile elf(file);
  CHECK(is_constant(elf, builder, "rodata"));
  CHECK(is_constant(elf, builder, "text"));
}

TEST_CASE("elf: a code section that is not where its address is makes the section table a liar") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  const std::size_t header = builder.section_header(ElfBuilder::kText);
  builder.put(file, header + 24, builder.offset_of("rodata"), 8);  // sh_offset: hides the constants
  const ElfFile elf(file);
  CHECK(is_constant(elf, builder, "rodata"));
  CHECK(warns(elf, "contradict"));
}

TEST_CASE("elf: a code section in a segment that is not executable makes the section table a liar") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, builder.section_header(ElfBuilder::kDynamic) + 8, 6, 8);  // SHF_ALLOC | SHF_EXECINSTR
  const ElfFile elf(file);
  CHECK(is_constant(elf, builder, "dynamic"));
  CHECK(warns(elf, "contradict"));
}

TEST_CASE("elf: overlapping segments become one range, in ascending order") {
  ElfBuilder builder = typical().without_section_headers();
  ByteVector file = builder.build();
  const std::size_t data = builder.program_header(ElfBuilder::kLoadData);
  builder.put(file, data + 8, 16, 8);            // p_offset, inside the first segment
  builder.put(file, data + 32, file.size(), 8);  // p_filesz, beyond the file
  const ElfFile elf(file);
  REQUIRE(elf.constant_ranges().size() == 1);
  CHECK(elf.constant_ranges()[0].offset == 0);
  CHECK(elf.constant_ranges()[0].size == file.size());
  CHECK(warns(elf, "end of the file"));
}

TEST_CASE("elf: a segment outside the file adds no range") {
  ElfBuilder builder = typical().without_section_headers();
  ByteVector file = builder.build();
  builder.put(file, builder.program_header(ElfBuilder::kLoadData) + 8, 0xffffffffffffff00, 8);
  const ElfFile elf(file);
  REQUIRE(elf.constant_ranges().size() == 1);
  CHECK(elf.constant_ranges()[0].size == builder.offset_of("text") + builder.size_of("text"));
}

TEST_CASE("elf: ABI names") {
  const auto abi = [](int bits, std::uint16_t machine) {
    const ByteVector file = ElfBuilder(bits).machine(machine).build();
    return ElfFile(file).abi();
  };
  CHECK(abi(64, 183) == "arm64-v8a");
  CHECK(abi(32, 40) == "armeabi-v7a");
  CHECK(abi(32, 3) == "x86");
  CHECK(abi(64, 62) == "x86_64");
  CHECK(abi(64, 243) == "riscv64");
  CHECK(abi(32, 8) == "mips");
  CHECK(abi(64, 8) == "mips64");
  CHECK(abi(64, 20) == "em-20");
  CHECK(abi(32, 62) == "em-62");  // x32: no Android ABI
}

TEST_CASE("elf: a data file named .so is refused") {
  CHECK_THROWS_AS(ElfFile(as_bytes("\x01\x02\x03\x04 acoustic model data")), InputError);
  CHECK_THROWS_AS(ElfFile{Bytes{}}, InputError);
}

TEST_CASE("elf: an unknown class or byte order is refused") {
  ByteVector file = typical().build();
  file[4] = 3;
  CHECK_THROWS_AS(ElfFile{file}, InputError);
  file[4] = 2, file[5] = 0;
  CHECK_THROWS_AS(ElfFile{file}, InputError);
}

TEST_CASE("elf: program headers outside the file are refused") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, 32, file.size() - 8, 8);  // e_phoff
  CHECK_THROWS_AS(ElfFile{file}, InputError);
  builder.put(file, 32, 0xfffffffffffffff8, 8);
  CHECK_THROWS_AS(ElfFile{file}, InputError);
}

TEST_CASE("elf: no program headers are refused") {
  ElfBuilder builder = typical();
  ByteVector file = builder.build();
  builder.put(file, 56, 0, 2);  // e_phnum
  CHECK_THROWS_AS(ElfFile{file}, InputError);
}

TEST_CASE("elf: thousands of symbols with one endless name do not cost their product") {
  ElfBuilder builder;
  builder.exports(std::string(100'000, 'a'));
  for (int i = 0; i < 20'000; ++i) builder.exports("");
  ByteVector file = builder.build();
  for (std::size_t i = 1; i <= 20'000; ++i) builder.put(file, builder.symbol(i), 1, 4);
  const ElfFile elf(file);
  CHECK(elf.dynamic_symbols().size() == 20'002);
  std::size_t total = 0;
  for (const ElfSymbol& symbol : elf.dynamic_symbols()) total += symbol.name.size();
  CHECK(total <= 8 * builder.size_of("dynstr"));
  CHECK(warns(elf, "without a readable name"));
}

TEST_CASE("elf: the number of needed libraries is limited") {
  ElfBuilder builder = ElfBuilder().needed("libc.so");
  for (int i = 0; i < 5'000; ++i) builder.dynamic_entry(1, 1);
  const ByteVector file = builder.build();
  CHECK(ElfFile(file).needed().size() == 1'024);
}

TEST_CASE("elf: any prefix is parsed or refused, and none without its program headers is parsed") {
  for (const int bits : {32, 64}) {
    ElfBuilder builder = typical(bits);
    const ByteVector file = builder.build();
    const std::size_t refused = test::truncation_sweep(file, [](Bytes bytes) { ElfFile elf(bytes); });
    CHECK(refused == builder.offset_of("program headers") + builder.size_of("program headers"));
  }
}

TEST_CASE("elf: damaged files never read out of bounds") {
  for (const int bits : {32, 64}) {
    for (const Hash hash : {Hash::gnu, Hash::both}) {
      const ByteVector file = typical(bits).hash(hash).build();
      test::byte_flips(file, [](Bytes bytes) {
        const ElfFile elf(bytes);
        for (const ElfRange& range : elf.constant_ranges()) {
          REQUIRE(range.offset <= bytes.size());
          REQUIRE(range.size <= bytes.size() - range.offset);
        }
        for (const ElfSymbol& symbol : elf.dynamic_symbols()) {
          if (symbol.name.empty()) continue;
          REQUIRE(as_text(bytes).substr(symbol.name_offset, symbol.name.size()) == symbol.name);
        }
      });
    }
  }
}
