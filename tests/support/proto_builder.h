#pragma once
// Protobuf messages byte by byte, and the two files of an app bundle that sdkprint reads: a manifest as
// protobuf XML, and the resource table (aapt2 Resources.proto).
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "axml_builder.h"
#include "resources_builder.h"

namespace sdkprint::test {

/// Appends fields; `bytes()` is the message.
class ProtoMessage {
 public:
  ProtoMessage& varint(std::uint32_t number, std::uint64_t value);
  ProtoMessage& fixed32(std::uint32_t number, std::uint32_t value);
  ProtoMessage& text(std::uint32_t number, std::string_view value);
  ProtoMessage& message(std::uint32_t number, const ProtoMessage& value);
  const ByteVector& bytes() const { return bytes_; }

 private:
  void put_varint(std::uint64_t value);
  ByteVector bytes_;
};

/// The same element tree that axml() writes in binary, as an XmlNode.
ByteVector proto_xml(const AxmlElement& root);

/// The same values that arsc() writes in binary, as a ResourceTable.
ByteVector proto_resources(const std::vector<TestResource>& resources);

}  // namespace sdkprint::test
