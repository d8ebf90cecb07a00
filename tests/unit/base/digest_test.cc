#include "base/digest.h"

#include <doctest/doctest.h>

#include <string>

using namespace sdkprint;

TEST_CASE("digest: hexadecimal is lower-case and keeps leading zeros") {
  const std::string bytes("\x00\x0f\xa0\xff", 4);
  CHECK(to_hex(as_bytes(bytes)) == "000fa0ff");
  CHECK(to_hex(Bytes()).empty());
}

TEST_CASE("digest: a Digest is printed big-endian, high half first") {
  CHECK(to_hex(Digest{0x0102030405060708, 0x090a0b0c0d0e0f00}) == "0102030405060708090a0b0c0d0e0f00");
}

TEST_CASE("digest: digests compare as they print") {
  CHECK(Digest{1, 0} > Digest{0, UINT64_MAX});
  CHECK(Digest{1, 1} < Digest{1, 2});
  CHECK(Digest{1, 1} == Digest{1, 1});
}

// The first value is in the xxHash specification's own test vectors; all are the canonical (big-endian) form.
TEST_CASE("digest: XXH3-128") {
  CHECK(to_hex(digest({})) == "99aa06d3014798d86001c324468d497f");
  CHECK(to_hex(digest(as_bytes("sdkprint"))) == "8767a448d6ffbd580084d00d037640c8");
  CHECK(to_hex(digest(as_bytes(std::string(1000, 'x')))) == "50a1af5a5f2dcf01c0a4877b962cba82");
}

TEST_CASE("digest: SHA-256") {
  CHECK(to_hex(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256(as_bytes("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
