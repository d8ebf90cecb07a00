#include "behaviour/native_uses.h"

#include <unordered_set>

namespace sdkprint {

std::vector<Use> native_uses(const CatalogueIndex& index, const ElfFile& elf) {
  std::vector<Use> uses;
  std::unordered_set<std::string_view> seen;  // a hostile table may name one symbol a million times
  for (const ElfSymbol& symbol : elf.dynamic_symbols()) {
    if (symbol.defined || symbol.name.empty()) continue;
    const std::span<const std::uint32_t> behaviours = index.native_symbol(symbol.name);
    if (behaviours.empty() || !seen.insert(symbol.name).second) continue;
    for (const std::uint32_t behaviour : behaviours) {
      Use use;
      use.behaviour = behaviour;
      use.via = UseVia::native_import;
      use.api = symbol.name;
      use.offset = symbol.name_offset;
      uses.push_back(std::move(use));
    }
  }
  return uses;
}

}  // namespace sdkprint
