#include "format/file_kind.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/reader.h"
#include "format/inflate.h"
#include "format/zip.h"

namespace sdkprint {
namespace {

// Chunk types and header sizes of AOSP androidfw/ResourceTypes.h, as the first four bytes of a chunk.
constexpr std::uint32_t kStringPoolChunk = 0x001c0001;
constexpr std::uint32_t kTableChunk = 0x000c0002;
constexpr std::uint32_t kXmlChunk = 0x00080003;
/// First class-file version that was ever in use (JVM specification, 4.1). A Mach-O universal binary has the
/// same magic and, in the same place, its number of architectures, which is far smaller.
constexpr std::uint16_t kFirstClassVersion = 45;

bool starts_with(Bytes head, std::string_view magic) { return as_text(head).starts_with(magic); }

bool ends_with(std::string_view name, std::string_view suffix) { return name.ends_with(suffix); }

bool is_dex(Bytes head) {
  const auto is_digit = [&](std::size_t i) { return head[i] >= '0' && head[i] <= '9'; };
  return head.size() >= 8 && starts_with(head, "dex\n") && is_digit(4) && is_digit(5) && is_digit(6) &&
         head[7] == 0;
}

/// Protectors write nonsense into the first chunk's type, which Android does not look at; the string pool
/// that follows must be intact for Android to read the file.
bool is_binary_xml(Bytes head) {
  const Reader reader(head, "XML chunk");
  if (head.size() < 8) return false;
  if (reader.at<std::uint32_t>(0) == kXmlChunk) return true;
  return head.size() >= 12 && reader.at<std::uint32_t>(8) == kStringPoolChunk;
}

bool is_class_file(Bytes head) {
  const Reader reader(head, "class file", Endian::big);
  if (head.size() < 8 || reader.at<std::uint32_t>(0) != 0xcafebabe) return false;
  return reader.at<std::uint16_t>(6) >= kFirstClassVersion;
}

/// A declaration, a comment or an element, after a byte order mark and white space.
bool is_text_xml(Bytes head) {
  std::string_view text = as_text(head);
  if (text.starts_with(std::string_view("\xff\xfe<\0", 4)) ||
      text.starts_with(std::string_view("\xfe\xff\0<", 4))) {
    return true;
  }
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == text.npos || text[start] != '<' || start + 1 == text.size()) return false;
  const char next = text[start + 1];
  const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '_';
  return text.substr(start).starts_with("<?xml") || text.substr(start).starts_with("<!--") || letter;
}

/// What a pass over the names of an archive finds.
struct Contents {
  bool dex = false;          ///< at the root
  bool class_files = false;  ///< anywhere
  bool apks = false;         ///< anywhere
  bool resources = false;    ///< resources.arsc or res/
  bool any_dex = false;      ///< anywhere
};

bool is_root_dex(std::string_view name) { return name.starts_with("classes") && ends_with(name, ".dex"); }

Contents contents_of(const ZipArchive& archive) {
  Contents contents;
  for (const ZipEntry& entry : archive.entries()) {
    const std::string_view name = entry.name;
    if (name.starts_with("res/") || name == "resources.arsc") {
      contents.resources = true;
    } else if (ends_with(name, ".class")) {
      contents.class_files = true;
    } else if (ends_with(name, ".dex")) {
      contents.any_dex = true;
      if (is_root_dex(name)) contents.dex = true;
    } else if (ends_with(name, ".apk")) {
      contents.apks = true;
    }
  }
  return contents;
}

/// The manifest's first bytes say whether it was compiled; unknown when it cannot be read.
FileKind kind_of(const ZipArchive& archive, const ZipEntry& entry) {
  try {
    const Bytes data = archive.data(entry);
    if (entry.is_stored()) return sniff(data.first(std::min(data.size(), kSniffBytes)));
    std::array<std::uint8_t, kSniffBytes> start;
    Inflater inflater;
    return sniff(Bytes(start.data(), inflater.inflate_prefix(data, start)));
  } catch (const InputError&) {
    return FileKind::unknown;
  }
}

ContainerKind classify_with_manifest(const ZipArchive& archive, const ZipEntry& manifest) {
  switch (kind_of(archive, manifest)) {
    case FileKind::binary_xml:
      return ContainerKind::apk;
    case FileKind::text_xml:
      return archive.find("classes.dex") != nullptr ? ContainerKind::apk : ContainerKind::aar;
    default:
      break;
  }
  // Damaged beyond recognition: an APK unless everything else about it is a library's.
  const bool library = archive.find("classes.jar") != nullptr && archive.find("classes.dex") == nullptr &&
                       archive.find("resources.arsc") == nullptr;
  return library ? ContainerKind::aar : ContainerKind::apk;
}

}  // namespace

FileKind sniff(Bytes head) {
  head = head.first(std::min(head.size(), kSniffBytes));
  if (starts_with(head, "PK\3\4") || starts_with(head, "PK\5\6")) return FileKind::zip;
  if (is_dex(head)) return FileKind::dex;
  if (starts_with(head,
                  "\x7f"
                  "ELF")) {
    return FileKind::elf;
  }
  if (is_class_file(head)) return FileKind::class_file;
  if (starts_with(head, "cdex")) return FileKind::compact_dex;
  if (head.size() >= 12 && Reader(head, "resource table").at<std::uint32_t>(0) == kTableChunk) {
    return FileKind::resources;
  }
  if (is_binary_xml(head)) return FileKind::binary_xml;
  return is_text_xml(head) ? FileKind::text_xml : FileKind::unknown;
}

bool may_hold_code(Bytes first) {
  constexpr std::string_view kMagics[] = {"PK\3\4",
                                          "PK\5\6",
                                          "dex\n",
                                          "\x7f"
                                          "ELF",
                                          "\xca\xfe\xba\xbe",
                                          "cdex"};
  return std::any_of(std::begin(kMagics), std::end(kMagics), [&](std::string_view magic) {
    return starts_with(first, magic.substr(0, first.size()));
  });
}

std::string_view name(FileKind kind) {
  switch (kind) {
    case FileKind::unknown:
      return "unknown";
    case FileKind::zip:
      return "zip";
    case FileKind::dex:
      return "dex";
    case FileKind::elf:
      return "elf";
    case FileKind::class_file:
      return "class-file";
    case FileKind::binary_xml:
      return "binary-xml";
    case FileKind::resources:
      return "resources";
    case FileKind::text_xml:
      return "text-xml";
    case FileKind::compact_dex:
      return "compact-dex";
  }
  return "unknown";
}

ContainerKind classify(const ZipArchive& archive) {
  if (const ZipEntry* manifest = archive.find("AndroidManifest.xml")) {
    return classify_with_manifest(archive, *manifest);
  }
  if (archive.find("BundleConfig.pb") != nullptr ||
      archive.find("base/manifest/AndroidManifest.xml") != nullptr) {
    return ContainerKind::aab;
  }
  const Contents contents = contents_of(archive);
  if (contents.dex && contents.resources) return ContainerKind::apk;
  if (contents.apks && !contents.any_dex && !contents.class_files) return ContainerKind::apk_set;
  if (contents.any_dex || contents.class_files) return ContainerKind::jar;
  return ContainerKind::zip;
}

std::string_view name(ContainerKind kind) {
  switch (kind) {
    case ContainerKind::apk:
      return "apk";
    case ContainerKind::apk_set:
      return "apk-set";
    case ContainerKind::aab:
      return "aab";
    case ContainerKind::aar:
      return "aar";
    case ContainerKind::jar:
      return "jar";
    case ContainerKind::zip:
      return "zip";
  }
  return "zip";
}

}  // namespace sdkprint
