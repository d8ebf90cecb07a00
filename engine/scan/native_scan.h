#pragma once
// The surfaces of one native library: its names, its defined dynamic symbols, printable runs of its constant
// data.
#include "scan/entry_facts.h"
#include "scan/scan_context.h"

namespace sdkprint {

/// Scans an ELF file into `facts`; `file_name` is what the loader knows it by. Throws InputError when it is
/// unusable as a whole.
void scan_native(const ScanContext& context, Bytes file, std::string_view file_name, EntryFacts& facts);

/// The last part of an entry's path: "lib/arm64-v8a/libfoo.so" → "libfoo.so".
std::string_view base_name(std::string_view path);

}  // namespace sdkprint
