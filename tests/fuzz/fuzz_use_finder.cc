// The use finder over any file: a small catalogue with every kind of entry, and what is found must point into
// the file.
#include "base/error.h"
#include "dex_builder.h"
#include "fuzz_target.h"
#include "use_fixture.h"

namespace {

using namespace sdkprint;
using namespace sdkprint::test;

const UseFixture& fixture() {
  static const UseFixture made = [] {
    UseFixture fixture;
    Behaviour& a = fixture.behaviour("a");
    a.methods = {member("Lx/P;.m:()V"), member("Ly/Q;.n")};
    a.weak_methods = {member("Lx/P;.w:()V")};
    a.fields = {member("Lx/P;.F:I")};
    a.overrides = {member("Lx/P;"), member("Lx/L;.on")};
    a.receiver_subtypes = {"Landroid/content/Context;"};
    Behaviour& b = fixture.behaviour("b");
    b.context_methods = {member("Lx/P;.c:(IJ)V"), member("Landroid/content/Context;.s:(I)V")};
    b.context_fields = {member("Lx/P;.G:I")};
    b.strings = {"content://sms", "x.P"};
    b.constants = {4, 19};
    return fixture;
  }();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const DexUses found = fixture().find_in({Bytes(data, size)}, 1000);
    if (found.uses.size() > 1000 || found.problems.size() > 16) __builtin_trap();
    for (const Use& use : found.uses) {
      if (use.offset && *use.offset >= size) __builtin_trap();
      if (use.behaviour > 1) __builtin_trap();
    }
  } catch (const InputError&) {
  }
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  DexBuilder calls;
  calls.add_class("Lapp/A;")
      .superclass("Landroid/app/Activity;")
      .interface("Lx/L;")
      .method("on", "()V", Code().line(3).return_void())
      .method("m", "()V",
              Code()
                  .line(4)
                  .const_int(1, 4)
                  .invoke_virtual("Lx/P;", "m", "()V")
                  .invoke_virtual("Lx/P;", "c", "(IJ)V", {0, 1, 2, 3})
                  .invoke_virtual("Lapp/A;", "s", "(I)V", {0, 1})
                  .field_op(0x60, 0, {"Lx/P;", "F", "I"})
                  .field_op(0x60, 0, {"Lx/P;", "G", "I"})
                  .const_string(0, "content://sms")
                  .return_void());
  DexBuilder reflection(39);
  reflection.add_class("Lapp/B;").superclass("Lx/P;").method(
      "m", "()V",
      Code()
          .const_string(0, "x.P")
          .invoke_static("Ljava/lang/Class;", "forName", "(Ljava/lang/String;)Ljava/lang/Class;", {0})
          .const_string(1, "w")
          .invoke_virtual("Ljava/lang/Class;", "getMethod", "()V", {0, 1})
          .invoke_virtual("Lapp/B;", "m", "()V")
          .return_void());
  std::vector<DexBuilder> parts(2, DexBuilder(41));
  parts[0].add_class("Lapp/C;").superclass("Lapp/D;");
  parts[1].add_class("Lapp/D;").superclass("Lapp/C;").method(
      "m", "()V", Code().invoke_virtual("Lapp/C;", "n", "()V").raw({0x003e}));
  return {calls.build(), reflection.build(), build_dex_container(parts)};
}
