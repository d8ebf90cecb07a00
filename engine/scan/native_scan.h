#pragma once
// The surfaces of one native library: its names, its defined dynamic symbols, printable runs of its constant
// data.
#include "scan/entry_facts.h"
#include "scan/scan_context.h"

namespace sdkprint {

/// Shortest run of printable bytes that is a text, as strings(1) has it.
inline constexpr std::size_t kSmallestRun = 4;
/// Bytes of 0x80 and above count as printable: UTF-8 text is text.
inline bool is_printable(std::uint8_t byte) {
  return (byte >= 0x20 && byte < 0x7f) || byte == '\t' || byte >= 0x80;
}

/// Scans an ELF file into `facts`; `file_name` is what the loader knows it by. Throws InputError when it is
/// unusable as a whole.
void scan_native(const ScanContext& context, Bytes file, std::string_view file_name, EntryFacts& facts);

/// The last part of an entry's path: "lib/arm64-v8a/libfoo.so" → "libfoo.so".
std::string_view base_name(std::string_view path);

}  // namespace sdkprint
