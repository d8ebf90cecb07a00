#include "proto_builder.h"

#include <map>

namespace sdkprint::test {
namespace {

/// An Item: 1 reference, 2 string, 7 primitive (6 decimal, 7 hexadecimal, 8 boolean).
ProtoMessage item(std::uint8_t type, const std::string& text, std::uint32_t data) {
  ProtoMessage value;
  switch (type) {
    case 0x01:
      return ProtoMessage().message(1, value.varint(2, data));
    case 0x10:
      return ProtoMessage().message(7, value.varint(6, data));
    case 0x11:
      return ProtoMessage().message(7, value.varint(7, data));
    case 0x12:
      return ProtoMessage().message(7, value.varint(8, data != 0 ? 1 : 0));
    default:
      return ProtoMessage().message(2, value.text(1, text));
  }
}

ProtoMessage attribute_message(const AxmlAttribute& attribute) {
  ProtoMessage message;
  if (attribute.resource_id != 0) message.text(1, "http://schemas.android.com/apk/res/android");
  message.text(2, attribute.name).text(3, attribute.text);
  if (attribute.resource_id != 0) message.varint(5, attribute.resource_id);
  if (attribute.type != 3) message.message(6, item(attribute.type, attribute.text, attribute.data));
  return message;
}

ProtoMessage node_message(const AxmlElement& element) {
  ProtoMessage message;
  message.text(3, element.name);
  for (const AxmlAttribute& attribute : element.attributes) message.message(4, attribute_message(attribute));
  for (const AxmlElement& child : element.children) message.message(5, node_message(child));
  return ProtoMessage().message(1, message).message(3, ProtoMessage().varint(1, 7));
}

std::string locale(const TestConfiguration& configuration) {
  std::string text = configuration.language;
  if (!configuration.script.empty()) text += "-" + configuration.script;
  if (!configuration.region.empty()) text += "-" + configuration.region;
  return text;
}

ProtoMessage config_value(const TestResource& resource) {
  ProtoMessage configuration;
  if (!resource.configuration.language.empty()) configuration.text(3, locale(resource.configuration));
  if (resource.configuration.density != 0) configuration.varint(18, resource.configuration.density);
  ProtoMessage value;
  if (resource.is_complex) {
    value.message(5, ProtoMessage().text(1, "x"));
  } else {
    value.message(4, item(resource.type, resource.text, resource.data));
  }
  return ProtoMessage().message(1, configuration).message(2, value);
}

ProtoMessage id_message(std::uint32_t id) {
  ProtoMessage message;
  if (id != 0) message.varint(1, id);  // protobuf leaves zeros out
  return message;
}

}  // namespace

void ProtoMessage::put_varint(std::uint64_t value) {
  for (; value > 0x7f; value >>= 7) put8(bytes_, static_cast<std::uint32_t>(0x80 | (value & 0x7f)));
  put8(bytes_, static_cast<std::uint32_t>(value));
}
ProtoMessage& ProtoMessage::varint(std::uint32_t number, std::uint64_t value) {
  put_varint(number << 3);
  put_varint(value);
  return *this;
}
ProtoMessage& ProtoMessage::fixed32(std::uint32_t number, std::uint32_t value) {
  put_varint(number << 3 | 5);
  put32(bytes_, value);
  return *this;
}
ProtoMessage& ProtoMessage::text(std::uint32_t number, std::string_view value) {
  put_varint(number << 3 | 2);
  put_varint(value.size());
  bytes_.insert(bytes_.end(), value.begin(), value.end());
  return *this;
}
ProtoMessage& ProtoMessage::message(std::uint32_t number, const ProtoMessage& value) {
  return text(number, as_text(value.bytes()));
}

ByteVector proto_xml(const AxmlElement& root) { return node_message(root).bytes(); }

ByteVector proto_resources(const std::vector<TestResource>& resources) {
  // package → type → entry → its values
  std::map<std::uint32_t, std::map<std::uint32_t, std::map<std::uint32_t, ProtoMessage>>> packages;
  for (const TestResource& resource : resources) {
    ProtoMessage& entry = packages[resource.id >> 24][resource.id >> 16 & 0xff][resource.id & 0xffff];
    if (entry.bytes().empty()) entry.message(1, id_message(resource.id & 0xffff));
    entry.message(6, config_value(resource));
  }
  ProtoMessage table;
  table.message(1, ProtoMessage().text(1, "pool"));
  for (const auto& [package_id, types] : packages) {
    ProtoMessage package;
    package.message(1, id_message(package_id));
    for (const auto& [type_id, entries] : types) {
      ProtoMessage type;
      type.message(1, id_message(type_id));
      for (const auto& [entry_id, entry] : entries) type.message(3, entry);
      package.message(3, type);
    }
    table.message(2, package);
  }
  return table.bytes();
}

}  // namespace sdkprint::test
