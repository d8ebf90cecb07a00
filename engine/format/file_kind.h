#pragma once
// What a file is, from its first bytes; its name and extension are never asked. What an archive is, from the
// entries in it.
#include <cstdint>
#include <string_view>

#include "base/bytes.h"

namespace sdkprint {

enum class FileKind : std::uint8_t {
  unknown,
  zip,         ///< "PK\3\4" (or an end record found by ZipArchive)
  dex,         ///< "dex\n0NN\0", any version
  elf,         ///< "\x7f" "ELF"
  class_file,  ///< 0xcafebabe, and a version: not a Mach-O universal binary
  binary_xml,  ///< ResXMLTree chunk
  resources,   ///< resource table chunk
  text_xml,
  compact_dex,  ///< "cdex": named, not read
};

/// How many leading bytes sniff() wants; fewer are allowed.
inline constexpr std::size_t kSniffBytes = 64;

/// Looks at no more than the first kSniffBytes bytes. Never throws. A compiled XML file whose first chunk
/// type was overwritten (a protector's trick that Android does not mind) is told by the string pool behind
/// it.
FileKind sniff(Bytes head);
/// False when the first bytes of a file, as many as are given, rule out an archive, DEX (compact DEX too),
/// ELF and a class file.
bool may_hold_code(Bytes first);
std::string_view name(FileKind kind);

class ZipArchive;

/// What a ZIP archive is as a whole.
enum class ContainerKind : std::uint8_t {
  apk,      ///< AndroidManifest.xml in binary form (tampered forms included) or classes.dex beside resources
  apk_set,  ///< .xapk, .apks, .apkm: APKs within, no manifest of its own
  aab,      ///< base/manifest/AndroidManifest.xml in protobuf form, BundleConfig.pb
  aar,      ///< AndroidManifest.xml as text, classes.jar
  jar,      ///< class files or dex files, no manifest of an app
  zip,      ///< anything else
};

/// By the names of its entries and the first bytes of its manifest, which is what Android goes by. An
/// unreadable manifest still counts as one. Never throws.
ContainerKind classify(const ZipArchive& archive);
std::string_view name(ContainerKind kind);

}  // namespace sdkprint
