#pragma once
// The parts that the tables of a compiled database consist of: texts, enumerations, lists. Shared by the
// codecs; not for others.
#include <string>
#include <vector>

#include "base/byte_writer.h"
#include "base/reader.h"

namespace sdkprint {

inline std::string read_text(Reader& in) {
  const std::uint32_t size = in.u32();
  return std::string(as_text(in.bytes(size)));
}

/// An enum stored as one byte, refused when it is `count` or more.
template <typename Enum>
Enum read_enum(Reader& in, std::size_t count) {
  const std::uint8_t value = in.u8();
  if (value >= count) in.malformed(in.offset() - 1, "enumeration value out of range");
  return static_cast<Enum>(value);
}

template <typename T, typename WriteOne>
void write_list(ByteWriter& out, const std::vector<T>& list, WriteOne write_one) {
  out.u32(static_cast<std::uint32_t>(list.size()));
  for (const T& item : list) write_one(item);
}

template <typename T, typename ReadOne>
std::vector<T> read_list(Reader& in, ReadOne read_one) {
  const std::uint32_t count = in.u32();
  in.require_table(in.offset(), count, 1);  // every item takes at least a byte
  std::vector<T> list;
  list.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) list.push_back(read_one());
  return list;
}

inline void write_texts(ByteWriter& out, const std::vector<std::string>& texts) {
  write_list(out, texts, [&](const std::string& text) { out.text(text); });
}

inline std::vector<std::string> read_texts(Reader& in) {
  return read_list<std::string>(in, [&] { return read_text(in); });
}

}  // namespace sdkprint
