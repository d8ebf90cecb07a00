// The first two bytes say how much output is expected; the rest is the stream. Android inflates with zlib, so
// whatever zlib takes must be taken, with the same bytes. (Not the other way round: libdeflate also takes
// some incomplete Huffman codes that zlib refuses.)
#include <zlib.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/error.h"
#include "format/inflate.h"
#include "fuzz_target.h"
#include "zip_builder.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

void expect(bool holds) {
  if (!holds) __builtin_trap();
}

/// By zlib: the content when the stream ends properly after exactly `size` bytes.
std::optional<ByteVector> reference(Bytes compressed, std::size_t size) {
  ByteVector out(size + 1);
  z_stream stream{};
  expect(inflateInit2(&stream, -MAX_WBITS) == Z_OK);
  stream.next_in = const_cast<Bytef*>(compressed.data());
  stream.avail_in = static_cast<uInt>(compressed.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  const int code = ::inflate(&stream, Z_FINISH);
  const bool ended = code == Z_STREAM_END && stream.total_out == size;
  inflateEnd(&stream);
  if (!ended) return std::nullopt;
  out.resize(size);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static Inflater
      inflater;  // one over all inputs, as the scanner has it: no state may leak from one to the next
  const Bytes compressed(data + 2, size - 2);
  ByteVector out(data[0] | data[1] << 8);
  const std::optional<ByteVector> wanted = reference(compressed, out.size());

  ByteVector prefix(64);
  prefix.resize(inflater.inflate_prefix(compressed, prefix));
  if (wanted) {
    expect(prefix.size() == std::min<std::size_t>(64, out.size()));
    expect(std::equal(prefix.begin(), prefix.end(), wanted->begin()));
  }
  try {
    inflater.inflate(compressed, out);
    if (wanted) expect(out == *wanted);
  } catch (const InputError&) {
    expect(!wanted);
  }
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
