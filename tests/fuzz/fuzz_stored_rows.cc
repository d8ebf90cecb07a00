// Rows of a store: whatever the bytes, they are a report, an archive or a filter, or refused.
#include "base/error.h"
#include "full_report.h"
#include "fuzz_target.h"
#include "store/gram_filter.h"
#include "store/store.h"

using namespace sdkprint;

namespace {

template <typename Read>
void try_to(Read read) {
  try {
    read();
  } catch (const InputError&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes row(data, size);
  AppHead head;
  head.path = "a.apk";
  try_to([&] { unpack_report(row, head); });
  try_to([&] { keys_of_report(row); });
  try_to([&] { unpack_archive(row, head); });
  try_to([&] {
    Reader in(row, "filter");
    GramFilter(in).may_contain(Grams("com.acme.push"));
  });
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  AppFacts facts;
  facts.app.sha256 = std::string(64, 'a');
  ContainerFacts& container = facts.containers.emplace_back();
  container.names = {{"classes.dex", 100, 20}};
  container.parts.resize(1);
  container.parts[0].was_read = true;
  facts.uses.ways.methods = {{"a.B", "La/B;.m:()V", true}};
  facts.uses.ways.steps = {{0, CallWays::kNone, StepKind::entry}};
  LinkedUse& use = facts.uses.uses.emplace_back();
  use.method = use.way = 0;
  use.callers.emplace_back();
  const std::string_view text = "com/acme/push";
  const Bytes content = as_bytes(text);
  return {pack_report(test::full_report()), pack_archive(facts, "catalogue"),
          make_gram_filter({&content, 1})};
}
