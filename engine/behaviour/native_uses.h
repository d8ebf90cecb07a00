#pragma once
// What a native library could do, by what it imports. An import is a capability, not a use: it is always a
// lead, and libraries that call the kernel directly import nothing.
#include <vector>

#include "behaviour/catalogue_index.h"
#include "format/elf.h"
#include "result/use.h"

namespace sdkprint {

/// Undefined dynamic symbols that the catalogue lists, each once for each behaviour; by symbol in the order
/// of the file, then behaviour. `offset` is where the name stands in the file. Safe to call from several
/// threads.
std::vector<Use> native_uses(const CatalogueIndex& index, const ElfFile& elf);

}  // namespace sdkprint
