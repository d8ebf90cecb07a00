#include "format/xml.h"

#include <algorithm>
#include <exception>

#include "base/reader.h"
#include "format/android_attributes.h"
#include "format/text_decoding.h"
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

// Fields 1 (element) and 3 (source) of an XmlNode, length-delimited.
bool looks_like_proto(Bytes file) { return file[0] == 0x0a || file[0] == 0x1a; }

// Android never looks at the first two bytes of binary XML, so they may be forged to look like anything; but
// its header size and size, 2 and 4 bytes, hold a zero in every file below 16 MiB. Text and protobuf have
// none so early, UTF-16 aside, which is no binary XML further on.
bool may_be_binary(Bytes file) {
  const Bytes head = file.first(std::min<std::size_t>(file.size(), 8));
  return std::find(head.begin(), head.end(), 0) != head.end();
}

using Parser = XmlElement (*)(Bytes file, Oddities& oddities);

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

std::string budgeted_text(Bytes text, XmlBudget& budget) {
  const Bytes taken = text.first(std::min(text.size(), budget.text_room()));
  if (taken.size() < text.size()) budget.say_text_is_cut();
  budget.take_text(taken.size());
  return decode_utf8(taken);
}

XmlElement parse_xml(Bytes file, std::vector<std::string>& warnings) {
  if (file.empty()) throw InputError(InputError::Kind::truncated, "XML: empty file");
  std::vector<Parser> parsers;
  if (may_be_binary(file)) parsers.push_back(parse_binary_xml);
  if (looks_like_text(file)) parsers.push_back(parse_text_xml);
  if (looks_like_proto(file)) parsers.push_back(parse_proto_xml);
  if (!may_be_binary(file)) parsers.push_back(parse_binary_xml);
  std::exception_ptr first_error;
  for (const Parser parse : parsers) {
    try {
      std::vector<std::string> said;
      Oddities oddities(said);
      XmlElement root = parse(file, oddities);
      warnings.insert(warnings.end(), said.begin(), said.end());
      return root;
    } catch (const InputError&) {
      if (first_error == nullptr) first_error = std::current_exception();
    }
  }
  std::rethrow_exception(first_error);
}

}  // namespace sdkprint
