#include "format/zip.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <limits>
#include <utility>

#include "base/reader.h"
#include "format/zip_directory.h"
#include "format/zip_name.h"

namespace sdkprint {
namespace {

// Local file header, APPNOTE 4.3.7.
constexpr std::size_t kLocalHeaderBytes = 30;
constexpr std::uint16_t kDescriptorFlag = 1 << 3;  // APPNOTE 4.4.4
constexpr std::uint32_t kSaturated = 0xffffffff;
constexpr std::uint16_t kZip64ExtraId = 0x0001;  // APPNOTE 4.5.3

// APK Signing Block: u64 size, pairs, u64 size, magic; the sizes do not count the first size field.
constexpr std::string_view kSigningMagic = "APK Sig Block 42";
constexpr std::size_t kSigningFooterBytes = 8 + kSigningMagic.size();

std::string decimal(std::uint64_t number) { return std::to_string(number); }

std::string hexadecimal(std::uint64_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(number));
  return text;
}

/// Everything before an offset that is known to lie in the file.
Bytes head(Bytes file, std::size_t size) { return Reader(file, "ZIP archive").slice(0, size); }

std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum;
  return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::uint64_t>::max() : sum;
}

/// What can be odd about one entry.
enum class Oddity : std::uint8_t { name, duplicate, sizes, zip64, outside, overlap, kCount };

std::string_view text(Oddity oddity) {
  switch (oddity) {
    case Oddity::name:
      return "unusual entry name";
    case Oddity::duplicate:
      return "entry name occurs before; Android refuses an archive with duplicates";
    case Oddity::sizes:
      return "stored, but compressed and uncompressed size differ";
    case Oddity::zip64:
      return "sizes announced in a zip64 field that is missing or too short";
    case Oddity::outside:
      return "entry does not lie before the central directory";
    case Oddity::overlap:
      return "entry shares bytes with another";
    case Oddity::kCount:
      break;
  }
  return "";
}

/// Warnings, of which hostile archives would make millions: of each kind the first few are kept and the rest
/// counted. `detail` is a function, called only for those kept.
class Warnings {
 public:
  template <typename Detail>
  void add(Oddity oddity, std::string_view entry, Detail detail) {
    if (++counts_[static_cast<std::size_t>(oddity)] > ZipArchive::kWarningsOfAKind) return;
    list_.push_back({std::string(entry), std::string(text(oddity)) + ": " + detail()});
  }
  void add(Oddity oddity, std::string_view entry) {
    if (++counts_[static_cast<std::size_t>(oddity)] > ZipArchive::kWarningsOfAKind) return;
    list_.push_back({std::string(entry), std::string(text(oddity))});
  }
  void add(std::string message) { list_.push_back({{}, std::move(message)}); }

  std::vector<ZipWarning> take() {
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i] <= ZipArchive::kWarningsOfAKind) continue;
      add(decimal(counts_[i] - ZipArchive::kWarningsOfAKind) +
          " more of: " + std::string(text(static_cast<Oddity>(i))));
    }
    return std::move(list_);
  }

 private:
  std::array<std::uint64_t, static_cast<std::size_t>(Oddity::kCount)> counts_{};
  std::vector<ZipWarning> list_;
};

/// Replaces saturated fields by those of the zip64 extra field. They stand there in a fixed order and only
/// when saturated, but some writers (Go's) give all three whenever one is. False when a field is missing.
bool read_zip64(Bytes extra_field, ZipEntry& entry) {
  Reader extra(extra_field, "ZIP extra field");
  while (extra.remaining() >= 4) {
    const std::uint16_t id = extra.u16();
    const std::uint16_t size = extra.u16();
    if (size > extra.remaining()) return false;
    Reader field(extra.bytes(size), "zip64 extra field");
    if (id != kZip64ExtraId) continue;
    const bool complete = size == 24 || size == 28;  // 28: with the number of the disk
    for (std::uint64_t* value :
         {&entry.uncompressed_size, &entry.compressed_size, &entry.local_header_offset}) {
      if (*value != kSaturated && !complete) continue;
      if (field.remaining() < 8) return false;
      *value = field.u64();
    }
    return true;
  }
  return false;
}

