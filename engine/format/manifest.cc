#include "format/manifest.h"

#include <array>
#include <utility>

#include "format/res_value.h"
#include "format/resources.h"

namespace sdkprint {
namespace {

constexpr std::array<std::pair<std::string_view, ManifestComponent::Kind>, 5> kComponents = {{
    {"activity", ManifestComponent::Kind::activity},
    {"activity-alias", ManifestComponent::Kind::activity_alias},
    {"service", ManifestComponent::Kind::service},
    {"receiver", ManifestComponent::Kind::receiver},
    {"provider", ManifestComponent::Kind::provider},
}};

class ManifestReader {
 public:
  explicit ManifestReader(const ResourceTable* resources) : resources_(resources) {}

  Manifest read(const XmlElement& root) {
    read_root(root);
    bool has_application = false;
    for (const XmlElement& child : root.children) {
      // Android reads the first <application> and passes over others.
      if (child.name == "application" && !std::exchange(has_application, true)) read_application(child);
      if (child.name == "uses-permission" || child.name == "uses-permission-sdk-23" ||
          child.name == "uses-permission-sdk-m") {
        add_permission(child);
      }
      if (child.name == "instrumentation") {
        manifest_.instrumentations.push_back(class_name(child, "name"));
      }
      if (child.name == "permission") add(manifest_.declared_permissions, child);
      if (child.name == "uses-feature") add(manifest_.uses_features, child);
      if (child.name == "uses-sdk") read_uses_sdk(child);
      if (child.name == "queries") read_queries(child);
    }
    return std::move(manifest_);
  }

 private:
  void read_root(const XmlElement& root) {
    manifest_.package = text(root, "package");
    manifest_.split = text(root, "split");
    manifest_.version_name = text(root, "versionName");
    const std::optional<std::int64_t> low = integer(root, "versionCode");
    const std::optional<std::int64_t> high = integer(root, "versionCodeMajor");
    if (low || high) {
      // PackageInfo.composeLongVersionCode: both halves are taken as 32 bits.
      const std::uint64_t bits = static_cast<std::uint64_t>(static_cast<std::uint32_t>(high.value_or(0)))
                                     << 32 |
                                 static_cast<std::uint32_t>(low.value_or(0));
      manifest_.version_code = static_cast<std::int64_t>(bits);
    }
  }

  void read_uses_sdk(const XmlElement& element) {
    if (!manifest_.min_sdk) manifest_.min_sdk = integer(element, "minSdkVersion");
    if (!manifest_.target_sdk) manifest_.target_sdk = integer(element, "targetSdkVersion");
  }

  void read_queries(const XmlElement& element) {
    for (const XmlElement& child : element.children) {
      if (child.name == "package") add(manifest_.query_packages, child);
    }
  }

  void read_application(const XmlElement& element) {
    read_label(element);
    manifest_.application_class = class_name(element, "name");
    manifest_.app_component_factory = class_name(element, "appComponentFactory");
    manifest_.has_code = boolean(element, "hasCode");
    manifest_.debuggable = boolean(element, "debuggable");
    manifest_.uses_cleartext = boolean(element, "usesCleartextTraffic");
    manifest_.enabled = boolean(element, "enabled");
    for (const XmlElement& child : element.children) {
      if (child.name == "meta-data") manifest_.meta_data.push_back(meta_data(child));
      if (child.name == "uses-library") add(manifest_.uses_libraries, child);
      if (child.name == "uses-native-library") add(manifest_.uses_native_libraries, child);
      for (const auto& [name, kind] : kComponents) {
        if (child.name == name) manifest_.components.push_back(component(child, kind));
      }
    }
  }

  void add_permission(const XmlElement& element) {
    const std::size_t before = manifest_.permissions.size();
    add(manifest_.permissions, element);
    if (manifest_.permissions.size() == before) return;
    manifest_.permission_max_sdk.push_back(integer(element, "maxSdkVersion"));
  }

