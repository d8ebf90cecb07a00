#pragma once
// CodeFacts as bytes, for a cache of content on disk. The bytes are those of one version of the engine and
// one catalogue: whoever keeps them keys them by both, as behaviours, members and texts are numbers of the
// CatalogueIndex.
#include <cstdint>
#include <vector>

#include "behaviour/code_facts.h"

namespace sdkprint {

/// Changes whenever the bytes, or what read_code() makes of a file, do.
inline constexpr std::uint32_t kCodeFactsVersion = 1;

std::vector<std::uint8_t> encode(const CodeFacts& facts);

/// Throws InputError for bytes that encode() did not make: each index is checked, so that whatever was
/// decoded can be linked. `index` is of the catalogue that the facts were read with.
CodeFacts decode_code_facts(const CatalogueIndex& index, Bytes bytes);

}  // namespace sdkprint
