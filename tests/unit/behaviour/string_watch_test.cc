// One walk tells who loads strings that somebody else asked for.
#include <doctest/doctest.h>

#include <algorithm>

#include "behaviour/code_facts.h"
#include "dex_builder.h"

namespace sdkprint {
namespace {

using namespace test;

std::uint32_t index_of(const DexFile& dex, std::string_view text) {
  for (std::uint32_t i = 0; i < dex.string_count(); ++i) {
    if (dex.string(i) == text) return i;
  }
  return kNoIndex;
}

TEST_CASE("users of watched strings come in the order of the code, whatever the instruction") {
  DexBuilder builder;
  builder.add_class("Lapp/A;").method("m", "()V",
                                      Code()
                                          .const_string(0, "wanted")
                                          .const_string(1, "other")
                                          .const_string_jumbo(2, "wanted")
                                          .return_void());
  builder.add_class("Lapp/B;").method("n", "()V", Code().const_string(0, "also").return_void());
  builder.add_string("unused");
  const ByteVector bytes = builder.build();
  const std::vector<DexFile> dexes = DexFile::open(bytes);
  StringWatch watch;
  watch.strings = {{index_of(dexes[0], "also"), index_of(dexes[0], "unused"), index_of(dexes[0], "wanted")}};
  std::sort(watch.strings[0].begin(), watch.strings[0].end());
  const CatalogueIndex index{BehaviourSet()};
  read_code(index, dexes, 100, &watch);
  std::vector<std::string> users;
  for (const StringUser& user : watch.users.at(0)) {
    users.push_back(std::string(dexes[0].string(user.string)) + " " + dexes[0].method_name(user.method_idx) +
                    "@" + std::to_string(user.pc));
  }
  CHECK(users ==
        std::vector<std::string>{"wanted Lapp/A;.m:()V@0", "wanted Lapp/A;.m:()V@4", "also Lapp/B;.n:()V@0"});
}

TEST_CASE("nothing is told that nobody asked for") {
  DexBuilder builder;
  builder.add_class("Lapp/A;").method("m", "()V",
                                      Code().const_string(0, "x").const_string_jumbo(1, "y").return_void());
  const ByteVector bytes = builder.build();
  const std::vector<DexFile> dexes = DexFile::open(bytes);
  StringWatch watch;
  watch.strings = {{}};
  const CatalogueIndex index{BehaviourSet()};
  read_code(index, dexes, 100, &watch);
  CHECK(watch.users.at(0).empty());
  read_code(index, dexes, 100);
}

}  // namespace
}  // namespace sdkprint
