#include "chunk_builder.h"

namespace sdkprint::test {
namespace {

// Lengths above 0x7f (UTF-8) or 0x7fff (UTF-16) take a second unit, the first one then has its top bit set.
void put_utf8_length(ByteVector& out, std::size_t length) {
  if (length > 0x7f) put8(out, static_cast<std::uint32_t>(0x80 | (length >> 8)));
  put8(out, static_cast<std::uint32_t>(length & 0xff));
}

void put_utf8_string(ByteVector& out, const std::string& text, const StringPoolOptions& options) {
  const std::int64_t units = static_cast<std::int64_t>(to_utf16(text).size()) + options.utf16_length_delta;
  put_utf8_length(out, static_cast<std::size_t>(units < 0 ? 0 : units));
  put_utf8_length(out, text.size());
  out.insert(out.end(), text.begin(), text.end());
  if (options.terminators) put8(out, 0);
}

void put_utf16_string(ByteVector& out, const std::string& text, const StringPoolOptions& options) {
  const std::u16string units = to_utf16(text);
  if (units.size() > 0x7fff) put16(out, static_cast<std::uint32_t>(0x8000 | (units.size() >> 16)));
  put16(out, static_cast<std::uint32_t>(units.size() & 0xffff));
  for (const char16_t unit : units) put16(out, unit);
  if (options.terminators) put16(out, 0);
}

}  // namespace

void put8(ByteVector& out, std::uint32_t value) { out.push_back(static_cast<std::uint8_t>(value)); }
void put16(ByteVector& out, std::uint32_t value) {
  put8(out, value);
  put8(out, value >> 8);
}
void put32(ByteVector& out, std::uint32_t value) {
  put16(out, value);
  put16(out, value >> 16);
}
void set16(ByteVector& out, std::size_t at, std::uint32_t value) {
  out.at(at) = static_cast<std::uint8_t>(value);
  out.at(at + 1) = static_cast<std::uint8_t>(value >> 8);
}
void set32(ByteVector& out, std::size_t at, std::uint32_t value) {
  set16(out, at, value);
  set16(out, at + 2, value >> 16);
}
void append(ByteVector& out, const ByteVector& bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }
void align4(ByteVector& out) {
  while (out.size() % 4 != 0) put8(out, 0);
}

std::u16string to_utf16(std::string_view utf8) {
  std::u16string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<std::uint8_t>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    std::uint32_t point = length == 1 ? lead : lead & (0x7fu >> length);
    for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k) {
      point = point << 6 | (static_cast<std::uint8_t>(utf8[i + k]) & 0x3f);
    }
    i += length;
    if (point >= 0x10000) {
      out.push_back(static_cast<char16_t>(0xd7c0 + (point >> 10)));
      out.push_back(static_cast<char16_t>(0xdc00 + (point & 0x3ff)));
    } else {
      out.push_back(static_cast<char16_t>(point));
    }
  }
  return out;
}

std::uint32_t StringPoolBuilder::append(std::string text) {
  strings_.push_back(std::move(text));
  return static_cast<std::uint32_t>(strings_.size() - 1);
}

std::uint32_t StringPoolBuilder::add(const std::string& text) {
  const auto found = index_.find(text);
  if (found != index_.end()) return found->second;
  return index_[text] = append(text);
}

ByteVector StringPoolBuilder::build(const StringPoolOptions& options) const {
  ByteVector data, offsets;
  for (const std::string& text : strings_) {
    put32(offsets, static_cast<std::uint32_t>(data.size()));
    options.utf8 ? put_utf8_string(data, text, options) : put_utf16_string(data, text, options);
  }
  align4(data);
  const auto count = static_cast<std::uint32_t>(strings_.size());
  const auto start = static_cast<std::uint32_t>(options.header_size + offsets.size());
  const auto size = static_cast<std::uint32_t>(start + data.size());
  ByteVector out;
  put16(out, 0x0001);
  put16(out, options.header_size);
  put32(out, options.size.value_or(size));
  put32(out, options.string_count.value_or(count));
  put32(out, options.style_count.value_or(0));
  put32(out, options.utf8 ? 0x100 : 0);
  put32(out, options.strings_start.value_or(start));
  put32(out, 0);  // stylesStart
  out.resize(options.header_size);
  sdkprint::test::append(out, offsets);
  sdkprint::test::append(out, data);
  return out;
}

}  // namespace sdkprint::test
