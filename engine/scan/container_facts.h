#pragma once
// What is gathered of one archive before anything is known of the app as a whole. Everything but `entries`
// depends on the archive alone, not on the database: with the facts of its parts it can be matched again.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "format/file_kind.h"
#include "format/manifest.h"
#include "format/signing.h"
#include "scan/entry_cache.h"
#include "scan/entry_facts.h"

namespace sdkprint {

/// Content that looks encrypted: no known format, and as dense as random bytes.
struct Payload {
  std::string path;
  std::uint64_t size = 0;
};

/// A DEX file or native library of an archive; or its class files, taken together.
struct ContainerPart {
  std::string path;       ///< within the app
  std::string file_name;  ///< of a native library, where it is part of what it says
  EntryKind kind = EntryKind::other;
  std::uint64_t size = 0;         ///< uncompressed
  EntryKey key{};                 ///< when a cache is there
  std::uint32_t same_as = 0;      ///< index of the first part of the same content; its own when it is that
  bool was_read = false;          ///< false: the problems say why
  std::vector<Problem> problems;  ///< of the entry in this archive, not of its content
};

/// The name of an entry and where it stands in the archive.
struct EntryName {
  std::string name;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  ///< of the entry, uncompressed
};

/// The text of a small entry, for version rules.
struct EntryText {
  std::uint32_t name = 0;  ///< index into `names`
  std::string text;
  std::optional<Problem> problem;  ///< why there is none
};

struct ManifestEntry {
  std::string path;
  std::uint64_t size = 0;
  std::vector<Problem> problems;
};

struct ContainerFacts {
  ContainerKind kind = ContainerKind::zip;
  std::string path;               ///< within the app; empty for the app's own file
  std::vector<Problem> problems;  ///< of the archive as such
  std::vector<EntryName> names;   ///< only when they are to be kept (ScanContext::keep_names)
  std::vector<EntryText> texts;   ///< likewise; ascending
  std::optional<ManifestEntry> manifest_entry;
  std::optional<Manifest> manifest;
  std::vector<Certificate> certificates;
  std::vector<Payload> payloads;
  std::vector<std::string> unreadable_dex;  ///< entries named like DEX that are none
  std::vector<ContainerPart> parts;         ///< in the order of the central directory, class files last
  std::vector<ContainerFacts> nested;
  std::vector<EntryFacts> entries;  ///< only entries that have something to say
};

/// One file that is no archive: a bare DEX, native library or class file.
struct SingleFacts {
  ContainerPart part;
  EntryFacts facts;
};

/// All entries of a container and those within, outer first.
std::vector<const EntryFacts*> all_entries(const ContainerFacts& container);

}  // namespace sdkprint
