#include "scan/container_scan.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "base/buffer.h"
#include "format/inflate.h"
#include "format/resources.h"
#include "format/zip.h"
#include "scan/class_scan.h"
#include "scan/container_match.h"
#include "scan/hit_collector.h"
#include "scan/native_scan.h"
#include "scan/payload.h"

namespace sdkprint {
namespace {

constexpr std::size_t kSmallestPayload = 112;  // a DEX header; nothing smaller can hold code
constexpr std::uint64_t kRatioFloor = 1 << 20;

/// A thread's decompressor and its output, reused over entries: fresh pages cost more than inflating into
/// warm ones.
struct Worker {
  Inflater inflater;
  Buffer buffer;
};

Worker& worker() {
  static tbb::enumerable_thread_specific<Worker> workers;
  return workers.local();
}

/// The part of an entry's name that a manifest or resource table bears, in APKs, AARs and AAB modules alike.
bool is_manifest_name(std::string_view name, ContainerKind kind) {
  if (kind == ContainerKind::aab) return name == "base/manifest/AndroidManifest.xml";
  return name == "AndroidManifest.xml";
}
bool is_resources_name(std::string_view name, ContainerKind kind) {
  return name == (kind == ContainerKind::aab ? "base/resources.pb" : "resources.arsc");
}

/// "classes.dex", "classes2.dex", "base/dex/classes.dex": a name that Android itself would load code from.
bool is_dex_name(std::string_view name) {
  const std::string_view file = base_name(name);
  return file.starts_with("classes") && file.ends_with(".dex") &&
         (file == name || name.find("/dex/") != name.npos);
}

/// Texts that are kept for version rules to come: small, and named like what build tools leave.
constexpr std::uint64_t kKeptTextBytes = 4096;
constexpr std::size_t kMostKeptTexts = 500;
bool may_tell_version(std::string_view name) {
  return name.ends_with(".version") || name.ends_with(".properties") || name.ends_with("pom.xml") ||
         (name.find("ersion") != name.npos && !name.ends_with(".xml"));
}

class ContainerScan : private NamedEntries {
 public:
  ContainerScan(const ScanContext& context, Bytes file, const ContainerPlace& place, Budget& budget)
      : context_(context), zip_(file, context.limits), file_(file), place_(place), budget_(budget) {
    facts_.path = place.path;
    facts_.kind = classify(zip_);
    in_package_ = place.in_package || facts_.kind == ContainerKind::apk ||
                  facts_.kind == ContainerKind::aab || facts_.kind == ContainerKind::apk_set;
  }

  ContainerFacts run() {
    sort_entries();
    read_manifest_entry();
    read_signers();
    std::vector<EntryFacts> parts = scan_work();
    scan_class_files(parts);
    open_nested();
    if (context_.keep_names) keep_names();
    match_container(context_, *this, std::move(parts), facts_);
    return std::move(facts_);
  }

 private:
  struct Work {
    const ZipEntry* entry;
    FileKind kind;
    std::size_t same_as;  ///< index of earlier work with the same content, or its own
  };

  std::size_t count() const override { return zip_.entries().size(); }
  std::string_view name(std::size_t index) const override { return zip_.entries()[index].name; }
  std::uint64_t offset(std::size_t index) const override {
    return static_cast<std::uint64_t>(reinterpret_cast<const std::uint8_t*>(name(index).data()) -
                                      file_.data());
  }
  std::uint64_t size(std::size_t index) const override { return zip_.entries()[index].uncompressed_size; }
  EntryText text(std::size_t index) override;

  std::string full_path(const ZipEntry& entry) const;
  FileKind look_at(const ZipEntry& entry);
  void note_payload(const ZipEntry& entry, Bytes head, Bytes compressed);
  void sort_entries();
  void sort_entry(const ZipEntry& entry);
  bool admit(const ZipEntry& entry);
  std::size_t earlier_copy(const ZipEntry& entry, FileKind kind);
  EntryText read_text(std::size_t index);
  void keep_names();
  void read_manifest_entry();
  void read_signers();
  std::vector<EntryFacts> scan_work();
  EntryFacts scan_one(const Work& work, ContainerPart& part);
  void note_local_header(const ZipEntry& entry, ContainerPart& part) const;
  void scan_class_files(std::vector<EntryFacts>& parts);
  void open_nested();
  void open_one(const ZipEntry& entry);
  void check_size(const ZipEntry& entry) const;
  Bytes content(const ZipEntry& entry, Inflater& inflater, Buffer& buffer) const;
  void problem(const std::string& entry, const InputError& error) {
    facts_.problems.push_back({entry, std::string(sdkprint::name(error.kind())), error.what(), true});
  }

