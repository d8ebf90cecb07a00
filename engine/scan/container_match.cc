#include "scan/container_match.h"

#include "base/byte_writer.h"
#include "base/reader.h"
#include "scan/class_scan.h"
#include "scan/dex_scan.h"
#include "scan/hit_collector.h"
#include "scan/manifest_scan.h"
#include "scan/native_scan.h"
#include "scan/surface_capture.h"
#include "scan/surface_text.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

constexpr std::uint64_t kVersionEntryBytes = 64 << 10;

/// Names of entries as a surface, and the texts that version rules read.
class NameMatch {
 public:
  NameMatch(const ScanContext& context, NamedEntries& names, const std::string& container, EntryFacts& own)
      : context_(context), names_(names), container_(container), own_(own) {}

  void run();

 private:
  void read_version(PatternRef ref, std::size_t item);
  void capture();

  const ScanContext& context_;
  NamedEntries& names_;
  const std::string& container_;
  EntryFacts& own_;
};

/// A rule that reads an entry's text has matched the entry's name.
void NameMatch::read_version(PatternRef ref, std::size_t item) {
  const VersionRule& rule = context_.database().sdk(ref).versions[ref.index];
  if (!glob_matches(rule.target, names_.name(item)) || names_.size(item) > kVersionEntryBytes) return;
  const EntryText text = names_.text(item);
  if (text.problem) {
    own_.problems.push_back(*text.problem);
    return;
  }
  const std::optional<std::string> version =
      context_.database().extractor(ref.sdk, ref.index).extract(text.text);
  if (!version) return;
  own_.versions.push_back({ref.sdk, ref.index, *version, printable_item(text.text),
                           path_within(container_, printable_item(names_.name(item)))});
}

/// For signature authors: all names, and the texts that may state a version. META-INF/MANIFEST.MF does not:
/// in an app it is the app's own.
void NameMatch::capture() {
  SurfaceCapture capture(context_.database(), own_);
  for (std::size_t i = 0; i < names_.count(); ++i) {
    const std::string_view name = names_.name(i);
    capture.add(Surface::entry, name);
    const bool may_tell = name.ends_with(".version") || name.ends_with(".properties");
    if (!context_.captures_members() || !may_tell || names_.size(i) > kVersionEntryBytes) continue;
    const EntryText text = names_.text(i);
    if (text.problem)
      own_.problems.push_back(*text.problem);
    else
      capture.add_entry_text(name, text.text);
  }
}

void NameMatch::run() {
  SurfaceText text;
  for (std::size_t i = 0; i < names_.count(); ++i) text.add(names_.name(i));
  HitCollector hits(context_.matcher, context_.limits.matches, own_);
  const std::vector<Match> matches = hits.matches(Surface::entry, text.bytes());
  hits.count_joined(Surface::entry, text, matches,
                    [&](std::size_t item) { return std::optional(names_.offset(item)); });
  if (context_.captures_surfaces()) capture();
  const std::vector<PatternRef>& refs = context_.database().patterns(Surface::entry);
  std::size_t item = 0;
  for (const Match& match : matches) {
    item = text.item_at(match.end, item);
    if (refs[match.pattern].is_version_rule) read_version(refs[match.pattern], item);
  }
}

EntryFacts manifest_facts(const ScanContext& context, const ContainerFacts& container) {
  EntryFacts facts;
  facts.path = container.manifest_entry->path;
  facts.size = container.manifest_entry->size;
  facts.problems = container.manifest_entry->problems;
  if (container.manifest) scan_manifest(context, *container.manifest, facts);
  return facts;
}

/// Puts the facts of a content to the place where it stands.
void place(const ContainerPart& part, EntryFacts& facts) {
  facts.path = part.path;
  facts.kind = part.kind;
  facts.size = part.size;
  for (Problem& problem : facts.problems)
    problem.entry = problem.entry.empty() ? part.path : path_within(part.path, problem.entry);
  facts.problems.insert(facts.problems.begin(), part.problems.begin(), part.problems.end());
}

