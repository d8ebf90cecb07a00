#pragma once
// A small corpus of apps of many kinds, and stores that vanish.
#include <memory>
#include <string>
#include <vector>

#include "app_fixture.h"
#include "store/corpus_scan.h"
#include "store/store.h"

namespace sdkprint::test {

/// Patterns of the SDK "acme" that the corpus knows.
inline const char* const kCorpusPatterns =
    "class = [\"com.acme\"]\nlibrary = [\"libacme.so\"]\nstring = [\"*acme*\"]";

/// Apps that share entries, broken ones, two of the same content, and files that are none.
struct Corpus {
  Scanner scanner{sdk_toml("acme", kCorpusPatterns)};
  std::vector<std::string> paths;

  Corpus();
  CorpusTotals scan(Store& store, const CorpusOptions& options = {}, std::size_t first = 0,
                    std::size_t end = SIZE_MAX) const;
  CorpusTotals scan_paths(Store& store, const std::vector<std::string>& which,
                          const CorpusOptions& options = {}) const;

 private:
  void add(const std::string& name, const ByteVector& content);
};

/// The same for a matcher of one's own.
CorpusTotals scan_paths(Store& store, const Matcher& matcher, const std::vector<std::string>& which,
                        const CorpusOptions& options = {});

struct TestStore {
  TemporaryDirectory directory;
  std::unique_ptr<Store> store = Store::open_for_writing(directory.path() + "/s");

  /// Closes and opens it again.
  void reopen();
  /// Also checks that the store is sound.
  std::string digest() const;
  /// What check_store() complains of, a line each.
  std::string complaints() const;
  /// NDJSON in the order of the apps' SHA-256.
  std::string reports() const;
};

}  // namespace sdkprint::test
