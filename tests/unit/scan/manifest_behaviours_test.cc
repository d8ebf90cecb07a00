// Entry points and leads of a manifest.
#include "scan/manifest_behaviours.h"

#include <doctest/doctest.h>

#include "behaviour_text.h"

namespace sdkprint {
namespace {

using namespace test;
using Kind = ManifestComponent::Kind;

ManifestComponent component(Kind kind, const std::string& class_name, std::vector<std::string> actions = {}) {
  ManifestComponent made;
  made.kind = kind;
  made.class_name = class_name;
  if (!actions.empty()) made.filters.push_back({std::move(actions), {}, {}, {}});
  return made;
}

/// "provider-start a.P" for each.
std::vector<std::string> brief(const Manifest& manifest) {
  std::vector<std::string> result;
  for (const EntryPoint& point : entry_points(manifest))
    result.push_back(std::string(name(point.kind)) + " " + point.class_name);
  return result;
}
using Brief = std::vector<std::string>;

TEST_CASE("what Android starts, earliest first") {
  Manifest manifest;
  manifest.application_class = "a.App";
  manifest.app_component_factory = "a.Factory";
  manifest.instrumentations = {"a.Runner"};
  manifest.components = {component(Kind::activity, "a.Main"),        component(Kind::service, "a.Service"),
                         component(Kind::receiver, "a.Receiver"),    component(Kind::provider, "a.Provider"),
                         component(Kind::activity_alias, "a.Alias"), component(Kind::activity, "a.Main")};
  CHECK(brief(manifest) == Brief{"provider-start a.Provider", "application-start a.Factory",
                                 "application-start a.App", "background a.Runner", "background a.Receiver",
                                 "background a.Service", "screen a.Main"});
}

TEST_CASE("what is disabled is not started") {
  Manifest manifest;
  manifest.components = {component(Kind::provider, "a.Off"), component(Kind::provider, "a.On")};
  manifest.components[0].enabled = false;
  manifest.components[1].enabled = true;
  CHECK(brief(manifest) == Brief{"provider-start a.On"});
  manifest.enabled = false;
  CHECK(brief(manifest).empty());
}

TEST_CASE("initializers of androidx.startup start with its provider") {
  Manifest manifest;
  manifest.components = {component(Kind::provider, "androidx.startup.InitializationProvider")};
  manifest.components[0].meta_data = {{"a.Init", "androidx.startup"}, {"a.Other", "something"}};
  CHECK(brief(manifest) ==
        Brief{"provider-start androidx.startup.InitializationProvider", "provider-start a.Init"});
  manifest.components[0].enabled = false;
  CHECK(brief(manifest).empty());
}

TEST_CASE("the catalogue's items are found where they stand") {
  const BehaviourSet set = behaviours(behaviour("boot") + "manifest = [\"action:BOOT\"]\n" +
                                      behaviour("camera") + "manifest = [\"permission:CAMERA\"]\n" +
                                      behaviour("none") + "manifest = [\"action:NEVER\"]\n");
  Manifest manifest;
  manifest.permissions = {"CAMERA"};
  manifest.components = {component(Kind::receiver, "a.R", {"BOOT", "X"}),
                         component(Kind::receiver, "b.R", {"BOOT"}), component(Kind::activity, "c.A", {"X"})};
  manifest.components[1].enabled = false;
  const std::vector<LinkedUse> uses = manifest_uses(set, manifest, "AndroidManifest.xml");
  REQUIRE(uses.size() == 3);
  CHECK(uses[0].use.class_name == "a.R");
  CHECK(uses[0].use.item == "action:BOOT");
  CHECK(uses[0].use.entry == "AndroidManifest.xml");
  CHECK(uses[0].use.strength == UseStrength::lead);
  CHECK(uses[0].use.via == UseVia::manifest);
  CHECK(uses[0].reach == Reach::background);
  CHECK(uses[1].use.class_name == "b.R");
  CHECK(uses[1].reach == Reach::not_established);
  CHECK(uses[2].use.behaviour == 1);
  CHECK(uses[2].use.class_name.empty());
}

}  // namespace
}  // namespace sdkprint
