// The first two bytes say how much output is expected; the rest is the stream.
#include <algorithm>

#include "base/error.h"
#include "format/inflate.h"
#include "fuzz_target.h"
#include "zip_builder.h"

using namespace sdkprint;
using namespace sdkprint::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static Inflater
      inflater;  // one over all inputs, as the scanner has it: no state may leak from one to the next
  const Bytes compressed(data + 2, size - 2);
  ByteVector prefix(64);
  prefix.resize(inflater.inflate_prefix(compressed, prefix));
  ByteVector out(data[0] | data[1] << 8);
  try {
    inflater.inflate(compressed, out);
  } catch (const InputError&) {
    return 0;
  }
  // Two decompressors agree on where a stream starts.
  const std::size_t common = std::min(out.size(), prefix.size());
  if (!std::equal(prefix.begin(), prefix.begin() + static_cast<std::ptrdiff_t>(common), out.begin()))
    __builtin_trap();
  if (prefix.size() < std::min<std::size_t>(64, out.size())) __builtin_trap();
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  std::vector<ByteVector> seeds;
  std::string text;
  for (int i = 0; i < 100; ++i) text += "Lcom/example/" + std::to_string(i * i) + ";";
  for (const std::string& content : {std::string(), std::string("hello"), std::string(1000, 'x'), text}) {
    for (const int level : {0, 1, 9}) {
      ByteVector seed = {static_cast<std::uint8_t>(content.size()),
                         static_cast<std::uint8_t>(content.size() >> 8)};
      const ByteVector compressed = deflate(as_bytes(content), level);
      seed.insert(seed.end(), compressed.begin(), compressed.end());
      seeds.push_back(std::move(seed));
    }
  }
  return seeds;
}
