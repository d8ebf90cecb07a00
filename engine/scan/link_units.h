#pragma once
// Which DEX files of an app belong together: those that one class loader looks for classes in.
#include <string_view>
#include <vector>

#include "scan/container_scan.h"

namespace sdkprint {

struct LinkUnit {
  std::vector<const EntryFacts*> files;  ///< in the order in which the class loader looks for classes
  bool is_installed = false;             ///< Android loads it itself: the manifest's entry points are for it
};

/// What Android itself loads is one unit, and comes first: classes.dex, classes2.dex … of the main archive,
/// then of the app's splits in their order (of an app bundle, of its modules). Every other container is a
/// unit of its own, and so is a DEX file of another name: who loads it, and when, is not known. `main` is the
/// archive that speaks for the app, or null. Files without code facts are left out.
std::vector<LinkUnit> link_units(const std::vector<ContainerFacts>& containers,
                                 const std::vector<EntryFacts>& singles, const ContainerFacts* main);

/// The number of a DEX file that Android loads by its name: 1 for "classes.dex", 2 for "classes2.dex"; 0 for
/// any other name. A folder before it ("base/dex/") does not matter.
std::uint32_t dex_number(std::string_view name);

}  // namespace sdkprint
