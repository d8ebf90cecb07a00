#pragma once
// One element tree for the three forms an Android manifest comes in: binary XML (APK; AOSP
// frameworks/base/libs/androidfw ResourceTypes.h), protobuf XML (AAB; aapt2 Resources.proto), and text (AAR).
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace sdkprint {

struct XmlAttribute {
  /// Local name; what the resource id says when the file spells it otherwise. Text XML: an attribute of
  /// another namespace than android: keeps its prefix ("tools:node").
  std::string name;
  std::uint32_t resource_id = 0;  ///< android:name = 0x01010003 …, 0 when there is none
  /// The value as text: the string, or the typed value printed (integers decimal, booleans true/false).
  std::string value;
  /// Set when the value is a reference (@0x7f…); `value` is then "@0x7f0b0001" ("@null" sets none).
  std::optional<std::uint32_t> reference;
  /// Set when the value is an integer, a colour or a boolean (0 or 1), or text that reads as one.
  std::optional<std::int64_t> integer;
};

struct XmlElement {
  std::string name;
  std::vector<XmlAttribute> attributes;
  std::vector<XmlElement> children;

  /// The attribute of that local name ("name", "versionCode"); null when absent. One whose resource id says
  /// so wins over one that is only spelled so, and the first of several counts, as in Android.
  const XmlAttribute* attribute(std::string_view wanted) const;
};

/// The root element of binary, protobuf or text XML, recognised by content. Tampering that Android's own
/// parser shrugs off (wrong file chunk type, padding between chunks, lying string counts, UTF-8/UTF-16
/// tricks, dropped or bogus namespaces, unknown chunk types, attributes with an odd size) is read the way
/// Android does and said in `warnings`. Throws InputError when no element can be read. Depth and count are
/// limited.
XmlElement parse_xml(Bytes file, std::vector<std::string>& warnings);

}  // namespace sdkprint
