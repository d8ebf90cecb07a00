// A stored report: whatever the bytes, they are a report or refused; what is accepted is written back as it
// was read.
#include "base/error.h"
#include "full_report.h"
#include "fuzz_target.h"
#include "result/report_codec.h"

using namespace sdkprint;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const std::vector<std::uint8_t> bytes = encode_report(decode_report(Bytes(data, size)));
    if (encode_report(decode_report(bytes)) != bytes) __builtin_trap();
  } catch (const InputError&) {
  }
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  return {encode_report(test::full_report()), encode_report({})};
}
