// Images of entries: an image has the size of the entry, an image of an image is itself, and a native
// library's image reads as the library does.
#include "dex_builder.h"
#include "elf_builder.h"
#include "format/elf.h"
#include "fuzz_target.h"
#include "scan/redaction.h"

using namespace sdkprint;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes file(data, size);
  const std::vector<std::string> kept = {"com.acme.*.get"};
  const std::vector<std::uint8_t> dex = redact_dex(file, kept);
  if (dex.size() != size || redact_dex(dex, kept).size() != size) __builtin_trap();
  const std::vector<std::uint8_t> native = redact_native(file);
  if (native.size() != size || redact_native(native) != native) __builtin_trap();
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  test::DexBuilder dex;
  dex.add_class("Lcom/acme/A;")
      .string_constant("V", "1")
      .method("get", "()V", test::Code().const_string(0, "x").const_int(1, 7).return_void())
      .method("other", "(I)V", test::Code().const_string_jumbo(0, "y").return_void());
  test::ElfBuilder elf;
  elf.soname("liba.so").exports("a").rodata("some text").code("machine code");
  return {dex.build(), elf.build()};
}
