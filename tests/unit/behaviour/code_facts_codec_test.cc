#include "behaviour/code_facts_codec.h"

#include <doctest/doctest.h>

#include "app_code_fixture.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

BehaviourSet catalogue() {
  UseFixture fixture;
  Behaviour& a = fixture.behaviour("a");
  a.methods = {member("Lx/Platform;.track:()V"), member("Lx/P;.start:()V")};
  a.context_methods = {member("Lx/P;.c:(I)V")};
  a.constants = {4};
  a.strings = {"content://sms"};
  a.fields = {member("Lx/P;.F:I")};
  a.overrides = {member("Lx/L;"), member("Lx/L;.on")};
  return fixture.set();
}

/// Rows of every list.
ByteVector everything() {
  DexBuilder dex(39);
  dex.add_class("Lapp/A;")
      .superclass("Lelse/B;")
      .interface("Lx/L;")
      .method("on", "()V", Code().line(3).return_void())
      .method("m", "()V",
              Code()
                  .line(4)
                  .const_int(1, 4)
                  .invoke_virtual("Lapp/A;", "start", "()V")
                  .invoke_virtual("Lapp/A;", "c", "(I)V", {0, 1})
                  .field_op(0x60, 0, {"Lx/P;", "F", "I"})
                  .const_string(0, "content://sms")
                  .return_void())
      .method("n", "()V",
              Code()
                  .const_string(0, "else.B")
                  .invoke_static("Ljava/lang/Class;", "forName", "(Ljava/lang/String;)Ljava/lang/Class;", {0})
                  .new_instance(0, "Lelse/C;")
                  .field_op(0x60, 0, {"Lelse/C;", "F", "I"})
                  .invoke_static("Lx/Platform;", "track", "()V")
                  .const_string(0, "content://sms")
                  .return_void())
      .method("broken", "()V", Code().raw({0x003e}));
  return dex.build();
}

std::vector<std::string> lines(const CatalogueIndex& index, const CodeFacts& facts) {
  const CodeFacts* all[] = {&facts};
  std::vector<std::string> result;
  for (const LinkedUse& use : link_code(index, all, {}, link_budget()).uses) {
    result.push_back(use.use.method + ' ' + use.use.api + ' ' + use.use.item + ' ' +
                     std::to_string(use.use.pc) + ' ' + std::to_string(use.use.line.value_or(0)) + ' ' +
                     std::string(name(use.reach)));
  }
  return result;
}

}  // namespace

TEST_CASE("code facts: what was encoded is decoded again, byte for byte") {
  const CatalogueIndex index(catalogue());
  const ByteVector file = everything();
  const CodeFacts facts = read_code(index, DexFile::open(file));
  const DexFacts& dex = facts.dexes.at(0);
  CHECK_FALSE(dex.uses.empty());
  CHECK_FALSE(dex.pending_methods.empty());
  CHECK_FALSE(dex.overrides.empty());
  CHECK_FALSE(dex.reflected.empty());
  CHECK(facts.problems.size() == 1);
  const std::vector<std::uint8_t> bytes = encode(facts);
  const CodeFacts again = decode_code_facts(index, bytes);
  CHECK(encode(again) == bytes);
  CHECK(again.problems.at(0).message == facts.problems.at(0).message);
  CHECK(lines(index, again) == lines(index, facts));
  CHECK(lines(index, facts).size() >= 4);
}

TEST_CASE("code facts: the same when the methods were decoded before, known or not") {
  const CatalogueIndex index(catalogue());
  const ByteVector file = everything();
  const std::vector<DexFile> dexes = DexFile::open(file);
  DexMethods all, none;
  DexClassData data;
  for (std::uint32_t i = 0; i < dexes[0].class_count(); ++i) {
    dexes[0].class_data(dexes[0].class_def(i).class_data_off, data);
    dexes[0].class_methods(dexes[0].class_def(i).class_data_off, all);
    CHECK(all.direct(i).size() == data.direct_methods.size());
    CHECK(all.virtuals(i).size() == data.virtual_methods.size());
    CHECK(all.rows[i].field_count == data.static_fields.size() + data.instance_fields.size());
    if (i % 2 == 0) {
      none.add_unknown();
    } else {
      dexes[0].class_methods(dexes[0].class_def(i).class_data_off, none);
    }
  }
  const std::vector<std::uint8_t> bytes = encode(read_code(index, dexes));
  for (const DexMethods* methods : {&all, &none}) {
    CHECK(encode(read_code(index, dexes, 200'000, nullptr, std::span(&methods, 1))) == bytes);
  }
}

TEST_CASE("code facts: cut bytes are refused, flipped ones refused or linked") {
  const CatalogueIndex index(catalogue());
  const ByteVector file = everything();
  const ByteVector bytes = encode(read_code(index, DexFile::open(file)));
  const auto parse = [&](Bytes cut) {
    const CodeFacts facts = decode_code_facts(index, cut);
    lines(index, facts);
  };
  CHECK(truncation_sweep(bytes, parse) == bytes.size());
  byte_flips(bytes, parse, 3000);
}

TEST_CASE("code facts: of another version") {
  const CatalogueIndex index(catalogue());
  ByteVector bytes = encode(CodeFacts{});
  CHECK(decode_code_facts(index, bytes).dexes.empty());
  ++bytes.at(8);
  CHECK_THROWS_AS(decode_code_facts(index, bytes), InputError);
  CHECK_THROWS_AS(decode_code_facts(index, {}), InputError);
}