/// Reads one row and leaves the cursor behind it; throws when it is cut off.
ZipEntry read_row(Reader& rows, Warnings& warnings) {
  const Reader row(rows.bytes(kZipRowBytes), "ZIP central directory row");
  ZipEntry entry;
  entry.flags = row.at<std::uint16_t>(8);
  entry.method = row.at<std::uint16_t>(10);
  entry.crc32 = row.at<std::uint32_t>(16);
  entry.compressed_size = row.at<std::uint32_t>(20);
  entry.uncompressed_size = row.at<std::uint32_t>(24);
  entry.local_header_offset = row.at<std::uint32_t>(42);
  entry.name = as_text(rows.bytes(row.at<std::uint16_t>(28)));
  const Bytes extra = rows.bytes(row.at<std::uint16_t>(30));
  rows.skip(row.at<std::uint16_t>(32));  // comment

  const bool saturated = entry.compressed_size == kSaturated || entry.uncompressed_size == kSaturated ||
                         entry.local_header_offset == kSaturated;
  if (saturated && !read_zip64(extra, entry)) warnings.add(Oddity::zip64, entry.name);
  if (const char* oddity = zip_name_oddity(entry.name)) {
    warnings.add(Oddity::name, entry.name, [&] { return oddity; });
  }
  if (entry.method == 0 && entry.compressed_size != entry.uncompressed_size) {
    warnings.add(Oddity::sizes, entry.name,
                 [&] { return decimal(entry.compressed_size) + " and " + decimal(entry.uncompressed_size); });
  }
  return entry;
}

/// All rows up to the end record. Their number is not asked beforehand: the end record's count is a claim.
class RowReader {
 public:
  RowReader(Bytes file, const ZipDirectory& directory, const Limits& limits)
      : directory_(directory), limits_(limits), rows_(head(file, directory.end), "ZIP central directory") {
    rows_.seek(directory.offset);
  }

  std::vector<ZipEntry> read(Warnings& warnings) {
    std::vector<ZipEntry> entries;
    const std::uint64_t room = rows_.remaining() / kZipRowBytes;
    entries.reserve(std::min<std::uint64_t>({room, directory_.claimed_count, limits_.entries}));
    while (at_row()) {
      if (entries.size() == limits_.entries) refuse_more();
      if (entries.size() >= directory_.claimed_count && !row_is_whole()) break;
      ZipEntry entry = read_row(rows_, warnings);
      entry.local_header_offset = saturating_add(entry.local_header_offset, directory_.shift);
      entries.push_back(entry);
    }
    check_count(entries.size(), warnings);
    return entries;
  }

 private:
  bool at_row() const {
    return rows_.remaining() >= kZipRowBytes && rows_.at<std::uint32_t>(rows_.offset()) == kZipRowSignature;
  }

  /// Past the claimed count, what looks like a row may be something else and is left alone when it is cut
  /// off.
  bool row_is_whole() const {
    const std::size_t at = rows_.offset();
    const std::size_t size = kZipRowBytes + rows_.at<std::uint16_t>(at + 28) +
                             rows_.at<std::uint16_t>(at + 30) + rows_.at<std::uint16_t>(at + 32);
    return size <= rows_.remaining();
  }

  [[noreturn]] void refuse_more() const {
    throw InputError(InputError::Kind::limit,
                     "ZIP central directory: more entries than the limit of " + decimal(limits_.entries));
  }

  void check_count(std::uint64_t count, Warnings& warnings) const {
    const std::uint64_t claimed = directory_.claimed_count;
    const std::uint64_t size = rows_.offset() - directory_.offset;
    if (count < claimed && !rows_.at_end()) {
      throw InputError("ZIP central directory at " + hexadecimal(rows_.offset()) + ": expected row " +
                       decimal(count + 1) + " of " + decimal(claimed) + ", found something else");
    }
    if (count != claimed) {
      warnings.add("the end record claims " + decimal(claimed) + " entries, the central directory holds " +
                   decimal(count) +
                   (count > claimed ? "; Android sees only the first" : "; Android refuses the archive"));
    }
    if (size != directory_.claimed_size) {
      warnings.add("the end record claims a central directory of " + decimal(directory_.claimed_size) +
                   " bytes, its rows take " + decimal(size));
    }
  }

  const ZipDirectory& directory_;
  const Limits& limits_;
  Reader rows_;
};

void warn_of_surroundings(Bytes file, const ZipDirectory& directory, Warnings& warnings) {
  if (directory.shift != 0) {
    warnings.add(decimal(directory.shift) +
                 " bytes stand before the archive and its offsets do not count them; Android refuses it");
  } else if (!directory.is_empty() && !starts_with_local_header(file)) {
    warnings.add("the file does not start with a local header; Android refuses the archive");
  }
  if (directory.trailing > 0) {
    warnings.add(decimal(directory.trailing) + " bytes follow the end record; Android refuses the archive");
  } else if (directory.trailing < 0) {
    warnings.add("the archive's comment is cut off; Android refuses the archive");
  }
}

