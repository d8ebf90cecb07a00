#pragma once
// The image of an entry that is kept for scans with databases to come: the same bytes at the same offsets,
// with everything zeroed that no scan of names, strings and versions reads (instructions, debug information,
// annotations, machine code, tables). A scan of the image finds what a scan of the entry finds, because it is
// the same scan over the same bytes; the zeros cost next to nothing once compressed.
//
// Kept of a DEX file: all tables, string data, class data, static values, of code its size and the
// instructions that load strings; class initialisers and methods that version rules read as constants whole.
// Of a native library: what describes it, its dynamic symbols, and printable runs of its constant data.
//
// What cannot be told apart safely (broken or hostile files, DEX 041 containers) is kept as it is.
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "signature/sdk.h"

namespace sdkprint {

/// Methods whose code is kept whole, as the targets of version rules of source `constants` name them
/// ("com.foo.Bar.method", globs allowed); sorted.
std::vector<std::string> constants_targets(const SignatureSet& signatures);

std::vector<std::uint8_t> redact_dex(Bytes file, const std::vector<std::string>& kept_methods);
std::vector<std::uint8_t> redact_native(Bytes file);

}  // namespace sdkprint
