#include "axml_builder.h"

#include <array>
#include <cstdlib>
#include <map>

#include "format/android_attributes.h"

namespace sdkprint::test {
namespace {

constexpr std::uint32_t kNone = 0xffffffff;
constexpr const char* kAndroidUri = "http://schemas.android.com/apk/res/android";

AxmlAttribute android_attribute(const std::string& name) {
  AxmlAttribute attribute;
  attribute.name = name;
  attribute.resource_id = android_attribute_id(name);
  if (attribute.resource_id == 0) std::abort();
  return attribute;
}

class AxmlWriter {
 public:
  explicit AxmlWriter(const AxmlOptions& options) : options_(options) {}

  ByteVector write(const AxmlElement& root) {
    collect_names(root);
    ByteVector nodes;
    prefix_ = pool_.add("android");
    uri_ = pool_.add(kAndroidUri);
    if (options_.namespaces) put_namespace(nodes, 0x0100);
    put_element(nodes, root);
    if (options_.namespaces) put_namespace(nodes, 0x0101);

    ByteVector out;
    put16(out, options_.file_type);
    put16(out, options_.file_header_size);
    put32(out, 0);
    out.resize(options_.file_header_size);
    if (options_.unknown_chunks) put_unknown(out);
    append(out, pool_.build(options_.pool));
    if (options_.resource_map) put_resource_map(out);
    append(out, nodes);
    set32(out, 4,
          static_cast<std::uint32_t>(static_cast<std::int64_t>(out.size()) + options_.file_size_delta));
    for (std::size_t i = 0; i < options_.junk; ++i) put8(out, 0xa5);
    return out;
  }

 private:
  // The resource map's row i speaks of string i, so names that have an id come first in the pool.
  void collect_names(const AxmlElement& element) {
    for (const AxmlAttribute& attribute : element.attributes) {
      if (attribute.resource_id == 0 || names_.count(attribute.resource_id) != 0) continue;
      std::string spelling = attribute.name;
      if (options_.blank_names) spelling.clear();
      if (options_.false_names) spelling = "decoy";
      names_[attribute.resource_id] = pool_.append(spelling);
      ids_.push_back(attribute.resource_id);
    }
    for (const AxmlElement& child : element.children) collect_names(child);
  }

  void put_resource_map(ByteVector& out) {
    put16(out, 0x0180);
    put16(out, 8);
    put32(out, static_cast<std::uint32_t>(8 + 4 * ids_.size()));
    for (const std::uint32_t id : ids_) put32(out, id);
  }

  static void put_unknown(ByteVector& out) {
    put16(out, 0x7abc);
    put16(out, 8);
    put32(out, 16);
    put32(out, 0x11111111);
    put32(out, 0x22222222);
  }

  static void put_node(ByteVector& out, std::uint16_t type, std::size_t size) {
    put16(out, type);
    put16(out, 16);
    put32(out, static_cast<std::uint32_t>(size));
    put32(out, 1);  // line number
    put32(out, kNone);
  }

  void put_namespace(ByteVector& out, std::uint16_t type) {
    put_node(out, type, 24);
    put32(out, options_.bogus_namespace ? 0x7ffffff0 : prefix_);
    put32(out, options_.bogus_namespace ? 0x7ffffff1 : uri_);
  }

  void put_attribute(ByteVector& out, const AxmlAttribute& attribute, bool changed) {
    const std::size_t start = out.size();
    const bool has_namespace = attribute.resource_id != 0 && options_.namespaces;
    put32(out, !has_namespace ? kNone : options_.bogus_namespace ? 0x7ffffff1 : uri_);
    put32(out, attribute.resource_id != 0 ? names_.at(attribute.resource_id) : pool_.add(attribute.name));
    const bool is_text = attribute.type == 3;
    const std::uint32_t text = is_text ? pool_.add(changed ? "double" : attribute.text) : kNone;
    put32(out, text);
    put16(out, 8);
    put8(out, 0);
    put8(out, attribute.type);
    put32(out, is_text ? text : attribute.data + (changed ? 1 : 0));
    out.resize(start + options_.attribute_size, 0xee);
  }

