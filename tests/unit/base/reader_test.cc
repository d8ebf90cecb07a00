#include "base/reader.h"

#include <doctest/doctest.h>

#include <functional>
#include <limits>
#include <string>
#include <vector>

using namespace sdkprint;
using namespace std::string_literals;

namespace {

constexpr std::size_t kHuge = std::numeric_limits<std::size_t>::max();

using Octets = std::vector<std::uint8_t>;

InputError failure(const std::function<void()>& call) {
  try {
    call();
  } catch (const InputError& error) {
    return error;
  }
  FAIL("nothing was thrown");
  return InputError("unreachable");
}

void check_truncated(const std::function<void()>& call) {
  CHECK(failure(call).kind() == InputError::Kind::truncated);
}

std::uint32_t uleb(const Octets& bytes) { return Reader(bytes, "test").uleb128(); }
std::int32_t sleb(const Octets& bytes) { return Reader(bytes, "test").sleb128(); }

}  // namespace

TEST_CASE("reader: integers, little-endian unless told otherwise") {
  const Octets bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  Reader little(bytes, "test");
  CHECK(little.u8() == 0x01);
  CHECK(little.u16() == 0x0302);
  CHECK(little.u32() == 0x07060504);
  CHECK(little.u64() == 0x0f0e0d0c0b0a0908);
  CHECK(little.at_end());
  Reader big(bytes, "test", Endian::big);
  CHECK(big.u8() == 0x01);
  CHECK(big.u16() == 0x0203);
  CHECK(big.u32() == 0x04050607);
  CHECK(big.u64() == 0x08090a0b0c0d0e0f);
}

TEST_CASE("reader: an integer may end exactly at the end, and not one byte later") {
  const Octets bytes(8);
  for (std::size_t size = 0; size <= 8; ++size) {
    const Reader reader(Bytes(bytes).first(size), "test");
    const auto read = [&] { reader.at<std::uint64_t>(0); };
    size == 8 ? read() : check_truncated(read);
  }
}

TEST_CASE("reader: a failed read leaves the cursor where it was") {
  const Octets bytes = {1, 2, 3};
  Reader reader(bytes, "test");
  reader.u8();
  check_truncated([&] { reader.u32(); });
  check_truncated([&] { reader.bytes(3); });
  check_truncated([&] { reader.skip(3); });
  check_truncated([&] { reader.seek(4); });
  CHECK(reader.offset() == 1);
  CHECK(reader.u16() == 0x0302);
}

TEST_CASE("reader: at and slice do not move the cursor") {
  const Octets bytes = {1, 2, 3, 4};
  Reader reader(bytes, "test");
  CHECK(reader.at<std::uint16_t>(2) == 0x0403);
  CHECK(reader.slice(1, 2).front() == 2);
  CHECK(reader.offset() == 0);
}

TEST_CASE("reader: seek may go to the end, but not beyond") {
  const Octets bytes(4);
  Reader reader(bytes, "test");
  reader.seek(4);
  CHECK(reader.at_end());
  CHECK(reader.remaining() == 0);
  check_truncated([&] { reader.u8(); });
  check_truncated([&] { reader.seek(5); });
}

TEST_CASE("reader: offsets and lengths near the top of size_t do not wrap") {
  const Octets bytes(16);
  Reader reader(bytes, "test");
  reader.seek(8);
  check_truncated([&] { reader.skip(kHuge); });
  check_truncated([&] { reader.skip(kHuge - 7); });
  check_truncated([&] { reader.bytes(kHuge - 7); });
  check_truncated([&] { reader.seek(kHuge); });
  check_truncated([&] { reader.slice(kHuge, 2); });
  check_truncated([&] { reader.slice(2, kHuge); });
  check_truncated([&] { reader.slice(kHuge, kHuge); });
  check_truncated([&] { reader.at<std::uint32_t>(kHuge - 1); });
  check_truncated([&] { reader.at<std::uint8_t>(kHuge); });
}

TEST_CASE("reader: slices of nothing are fine up to the end") {
  const Octets bytes(4);
  const Reader reader(bytes, "test");
  CHECK(reader.slice(4, 0).empty());
  check_truncated([&] { reader.slice(5, 0); });
  CHECK(Reader({}, "test").slice(0, 0).empty());
}

TEST_CASE("reader: bytes are a view into the data") {
  const Octets bytes = {1, 2, 3, 4};
  Reader reader(bytes, "test");
  reader.skip(1);
  const Bytes view = reader.bytes(2);
  CHECK(view.data() == bytes.data() + 1);
  CHECK(view.size() == 2);
  CHECK(reader.offset() == 3);
}

TEST_CASE("reader: an error names structure, offset, what was needed and what was there") {
  const Octets bytes(10);
  const InputError error = failure([&] { Reader(bytes, "dex string_ids").slice(8, 4); });
  CHECK(std::string(error.what()) == "dex string_ids at 0x8: needed 4 bytes, 2 are there");
  const InputError beyond = failure([&] { Reader(bytes, "dex string_ids").slice(80, 4); });
  CHECK(std::string(beyond.what()) == "dex string_ids at 0x50: needed 4 bytes, 0 are there");
}

