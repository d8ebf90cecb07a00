#include <cstdlib>

#include "elf_builder.h"
#include "format/elf.h"
#include "fuzz_target.h"

using namespace sdkprint;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const ElfFile elf(Bytes(data, size));
    std::uint64_t end = 0;
    for (const ElfRange& range : elf.constant_ranges()) {
      // Ascending, not empty, without overlap, inside the file.
      if (range.size == 0 || range.offset < end || range.offset > size || range.size > size - range.offset) {
        std::abort();
      }
      end = range.offset + range.size;
    }
    for (const ElfSymbol& symbol : elf.dynamic_symbols()) {
      const Bytes name = as_bytes(symbol.name);
      if (!name.empty() && name.data() != data + symbol.name_offset) std::abort();
    }
  } catch (const InputError&) {
  }
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  using test::ElfBuilder;
  std::vector<std::vector<std::uint8_t>> seeds;
  for (const int bits : {32, 64}) {
    for (const Endian endian : {Endian::little, Endian::big}) {
      ElfBuilder builder(bits, endian);
      builder.soname("liba.so").needed("libc.so").imports("malloc").exports("JNI_OnLoad").exports("b");
      builder.build_id({1, 2, 3, 4});
      seeds.push_back(builder.build());
      seeds.push_back(ElfBuilder(builder).hash(ElfBuilder::Hash::gnu).without_section_headers().build());
      seeds.push_back(ElfBuilder(builder).without_dynamic_segment().build());
    }
  }
  ElfBuilder damaged;
  std::vector<std::uint8_t> file = damaged.exports("a").hash(ElfBuilder::Hash::gnu).build();
  damaged.put(file, damaged.offset_of("gnu_hash"), 0xffffffff, 4);
  seeds.push_back(file);
  return seeds;
}