  void put_element(ByteVector& out, const AxmlElement& element) {
    if (options_.unknown_chunks) put_unknown(out);
    const std::size_t copies = options_.double_attributes ? 2 : 1;
    const std::size_t count = element.attributes.size() * copies;
    const std::size_t size = 16 + options_.attribute_start + count * options_.attribute_size;
    put_node(out, 0x0102, size);
    const std::size_t extension = out.size();
    put32(out, kNone);
    put32(out, pool_.add(element.name));
    put16(out, options_.attribute_start);
    put16(out, options_.attribute_size);
    put16(out, static_cast<std::uint32_t>(count));
    for (int i = 0; i < 3; ++i) put16(out, 0);  // id, class and style attribute: none
    out.resize(extension + options_.attribute_start, 0xee);
    for (const AxmlAttribute& attribute : element.attributes) {
      for (std::size_t copy = 0; copy < copies; ++copy) put_attribute(out, attribute, copy == 1);
    }
    for (const AxmlElement& child : element.children) put_element(out, child);
    put_node(out, 0x0103, 24);
    put32(out, kNone);
    put32(out, pool_.add(element.name));
  }

  const AxmlOptions& options_;
  StringPoolBuilder pool_;
  std::map<std::uint32_t, std::uint32_t> names_;  // resource id → string index
  std::vector<std::uint32_t> ids_;
  std::uint32_t prefix_ = 0, uri_ = 0;
};

AxmlElement named(const char* element, const std::string& name, std::vector<AxmlElement> children = {}) {
  return {element, {android("name", name)}, std::move(children)};
}

bool belongs_into_application(const std::string& name) {
  constexpr std::array kNames = {"activity", "activity-alias", "service",      "receiver",
                                 "provider", "meta-data",      "uses-library", "uses-native-library"};
  for (const char* candidate : kNames) {
    if (name == candidate) return true;
  }
  return false;
}

}  // namespace

AxmlAttribute android(const std::string& name, const std::string& text) {
  AxmlAttribute attribute = android_attribute(name);
  attribute.text = text;
  return attribute;
}

AxmlAttribute android_int(const std::string& name, std::int32_t value) {
  AxmlAttribute attribute = android_attribute(name);
  attribute.type = 0x10;
  attribute.data = static_cast<std::uint32_t>(value);
  return attribute;
}

AxmlAttribute android_bool(const std::string& name, bool value) {
  AxmlAttribute attribute = android_attribute(name);
  attribute.type = 0x12;
  attribute.data = value ? 0xffffffff : 0;
  return attribute;
}

AxmlAttribute android_ref(const std::string& name, std::uint32_t resource_id) {
  AxmlAttribute attribute = android_attribute(name);
  attribute.type = 0x01;
  attribute.data = resource_id;
  return attribute;
}

AxmlAttribute plain(const std::string& name, const std::string& text) {
  AxmlAttribute attribute;
  attribute.name = name;
  attribute.text = text;
  return attribute;
}

ByteVector axml(const AxmlElement& root, const AxmlOptions& options) {
  return AxmlWriter(options).write(root);
}

AxmlElement activity(const std::string& name, std::vector<AxmlElement> children) {
  return named("activity", name, std::move(children));
}
AxmlElement service(const std::string& name, std::vector<AxmlElement> children) {
  return named("service", name, std::move(children));
}
AxmlElement receiver(const std::string& name, std::vector<AxmlElement> children) {
  return named("receiver", name, std::move(children));
}
AxmlElement provider(const std::string& name, const std::string& authorities) {
  return {"provider", {android("name", name), android("authorities", authorities)}, {}};
}
AxmlElement meta_data(const std::string& name, const std::string& value) {
  return {"meta-data", {android("name", name), android("value", value)}, {}};
}
AxmlElement intent_filter(const std::vector<std::string>& actions,
                          const std::vector<std::string>& categories) {
  AxmlElement filter{"intent-filter", {}, {}};
  for (const std::string& action : actions) filter.children.push_back(named("action", action));
  for (const std::string& category : categories) filter.children.push_back(named("category", category));
  return filter;
}
AxmlElement uses_permission(const std::string& name) { return named("uses-permission", name); }

AxmlElement manifest_element(const std::string& package, const std::vector<AxmlElement>& parts) {
  AxmlElement root{"manifest", {}, {}};
  root.attributes = {android_int("versionCode", 1), android("versionName", "1.0"), plain("package", package)};
  root.children.push_back(
      {"uses-sdk", {android_int("minSdkVersion", 21), android_int("targetSdkVersion", 33)}, {}});
  AxmlElement application{"application", {}, {}};
  for (const AxmlElement& part : parts) {
    (belongs_into_application(part.name) ? application : root).children.push_back(part);
  }
  root.children.push_back(std::move(application));
  return root;
}

ByteVector manifest_xml(const std::string& package, const std::vector<AxmlElement>& parts,
                        const AxmlOptions& options) {
  return axml(manifest_element(package, parts), options);
}

}  // namespace sdkprint::test
