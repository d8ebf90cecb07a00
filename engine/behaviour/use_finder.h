#pragma once
// Finds in a dex file's code where it does what the catalogue knows: one linear walk over every code item, in
// which an instruction costs a look into a bitmap, and a method with something of interest a closer look.
//
// What is found: calls of the catalogue's methods, also through classes of the app that inherit them and, for
// receiver_subtypes, through classes of the platform; reads of its fields; its strings; context methods with
// what gives them their meaning; members looked up by reflection whose class and name stand in the same
// method; classes that extend or implement a class of `overrides`.
//
// What is not: names put together at run time or decoded from other strings, reflection through helpers, call
// sites of invoke-custom, a context whose proof is in another method. Whether code is ever run is not asked.
#include <span>
#include <vector>

#include "behaviour/catalogue_index.h"
#include "behaviour/class_hierarchy.h"
#include "format/dex.h"
#include "result/report.h"
#include "result/use.h"

namespace sdkprint {

struct DexUses {
  /// By class_def, then method in the order of class_data, then pc, then behaviour; a class's overrides come
  /// first. Of one behaviour at one place there is one use.
  std::vector<Use> uses;
  std::vector<Problem> problems;  ///< `entry` is left empty
};

/// `dexes` are all dex files of one physical file (DexFile::open). Never throws InputError: what cannot be
/// read is a Problem, and the rest is read. At most `limit` uses are kept, and their texts are at most 32
/// MiB. Time and memory are linear in the file's size whatever it contains. Safe to call from several threads
/// with one index and hierarchy.
DexUses find_uses(const CatalogueIndex& index, std::span<const DexFile> dexes,
                  const ClassHierarchy& hierarchy, std::size_t limit = 200'000);

}  // namespace sdkprint