  const ScanContext& context_;
  const ZipArchive zip_;
  const Bytes file_;
  const ContainerPlace place_;
  bool in_package_ = false;
  Budget& budget_;
  ContainerFacts facts_;
  std::vector<Work> work_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::size_t> first_by_crc_;
  std::vector<const ZipEntry*> class_files_, nested_;
  const ZipEntry* manifest_ = nullptr;
  const ZipEntry* resources_ = nullptr;
};

std::string ContainerScan::full_path(const ZipEntry& entry) const {
  return path_within(facts_.path, printable_item(entry.name));
}

/// An entry's own limits, which are no matter of its bytes.
void ContainerScan::check_size(const ZipEntry& entry) const {
  if (entry.is_stored()) return;
  if (entry.uncompressed_size > context_.limits.entry_bytes) {
    throw InputError(InputError::Kind::limit, "uncompressed size " + std::to_string(entry.uncompressed_size) +
                                                  " is over the limit of " +
                                                  std::to_string(context_.limits.entry_bytes) +
                                                  " bytes an entry");
  }
  if (entry.uncompressed_size > kRatioFloor &&
      entry.uncompressed_size / context_.limits.ratio > entry.compressed_size) {
    throw InputError(InputError::Kind::limit,
                     "compressed " + std::to_string(entry.uncompressed_size / (entry.compressed_size + 1)) +
                         " times, over the limit of " + std::to_string(context_.limits.ratio) +
                         " times (a decompression bomb?)");
  }
}

/// The uncompressed content: straight from the mapping when stored. Checks the entry's own limits.
Bytes ContainerScan::content(const ZipEntry& entry, Inflater& inflater, Buffer& buffer) const {
  const Bytes data = zip_.data(entry);
  if (entry.is_stored()) return data;
  check_size(entry);
  buffer.reset(entry.uncompressed_size);
  inflater.inflate(data, buffer.writable());
  return buffer.bytes();
}

void ContainerScan::note_payload(const ZipEntry& entry, Bytes head, Bytes compressed) {
  if (is_known_dense_format(head)) return;
  const bool dense = entry.is_stored() ? looks_encrypted(compressed)
                                       : looks_encrypted(entry.compressed_size, entry.uncompressed_size);
  if (dense) facts_.payloads.push_back({full_path(entry), entry.uncompressed_size});
}

/// What an entry is, from its first bytes; only those are inflated. Of most entries the first one tells that
/// they are neither code nor an archive, which is all that matters here.
FileKind ContainerScan::look_at(const ZipEntry& entry) {
  const Bytes compressed = zip_.data(entry);
  std::uint8_t head[kSniffBytes];
  if (!entry.is_stored() && !looks_encrypted(entry.compressed_size, entry.uncompressed_size)) {
    const std::size_t size = worker().inflater.inflate_prefix(compressed, std::span(head).first(1));
    if (!may_hold_code({head, size})) return FileKind::unknown;
  }
  Bytes start = compressed.first(std::min(compressed.size(), kSniffBytes));
  if (!entry.is_stored()) start = {head, worker().inflater.inflate_prefix(compressed, head)};
  const FileKind kind = sniff(start);
  if (kind == FileKind::unknown) note_payload(entry, start, compressed);
  return kind;
}

/// Counts an entry against the app's budget; false when it is used up.
bool ContainerScan::admit(const ZipEntry& entry) {
  const std::uint64_t size = entry.is_stored() ? 0 : entry.uncompressed_size;
  if (size <= budget_.bytes) {
    budget_.bytes -= size;
    return true;
  }
  facts_.problems.push_back({full_path(entry), "limit",
                             "the app's limit of " + std::to_string(context_.limits.app_bytes) +
                                 " uncompressed bytes was reached; this entry was not scanned",
                             true});
  return false;
}

/// CRC and size say where to look, the digest of the compressed bytes decides: both of the former are the
/// app's word.
std::size_t ContainerScan::earlier_copy(const ZipEntry& entry, FileKind kind) {
  const std::size_t own_index = work_.size();
  const auto [place, is_new] = first_by_crc_.try_emplace({entry.crc32, entry.uncompressed_size}, own_index);
  if (is_new || work_[place->second].kind != kind) return own_index;
  const ZipEntry& other = *work_[place->second].entry;
  if (other.method != entry.method || other.compressed_size != entry.compressed_size) return own_index;
  // The name of a native library is part of what it says.
  if (kind == FileKind::elf && base_name(other.name) != base_name(entry.name)) return own_index;
  context_.check_time();  // overlapping rows can make the same bytes be hashed again and again
  return digest(zip_.data(other)) == digest(zip_.data(entry)) ? place->second : own_index;
}

void ContainerScan::sort_entry(const ZipEntry& entry) {
  if (entry.is_directory() && entry.uncompressed_size == 0) return;
  if (manifest_ == nullptr && is_manifest_name(entry.name, facts_.kind)) {
    manifest_ = &entry;
    return;
  }
  if (resources_ == nullptr && is_resources_name(entry.name, facts_.kind)) {
    resources_ = &entry;
    return;
  }
  const bool is_dex = is_dex_name(entry.name);
  const bool may_be_class = entry.name.ends_with(".class");  // an interface may take a few dozen bytes
  if (entry.uncompressed_size < kSmallestPayload && !is_dex && !may_be_class) return;
  const FileKind kind = look_at(entry);
  if (is_dex && kind != FileKind::dex) facts_.unreadable_dex.push_back(full_path(entry));
  switch (kind) {
    case FileKind::dex:
    case FileKind::elf:
      if (admit(entry)) work_.push_back({&entry, kind, earlier_copy(entry, kind)});
      break;
    case FileKind::class_file:
      // Left over by a build; Android would not run it, so it is nobody's code.
      if (!in_package_ && admit(entry)) class_files_.push_back(&entry);
      break;
    case FileKind::zip:
      if (admit(entry)) nested_.push_back(&entry);
      break;
    case FileKind::compact_dex:
      facts_.problems.push_back(
          {full_path(entry), "unsupported", "compact DEX (vendor image format) is not read", true});
      break;
    default:
      break;
  }
}

void ContainerScan::sort_entries() {
  for (const ZipWarning& warning : zip_.warnings()) {
    const std::string entry =
        warning.entry.empty() ? facts_.path : path_within(facts_.path, printable_item(warning.entry));
    facts_.problems.push_back({entry, "odd", printable_item(warning.message), false});
  }
  for (const ZipEntry& entry : zip_.entries()) {
    try {
      sort_entry(entry);
    } catch (const InputError& error) {
      problem(full_path(entry), error);
    }
  }
}

EntryText ContainerScan::read_text(std::size_t index) {
  const ZipEntry& entry = zip_.entries()[index];
  EntryText result;
  result.name = static_cast<std::uint32_t>(index);
  try {
    Buffer buffer;
    result.text = as_text(content(entry, worker().inflater, buffer));
  } catch (const InputError& error) {
    result.problem = Problem{full_path(entry), std::string(sdkprint::name(error.kind())), error.what(), true};
  }
  return result;
}

/// A text that some rule reads is kept as well, so that the same rules can read it again.
EntryText ContainerScan::text(std::size_t index) {
  if (!context_.keep_names) return read_text(index);
  const auto by_name = [](const EntryText& one, std::size_t name) { return one.name < name; };
  const auto place = std::lower_bound(facts_.texts.begin(), facts_.texts.end(), index, by_name);
  if (place != facts_.texts.end() && place->name == index) return *place;
  return *facts_.texts.insert(place, read_text(index));
}

void ContainerScan::keep_names() {
  facts_.names.reserve(count());
  for (std::size_t i = 0; i < count(); ++i) {
    facts_.names.push_back({std::string(name(i)), offset(i), size(i)});
    const bool is_wanted =
        size(i) <= kKeptTextBytes && facts_.texts.size() < kMostKeptTexts && may_tell_version(name(i));
    if (is_wanted) facts_.texts.push_back(read_text(i));
  }
}

void ContainerScan::read_manifest_entry() {
  if (manifest_ == nullptr) return;
  facts_.manifest_entry = ManifestEntry{full_path(*manifest_), manifest_->uncompressed_size, {}};
  std::vector<Problem>& problems = facts_.manifest_entry->problems;
  std::vector<std::string> warnings;
  try {
    Buffer manifest_buffer, resources_buffer;
    const XmlElement root = parse_xml(content(*manifest_, worker().inflater, manifest_buffer), warnings);
    std::optional<ResourceTable> resources;
    if (resources_ != nullptr) {
      try {
        resources.emplace(content(*resources_, worker().inflater, resources_buffer));
      } catch (const InputError& error) {
        // Labels are lost, nothing that a finding rests on.
        problems.push_back({full_path(*resources_), "odd", error.what(), false});
      }
    }
    facts_.manifest = read_manifest(root, resources ? &*resources : nullptr);
  } catch (const InputError& error) {
    problems.push_back(
        {facts_.manifest_entry->path, std::string(sdkprint::name(error.kind())), error.what(), true});
  }
  for (const std::string& warning : warnings)
    problems.push_back({facts_.manifest_entry->path, "odd", printable_item(warning), false});
}

void ContainerScan::read_signers() {
  if (facts_.kind != ContainerKind::apk && facts_.kind != ContainerKind::apk_set) return;
  std::vector<std::string> warnings;
  facts_.certificates = signing_certificates(zip_, worker().inflater, warnings);
  for (const std::string& warning : warnings) {
    facts_.problems.push_back({facts_.path, "odd", "signature: " + printable_item(warning), false});
  }
}

EntryFacts ContainerScan::scan_one(const Work& work, ContainerPart& part) {
  try {
    context_.check_time();
    const Bytes stored = zip_.data(*work.entry);
    check_size(*work.entry);
    if (context_.cache != nullptr) {
      part.key = entry_key(part.kind, work.entry->method, part.size, part.file_name, stored);
      if (std::optional<EntryFacts> known = context_.cache->find(part.key)) {
        note_local_header(*work.entry, part);
        return std::move(*known);
      }
    }
    Worker& mine = worker();
    const Bytes bytes = content(*work.entry, mine.inflater, mine.buffer);
    note_local_header(*work.entry, part);
    bool is_final = true;
    EntryFacts facts = scan_part(context_, part.kind, part.file_name, bytes, is_final);
    if (context_.cache != nullptr) context_.cache->keep(part.key, part.file_name, facts, is_final, bytes);
    return facts;
  } catch (const InputError& error) {
    part.problems.push_back({part.path, std::string(sdkprint::name(error.kind())), error.what(), true});
  }
  return {};
}

void ContainerScan::note_local_header(const ZipEntry& entry, ContainerPart& part) const {
  part.was_read = true;
  if (const std::optional<std::string> mismatch = zip_.local_header_mismatch(entry))
    part.problems.push_back({part.path, "odd", *mismatch, false});
}

/// Entries in parallel, largest first for balance; results stand in the order of the central directory.
std::vector<EntryFacts> ContainerScan::scan_work() {
  std::vector<EntryFacts> results(work_.size());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < work_.size(); ++i) {
    const ZipEntry& entry = *work_[i].entry;
    ContainerPart part;
    part.path = full_path(entry);
    part.kind = work_[i].kind == FileKind::dex ? EntryKind::dex : EntryKind::native;
    if (part.kind == EntryKind::native) part.file_name = base_name(entry.name);
    part.size = entry.uncompressed_size;
    part.same_as = static_cast<std::uint32_t>(work_[i].same_as);
    facts_.parts.push_back(std::move(part));
    if (work_[i].same_as == i) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return work_[a].entry->uncompressed_size > work_[b].entry->uncompressed_size;
  });
  tbb::parallel_for(
      tbb::blocked_range<std::size_t>(0, order.size(), 1),
      [&](const tbb::blocked_range<std::size_t>& range) {
        for (std::size_t i = range.begin(); i != range.end(); ++i)
          results[order[i]] = scan_one(work_[order[i]], facts_.parts[order[i]]);
      },
      tbb::simple_partitioner());
  return results;
}

