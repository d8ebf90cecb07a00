// Textual XML, the form a manifest has inside an AAR, read by pugixml (which expands no external and no
// declared entities, so there is nothing to blow up or to fetch). The only user of pugixml.
#include <pugixml.hpp>

#include "base/error.h"
#include "format/android_attributes.h"
#include "format/xml_parsers.h"

namespace sdkprint {
namespace {

// pugixml takes about 20 times the size of a dense file; a manifest with all its comments has some 100 KB.
constexpr std::size_t kMaxTextBytes = std::size_t{4} << 20;

class TextXmlReader {
 public:
  TextXmlReader(const pugi::xml_node& root, Oddities& oddities) : oddities_(oddities), budget_(oddities) {
    for (const pugi::xml_attribute& attribute : root.attributes()) {
      const std::string_view name = attribute.name();
      if (name.starts_with("xmlns:") && attribute.value() == kAndroidUri)
        prefix_ = std::string(name.substr(6)) + ":";
    }
  }

  XmlElement element(const pugi::xml_node& node, std::size_t depth) {
    XmlElement result;
    result.name = string(node.name());
    for (const pugi::xml_attribute& source : node.attributes()) {
      if (!std::string_view(source.name()).starts_with("xmlns") &&
          result.attributes.size() < kMaxXmlAttributes && budget_.attribute()) {
        result.attributes.push_back(attribute(source));
      }
    }
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      if (depth == kMaxXmlDepth) {
        oddities_.say("XML: nested deeper than 128 elements, the inner ones are left out");
        break;
      }
      if (!budget_.element()) break;
      result.children.push_back(element(child, depth + 1));
    }
    return result;
  }

 private:
  /// An android: attribute gets the id that aapt would give it; one of another namespace (tools:node) keeps
  /// its prefix, so that it cannot be taken for one without namespace.
  XmlAttribute attribute(const pugi::xml_attribute& source) {
    XmlAttribute result;
    result.name = string(source.name());
    if (result.name.starts_with(prefix_)) {
      result.name.erase(0, prefix_.size());
      result.resource_id = android_attribute_id(result.name);
    }
    set_text_value(result, string(source.value()));
    return result;
  }

  std::string string(std::string_view text) { return budgeted_text(as_bytes(text), budget_); }

  Oddities& oddities_;
  XmlBudget budget_;
  std::string prefix_ = "android:";
};

}  // namespace

XmlElement parse_text_xml(Bytes file, Oddities& oddities) {
  if (file.size() > kMaxTextBytes) throw InputError(InputError::Kind::limit, "XML text: larger than 4 MiB");
  pugi::xml_document document;
  const pugi::xml_parse_result result =
      document.load_buffer(file.data(), file.size(), pugi::parse_minimal | pugi::parse_escapes);
  const pugi::xml_node root = document.document_element();
  if (!root) throw InputError(std::string("XML text: ") + result.description());
  if (!result) oddities.say("XML text: broken or cut off, read up to there");
  return TextXmlReader(root, oddities).element(root, 1);
}

}  // namespace sdkprint
