#include "scan/container_scan.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "base/buffer.h"
#include "format/inflate.h"
#include "format/resources.h"
#include "scan/class_scan.h"
#include "scan/dex_scan.h"
#include "scan/hit_collector.h"
#include "scan/manifest_scan.h"
#include "scan/native_scan.h"
#include "scan/payload.h"
#include "scan/surface_capture.h"
#include "scan/surface_text.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

constexpr std::size_t kSmallestPayload = 112;  // a DEX header; nothing smaller can hold code
constexpr std::uint64_t kVersionEntryBytes = 64 << 10;
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

class ContainerScan {
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
    scan_names();
    scan_manifest_and_signers();
    scan_work();
    scan_class_files();
    open_nested();
    return std::move(facts_);
  }

 private:
  struct Work {
    const ZipEntry* entry;
    FileKind kind;
    std::size_t same_as;  ///< index of earlier work with the same content, or its own
  };

  std::string full_path(const ZipEntry& entry) const;
  FileKind look_at(const ZipEntry& entry);
  void note_payload(const ZipEntry& entry, Bytes head, Bytes compressed);
  void sort_entries();
  void sort_entry(const ZipEntry& entry);
  bool admit(const ZipEntry& entry);
  std::size_t earlier_copy(const ZipEntry& entry, FileKind kind);
  void scan_names();
  void read_version_entry(PatternRef ref, const ZipEntry& entry);
  void scan_manifest_and_signers();
  void read_manifest_entry();
  void scan_work();
  EntryFacts scan_one(const Work& work);
  void scan_class_files();
  void open_nested();
  void open_one(const ZipEntry& entry);
  Bytes content(const ZipEntry& entry, Inflater& inflater, Buffer& buffer) const;
  void problem(const std::string& entry, const InputError& error) {
    own_.problems.push_back({entry, std::string(name(error.kind())), error.what(), true});
  }

  const ScanContext& context_;
  const ZipArchive zip_;
  const Bytes file_;
  const ContainerPlace place_;
  bool in_package_ = false;
  Budget& budget_;
  ContainerFacts facts_;
  EntryFacts own_;  ///< what concerns the container itself: names, problems
  std::vector<Work> work_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::size_t> first_by_crc_;
  std::vector<const ZipEntry*> class_files_, nested_;
  const ZipEntry* manifest_ = nullptr;
  const ZipEntry* resources_ = nullptr;
};

std::string ContainerScan::full_path(const ZipEntry& entry) const {
  const std::string entry_name = printable_item(entry.name);
  return facts_.path.empty() ? entry_name : facts_.path + "!" + entry_name;
}

/// The uncompressed content: straight from the mapping when stored. Checks the entry's own limits.
Bytes ContainerScan::content(const ZipEntry& entry, Inflater& inflater, Buffer& buffer) const {
  const Bytes data = zip_.data(entry);
  if (entry.is_stored()) return data;
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

/// What an entry is, from its first bytes; only those are inflated. Of most entries the first four tell that
/// they are neither code nor an archive, which is all that matters here.
FileKind ContainerScan::look_at(const ZipEntry& entry) {
  const Bytes compressed = zip_.data(entry);
  std::uint8_t head[kSniffBytes];
  if (!entry.is_stored() && !looks_encrypted(entry.compressed_size, entry.uncompressed_size)) {
    const std::size_t size = worker().inflater.inflate_prefix(compressed, std::span(head).first(4));
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
  own_.problems.push_back({full_path(entry), "limit",
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
      own_.problems.push_back(
          {full_path(entry), "unsupported", "compact DEX (vendor image format) is not read", true});
      break;
    default:
      break;
  }
}

void ContainerScan::sort_entries() {
  for (const ZipWarning& warning : zip_.warnings()) {
    const std::string entry = warning.entry.empty() ? facts_.path
                              : facts_.path.empty() ? printable_item(warning.entry)
                                                    : facts_.path + "!" + printable_item(warning.entry);
    own_.problems.push_back({entry, "odd", printable_item(warning.message), false});
  }
  for (const ZipEntry& entry : zip_.entries()) {
    try {
      sort_entry(entry);
    } catch (const InputError& error) {
      problem(full_path(entry), error);
    }
  }
}

/// A rule that reads an entry's text has matched the entry's name.
void ContainerScan::read_version_entry(PatternRef ref, const ZipEntry& entry) {
  const VersionRule& rule = context_.database().sdk(ref).versions[ref.index];
  if (!glob_matches(rule.target, entry.name) || entry.uncompressed_size > kVersionEntryBytes) return;
  try {
    Buffer buffer;
    const std::string_view text = as_text(content(entry, worker().inflater, buffer));
    const std::optional<std::string> version =
        context_.database().extractor(ref.sdk, ref.index).extract(text);
    if (version) {
      own_.versions.push_back({ref.sdk, ref.index, *version, printable_item(text), full_path(entry)});
    }
  } catch (const InputError& error) {
    problem(full_path(entry), error);
  }
}

void ContainerScan::scan_names() {
  SurfaceText names;
  for (const ZipEntry& entry : zip_.entries()) names.add(entry.name);
  own_.path = facts_.path;
  own_.kind = EntryKind::container;
  HitCollector hits(context_.matcher, context_.limits.matches, own_);
  const std::vector<Match> matches = hits.matches(Surface::entry, names.bytes());
  hits.count_joined(Surface::entry, names, matches, [&](std::size_t item) {
    const char* name = zip_.entries()[item].name.data();
    return std::optional<std::uint64_t>(
        static_cast<std::uint64_t>(reinterpret_cast<const std::uint8_t*>(name) - file_.data()));
  });
  if (context_.capture_surfaces) {
    SurfaceCapture capture(context_.database(), own_);
    for (const ZipEntry& entry : zip_.entries()) capture.add(Surface::entry, entry.name);
  }
  const std::vector<PatternRef>& refs = context_.database().patterns(Surface::entry);
  std::size_t item = 0;
  for (const Match& match : matches) {
    item = names.item_at(match.end, item);
    if (refs[match.pattern].is_version_rule) read_version_entry(refs[match.pattern], zip_.entries()[item]);
  }
}

void ContainerScan::read_manifest_entry() {
  EntryFacts facts;
  facts.path = full_path(*manifest_);
  facts.size = manifest_->uncompressed_size;
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
        facts.problems.push_back({full_path(*resources_), "odd", error.what(), false});
      }
    }
    facts_.manifest = read_manifest(root, resources ? &*resources : nullptr);
    scan_manifest(context_, *facts_.manifest, facts);
  } catch (const InputError& error) {
    facts.problems.push_back({facts.path, std::string(name(error.kind())), error.what(), true});
  }
  for (const std::string& warning : warnings)
    facts.problems.push_back({facts.path, "odd", printable_item(warning), false});
  facts_.entries.push_back(std::move(facts));
}