void ContainerScan::scan_class_files(std::vector<EntryFacts>& parts) {
  if (class_files_.empty()) return;
  ContainerPart part;
  part.path = facts_.path;
  part.kind = EntryKind::classes;
  part.same_as = static_cast<std::uint32_t>(parts.size());
  part.was_read = true;
  std::vector<Buffer> buffers(class_files_.size());
  std::vector<ClassEntry> classes;
  for (std::size_t i = 0; i < class_files_.size(); ++i) {
    try {
      const Bytes bytes = content(*class_files_[i], worker().inflater, buffers[i]);
      part.size += bytes.size();
      classes.push_back({printable_item(class_files_[i]->name), bytes});
    } catch (const InputError& error) {
      problem(full_path(*class_files_[i]), error);
    }
  }
  const std::vector<std::uint8_t> packed = pack_classes(classes);
  if (context_.cache != nullptr) part.key = entry_key(part.kind, 0, packed.size(), {}, packed);
  std::optional<EntryFacts> facts = context_.cache != nullptr ? context_.cache->find(part.key) : std::nullopt;
  if (!facts) {
    bool is_final = true;
    facts = scan_part(context_, part.kind, {}, packed, is_final);
    if (context_.cache != nullptr) context_.cache->keep(part.key, part.file_name, *facts, is_final, packed);
  }
  facts_.parts.push_back(std::move(part));
  parts.push_back(std::move(*facts));
}

