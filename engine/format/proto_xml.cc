// Protobuf XML, the form a manifest has inside an app bundle (aapt2 Resources.proto: XmlNode, XmlElement,
// XmlAttribute, Item, Primitive). Values that aapt2 compiled (references, integers, booleans) stand beside
// the text.
#include "format/android_attributes.h"
#include "format/proto_item.h"
#include "format/wire_reader.h"
#include "format/xml_parsers.h"

namespace sdkprint {
namespace {

class ProtoXmlParser {
 public:
  explicit ProtoXmlParser(Oddities& oddities) : oddities_(oddities), budget_(oddities) {}

  /// The element of an XmlNode; nullopt for a text node. `depth` bounds the recursion.
  std::optional<XmlElement> node(Bytes message, std::size_t depth) {
    std::optional<XmlElement> result;
    for (WireReader field(message); field.next();) {
      if (field.number() == 1 && budget_.element()) result = element(field.bytes(), depth);
    }
    return result;
  }

 private:
  XmlElement element(Bytes message, std::size_t depth) {
    XmlElement result;
    for (WireReader field(message); field.next();) {
      switch (field.number()) {
        case 3:
          result.name = string(field.bytes());
          break;
        case 4:
          if (result.attributes.size() < kMaxXmlAttributes && budget_.attribute()) {
            result.attributes.push_back(attribute(field.bytes()));
          }
          break;
        case 5:
          child(field.bytes(), depth, result);
          break;
        default:
          break;
      }
    }
    return result;
  }

  void child(Bytes message, std::size_t depth, XmlElement& parent) {
    if (depth == kMaxXmlDepth) {
      return oddities_.say("XML: nested deeper than 128 elements, the inner ones are left out");
    }
    if (budget_.exhausted()) return;
    std::optional<XmlElement> result = node(message, depth + 1);
    if (result) parent.children.push_back(std::move(*result));
  }

  XmlAttribute attribute(Bytes message) {
    XmlAttribute result;
    std::string uri, text;
    Bytes item;
    for (WireReader field(message); field.next();) {
      if (field.number() == 1) uri = string(field.bytes());
      if (field.number() == 2) result.name = string(field.bytes());
      if (field.number() == 3) text = string(field.bytes());
      if (field.number() == 5) result.resource_id = field.integer32();
      if (field.number() == 6) item = field.bytes();
    }
    name(uri, result);
    value(std::move(text), item, result);
    return result;
  }

  void name(const std::string& uri, XmlAttribute& attribute) {
    if (attribute.resource_id == 0 && uri == kAndroidUri)
      attribute.resource_id = android_attribute_id(attribute.name);
    const std::string_view true_name = android_attribute_name(attribute.resource_id);
    if (true_name.empty() || true_name == attribute.name) return;
    oddities_.say("protobuf XML: attribute names contradict their resource ids, which count");
    attribute.name = true_name;
  }

  void value(std::string text, Bytes item_message, XmlAttribute& attribute) {
    const ProtoItem item = read_proto_item(item_message);
    const bool is_typed = item.value.type != ResValue::null && item.value.type != ResValue::string;
    // A reference that is known by name only (id 0) stays as it was written.
    if (is_typed && (item.value.type != ResValue::reference || item.value.data != 0)) {
      return set_typed_value(attribute, item.value);
    }
    if (text.empty() && item.value.type == ResValue::string) text = string(item.text);
    set_text_value(attribute, std::move(text));
  }

  std::string string(Bytes bytes) { return budgeted_text(bytes, budget_); }

  Oddities& oddities_;
  XmlBudget budget_;
};

}  // namespace

XmlElement parse_proto_xml(Bytes file, Oddities& oddities) {
  std::optional<XmlElement> root = ProtoXmlParser(oddities).node(file, 1);
  if (!root) throw InputError("protobuf XML: no element");
  return std::move(*root);
}

}  // namespace sdkprint
