#pragma once
// The surfaces of one DEX file: classes, references, strings, hosts; and the versions its code states.
#include "scan/entry_facts.h"
#include "scan/scan_context.h"

namespace sdkprint {

/// Scans every DEX in the bytes (an 041 container holds several) into `facts`. A broken class or method
/// becomes a problem and the rest is scanned; throws InputError when the file as a whole is unusable.
void scan_dex(const ScanContext& context, Bytes file, EntryFacts& facts);

}  // namespace sdkprint
