#pragma once
// One archive, and the archives within it: which entries are what, each scanned, in the order of the central
// directory.
#include <string>
#include <string_view>

#include "scan/container_facts.h"
#include "scan/scan_context.h"

namespace sdkprint {

/// Where an archive stands within the app.
struct ContainerPlace {
  std::string path;         ///< empty for the app's own file
  std::uint32_t depth = 0;  ///< archives around it
  bool in_package = false;  ///< inside an APK or app bundle, where Android runs DEX and no class files
};

/// What one app may still cost; shared by all its containers, which are opened one after the other, so that a
/// limit cuts at the same place on every run.
struct Budget {
  std::uint64_t bytes;
  std::uint32_t containers;
};

/// Scans an archive. Entries are scanned in parallel (oneTBB), the result does not depend on it. Throws
/// InputError when the archive as a whole is unusable.
ContainerFacts scan_container(const ScanContext& context, Bytes file, const ContainerPlace& place,
                              Budget& budget);

/// Scans one file that is no archive. Throws InputError when it is unusable. `path` is empty unless the app
/// has several parts.
SingleFacts scan_single(const ScanContext& context, Bytes file, FileKind kind, std::string_view file_name,
                        const std::string& path);

}  // namespace sdkprint
