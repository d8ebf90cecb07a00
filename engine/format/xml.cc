#include "format/xml.h"

#include <algorithm>

#include "base/reader.h"
#include "format/android_attributes.h"
#include "format/xml_parsers.h"

namespace sdkprint {
namespace {

/// Markup, after white space and a byte order mark. NULs are skipped so that UTF-16 is recognised too.
bool looks_like_text(Bytes file) {
  constexpr std::size_t kLookAt = 256;
  for (const std::uint8_t byte : file.first(std::min(file.size(), kLookAt))) {
    if (byte == '<') return true;
    const bool is_filler = byte == ' ' || (byte >= '\t' && byte <= '\r') || byte == 0 || byte == 0xef ||
                           byte == 0xbb || byte == 0xbf || byte == 0xfe || byte == 0xff;
    if (!is_filler) return false;
  }
  return false;
}

// The header size of binary XML is hardly ever forged (Android takes it at its word). A protobuf XmlNode
// opens with field 1 (element) or 3 (source), length-delimited, and its third byte cannot be 8 with a fourth
// of 0: that would be a varint field 1, which neither message has.
bool looks_like_proto(Bytes file) {
  if (file.size() < 4 || (file[0] != 0x0a && file[0] != 0x1a)) return false;
  return !(file[2] == 8 && file[3] == 0);
}

}  // namespace

void set_typed_value(XmlAttribute& attribute, const ResValue& value) {
  attribute.value = value.text();
  attribute.reference = value.referenced();
  attribute.integer = value.integer();
}

void set_text_value(XmlAttribute& attribute, std::string text) {
  attribute.integer = parse_integer(text);
  attribute.value = std::move(text);
}

const XmlAttribute* XmlElement::attribute(std::string_view wanted) const {
  const std::uint32_t id = android_attribute_id(wanted);
  const XmlAttribute* by_name = nullptr;
  for (const XmlAttribute& candidate : attributes) {
    if (id != 0 && candidate.resource_id == id) return &candidate;
    if (candidate.resource_id == 0 && by_name == nullptr && candidate.name == wanted) by_name = &candidate;
  }
  return by_name;
}

XmlElement parse_xml(Bytes file, std::vector<std::string>& warnings) {
  if (file.empty()) throw InputError(InputError::Kind::truncated, "XML: empty file");
  Oddities oddities(warnings);
  if (looks_like_text(file)) return parse_text_xml(file, oddities);
  if (!looks_like_proto(file)) return parse_binary_xml(file, oddities);
  try {
    return parse_proto_xml(file, oddities);
  } catch (const InputError&) {
    return parse_binary_xml(file, oddities);
  }
}

}  // namespace sdkprint