TEST_CASE("reader: malformed names structure and offset") {
  const InputError error = failure([] { Reader({}, "ELF header").malformed(0x10, "no such class"); });
  CHECK(error.kind() == InputError::Kind::malformed);
  CHECK(std::string(error.what()) == "ELF header at 0x10: no such class");
}

TEST_CASE("reader: a long structure name does not overrun the message") {
  const std::string name(1000, 'n');
  CHECK(std::string(failure([&] { Reader({}, name.c_str()).u8(); }).what()).size() < 300);
}

TEST_CASE("reader: unsigned LEB128, the examples of the dex format") {
  CHECK(uleb({0x00}) == 0);
  CHECK(uleb({0x01}) == 1);
  CHECK(uleb({0x7f}) == 127);
  CHECK(uleb({0x80, 0x7f}) == 16256);
  CHECK(uleb({0xff, 0xff, 0xff, 0xff, 0x0f}) == 0xffffffff);
}

TEST_CASE("reader: unsigned LEB128 may be longer than need be") {
  CHECK(uleb({0x81, 0x80, 0x80, 0x80, 0x00}) == 1);
}

TEST_CASE("reader: unsigned LEB128 wider than 32 bits or longer than 5 bytes is malformed") {
  for (const Octets& bytes :
       {Octets{0xff, 0xff, 0xff, 0xff, 0x10}, Octets{0x80, 0x80, 0x80, 0x80, 0x80, 0x00}}) {
    CHECK(failure([&] { uleb(bytes); }).kind() == InputError::Kind::malformed);
  }
}

TEST_CASE("reader: LEB128 cut off is truncated") {
  check_truncated([] { uleb({}); });
  check_truncated([] { uleb({0x80, 0x80}); });
  check_truncated([] { sleb({0xff}); });
}

TEST_CASE("reader: signed LEB128, the examples of the dex format") {
  CHECK(sleb({0x00}) == 0);
  CHECK(sleb({0x01}) == 1);
  CHECK(sleb({0x7f}) == -1);
  CHECK(sleb({0x80, 0x7f}) == -128);
}

TEST_CASE("reader: signed LEB128 at the ends of its range") {
  CHECK(sleb({0xff, 0xff, 0xff, 0xff, 0x07}) == std::numeric_limits<std::int32_t>::max());
  CHECK(sleb({0x80, 0x80, 0x80, 0x80, 0x78}) == std::numeric_limits<std::int32_t>::min());
  CHECK(sleb({0x3f}) == 63);
  CHECK(sleb({0x40}) == -64);
}

TEST_CASE("reader: signed LEB128 longer than 5 bytes is malformed") {
  CHECK(failure([] { sleb({0x80, 0x80, 0x80, 0x80, 0x80, 0x00}); }).kind() == InputError::Kind::malformed);
}

TEST_CASE("reader: C strings end at their NUL") {
  const std::string text = "abc\0def\0"s;
  const Reader reader(as_bytes(text), "test");
  CHECK(reader.c_string(0) == "abc");
  CHECK(reader.c_string(2) == "c");
  CHECK(reader.c_string(3) == "");
  CHECK(reader.c_string(4) == "def");
}

TEST_CASE("reader: a C string without NUL is malformed, one past the end truncated") {
  const Reader reader(as_bytes("abc"), "test");
  CHECK(failure([&] { reader.c_string(1); }).kind() == InputError::Kind::malformed);
  check_truncated([&] { reader.c_string(3); });
  check_truncated([&] { reader.c_string(kHuge); });
}

TEST_CASE("reader: a table must fit as a whole") {
  const Octets bytes(100);
  const Reader reader(bytes, "test");
  CHECK_NOTHROW(reader.require_table(0, 25, 4));
  CHECK_NOTHROW(reader.require_table(20, 20, 4));
  CHECK_NOTHROW(reader.require_table(100, 0, 4));
  check_truncated([&] { reader.require_table(21, 20, 4); });
  check_truncated([&] { reader.require_table(101, 0, 4); });
}

TEST_CASE("reader: a table's count times its item size does not wrap") {
  const Octets bytes(100);
  const Reader reader(bytes, "test");
  check_truncated([&] { reader.require_table(0, std::uint64_t{1} << 62, 4); });
  check_truncated([&] { reader.require_table(0, UINT64_MAX, 8); });
  check_truncated([&] { reader.require_table(50, (UINT64_MAX / 8) + 2, 8); });
}

TEST_CASE("unit reader: units and pairs of them, up to the last") {
  const Octets bytes{0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07};
  const UnitReader units(bytes, "test");
  CHECK(units.size() == 3);
  CHECK(units.at(2) == 0x0605);
  CHECK(units.pair_at(0) == 0x04030201);
  CHECK(units.pair_at(1) == 0x06050403);
  check_truncated([&] { units.at(3); });
  CHECK_THROWS_AS(units.pair_at(2), InputError);
  CHECK_THROWS_AS(units.pair_at(UINT32_MAX), InputError);
  check_truncated([&] { units.at(UINT32_MAX); });
  CHECK_THROWS_AS(UnitReader({}, "test").pair_at(0), InputError);
}
