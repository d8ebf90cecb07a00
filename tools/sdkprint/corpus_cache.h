#pragma once
// The cache of real artefacts that corpus/fetch fills, addressed by SHA-256 (corpus/README.md).
#include <string>

namespace sdkprint::cli {

/// $SDKPRINT_CORPUS, else ${XDG_CACHE_HOME:-$HOME/.cache}/sdkprint/corpus, as corpus/fetch has it. Throws
/// Error when neither is set.
std::string default_corpus_cache();

/// Where an artefact lies in a cache, whether it is there or not.
std::string cached_artefact(const std::string& cache, const std::string& sha256);

}  // namespace sdkprint::cli
