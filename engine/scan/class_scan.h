#pragma once
// The surfaces of the Java class files of one archive (an SDK's jar, an AAR's classes.jar), taken together as
// if they were one DEX file.
#include "format/class_file.h"
#include "scan/entry_facts.h"
#include "scan/scan_context.h"

namespace sdkprint {

/// One class file: the entry's name within its archive, and its bytes.
struct ClassEntry {
  std::string name;
  Bytes bytes;
};

/// Scans class files into `facts`. A broken one becomes a problem.
void scan_classes(const ScanContext& context, const std::vector<ClassEntry>& entries, EntryFacts& facts);

}  // namespace sdkprint
