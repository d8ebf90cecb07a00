#include "format/inflate.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>

#include "base/error.h"
#include "hostile.h"
#include "zip_builder.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

/// Compressible, but not trivially: words from a small vocabulary.
ByteVector sample(std::size_t size, std::uint32_t seed = 1) {
  std::mt19937 random(seed);
  std::string text;
  while (text.size() < size) text += "Lcom/example/" + std::to_string(random() % 97) + ";";
  text.resize(size);
  return to_vector(as_bytes(text));
}

ByteVector inflated(Bytes compressed, std::size_t size) {
  Inflater inflater;
  ByteVector out(size, 0xaa);
  inflater.inflate(compressed, out);
  return out;
}

InputError failure(Bytes compressed, std::size_t size) {
  try {
    inflated(compressed, size);
  } catch (const InputError& error) {
    return error;
  }
  FAIL("accepted");
  return InputError("unreachable");
}

bool says(const InputError& error, std::string_view text) {
  return std::string_view(error.what()).find(text) != std::string_view::npos;
}

/// A block header of type 3, which RFC 1951 reserves.
const ByteVector kReservedBlock = {0x07, 0x00};

}  // namespace

TEST_CASE("inflate: gives back what was deflated, at every level") {
  const ByteVector content = sample(100'000);
  for (const int level : {0, 1, 6, 12}) CHECK(inflated(deflate(content, level), content.size()) == content);
}

TEST_CASE("inflate: an empty stream yields no bytes") { CHECK(inflated(deflate({}), 0).empty()); }

TEST_CASE("inflate: one inflater serves many streams, and survives a broken one") {
  Inflater inflater;
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    const ByteVector content = sample(1000 + seed * 37, seed);
    ByteVector out(content.size());
    inflater.inflate(deflate(content), out);
    CHECK(out == content);
    CHECK_THROWS_AS(inflater.inflate(kReservedBlock, out), InputError);
  }
}

TEST_CASE("inflate: bytes after the end of the stream are ignored") {
  const ByteVector content = sample(5000);
  ByteVector compressed = deflate(content);
  compressed.insert(compressed.end(), {0xde, 0xad, 0xbe, 0xef});
  CHECK(inflated(compressed, content.size()) == content);
}

TEST_CASE("inflate: fewer bytes than expected are an error that says both numbers") {
  const InputError error = failure(deflate(sample(5000)), 5001);
  CHECK(error.kind() == InputError::Kind::malformed);
  CHECK(says(error, "expected 5001 bytes"));
  CHECK(says(error, "found 5000"));
}

TEST_CASE("inflate: more bytes than expected are an error") {
  const InputError error = failure(deflate(sample(5000)), 4999);
  CHECK(error.kind() == InputError::Kind::malformed);
  CHECK(says(error, "expected 4999 bytes"));
  CHECK(says(error, "more follow"));
}

TEST_CASE("inflate: a non-empty stream into no bytes is an error") {
  CHECK(failure(deflate(sample(10)), 0).kind() == InputError::Kind::malformed);
}

TEST_CASE("inflate: a stream cut off is told from a broken one") {
  ByteVector compressed = deflate(sample(50'000));
  compressed.resize(compressed.size() / 2);
  const InputError cut = failure(compressed, 50'000);
  CHECK(cut.kind() == InputError::Kind::truncated);
  CHECK(says(cut, "cut off"));
  CHECK(failure(kReservedBlock, 50'000).kind() == InputError::Kind::malformed);
}

TEST_CASE("inflate: no compressed bytes at all are a truncated stream") {
  CHECK(failure({}, 10).kind() == InputError::Kind::truncated);
  CHECK(failure({}, 0).kind() == InputError::Kind::truncated);
}

TEST_CASE("inflate: every proper prefix of a stream is refused") {
  const ByteVector content = sample(700);
  const ByteVector compressed = deflate(content);
  Inflater inflater;
  ByteVector out(content.size());
  const auto parse = [&](Bytes bytes) { inflater.inflate(bytes, out); };
  CHECK(truncation_sweep(compressed, parse) == compressed.size());
}

TEST_CASE("inflate: flipped bytes end in content or InputError") {
  const ByteVector content = sample(2000);
  Inflater inflater;
  ByteVector out(content.size());
  byte_flips(deflate(content), [&](Bytes bytes) { inflater.inflate(bytes, out); });
}

TEST_CASE("inflate_prefix: the first bytes, at every level") {
  Inflater inflater;
  const ByteVector content = sample(100'000);
  for (const int level : {0, 1, 6, 12}) {
    ByteVector head(64);
    REQUIRE(inflater.inflate_prefix(deflate(content, level), head) == 64);
    CHECK(std::equal(head.begin(), head.end(), content.begin()));
  }
}

TEST_CASE("inflate_prefix: a short stream gives what there is") {
  Inflater inflater;
  ByteVector head(64);
  CHECK(inflater.inflate_prefix(deflate(sample(10)), head) == 10);
  CHECK(inflater.inflate_prefix(deflate({}), head) == 0);
  CHECK(inflater.inflate_prefix({}, head) == 0);
}

TEST_CASE("inflate_prefix: no room for output is not an error") {
  Inflater inflater;
  CHECK(inflater.inflate_prefix(deflate(sample(10)), {}) == 0);
}

TEST_CASE("inflate_prefix: a broken stream gives nothing, and the next one is unharmed") {
  Inflater inflater;
  ByteVector head(64);
  CHECK(inflater.inflate_prefix(kReservedBlock, head) == 0);
  CHECK(inflater.inflate_prefix(deflate(sample(100)), head) == 64);
}

TEST_CASE("inflate_prefix: what comes before the cut still counts") {
  Inflater inflater;
  ByteVector compressed = deflate(sample(50'000));
  compressed.resize(compressed.size() / 2);
  ByteVector head(64);
  CHECK(inflater.inflate_prefix(compressed, head) == 64);
}

TEST_CASE("inflate_prefix: any damage is survived") {
  Inflater inflater;
  ByteVector head(64);
  const auto parse = [&](Bytes bytes) { CHECK(inflater.inflate_prefix(bytes, head) <= head.size()); };
  const ByteVector compressed = deflate(sample(500));
  truncation_sweep(compressed, parse);
  byte_flips(compressed, parse);
}
