#include "scan/manifest_behaviours.h"

#include <algorithm>
#include <map>
#include <set>

#include "scan/hit_collector.h"
#include "scan/manifest_scan.h"

namespace sdkprint {
namespace {

constexpr std::string_view kStartupProvider = "androidx.startup.InitializationProvider";
constexpr std::string_view kStartupValue = "androidx.startup";
constexpr std::size_t kMostUses = 1000;  // a hostile manifest may have any number of components

bool is_enabled(const ManifestComponent& component) { return component.enabled.value_or(true); }

class EntryPoints {
 public:
  void add(Reach kind, const std::string& class_name) {
    if (class_name.empty() || !seen_.emplace(kind, class_name).second) return;
    points_.push_back({kind, class_name});
  }
  void add_all(const Manifest& manifest, ManifestComponent::Kind kind, Reach reach) {
    for (const ManifestComponent& component : manifest.components) {
      if (component.kind == kind && is_enabled(component)) add(reach, component.class_name);
    }
  }
  std::vector<EntryPoint> take() { return std::move(points_); }

 private:
  std::set<std::pair<Reach, std::string>> seen_;
  std::vector<EntryPoint> points_;
};

/// Initializers that the provider of androidx.startup runs in its onCreate: names of its meta-data whose
/// value says so.
void add_initializers(const Manifest& manifest, EntryPoints& points) {
  for (const ManifestComponent& component : manifest.components) {
    if (component.class_name != kStartupProvider || !is_enabled(component)) continue;
    for (const ManifestMetaData& data : component.meta_data) {
      if (data.value == kStartupValue) points.add(Reach::provider_start, data.name);
    }
  }
}

/// Where an item stands in a manifest: components by their class, "" for the app itself.
std::map<std::string, std::vector<const ManifestComponent*>> places_of_items(const Manifest& manifest) {
  std::map<std::string, std::vector<const ManifestComponent*>> places;
  Manifest app = manifest;
  app.components.clear();
  for (std::string& item : manifest_items(app)) places[std::move(item)].push_back(nullptr);
  for (const ManifestComponent& component : manifest.components) {
    Manifest one;
    one.components.push_back(component);
    for (std::string& item : manifest_items(one)) places[std::move(item)].push_back(&component);
  }
  return places;
}

/// Android starts the component for what the manifest says: that needs no call graph.
Reach reach_of(const ManifestComponent* component) {
  if (component == nullptr || !is_enabled(*component)) return Reach::not_established;
  switch (component->kind) {
    case ManifestComponent::Kind::provider:
      return Reach::provider_start;
    case ManifestComponent::Kind::receiver:
    case ManifestComponent::Kind::service:
      return Reach::background;
    default:
      return Reach::screen;
  }
}

}  // namespace

std::vector<EntryPoint> entry_points(const Manifest& manifest) {
  EntryPoints points;
  if (manifest.has_code == false || manifest.enabled == false) return {};
  points.add_all(manifest, ManifestComponent::Kind::provider, Reach::provider_start);
  add_initializers(manifest, points);
  points.add(Reach::application_start, manifest.app_component_factory);
  points.add(Reach::application_start, manifest.application_class);
  for (const std::string& runner : manifest.instrumentations) points.add(Reach::background, runner);
  points.add_all(manifest, ManifestComponent::Kind::receiver, Reach::background);
  points.add_all(manifest, ManifestComponent::Kind::service, Reach::background);
  points.add_all(manifest, ManifestComponent::Kind::activity, Reach::screen);
  return points.take();
}

std::vector<LinkedUse> manifest_uses(const BehaviourSet& catalogue, const Manifest& manifest,
                                     const std::string& entry) {
  std::vector<LinkedUse> uses;
  const std::map<std::string, std::vector<const ManifestComponent*>> places = places_of_items(manifest);
  for (std::uint32_t i = 0; i < catalogue.behaviours.size(); ++i) {
    std::size_t count = 0;
    for (const std::string& item : catalogue.behaviours[i].manifest) {
      const auto found = places.find(item);
      if (found == places.end()) continue;
      for (const ManifestComponent* component : found->second) {
        if (++count > kMostUses) break;
        LinkedUse linked;
        linked.use.behaviour = i;
        linked.use.via = UseVia::manifest;
        linked.use.entry = entry;
        linked.use.item = printable_item(item);
        if (component != nullptr) linked.use.class_name = printable_item(component->class_name);
        linked.reach = reach_of(component);
        uses.push_back(std::move(linked));
      }
    }
  }
  return uses;
}

}  // namespace sdkprint
