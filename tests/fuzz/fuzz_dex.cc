// Everything a scan reads of a dex file: tables, class data, code, constants, lines, strings by offset.
#include <algorithm>

#include "base/error.h"
#include "dex_builder.h"
#include "format/dex.h"
#include "format/dex_constants.h"
#include "format/disassembly.h"
#include "fuzz_target.h"

namespace {

using namespace sdkprint;

void read_class(const DexFile& dex, const DexClassDef& def, DexClassData& data) {
  dex.type(def.class_idx);
  dex.type_list(def.interfaces_off);
  dex.class_data(def.class_data_off, data);
  DexMethods methods;
  dex.class_methods(def.class_data_off, methods);
  if (methods.direct(0).size() != data.direct_methods.size()) __builtin_trap();
  if (methods.virtuals(0).size() != data.virtual_methods.size()) __builtin_trap();
  for (const DexMethod& method : data.direct_methods) {
    if (method.code_off == 0) continue;
    const DexCode code = dex.code(method.code_off);
    if (dex.code_size(method.code_off) != code.insns.size()) __builtin_trap();
    dex.line(code.debug_info_off, 2);
    for (const DisassembledLine& line : disassemble_around(dex, code, 0, 32)) to_dexdump_line(line);
  }
  static_constants(dex, def);
  code_strings(dex, def);
}

/// An index must find a string where one begins, whatever was asked before.
void read_strings(const DexFile& dex) {
  const DexStringIndex index(dex);
  const DexFile::Range range = dex.string_data_range();
  for (std::uint32_t at = range.begin; at < range.end; at += 3) {
    const std::optional<DexStringIndex::Hit> hit = index.at(at);
    if (hit && (hit->begin > at || at - hit->begin >= hit->text.size())) __builtin_trap();
    if (hit && dex.string(hit->index) != hit->text) __builtin_trap();
    if (hit) mutf8_to_utf8(hit->text.substr(0, 64));
  }
}

template <typename Function>
void ignoring_input_errors(Function function) {
  try {
    function();
  } catch (const InputError&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ignoring_input_errors([&] {
    constexpr std::uint32_t kRows = 64;  // a hostile file may let all rows share one long item
    DexClassData class_data;
    for (const DexFile& dex : DexFile::open({data, size})) {
      ignoring_input_errors([&] { read_strings(dex); });
      for (std::uint32_t i = 0; i < std::min(dex.method_count(), kRows); ++i) {
        ignoring_input_errors([&] { dex.method_name(i); });
      }
      for (std::uint32_t i = 0; i < std::min(dex.class_count(), kRows); ++i) {
        ignoring_input_errors([&] { read_class(dex, dex.class_def(i), class_data); });
      }
    }
  });
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  using namespace sdkprint::test;
  const auto sample = [](int version) {
    DexBuilder builder(version);
    builder.add_class("La/B;")
        .interface("Lc/D;")
        .string_constant("V", "1.0")
        .int_constant("N", 7)
        .static_field("F", "D", ConstantValue(1.5))
        .static_field("S", "Ljava/lang/String;")
        .field("x", "I")
        .method("<clinit>", "()V", kStatic,
                Code()
                    .line(3)
                    .const_string(0, "2.0")
                    .sput_object(0, "La/B;", "S", "Ljava/lang/String;")
                    .line(9)
                    .return_void())
        .method("m", "(I)V", Code().const_string_jumbo(1, "\xc0\x80\xed\xa0\xbd\xed\xb8\x80").return_void());
    return builder;
  };
  std::vector<DexBuilder> parts(2, sample(41));
  return {sample(35).build(), sample(39).reverse_string_data().build(), build_dex_container(parts),
          sample(35).override_string_data_off(1, 0x80).build(), DexBuilder().build()};
}
