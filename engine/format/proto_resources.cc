// The resource table of an app bundle (base/resources.pb; aapt2 Resources.proto: ResourceTable, Package,
// Type, Entry, ConfigValue). Protobuf has no index: a lookup walks packages, types and entries by their
// lengths, and reads only the ids on the way.
#include <algorithm>

#include "format/proto_item.h"
#include "format/resource_source.h"
#include "format/text_decoding.h"
#include "format/wire_reader.h"

namespace sdkprint {
namespace {

/// Field `number` of a message, as a message; empty when absent.
Bytes message_field(Bytes message, std::uint32_t number) {
  Bytes result;
  for (WireReader field(message); field.next();) {
    if (field.number() == number) result = field.bytes();
  }
  return result;
}

std::uint32_t integer_field(Bytes message, std::uint32_t number) {
  std::uint32_t result = 0;
  for (WireReader field(message); field.next();) {
    if (field.number() == number) result = field.integer32();
  }
  return result;
}

/// PackageId, TypeId and EntryId are messages with the id in field 1, themselves in field 1 of what they
/// name.
std::uint32_t id_of(Bytes message) { return integer_field(message_field(message, 1), 1); }

/// "zh", "zh-CN", "zh-Hans-CN", "b+…" variants: a subtag of 4 letters is a script, one of 2 letters or 3
/// digits a region (BCP 47).
void read_locale(std::string_view locale, RawResourceValue& value) {
  for (bool is_first = true; !locale.empty(); is_first = false) {
    const std::size_t end = std::min(locale.find('-'), locale.size());
    const std::string tag = decode_utf8(as_bytes(locale.substr(0, std::min<std::size_t>(end, 16))));
    locale.remove_prefix(std::min(end + 1, locale.size()));
    if (is_first) {
      value.language = tag;
    } else if (tag.size() == 4 && value.script.empty()) {
      value.script = tag;
    } else if (tag.size() == 2 || tag.size() == 3) {
      value.region = tag;
    }
  }
}

RawResourceValue read_config_value(Bytes message) {
  RawResourceValue result;
  for (WireReader field(message_field(message, 1)); field.next();) {
    if (field.number() == 3) {
      read_locale(as_text(field.bytes()), result);
    } else if (field.integer() != 0) {
      result.is_qualified = true;
    }
  }
  const ProtoItem item = read_proto_item(message_field(message_field(message, 2), 4));
  result.reference = item.value.referenced();
  const bool is_text = item.value.type == ResValue::string;
  result.text = is_text ? decode_utf8(item.text.first(std::min(item.text.size(), kMaxResourceText)))
                        : item.value.text();
  return result;
}

/// Compound values (arrays, styles) have no item.
bool has_item(Bytes config_value) { return !message_field(message_field(config_value, 2), 4).empty(); }

class ProtoResources : public ResourceSource {
 public:
  explicit ProtoResources(Bytes file) {
    for (WireReader field(file); field.next();) {
      if (field.number() == 2) packages_.push_back(field.bytes());
    }
  }

  std::vector<RawResourceValue> find(std::uint32_t id) const override {
    std::vector<RawResourceValue> values;
    for (const Bytes package : packages_) {
      try {
        if (id_of(package) == id >> 24) find_in_package(package, id, values);
      } catch (const InputError&) {
        // A broken package loses its own values only.
      }
    }
    return values;
  }

 private:
  static void find_in_package(Bytes package, std::uint32_t id, std::vector<RawResourceValue>& values) {
    for (WireReader type(package); type.next();) {
      if (type.number() != 3 || id_of(type.bytes()) != (id >> 16 & 0xff)) continue;
      for (WireReader entry(type.bytes()); entry.next();) {
        if (entry.number() == 3 && id_of(entry.bytes()) == (id & 0xffff)) read_entry(entry.bytes(), values);
      }
    }
  }

  static void read_entry(Bytes entry, std::vector<RawResourceValue>& values) {
    for (WireReader value(entry); value.next();) {
      if (value.number() != 6 || values.size() == kMaxConfigurations || !has_item(value.bytes())) continue;
      values.push_back(read_config_value(value.bytes()));
    }
  }

  std::vector<Bytes> packages_;
};

}  // namespace

std::unique_ptr<const ResourceSource> open_proto_resources(Bytes file) {
  return std::make_unique<ProtoResources>(file);
}

}  // namespace sdkprint
