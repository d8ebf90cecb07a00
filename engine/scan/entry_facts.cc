#include "scan/entry_facts.h"

#include <algorithm>

namespace sdkprint {

std::uint64_t hash_name(std::string_view class_name) { return digest(as_bytes(class_name)).low; }

bool defines_class(const std::vector<const EntryFacts*>& entries, std::string_view class_name) {
  const std::uint64_t hash = hash_name(class_name);
  return std::any_of(entries.begin(), entries.end(), [&](const EntryFacts* entry) {
    return std::binary_search(entry->class_hashes.begin(), entry->class_hashes.end(), hash);
  });
}

}  // namespace sdkprint
