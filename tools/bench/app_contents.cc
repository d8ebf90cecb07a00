#include "app_contents.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/error.h"

namespace sdkprint::bench {

FileKind kind_of(const ZipArchive& zip, const ZipEntry& entry, Inflater& inflater) {
  try {
    const Bytes data = zip.data(entry);
    if (entry.is_stored()) return sniff(data.first(std::min(data.size(), kSniffBytes)));
    std::array<std::uint8_t, kSniffBytes> head;
    // As the scan does: most entries are told by their first four bytes.
    if (!may_hold_code({head.data(), inflater.inflate_prefix(data, std::span(head).first(4))}))
      return FileKind::unknown;
    return sniff(Bytes(head.data(), inflater.inflate_prefix(data, head)));
  } catch (const InputError&) {
    return FileKind::unknown;
  }
}

AppContents::AppContents(const std::string& path)
    : path_(path), file_(path), zip_(std::make_unique<ZipArchive>(file_.bytes(), Limits{})) {
  Inflater inflater;
  std::set<std::pair<std::uint32_t, std::uint64_t>> seen;
  for (const ZipEntry& entry : zip_->entries()) {
    const FileKind kind = kind_of(*zip_, entry, inflater);
    if (kind != FileKind::dex && kind != FileKind::elf) continue;
    if (!seen.insert({entry.crc32, entry.uncompressed_size}).second) continue;
    pieces_.push_back({&entry, kind, zip_->data(entry), entry.is_stored(), entry.uncompressed_size});
  }
}

std::uint64_t AppContents::code_size() const {
  std::uint64_t sum = 0;
  for (const Piece& piece : pieces_) sum += piece.size;
  return sum;
}

void AppContents::inflate_all(Inflater& inflater, Buffer& buffer) const {
  for (const Piece& piece : pieces_) {
    if (piece.is_stored) continue;
    buffer.reset(piece.size);
    inflater.inflate(piece.compressed, buffer.writable());
  }
}

std::string short_name(const std::string& path) {
  const std::size_t at = path.rfind('@');
  const std::string file = path.substr(path.rfind('/') + 1);
  if (at == std::string::npos) return file;
  const std::size_t begin = path.rfind('/', at);
  const std::size_t end = path.find('/', at);
  return path.substr(begin + 1, end - begin - 1) + "/" + file;
}

}  // namespace sdkprint::bench
