#include <cstdlib>

#include "class_builder.h"
#include "format/class_file.h"
#include "fuzz_target.h"

using namespace sdkprint;

namespace {

/// Aborts unless a view lies in the input.
void expect_inside(std::string_view text, Bytes input) {
  if (text.empty()) return;
  const std::uint8_t* begin = as_bytes(text).data();
  if (begin < input.data() || text.size() > static_cast<std::size_t>(input.data() + input.size() - begin)) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes input(data, size);
  try {
    const ClassFile parsed(input);
    std::size_t total = 0;
    for (const std::string_view text : parsed.strings()) expect_inside(text, input), total += text.size();
    if (total > size) std::abort();
    for (const std::string_view name : parsed.referenced_classes()) expect_inside(name, input);
    for (const ClassMethod& method : parsed.methods()) {
      expect_inside(method.name, input);
      for (const ClassString& string : method.strings) {
        expect_inside(string.text, input);
        expect_inside(string.stored_to, input);
        if (string.pc >= method.code_size) std::abort();
      }
    }
  } catch (const InputError&) {
  }
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  using test::ClassBuilder;
  using test::code;
  using test::u2;
  ClassBuilder builder("a/B");
  const std::uint16_t text = builder.string("1.2.3"),
                      field = builder.field_ref("a/B", "V", "Ljava/lang/String;");
  builder.implements("c/D")
      .field(8, "V", "Ljava/lang/String;", text)
      .field(8, "L", "J", builder.long_integer(5));
  builder.method(8, "<clinit>", "()V", code(0x12, text, 0xb3, u2(field), 0xb1));
  const std::vector<std::uint8_t> sound = builder.build();

  ClassBuilder switches("a/B");
  switches.method(0, "t", "()V",
                  {0xaa, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0xb1});
  switches.method(0, "l", "()V", {0xab, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0xb1});
  switches.method(0, "w", "()V", {0xc4, 0x84, 0, 1, 0, 1, 0xc4, 0x15, 0, 1, 0xb1});

  ClassBuilder damaged("a/B");
  damaged.method(0, "m", "()V", {0xaa, 0, 0, 0, 0, 0, 0, 9, 0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff});
  return {sound, switches.build(), damaged.build()};
}