/// The bytes that an entry takes at least: its local header may have a longer extra field than can be seen
/// here.
struct Extent {
  std::uint64_t begin;
  std::uint64_t end;
  std::uint32_t index;
};

Extent extent_of(const ZipEntry& entry, std::size_t index) {
  const std::uint64_t begin = entry.local_header_offset;
  const std::uint64_t size = saturating_add(entry.data_size(), kLocalHeaderBytes + entry.name.size());
  return {begin, saturating_add(begin, size), static_cast<std::uint32_t>(index)};
}

/// Entries that share their bytes are how a small file claims petabytes of content without nesting (Fifield,
/// "A better zip bomb", WOOT 2019).
void warn_of_overlaps(const std::vector<ZipEntry>& entries, std::vector<Extent> extents, Warnings& warnings) {
  std::sort(extents.begin(), extents.end(), [](const Extent& a, const Extent& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.index < b.index;
  });
  const Extent* furthest = nullptr;
  for (const Extent& extent : extents) {
    if (furthest != nullptr && extent.begin < furthest->end) {
      const ZipEntry& other = entries[furthest->index];
      warnings.add(Oddity::overlap, entries[extent.index].name, [&] { return std::string(other.name); });
    }
    if (furthest == nullptr || extent.end > furthest->end) furthest = &extent;
  }
}

void check_extents(const std::vector<ZipEntry>& entries, std::size_t directory_offset, Warnings& warnings) {
  bool in_order = true;  // as nearly every archive is: then nothing can overlap, and nothing need be sorted
  std::uint64_t furthest = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Extent extent = extent_of(entries[i], i);
    if (extent.begin < furthest) in_order = false;
    furthest = std::max(furthest, extent.end);
    if (extent.end > directory_offset) {
      warnings.add(Oddity::outside, entries[i].name, [&] {
        return "it ends at " + hexadecimal(extent.end) + ", the directory starts at " +
               hexadecimal(directory_offset);
      });
    }
  }
  if (in_order) return;
  std::vector<Extent> extents;
  extents.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) extents.push_back(extent_of(entries[i], i));
  warn_of_overlaps(entries, std::move(extents), warnings);
}

std::uint32_t hash_of(std::string_view name) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>()(name));
}

Bytes find_signing_block(Bytes file, std::size_t directory_offset, Warnings& warnings) {
  const Reader before(head(file, directory_offset), "APK Signing Block");
  if (before.size() < kSigningFooterBytes) return {};
  const std::size_t footer = before.size() - kSigningFooterBytes;
  if (as_text(before.slice(footer + 8, kSigningMagic.size())) != kSigningMagic) return {};
  const std::uint64_t size = before.at<std::uint64_t>(footer);
  if (size < kSigningFooterBytes || size > before.size() - 8) {
    warnings.add("APK Signing Block: its size of " + decimal(size) +
                 " bytes does not fit before the directory");
    return {};
  }
  const std::size_t start = before.size() - 8 - size;
  if (before.at<std::uint64_t>(start) != size) {
    warnings.add("APK Signing Block: its two size fields differ");
    return {};
  }
  return before.slice(start, size + 8);
}

[[noreturn]] void fail_without_directory(Bytes file, const ZipDirectorySearch& search) {
  if (search.end_record) {
    throw InputError("ZIP end record at " + hexadecimal(*search.end_record) +
                     ": no central directory is where it says");
  }
  const std::string looked = "no end-of-central-directory record in the last " + decimal(search.searched) +
                             " of " + decimal(file.size()) + " bytes";
  if (starts_with_local_header(file)) {
    throw InputError(InputError::Kind::truncated,
                     "ZIP archive: " + looked +
                         ", though the file starts with a local header: it is cut off (a broken download?)");
  }
  throw InputError("not a ZIP archive: " + looked);
}

}  // namespace

bool ZipArchive::looks_like_zip(Bytes file) {
  return starts_with_local_header(file) || find_zip_directory(file).directory.has_value();
}

