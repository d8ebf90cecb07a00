#include "store/gram_filter.h"

#include <doctest/doctest.h>

#include "hostile.h"

namespace sdkprint {
namespace {

using namespace test;

std::vector<std::uint8_t> filter_of(std::initializer_list<std::string_view> texts) {
  std::vector<Bytes> contents;
  for (const std::string_view text : texts) contents.push_back(as_bytes(text));
  return make_gram_filter(contents);
}

bool may_contain(const std::vector<std::uint8_t>& filter, std::string_view text) {
  Reader in(filter, "filter");
  return GramFilter(in).may_contain(Grams(text));
}

/// Texts that have nothing in common.
std::string word(std::uint32_t number) {
  std::string text;
  for (int i = 0; i < 12; ++i) {
    number = number * 1664525 + 1013904223;  // Numerical Recipes
    text += static_cast<char>('a' + (number >> 24) % 26);
  }
  return text;
}

TEST_CASE("gram filter: what is there is found, whatever its case and separators") {
  const std::vector<std::uint8_t> filter =
      filter_of({std::string_view("\x12Lcom/Acme/Push;\0more", 20), "友盟统计"});
  for (const char* there : {"com.acme.push", "Lcom/Acme/Push;", "COM.ACME", "友盟统计", "acme", ""}) {
    INFO(there);
    CHECK(may_contain(filter, there));
  }
  CHECK_FALSE(may_contain(filter, "com.other.push"));
  CHECK_FALSE(may_contain(filter, "push;more"));  // control characters part texts
}

TEST_CASE("gram filter: of texts that are not there few seem to be") {
  std::string content;
  for (std::uint32_t i = 0; i < 20'000; ++i) content += word(i) + '\n';
  const std::vector<std::uint8_t> filter = filter_of({content});
  CHECK(filter.size() < content.size() / 2);
  Reader in(filter, "filter");
  const GramFilter read(in);
  CHECK(in.at_end());
  int there = 0, absent = 0;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    there += read.may_contain(Grams(word(i))) ? 1 : 0;
    absent += read.may_contain(Grams(word(i + 1'000'000))) ? 1 : 0;
  }
  CHECK(there == 20'000);
  CHECK(absent < 200);
}

TEST_CASE("gram filter: small contents have small filters, and none has an empty one") {
  CHECK(filter_of({}).size() == 9);
  CHECK(filter_of({"acme"}).size() == 9);
  CHECK_FALSE(may_contain(filter_of({}), "acme push"));
}

TEST_CASE("gram filter: damaged rows are refused") {
  const std::vector<std::uint8_t> filter = filter_of({"com.acme.push"});
  const auto read = [](Bytes bytes) {
    Reader in(bytes, "filter");
    GramFilter(in).may_contain(Grams("com.acme"));
  };
  CHECK_NOTHROW(truncation_sweep(filter, read));
  CHECK_NOTHROW(byte_flips(filter, read, 200));
  for (const std::uint8_t log : {0, 2, 22, 255}) {
    std::vector<std::uint8_t> other = filter;
    other[0] = log;
    CHECK_THROWS_AS(read(other), InputError);
  }
}

}  // namespace
}  // namespace sdkprint
