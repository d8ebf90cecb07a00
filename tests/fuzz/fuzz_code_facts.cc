// Code facts from disk: whatever is decoded can be linked and encoded again.
#include "app_code_fixture.h"
#include "base/error.h"
#include "behaviour/code_facts_codec.h"
#include "fuzz_target.h"

namespace {

using namespace sdkprint;
using namespace sdkprint::test;

const CatalogueIndex& catalogue() {
  static const CatalogueIndex index(track_set());
  return index;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const CodeFacts facts = decode_code_facts(catalogue(), Bytes(data, size));
    const std::vector<std::uint8_t> bytes = encode(facts);
    if (encode(decode_code_facts(catalogue(), bytes)) != bytes) __builtin_trap();
    const CodeFacts* all[] = {&facts};
    LinkBudget budget = link_budget();
    budget.edges = 100'000;
    link_code(catalogue(), all, {}, budget);
  } catch (const InputError&) {
  }
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  DexBuilder dex;
  dex.add_class("Lapp/A;")
      .superclass("Lelse/B;")
      .interface("Ljava/lang/Runnable;")
      .method("run", "()V", track())
      .method("m", "()V",
              Code()
                  .new_instance(0, "Lapp/A;")
                  .invoke_virtual("Lelse/B;", "track", "()V")
                  .invoke_virtual("Lapp/A;", "run", "()V")
                  .field_op(0x60, 0, {"Lelse/C;", "F", "I"})
                  .const_string(0, "app.A")
                  .invoke_static("Ljava/lang/Class;", "forName", "(Ljava/lang/String;)Ljava/lang/Class;", {0})
                  .return_void());
  const ByteVector file = dex.build();
  return {encode(read_code(catalogue(), DexFile::open(file))), encode(CodeFacts{})};
}