ZipArchive::ZipArchive(Bytes file, const Limits& limits) : file_(file) {
  const ZipDirectorySearch search = find_zip_directory(file);
  if (!search.directory) fail_without_directory(file, search);
  const ZipDirectory& directory = *search.directory;
  directory_offset_ = directory.offset;

  Warnings warnings;
  warn_of_surroundings(file, directory, warnings);
  entries_ = RowReader(file, directory, limits).read(warnings);
  check_extents(entries_, directory_offset_, warnings);
  signing_block_ = find_signing_block(file, directory_offset_, warnings);

  by_name_.reserve(entries_.size());
  for (std::uint32_t i = 0; i < entries_.size(); ++i) by_name_.push_back({hash_of(entries_[i].name), i});
  std::sort(by_name_.begin(), by_name_.end(), [this](const NameKey& a, const NameKey& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    const int order = entries_[a.index].name.compare(entries_[b.index].name);
    return order != 0 ? order < 0 : a.index < b.index;
  });
  std::vector<std::uint32_t> duplicates;
  for (std::size_t i = 1; i < by_name_.size(); ++i) {
    const NameKey& before = by_name_[i - 1];
    const NameKey& here = by_name_[i];
    if (before.hash != here.hash || entries_[before.index].name != entries_[here.index].name) continue;
    duplicates.push_back(here.index);
  }
  std::sort(duplicates.begin(), duplicates.end());
  for (const std::uint32_t index : duplicates) warnings.add(Oddity::duplicate, entries_[index].name);
  warnings_ = warnings.take();
}

const ZipEntry* ZipArchive::find(std::string_view name) const {
  const std::uint32_t hash = hash_of(name);
  const auto found =
      std::lower_bound(by_name_.begin(), by_name_.end(), hash, [&](const NameKey& key, std::uint32_t wanted) {
        if (key.hash != wanted) return key.hash < wanted;
        return entries_[key.index].name < name;
      });
  if (found == by_name_.end() || entries_[found->index].name != name) return nullptr;
  return &entries_[found->index];
}

Bytes ZipArchive::data(const ZipEntry& entry) const {
  const Bytes before_directory = head(file_, directory_offset_);
  const Reader headers(before_directory, "ZIP local header");
  const Bytes fixed = headers.slice(entry.local_header_offset, kLocalHeaderBytes);
  const Reader header(fixed, "ZIP local header");
  if (header.at<std::uint32_t>(0) != kZipLocalHeaderSignature) {
    headers.malformed(entry.local_header_offset, "no signature of a local header there");
  }
  // No sum of these wraps: the slice above has bounded the offset.
  const std::uint64_t start = entry.local_header_offset + kLocalHeaderBytes + header.at<std::uint16_t>(26) +
                              header.at<std::uint16_t>(28);
  return Reader(before_directory, "ZIP entry data").slice(start, entry.data_size());
}

std::optional<std::string> ZipArchive::local_header_mismatch(const ZipEntry& entry) const {
  const Reader file(head(file_, directory_offset_), "ZIP local header");
  const std::uint64_t at = entry.local_header_offset;
  if (at > file.size() || kLocalHeaderBytes > file.size() - at) return std::nullopt;
  const Reader header(file.slice(at, kLocalHeaderBytes), "ZIP local header");
  if (header.at<std::uint32_t>(0) != kZipLocalHeaderSignature) return std::nullopt;

  const std::uint16_t name_size = header.at<std::uint16_t>(26);
  const bool same_name = name_size == entry.name.size() &&
                         name_size <= file.size() - at - kLocalHeaderBytes &&
                         as_text(file.slice(at + kLocalHeaderBytes, name_size)) == entry.name;
  if (!same_name) return "the local header names another entry; Android refuses this one";
  const std::uint16_t method = header.at<std::uint16_t>(8);
  if (method != entry.method) {
    return "method " + decimal(entry.method) + ", but " + decimal(method) + " in the local header";
  }
  const bool has_descriptor = (header.at<std::uint16_t>(6) & kDescriptorFlag) != 0;
  const std::uint32_t compressed = header.at<std::uint32_t>(18);
  const std::uint32_t uncompressed = header.at<std::uint32_t>(22);
  if (has_descriptor || compressed == kSaturated || uncompressed == kSaturated) return std::nullopt;
  if (compressed != entry.compressed_size || uncompressed != entry.uncompressed_size ||
      header.at<std::uint32_t>(14) != entry.crc32) {
    return "the local header gives another CRC or size; Android refuses this entry";
  }
  return std::nullopt;
}

}  // namespace sdkprint
