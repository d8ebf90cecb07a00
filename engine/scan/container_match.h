#pragma once
// From what an archive holds to its entries' facts, given what its parts say: shared by a scan, which has the
// archive, and a rematch, which has only what was kept of it.
#include <functional>
#include <string_view>

#include "scan/container_facts.h"
#include "scan/scan_context.h"

namespace sdkprint {

/// An archive's entries by their names, in the order of the central directory.
class NamedEntries {
 public:
  virtual ~NamedEntries() = default;
  virtual std::size_t count() const = 0;
  virtual std::string_view name(std::size_t index) const = 0;
  virtual std::uint64_t offset(std::size_t index) const = 0;  ///< of the name, in the archive
  virtual std::uint64_t size(std::size_t index) const = 0;    ///< of the entry, uncompressed
  virtual EntryText text(std::size_t index) = 0;
};

/// Fills container.entries: the container's own facts, the manifest's, those of the parts. `parts` is
/// parallel to container.parts, path and problems' entries empty; facts of copies are ignored.
void match_container(const ScanContext& context, NamedEntries& names, std::vector<EntryFacts> parts,
                     ContainerFacts& container);

/// What the content of a part says; path and problems' entries are left empty. Sets `is_final` to false when
/// the clock cut it short. Never throws InputError.
EntryFacts scan_part(const ScanContext& context, EntryKind kind, std::string_view file_name, Bytes content,
                     bool& is_final);

/// Puts the facts of a file that is no archive to their place.
void place_single(SingleFacts& single);

/// As scan_part() for one whole file: throws InputError when it is unusable.
EntryFacts scan_content(const ScanContext& context, EntryKind kind, std::string_view file_name,
                        Bytes content);

/// Class files as one content, and back. Names are printable.
struct ClassEntry;
std::vector<std::uint8_t> pack_classes(const std::vector<ClassEntry>& classes);
/// Borrows the bytes. Throws InputError.
std::vector<ClassEntry> unpack_classes(Bytes packed);

/// "classes.dex" within "a.apk" is "a.apk!classes.dex".
std::string path_within(const std::string& container, std::string_view printable_name);

}  // namespace sdkprint
