// Stored facts of an app: whatever the bytes, they are an app or refused; what is accepted is written back as
// it was read.
#include "base/error.h"
#include "fuzz_target.h"
#include "scan/facts_codec.h"

using namespace sdkprint;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const std::vector<std::uint8_t> bytes = encode_app_facts(decode_app_facts(Bytes(data, size)));
    if (encode_app_facts(decode_app_facts(bytes)) != bytes) __builtin_trap();
  } catch (const InputError&) {
  }
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  AppFacts facts;
  facts.app.sha256 = std::string(64, 'a');
  facts.problems = {{"", "odd", "x", false}};
  ContainerFacts& outer = facts.containers.emplace_back();
  outer.names = {{"classes.dex", 100, 20}, {"a.version", 200, 3}};
  outer.texts = {{1, "1.2", std::nullopt}};
  outer.manifest.emplace().components.emplace_back();
  outer.manifest_entry = ManifestEntry{"AndroidManifest.xml", 10, {}};
  outer.parts.resize(2);
  outer.parts[1].same_as = 0;
  outer.nested.emplace_back().payloads = {{"x", 1}};
  facts.singles.resize(1);
  facts.uses.ways.methods = {{"a.B", "La/B;.m:()V", true}};
  facts.uses.ways.steps = {{0, CallWays::kNone, StepKind::entry}};
  LinkedUse& use = facts.uses.uses.emplace_back();
  use.method = use.way = 0;
  use.callers.emplace_back();
  return {encode_app_facts(facts), encode_app_facts({})};
}
