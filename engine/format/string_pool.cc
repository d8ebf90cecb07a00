#include "format/string_pool.h"

#include <algorithm>

#include "format/text_decoding.h"

namespace sdkprint {
namespace {

constexpr std::size_t kHeaderSize = 28;
constexpr std::uint32_t kUtf8Flag = 0x100;

void say(Oddities* oddities, std::string_view message) {
  if (oddities != nullptr) oddities->say(message);
}

// A length takes a second unit when the first has its top bit set.
std::size_t utf8_length(Reader& reader) {
  const std::size_t first = reader.u8();
  return (first & 0x80) == 0 ? first : (first & 0x7f) << 8 | reader.u8();
}

std::size_t utf16_length(Reader& reader) {
  const std::size_t first = reader.u16();
  return (first & 0x8000) == 0 ? first : (first & 0x7fff) << 16 | reader.u16();
}

}  // namespace

StringPool::StringPool(Bytes chunk, Oddities* oddities) {
  const Reader reader(chunk, "string pool");
  const std::uint32_t flags = reader.at<std::uint32_t>(16);
  std::size_t header_size = reader.at<std::uint16_t>(2);
  if (header_size != kHeaderSize) say(oddities, "string pool: odd header size");
  if (header_size < kHeaderSize || header_size > chunk.size()) header_size = kHeaderSize;
  utf8_ = (flags & kUtf8Flag) != 0;

  const std::size_t room = reader.slice(header_size, chunk.size() - header_size).size() / 4;
  count_ = reader.at<std::uint32_t>(8);
  const std::uint64_t styles = reader.at<std::uint32_t>(12);
  std::size_t start = reader.at<std::uint32_t>(20);
  // A start outside the chunk leaves one place where the strings can be: behind both offset tables.
  if (start > chunk.size() || start < header_size) {
    say(oddities, "string pool: strings start outside the pool");
    start = std::min<std::uint64_t>(header_size + 4 * (std::uint64_t{count_} + styles), chunk.size());
  }
  if (count_ + styles > (start - header_size) / 4) {
    say(oddities, "string pool: more strings told than there are");
  }
  count_ = static_cast<std::uint32_t>(std::min<std::size_t>(count_, room));
  offsets_ = reader.slice(header_size, std::size_t{4} * count_);

  std::size_t end = chunk.size();
  if (styles != 0) {
    const std::size_t style_start = reader.at<std::uint32_t>(24);
    if (style_start <= start || style_start > end) {
      say(oddities, "string pool: styles start outside the pool");
    } else {
      end = style_start;
    }
  }
  strings_ = reader.slice(start, end - start);
}

Bytes StringPool::encoded(std::uint32_t index, std::size_t& utf16_units, Oddities* oddities) const {
  Reader reader(strings_, "string of a pool");
  reader.seek(Reader(offsets_, "string pool offsets").at<std::uint32_t>(std::size_t{4} * index));
  std::size_t length = 0;
  if (utf8_) {
    utf16_units = utf8_length(reader);
    length = utf8_length(reader);
    // The length field holds 15 bits. Android finds the end of a longer string by trying length + k * 2^15
    // until a NUL stands there.
    const Bytes rest = reader.slice(reader.offset(), reader.remaining());
    std::size_t end = length;
    while (end < rest.size() && rest[end] != 0) end += 0x8000;
    if (end < rest.size()) return rest.first(end);
  } else {
    length = 2 * utf16_length(reader);
    const Bytes rest = reader.slice(reader.offset(), reader.remaining());
    if (length + 2 <= rest.size() && rest[length] == 0 && rest[length + 1] == 0) return rest.first(length);
  }
  say(oddities, "string pool: string without terminator");
  return reader.bytes(std::min(length, reader.remaining()));
}

std::string StringPool::text(std::uint32_t index, std::size_t max_bytes, Oddities* oddities) const {
  if (index >= count_) return {};
  try {
    std::size_t told_units = 0;
    const Bytes all = encoded(index, told_units, oddities);
    const Bytes bytes = all.first(std::min(all.size(), max_bytes));
    if (bytes.size() < all.size()) say(oddities, "string pool: long texts are cut");
    if (!utf8_) return decode_utf16(bytes);
    std::size_t units = 0;
    std::string text = decode_utf8(bytes, &units);
    if (bytes.size() == all.size() && (units & 0x7fff) != told_units) {
      say(oddities, "string pool: UTF-8 and UTF-16 lengths disagree");
    }
    return text;
  } catch (const InputError&) {
    say(oddities, "string pool: string outside the pool");
    return {};
  }
}

}  // namespace sdkprint
