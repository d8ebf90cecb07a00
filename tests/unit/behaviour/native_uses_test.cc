#include "behaviour/native_uses.h"

#include <doctest/doctest.h>

#include "elf_builder.h"
#include "use_fixture.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

CatalogueIndex catalogue() {
  UseFixture fixture;
  fixture.behaviour("property").native_symbols = {"__system_property_get", "open"};
  fixture.behaviour("file").native_symbols = {"open"};
  return CatalogueIndex(fixture.set());
}

}  // namespace

TEST_CASE("native uses: imports that the catalogue lists, as leads") {
  ElfBuilder builder;
  builder.imports("malloc").imports("open").imports("__system_property_get");
  const ByteVector bytes = builder.build();
  const std::vector<Use> uses = native_uses(catalogue(), ElfFile(bytes));
  REQUIRE(uses.size() == 3);
  for (const Use& use : uses) {
    CHECK(use.via == UseVia::native_import);
    CHECK(use.strength == UseStrength::lead);
    CHECK(use.method.empty());
    REQUIRE(use.offset);
    CHECK(as_text(Bytes(bytes).subspan(*use.offset, use.api.size())) == use.api);
  }
}

TEST_CASE("native uses: what a library exports it does not import") {
  ElfBuilder builder;
  builder.exports("open").imports("malloc");
  const ByteVector bytes = builder.build();
  CHECK(native_uses(catalogue(), ElfFile(bytes)).empty());
}

TEST_CASE("native uses: a symbol named twice is told once") {
  ElfBuilder builder;
  builder.imports("open").imports("open");
  const ByteVector bytes = builder.build();
  CHECK(native_uses(catalogue(), ElfFile(bytes)).size() == 2);
}
