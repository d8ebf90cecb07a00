#pragma once
// An app's dex and native entries, found by content: what a scan cannot avoid to inflate.
#include <memory>
#include <string>
#include <vector>

#include "base/buffer.h"
#include "base/mapped_file.h"
#include "format/file_kind.h"
#include "format/inflate.h"
#include "format/zip.h"

namespace sdkprint::bench {

struct Piece {
  const ZipEntry* entry;
  FileKind kind;  ///< dex or elf
  Bytes compressed;
  bool is_stored;
  std::uint64_t size;  ///< uncompressed
};

class AppContents {
 public:
  /// Throws InputError when the file is no readable archive.
  explicit AppContents(const std::string& path);

  const std::string& path() const { return path_; }
  Bytes file() const { return file_.bytes(); }
  const ZipArchive& zip() const { return *zip_; }
  /// Each content once; entries of nested archives are not among them.
  const std::vector<Piece>& pieces() const { return pieces_; }
  std::uint64_t code_size() const;  ///< uncompressed bytes of all pieces

  /// The floor: inflates every deflated piece with libdeflate into one warm buffer. Stored pieces cost
  /// nothing.
  void inflate_all(Inflater& inflater, Buffer& buffer) const;

 private:
  std::string path_;
  MappedFile file_;
  std::unique_ptr<ZipArchive> zip_;
  std::vector<Piece> pieces_;
};

/// An entry's kind by its first bytes; unknown when it cannot be read.
FileKind kind_of(const ZipArchive& zip, const ZipEntry& entry, Inflater& inflater);

/// "appium-uiautomator2-server@10.6.6/…/app.apk": the last part of a path, and the package it comes from.
std::string short_name(const std::string& path);

}  // namespace sdkprint::bench
