// resources.arsc and the protobuf resource table.
#include "base/error.h"
#include "format/resources.h"
#include "fuzz_target.h"
#include "proto_builder.h"
#include "resources_builder.h"

using namespace sdkprint;
using namespace sdkprint::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const ResourceTable table({data, size});
    for (const std::uint32_t id : {0x7f010000u, 0x7f010001u, 0x7f010002u}) {
      table.values(id);
      table.text(id);
      table.chinese_text(id);
    }
  } catch (const InputError&) {
  }
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  const std::vector<TestResource> resources = {{0x7f010000, "App"},
                                               {0x7f010000, "应用", {.language = "zh", .region = "CN"}},
                                               {0x7f010000, "x", {.language = "fil", .script = "Latn"}},
                                               resource_reference(0x7f010001, 0x7f010000),
                                               resource_reference(0x7f010002, 0x7f010002)};
  std::vector<std::vector<std::uint8_t>> seeds = {proto_resources(resources)};
  for (const EntryLayout layout : {EntryLayout::plain, EntryLayout::sparse, EntryLayout::offset16}) {
    ArscOptions options;
    options.layout = layout;
    options.compact = layout == EntryLayout::offset16;
    options.pool.utf8 = layout != EntryLayout::plain;
    seeds.push_back(arsc(resources, options));
  }
  return seeds;
}