void ContainerScan::scan_manifest_and_signers() {
  if (manifest_ != nullptr) read_manifest_entry();
  if (facts_.kind != ContainerKind::apk && facts_.kind != ContainerKind::apk_set) return;
  std::vector<std::string> warnings;
  facts_.certificates = signing_certificates(zip_, worker().inflater, warnings);
  for (const std::string& warning : warnings) {
    own_.problems.push_back({facts_.path, "odd", "signature: " + printable_item(warning), false});
  }
}

EntryFacts ContainerScan::scan_one(const Work& work) {
  EntryFacts facts;
  facts.path = full_path(*work.entry);
  facts.size = work.entry->uncompressed_size;
  facts.kind = work.kind == FileKind::dex ? EntryKind::dex : EntryKind::native;
  try {
    context_.check_time();
    Worker& mine = worker();
    const Bytes bytes = content(*work.entry, mine.inflater, mine.buffer);
    if (const std::optional<std::string> mismatch = zip_.local_header_mismatch(*work.entry)) {
      facts.problems.push_back({facts.path, "odd", *mismatch, false});
    }
    if (work.kind == FileKind::dex)
      scan_dex(context_, bytes, facts);
    else
      scan_native(context_, bytes, base_name(work.entry->name), facts);
  } catch (const InputError& error) {
    facts.problems.push_back({facts.path, std::string(name(error.kind())), error.what(), true});
  }
  return facts;
}

/// Entries in parallel, largest first for balance; results stand in the order of the central directory.
void ContainerScan::scan_work() {
  std::vector<EntryFacts> results(work_.size());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < work_.size(); ++i) {
    if (work_[i].same_as == i) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return work_[a].entry->uncompressed_size > work_[b].entry->uncompressed_size;
  });
  tbb::parallel_for(
      tbb::blocked_range<std::size_t>(0, order.size(), 1),
      [&](const tbb::blocked_range<std::size_t>& range) {
        for (std::size_t i = range.begin(); i != range.end(); ++i)
          results[order[i]] = scan_one(work_[order[i]]);
      },
      tbb::simple_partitioner());
  for (std::size_t i = 0; i < work_.size(); ++i) {
    if (work_[i].same_as == i) continue;
    // A second copy adds evidence that it is there, and no classes: they are one definition.
    results[i] = results[work_[i].same_as];
    results[i].path = full_path(*work_[i].entry);
    results[i].owned.clear();
    results[i].unclaimed.clear();
    results[i].classes = results[i].code_bytes = 0;
    results[i].code.reset();
    results[i].problems.clear();
  }
  for (EntryFacts& result : results) facts_.entries.push_back(std::move(result));
}

void ContainerScan::scan_class_files() {
  if (class_files_.empty()) return;
  EntryFacts facts;
  facts.path = facts_.path;
  std::vector<Buffer> buffers(class_files_.size());
  std::vector<ClassEntry> classes;
  for (std::size_t i = 0; i < class_files_.size(); ++i) {
    try {
      const Bytes bytes = content(*class_files_[i], worker().inflater, buffers[i]);
      facts.size += bytes.size();
      classes.push_back({printable_item(class_files_[i]->name), bytes});
    } catch (const InputError& error) {
      problem(full_path(*class_files_[i]), error);
    }
  }
  try {
    scan_classes(context_, classes, facts);
  } catch (const InputError& error) {
    facts.problems.push_back({facts.path, std::string(name(error.kind())), error.what(), true});
  }
  facts_.entries.push_back(std::move(facts));
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
  facts_.entries.insert(facts_.entries.begin(), std::move(own_));
}

void append(const ContainerFacts& container, std::vector<const EntryFacts*>& out) {
  for (const EntryFacts& entry : container.entries) out.push_back(&entry);
  for (const ContainerFacts& nested : container.nested) append(nested, out);
}

}  // namespace

ContainerFacts scan_container(const ScanContext& context, Bytes file, const ContainerPlace& place,
                              Budget& budget) {
  return ContainerScan(context, file, place, budget).run();
}

EntryFacts scan_single(const ScanContext& context, Bytes file, FileKind kind, std::string_view file_name) {
  EntryFacts facts;
  facts.size = file.size();
  if (kind == FileKind::dex)
    scan_dex(context, file, facts);
  else if (kind == FileKind::elf)
    scan_native(context, file, file_name, facts);
  else
    scan_classes(context, {{std::string(file_name), file}}, facts);
  return facts;
}

std::vector<const EntryFacts*> all_entries(const ContainerFacts& container) {
  std::vector<const EntryFacts*> entries;
  append(container, entries);
  return entries;
}

}  // namespace sdkprint
