#include "corpus_cache.h"

#include <cstdlib>

#include "base/error.h"

namespace sdkprint::cli {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::string default_corpus_cache() {
  if (const std::string own = environment("SDKPRINT_CORPUS"); !own.empty()) return own;
  if (const std::string cache = environment("XDG_CACHE_HOME"); !cache.empty())
    return cache + "/sdkprint/corpus";
  if (const std::string home = environment("HOME"); !home.empty()) return home + "/.cache/sdkprint/corpus";
  throw Error("HOME is not set (name the cache of corpus/fetch with --samples)");
}

std::string cached_artefact(const std::string& cache, const Sample& sample) {
  return cache + "/by-name/" + sample.package + "@" + sample.package_version + "/" + sample.path;
}

}  // namespace sdkprint::cli