  void read_label(const XmlElement& application) {
    manifest_.label = text(application, "label");
    const XmlAttribute* label = application.attribute("label");
    if (label == nullptr || !label->reference || resources_ == nullptr) return;
    // An app may be localised throughout, without a default text; any language names it better than an id.
    const bool is_unresolved = manifest_.label.empty() || manifest_.label.starts_with('@');
    if (is_unresolved && !resources_->text(*label->reference)) {
      const std::vector<ResourceValue> values = resources_->values(*label->reference);
      if (!values.empty()) manifest_.label = values.front().text;
    }
    manifest_.label_zh = resources_->chinese_text(*label->reference).value_or("");
  }

  ManifestComponent component(const XmlElement& element, ManifestComponent::Kind kind) const {
    ManifestComponent result;
    result.kind = kind;
    result.class_name = class_name(element, "name");
    result.target = class_name(element, "targetActivity");
    result.process = text(element, "process");
    result.permission = text(element, "permission");
    result.authorities = text(element, "authorities");
    result.exported = boolean(element, "exported");
    result.enabled = boolean(element, "enabled");
    result.init_order = integer(element, "initOrder");
    for (const XmlElement& child : element.children) {
      if (child.name == "intent-filter") result.filters.push_back(filter(child));
      if (child.name == "meta-data") result.meta_data.push_back(meta_data(child));
    }
    return result;
  }

  ManifestIntentFilter filter(const XmlElement& element) const {
    ManifestIntentFilter result;
    for (const XmlElement& child : element.children) {
      if (child.name == "action") add(result.actions, child);
      if (child.name == "category") add(result.categories, child);
      if (child.name == "data") {
        add(result.schemes, child, "scheme");
        add(result.hosts, child, "host");
      }
    }
    return result;
  }

  /// A reference in android:value is the value; android:resource gives the id of a file, which stays an id.
  ManifestMetaData meta_data(const XmlElement& element) const {
    ManifestMetaData result{text(element, "name"), text(element, "value")};
    if (element.attribute("value") != nullptr) return result;
    const XmlAttribute* resource = element.attribute("resource");
    if (resource != nullptr) result.value = resource->value;
    return result;
  }

  void add(std::vector<std::string>& list, const XmlElement& element,
           std::string_view attribute = "name") const {
    std::string value = text(element, attribute);
    if (!value.empty()) list.push_back(std::move(value));
  }

  /// Empty when the attribute is absent or @null.
  std::string text(const XmlElement& element, std::string_view name) const {
    const XmlAttribute* attribute = element.attribute(name);
    if (attribute == nullptr || attribute->value == "@null") return {};
    if (attribute->reference && resources_ != nullptr) {
      std::optional<std::string> resolved = resources_->text(*attribute->reference);
      if (resolved) return std::move(*resolved);
    }
    return attribute->value;
  }

  /// ".Bar" and "Bar" belong to the manifest's package (PackageParser.buildClassName).
  std::string class_name(const XmlElement& element, std::string_view attribute) const {
    std::string name = text(element, attribute);
    if (name.empty() || manifest_.package.empty() || name.starts_with('@')) return name;
    if (name.front() == '.') return manifest_.package + name;
    // A placeholder ("${applicationId}.Bar") is only filled in by the app's build.
    if (name.find('.') != std::string::npos || name.find("${") != std::string::npos) return name;
    return manifest_.package + '.' + name;
  }

  std::optional<std::int64_t> integer(const XmlElement& element, std::string_view name) const {
    const XmlAttribute* attribute = element.attribute(name);
    if (attribute == nullptr) return std::nullopt;
    if (!attribute->reference) return attribute->integer;
    return parse_integer(text(element, name));
  }

  std::optional<bool> boolean(const XmlElement& element, std::string_view name) const {
    const std::optional<std::int64_t> value = integer(element, name);
    if (!value) return std::nullopt;
    return *value != 0;
  }

  const ResourceTable* resources_;
  Manifest manifest_;
};

}  // namespace

std::string_view name(ManifestComponent::Kind kind) {
  for (const auto& [text, candidate] : kComponents) {
    if (candidate == kind) return text;
  }
  return {};
}

Manifest read_manifest(const XmlElement& root, const ResourceTable* resources) {
  return ManifestReader(resources).read(root);
}

}  // namespace sdkprint
