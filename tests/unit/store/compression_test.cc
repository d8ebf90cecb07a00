#include "store/compression.h"

#include <doctest/doctest.h>

#include <string>

#include "base/error.h"
#include "hostile.h"

namespace sdkprint {
namespace {

using test::ByteVector;

ByteVector text(int number) {
  std::string line;
  for (int i = 0; i < 40; ++i) line += "record " + std::to_string(number * i % 97) + " of the vendor acme; ";
  return {line.begin(), line.end()};
}

std::vector<ByteVector> texts() {
  std::vector<ByteVector> samples;
  for (int i = 0; i < 400; ++i) samples.push_back(text(i));
  return samples;
}

TEST_CASE("what is compressed comes back") {
  Compressor compressor;
  for (const ByteVector& content : {ByteVector{}, ByteVector{1}, ByteVector(100'000, 7), text(3)})
    CHECK(compressor.decompress(compressor.compress(content, 3), 1 << 20) == content);
}

TEST_CASE("a dictionary makes small records smaller, and is needed to read them") {
  const ByteVector trained = train_dictionary(texts(), 4096);
  REQUIRE_FALSE(trained.empty());
  const CompressionDictionary dictionary(trained, 3);
  Compressor compressor;
  const ByteVector frame = compressor.compress(text(401), dictionary);
  CHECK(frame.size() < compressor.compress(text(401), 3).size());
  CHECK(dictionary_of(frame) == dictionary.id());
  CHECK(dictionary_of(compressor.compress(text(1), 3)) == 0);
  CHECK(compressor.decompress(frame, 1 << 20, &dictionary) == text(401));
  CHECK_THROWS_AS(compressor.decompress(frame, 1 << 20), InputError);
}

TEST_CASE("there is no dictionary for too few samples") {
  CHECK(train_dictionary(std::vector<ByteVector>{text(1)}, 4096).empty());
}

TEST_CASE("a frame larger than allowed is refused before it is read") {
  Compressor compressor;
  const ByteVector frame = compressor.compress(ByteVector(100'000, 7), 3);
  CHECK_THROWS_WITH_AS(compressor.decompress(frame, 99'999), "stored record: larger than any record can be",
                       InputError);
}

TEST_CASE("damage is noticed: no change of bytes gives other content") {
  Compressor compressor;
  const ByteVector content = text(5);
  const ByteVector frame = compressor.compress(content, 3);
  const auto read = [&](Bytes bytes) {
    const ByteVector back = compressor.decompress(bytes, 1 << 20);  // throws; a CHECK would catch that
    CHECK(back == content);
  };
  CHECK(test::truncation_sweep(frame, read) == frame.size());
  test::byte_flips(frame, read);
}

}  // namespace
}  // namespace sdkprint
