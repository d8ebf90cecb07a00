#include "base/codec.h"

#include <doctest/doctest.h>

#include <limits>

#include "hostile.h"

namespace sdkprint {

enum class Colour : std::uint8_t { red, green };
template <>
inline constexpr std::size_t kEnumCount<Colour> = 2;

namespace {

struct Inner {
  std::string text;
  std::optional<std::int64_t> number;
};
void fields(auto& io, Is<Inner> auto& value) {
  auto& [text, number] = value;
  io(text, number);
}

struct Everything {
  bool flag = false;
  std::uint32_t small = 0;
  std::uint64_t large = 0;
  std::int64_t negative = 0;
  int plain = 0;
  Colour colour = Colour::red;
  std::array<std::uint8_t, 3> bytes{};
  std::vector<Inner> list;
};
void fields(auto& io, Is<Everything> auto& value) {
  auto& [flag, small, large, negative, plain, colour, bytes, list] = value;
  io(flag, small, large, negative, plain, colour, bytes, list);
}

Everything everything() {
  Everything value;
  value.flag = true;
  value.small = 300;
  value.large = std::numeric_limits<std::uint64_t>::max();
  value.negative = std::numeric_limits<std::int64_t>::min();
  value.plain = -7;
  value.colour = Colour::green;
  value.bytes = {1, 2, 255};
  value.list = {{"one", std::nullopt}, {"", -1}, {"\xe4\xb8\xad", std::numeric_limits<std::int64_t>::max()}};
  return value;
}

test::ByteVector encoded(const auto&... values) {
  Encoder out;
  out(values...);
  return out.take();
}

template <typename T>
T decoded(Bytes bytes) {
  Decoder in(bytes, "test record");
  T value;
  in(value);
  in.finish();
  return value;
}

TEST_CASE("every kind of member comes back as it was") {
  const Everything back = decoded<Everything>(encoded(everything()));
  CHECK(back.flag);
  CHECK(back.small == 300);
  CHECK(back.large == std::numeric_limits<std::uint64_t>::max());
  CHECK(back.negative == std::numeric_limits<std::int64_t>::min());
  CHECK(back.plain == -7);
  CHECK(back.colour == Colour::green);
  CHECK(back.bytes == std::array<std::uint8_t, 3>{1, 2, 255});
  REQUIRE(back.list.size() == 3);
  CHECK(back.list[0].text == "one");
  CHECK_FALSE(back.list[0].number.has_value());
  CHECK(back.list[1].number == -1);
  CHECK(back.list[2].text == "\xe4\xb8\xad");
  CHECK(back.list[2].number == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("small numbers take a byte") {
  CHECK(encoded(std::uint64_t{127}).size() == 1);
  CHECK(encoded(std::uint64_t{128}).size() == 2);
  CHECK(encoded(-64).size() == 1);
  CHECK(encoded(std::numeric_limits<std::uint64_t>::max()).size() == 10);
}

TEST_CASE("fixed and ascending numbers come back") {
  const std::vector<std::uint64_t> hashes = {1, std::numeric_limits<std::uint64_t>::max()};
  const std::vector<std::uint32_t> rising = {0, 5, 5, std::numeric_limits<std::uint32_t>::max()};
  Encoder out;
  out.fixed(hashes);
  out.ascending(rising);
  Decoder in(out.bytes(), "test record");
  std::vector<std::uint64_t> hashes_back;
  std::vector<std::uint32_t> rising_back;
  in.fixed(hashes_back);
  in.ascending(rising_back);
  in.finish();
  CHECK(hashes_back == hashes);
  CHECK(rising_back == rising);
}

TEST_CASE("what no encoder writes is refused") {
  CHECK_THROWS_AS(decoded<bool>(encoded(std::uint32_t{2})), InputError);
  CHECK_THROWS_AS(decoded<Colour>(encoded(std::uint32_t{2})), InputError);
  CHECK_THROWS_AS(decoded<std::uint32_t>(encoded(std::uint64_t{1} << 32)), InputError);
  CHECK_THROWS_AS(decoded<std::int32_t>(encoded(std::int64_t{1} << 31)), InputError);
  CHECK_THROWS_AS(decoded<std::uint64_t>(test::ByteVector(11, 0xff)), InputError);
  CHECK_THROWS_AS(decoded<bool>(encoded(true, true)), InputError);
}

TEST_CASE("a count that lies is refused before anything is allocated for it") {
  CHECK_THROWS_AS(decoded<std::string>(encoded(std::uint64_t{1} << 60)), InputError);
  CHECK_THROWS_AS(decoded<std::vector<Inner>>(encoded(std::uint64_t{1} << 60)), InputError);
}

TEST_CASE("every truncated record is refused, and no change of bytes crashes") {
  const test::ByteVector record = encoded(everything());
  const auto decode = [](Bytes bytes) { decoded<Everything>(bytes); };
  CHECK(test::truncation_sweep(record, decode) == record.size());
  test::byte_flips(record, decode);
}

}  // namespace
}  // namespace sdkprint
