#include "format/mutf8.h"

#include <doctest/doctest.h>

#include <random>

using sdkprint::mutf8_to_utf8;

namespace {

/// Unicode 15, table 3-7: the only byte sequences that are UTF-8.
bool is_valid_utf8(const std::string& text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) -> unsigned {
      return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0;
    };
    const auto tail = [&](std::size_t k) { return byte(k) >= 0x80 && byte(k) <= 0xbf; };
    const unsigned lead = byte(0), second = byte(1);
    if (lead < 0x80) {
      i += 1;
    } else if (lead >= 0xc2 && lead <= 0xdf && tail(1)) {
      i += 2;
    } else if (lead >= 0xe0 && lead <= 0xef && tail(1) && tail(2) && !(lead == 0xe0 && second < 0xa0) &&
               !(lead == 0xed && second > 0x9f)) {
      i += 3;
    } else if (lead >= 0xf0 && lead <= 0xf4 && tail(1) && tail(2) && tail(3) &&
               !(lead == 0xf0 && second < 0x90) && !(lead == 0xf4 && second > 0x8f)) {
      i += 4;
    } else {
      return false;
    }
  }
  return true;
}

constexpr const char* kReplacement = "\xef\xbf\xbd";

}  // namespace

TEST_CASE("ASCII stays as it is") { CHECK(mutf8_to_utf8("com/acme/Sdk") == "com/acme/Sdk"); }

TEST_CASE("the empty string stays empty") { CHECK(mutf8_to_utf8("").empty()); }

TEST_CASE("C0 80 is U+0000") { CHECK(mutf8_to_utf8("a\xc0\x80z") == std::string("a\0z", 3)); }

TEST_CASE("two- and three-byte characters are the same in both encodings") {
  CHECK(mutf8_to_utf8("\xc3\xa9\xe4\xb8\xad") == "\xc3\xa9\xe4\xb8\xad");
}

TEST_CASE("a surrogate pair becomes one four-byte character") {
  CHECK(mutf8_to_utf8("\xed\xa0\xbd\xed\xb8\x80") == "\xf0\x9f\x98\x80");  // U+1F600
}

TEST_CASE("the first and the last supplementary character") {
  CHECK(mutf8_to_utf8("\xed\xa0\x80\xed\xb0\x80") == "\xf0\x90\x80\x80");
  CHECK(mutf8_to_utf8("\xed\xaf\xbf\xed\xbf\xbf") == "\xf4\x8f\xbf\xbf");
}

TEST_CASE("real UTF-8 of four bytes is taken as it is") {
  CHECK(mutf8_to_utf8("\xf0\x9f\x98\x80") == "\xf0\x9f\x98\x80");
}

TEST_CASE("a lone surrogate becomes one replacement character") {
  CHECK(mutf8_to_utf8("a\xed\xa0\xbdz") == std::string("a") + kReplacement + "z");
  CHECK(mutf8_to_utf8("a\xed\xb8\x80z") == std::string("a") + kReplacement + "z");
}

TEST_CASE("two high surrogates are two replacement characters") {
  CHECK(mutf8_to_utf8("\xed\xa0\xbd\xed\xa0\xbd") == std::string(kReplacement) + kReplacement);
}

TEST_CASE("a high surrogate before another three-byte character keeps that character") {
  CHECK(mutf8_to_utf8("\xed\xa0\xbd\xe4\xb8\xad") == std::string(kReplacement) + "\xe4\xb8\xad");
}

TEST_CASE("overlong spellings are not characters") {
  CHECK(mutf8_to_utf8("\xc1\x81").find('A') == std::string::npos);
  CHECK(mutf8_to_utf8("\xe0\x80\xaf").find('/') == std::string::npos);
  CHECK(mutf8_to_utf8("\xf0\x80\x80\xaf").find('/') == std::string::npos);
}

TEST_CASE("a sequence cut short costs a byte at a time and keeps what follows") {
  CHECK(mutf8_to_utf8("\xe4\xb8") == std::string(kReplacement) + kReplacement);
  CHECK(mutf8_to_utf8("\xe4z") == std::string(kReplacement) + "z");
  CHECK(mutf8_to_utf8("\x80z") == std::string(kReplacement) + "z");
}

TEST_CASE("characters beyond U+10FFFF are replaced") {
  CHECK(is_valid_utf8(mutf8_to_utf8("\xf4\x90\x80\x80")));
  CHECK(is_valid_utf8(mutf8_to_utf8("\xf7\xbf\xbf\xbf")));
}

TEST_CASE("any bytes at all give valid UTF-8") {
  std::mt19937 random(3);
  // Bytes that begin or continue something, so that near misses are frequent.
  constexpr unsigned char kBytes[] = {0x00, 0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xb0, 0xbf, 0xc0,
                                      0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff};
  for (int round = 0; round < 20000; ++round) {
    std::string text(random() % 12, '\0');
    for (char& c : text) c = static_cast<char>(kBytes[random() % sizeof kBytes]);
    REQUIRE(is_valid_utf8(mutf8_to_utf8(text)));
  }
}