/// A second copy adds evidence that it is there, and no classes: they are one definition.
EntryFacts copy_of(const EntryFacts& first, const ContainerPart& part) {
  EntryFacts facts = first;
  facts.path = part.path;
  facts.owned.clear();
  facts.unclaimed.clear();
  facts.classes = facts.code_bytes = 0;
  facts.code.reset();
  facts.problems.clear();
  return facts;
}

void scan_content(const ScanContext& context, EntryKind kind, std::string_view file_name, Bytes content,
                  EntryFacts& facts) {
  if (kind == EntryKind::dex)
    scan_dex(context, content, facts);
  else if (kind == EntryKind::native)
    scan_native(context, content, file_name, facts);
  else
    scan_classes(context, unpack_classes(content), facts);
}

}  // namespace

std::string path_within(const std::string& container, std::string_view printable_name) {
  return container.empty() ? std::string(printable_name) : container + "!" + std::string(printable_name);
}

void match_container(const ScanContext& context, NamedEntries& names, std::vector<EntryFacts> parts,
                     ContainerFacts& container) {
  EntryFacts own;
  own.path = container.path;
  own.kind = EntryKind::container;
  NameMatch(context, names, container.path, own).run();
  own.problems.insert(own.problems.begin(), container.problems.begin(), container.problems.end());
  container.entries.clear();
  container.entries.reserve(parts.size() + 2);
  container.entries.push_back(std::move(own));
  if (container.manifest_entry) container.entries.push_back(manifest_facts(context, container));
  const std::size_t first_part = container.entries.size();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const ContainerPart& part = container.parts[i];
    if (part.same_as == i) {
      place(part, parts[i]);
      container.entries.push_back(std::move(parts[i]));
    } else {
      container.entries.push_back(copy_of(container.entries[first_part + part.same_as], part));
    }
  }
}

void place_single(SingleFacts& single) { place(single.part, single.facts); }

EntryFacts scan_content(const ScanContext& context, EntryKind kind, std::string_view file_name,
                        Bytes content) {
  EntryFacts facts;
  scan_content(context, kind, file_name, content, facts);
  return facts;
}

EntryFacts scan_part(const ScanContext& context, EntryKind kind, std::string_view file_name, Bytes content,
                     bool& is_final) {
  EntryFacts facts;
  facts.kind = kind;
  try {
    scan_content(context, kind, file_name, content, facts);
  } catch (const InputError& error) {
    facts.problems.push_back({"", std::string(name(error.kind())), error.what(), true});
  }
  is_final = !context.is_out_of_time();
  return facts;
}

std::vector<std::uint8_t> pack_classes(const std::vector<ClassEntry>& classes) {
  ByteWriter out;
  out.u32(static_cast<std::uint32_t>(classes.size()));
  for (const ClassEntry& one : classes) {
    out.text(one.name);
    out.text(as_text(one.bytes));
  }
  return out.take();
}

std::vector<ClassEntry> unpack_classes(Bytes packed) {
  Reader in(packed, "packed class files");
  std::vector<ClassEntry> classes;
  for (std::uint32_t left = in.u32(); left > 0; --left) {
    ClassEntry one;
    one.name = as_text(in.bytes(in.u32()));
    one.bytes = in.bytes(in.u32());
    classes.push_back(std::move(one));
  }
  return classes;
}

std::vector<const EntryFacts*> all_entries(const ContainerFacts& container) {
  std::vector<const EntryFacts*> entries;
  for (const EntryFacts& entry : container.entries) entries.push_back(&entry);
  for (const ContainerFacts& nested : container.nested) {
    const std::vector<const EntryFacts*> more = all_entries(nested);
    entries.insert(entries.end(), more.begin(), more.end());
  }
  return entries;
}

}  // namespace sdkprint
