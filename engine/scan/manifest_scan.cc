#include "scan/manifest_scan.h"

#include <algorithm>

#include "scan/hit_collector.h"
#include "scan/surface_capture.h"
#include "scan/surface_text.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

class Items {
 public:
  void add(std::string_view kind, std::string_view value) {
    if (value.empty()) return;
    items_.push_back(std::string(kind) + ":" + std::string(value));
  }
  void add(std::string_view kind, const std::vector<std::string>& values) {
    for (const std::string& value : values) add(kind, value);
  }
  void add(const ManifestComponent& component) {
    add(name(component.kind), component.class_name);
    std::string_view authorities = component.authorities;
    while (!authorities.empty()) {
      const std::size_t end = authorities.find(';');
      add("authority", authorities.substr(0, end));
      authorities = end == std::string_view::npos ? std::string_view() : authorities.substr(end + 1);
    }
    for (const ManifestIntentFilter& filter : component.filters) {
      add("action", filter.actions);
      add("category", filter.categories);
      add("scheme", filter.schemes);
    }
    for (const ManifestMetaData& data : component.meta_data) add("meta-data", data.name);
  }
  std::vector<std::string> take() {
    std::sort(items_.begin(), items_.end());
    items_.erase(std::unique(items_.begin(), items_.end()), items_.end());
    return std::move(items_);
  }

 private:
  std::vector<std::string> items_;
};

template <typename Visit>
void for_each_meta_data(const Manifest& manifest, Visit visit) {
  for (const ManifestMetaData& data : manifest.meta_data) visit(data);
  for (const ManifestComponent& component : manifest.components) {
    for (const ManifestMetaData& data : component.meta_data) visit(data);
  }
}

void read_versions(const ScanContext& context, const Manifest& manifest, EntryFacts& facts) {
  const std::vector<Sdk>& sdks = context.database().set().sdks;
  for (std::uint32_t sdk = 0; sdk < sdks.size(); ++sdk) {
    for (std::uint32_t rule = 0; rule < sdks[sdk].versions.size(); ++rule) {
      if (sdks[sdk].versions[rule].source != VersionRule::Source::manifest) continue;
      for_each_meta_data(manifest, [&](const ManifestMetaData& data) {
        if (data.name != sdks[sdk].versions[rule].target) return;
        const std::optional<std::string> version =
            context.database().extractor(sdk, rule).extract(data.value);
        if (version) facts.versions.push_back({sdk, rule, *version, printable_item(data.value), {}});
      });
    }
  }
}

}  // namespace

std::vector<std::string> manifest_items(const Manifest& manifest) {
  Items items;
  items.add("permission", manifest.permissions);
  items.add("defines-permission", manifest.declared_permissions);
  items.add("uses-library", manifest.uses_libraries);
  items.add("application", manifest.application_class);
  items.add("component-factory", manifest.app_component_factory);
  for (const ManifestComponent& component : manifest.components) items.add(component);
  for (const ManifestMetaData& data : manifest.meta_data) items.add("meta-data", data.name);
  return items.take();
}

void scan_manifest(const ScanContext& context, const Manifest& manifest, EntryFacts& facts) {
  facts.kind = EntryKind::manifest;
  HitCollector hits(context.matcher, context.limits.matches, facts);
  SurfaceText items;
  for (const std::string& item : manifest_items(manifest)) items.add(item);
  hits.scan_joined(Surface::manifest, items, nullptr);
  SurfaceText classes;
  for (const ManifestComponent& component : manifest.components) classes.add(component.class_name);
  if (!manifest.application_class.empty()) classes.add(manifest.application_class);
  if (!manifest.app_component_factory.empty()) classes.add(manifest.app_component_factory);
  hits.scan_names(Surface::reference, classes, nullptr);
  read_versions(context, manifest, facts);
  if (!context.captures_surfaces()) return;
  SurfaceCapture capture(context.database(), facts);
  for (const std::string& item : manifest_items(manifest)) capture.add(Surface::manifest, item);
}

}  // namespace sdkprint
