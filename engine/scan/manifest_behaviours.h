#pragma once
// What a manifest says of an app's behaviour: the classes that Android starts by it, and the catalogue's
// manifest items.
#include <string>
#include <vector>

#include "behaviour/app_code.h"
#include "format/manifest.h"
#include "signature/behaviour.h"

namespace sdkprint {

/// Providers, initializers of androidx.startup, the application with its component factory, test runners
/// (<instrumentation>), receivers, services, activities, in this order and each once. Not those that are
/// disabled (android:enabled="false").
std::vector<EntryPoint> entry_points(const Manifest& manifest);

/// Leads: each of the catalogue's manifest items that the manifest has, once for each component that has it;
/// `item` is the item, `class_name` the component's class, and empty for what the app as a whole says.
/// `entry` is the manifest's path. Ordered by behaviour.
std::vector<LinkedUse> manifest_uses(const BehaviourSet& catalogue, const Manifest& manifest,
                                     const std::string& entry);

}  // namespace sdkprint