void ContainerScan::open_one(const ZipEntry& entry) {
  const std::string path = full_path(entry);
  if (place_.depth >= context_.limits.depth) {
    throw InputError(InputError::Kind::limit, "containers are nested deeper than the limit of " +
                                                  std::to_string(context_.limits.depth) +
                                                  "; this one was not opened");
  }
  if (budget_.containers == 0) {
    throw InputError(InputError::Kind::limit, "the app holds more than " +
                                                  std::to_string(context_.limits.containers) +
                                                  " containers; this one was not opened");
  }
  budget_.containers -= 1;
  context_.check_time();
  Buffer buffer;
  Inflater inflater;
  const Bytes bytes = content(entry, inflater, buffer);
  facts_.nested.push_back(scan_container(context_, bytes, {path, place_.depth + 1, in_package_}, budget_));
}

void ContainerScan::open_nested() {
  for (const ZipEntry* entry : nested_) {
    try {
      open_one(*entry);
    } catch (const InputError& error) {
      problem(full_path(*entry), error);
    }
  }
}

}  // namespace

ContainerFacts scan_container(const ScanContext& context, Bytes file, const ContainerPlace& place,
                              Budget& budget) {
  return ContainerScan(context, file, place, budget).run();
}

SingleFacts scan_single(const ScanContext& context, Bytes file, FileKind kind, std::string_view file_name,
                        const std::string& path) {
  SingleFacts single;
  ContainerPart& part = single.part;
  part.path = path;
  part.kind = kind == FileKind::dex   ? EntryKind::dex
              : kind == FileKind::elf ? EntryKind::native
                                      : EntryKind::classes;
  part.size = file.size();
  std::vector<std::uint8_t> packed;
  Bytes content = file;
  if (part.kind == EntryKind::native) part.file_name = file_name;
  if (part.kind == EntryKind::classes) {
    packed = pack_classes({{std::string(file_name), file}});
    content = packed;
  }
  if (context.cache != nullptr) {
    part.key = entry_key(part.kind, 0, part.size, part.file_name, content);
    if (std::optional<EntryFacts> known = context.cache->find(part.key)) single.facts = std::move(*known);
  }
  part.was_read = true;
  if (single.facts.kind == EntryKind::other) {
    single.facts = scan_content(context, part.kind, part.file_name, content);
    if (context.cache != nullptr)
      context.cache->keep(part.key, part.file_name, single.facts, !context.is_out_of_time(), content);
  }
  place_single(single);
  return single;
}

}  // namespace sdkprint
