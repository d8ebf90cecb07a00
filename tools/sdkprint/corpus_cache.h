#pragma once
// The cache of real artefacts that corpus/fetch fills, addressed by SHA-256 (corpus/README.md).
#include <string>

#include "signature/sdk.h"

namespace sdkprint::cli {

/// $SDKPRINT_CORPUS, else ${XDG_CACHE_HOME:-$HOME/.cache}/sdkprint/corpus, as corpus/fetch has it. Throws
/// Error when neither is set.
std::string default_corpus_cache();

/// Where a sample's artefact lies in a cache under its own name, whether it is there or not. The name counts:
/// a native library is told by it.
std::string cached_artefact(const std::string& cache, const Sample& sample);

}  // namespace sdkprint::cli
