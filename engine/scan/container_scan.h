#pragma once
// One archive, and the archives within it: which entries are what, each scanned, in the order of the central
// directory.
#include <vector>

#include "format/file_kind.h"
#include "format/manifest.h"
#include "format/signing.h"
#include "format/zip.h"
#include "scan/entry_facts.h"
#include "scan/scan_context.h"

namespace sdkprint {

/// Content that looks encrypted: no known format, and as dense as random bytes.
struct Payload {
  std::string path;
  std::uint64_t size = 0;
};

struct ContainerFacts {
  ContainerKind kind = ContainerKind::zip;
  std::string path;                 ///< within the app; empty for the app's own file
  std::vector<EntryFacts> entries;  ///< only entries that have something to say
  std::optional<Manifest> manifest;
  std::vector<Certificate> certificates;
  std::vector<Payload> payloads;
  std::vector<std::string> unreadable_dex;  ///< entries named like DEX that are none
  std::vector<ContainerFacts> nested;
};

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

/// Scans one file that is no archive (a bare DEX, native library or class file).
EntryFacts scan_single(const ScanContext& context, Bytes file, FileKind kind, std::string_view file_name);

/// All entries of a container and those within, outer first.
std::vector<const EntryFacts*> all_entries(const ContainerFacts& container);

}  // namespace sdkprint
