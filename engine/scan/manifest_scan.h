#pragma once
// The manifest as a surface.
#include "format/manifest.h"
#include "scan/entry_facts.h"
#include "scan/scan_context.h"

namespace sdkprint {

/// The items of the manifest surface, as signatures/FORMAT.md lists them ("service:com.foo.Push").
std::vector<std::string> manifest_items(const Manifest& manifest);

/// Hits of the manifest surface; class patterns on the class names of its components (surface `reference`,
/// counted as traces); versions that stand in meta-data.
void scan_manifest(const ScanContext& context, const Manifest& manifest, EntryFacts& facts);

}  // namespace sdkprint
