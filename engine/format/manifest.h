#pragma once
// AndroidManifest.xml as plain data.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "format/xml.h"

namespace sdkprint {

class ResourceTable;

struct ManifestIntentFilter {
  std::vector<std::string> actions, categories, schemes, hosts;
};

struct ManifestMetaData {
  std::string name, value;
};

struct ManifestComponent {
  enum class Kind : std::uint8_t { activity, activity_alias, service, receiver, provider };
  Kind kind = Kind::activity;
  std::string
      class_name;      ///< absolute, dotted ("com.foo.Bar"); ".Bar" and "Bar" are completed with the package
  std::string target;  ///< activity-alias's targetActivity, absolute
  std::string process, permission, authorities;
  std::optional<bool> exported, enabled;
  std::optional<std::int64_t> init_order;
  std::vector<ManifestIntentFilter> filters;
  std::vector<ManifestMetaData> meta_data;
};

struct Manifest {
  std::string package, split, version_name, label, label_zh, application_class, app_component_factory;
  std::optional<std::int64_t> version_code;  ///< versionCodeMajor in the upper 32 bits
  std::optional<std::int64_t> min_sdk, target_sdk;
  std::optional<bool> has_code, debuggable, uses_cleartext;
  std::optional<bool> enabled;           ///< <application>'s: false for all components
  std::vector<std::string> permissions;  ///< uses-permission and uses-permission-sdk-23, in order
  std::vector<std::optional<std::int64_t>> permission_max_sdk;  ///< maxSdkVersion, parallel to permissions
  std::vector<std::string> declared_permissions;                ///< <permission>
  std::vector<std::string> instrumentations;                    ///< classes of <instrumentation>, absolute
  std::vector<std::string> uses_libraries, uses_native_libraries, uses_features, query_packages;
  std::vector<ManifestComponent> components;
  std::vector<ManifestMetaData> meta_data;  ///< <application>'s own
};

std::string_view name(ManifestComponent::Kind kind);

/// Reads a manifest out of an element tree. References (@string/…) are resolved by `resources` when given; an
/// unresolvable one stays "@0x7f…".
Manifest read_manifest(const XmlElement& root, const ResourceTable* resources);

}  // namespace sdkprint
