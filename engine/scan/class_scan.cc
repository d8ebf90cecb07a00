#include "scan/class_scan.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "scan/hit_collector.h"
#include "scan/member_target.h"
#include "scan/ownership.h"
#include "scan/surface_capture.h"
#include "scan/surface_text.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

class ClassScan {
 public:
  ClassScan(const ScanContext& context, EntryFacts& facts)
      : context_(context), facts_(facts), hits_(context.matcher, context.limits.matches, facts) {}

  void parse(const std::vector<ClassEntry>& entries);
  void run();

 private:
  void scan_names();
  void scan_references();
  void scan_strings();
  void read_versions();
  void capture();
  void capture_members(SurfaceCapture& capture, std::size_t index);
  void read_field_version(std::uint32_t sdk, std::uint32_t rule, std::size_t index);
  void read_code_version(std::uint32_t sdk, std::uint32_t rule, std::size_t index);
  void read_constants_version(std::uint32_t sdk, std::uint32_t rule, std::size_t index);
  void add_version(std::uint32_t sdk, std::uint32_t rule, std::string_view text);

  const ScanContext& context_;
  EntryFacts& facts_;
  HitCollector hits_;
  std::vector<ClassFile> files_;
  SurfaceText classes_;
  std::vector<ClassClaim> claims_;
};

/// The strings and integers that a method loads, in the order of its code, joined by blanks.
std::string loaded_constants(const ClassMethod& method) {
  std::map<std::uint32_t, std::string> by_pc;
  for (const ClassString& string : method.strings) by_pc[string.pc] = string.text;
  for (const ClassNumber& number : method.numbers) by_pc[number.pc] = std::to_string(number.value);
  std::string text;
  for (const auto& [pc, constant] : by_pc) text += (text.empty() ? "" : " ") + constant;
  return text;
}

std::uint64_t code_bytes(const ClassFile& file) {
  std::uint64_t bytes = 0;
  for (const ClassMethod& method : file.methods()) bytes += method.code_size;
  return bytes;
}

void ClassScan::parse(const std::vector<ClassEntry>& entries) {
  for (const ClassEntry& entry : entries) {
    try {
      ClassFile file(entry.bytes);
      if (file.this_class().ends_with("module-info") || file.this_class().ends_with("package-info")) continue;
      classes_.add_type(file.this_class());
      files_.push_back(std::move(file));
    } catch (const InputError& error) {
      facts_.problems.push_back({facts_.path.empty() ? entry.name : facts_.path + "!" + entry.name,
                                 std::string(name(error.kind())), error.what(), true});
    }
  }
}

void ClassScan::run() {
  scan_names();
  context_.check_time();
  scan_references();
  scan_strings();
  read_versions();
  std::sort(facts_.class_hashes.begin(), facts_.class_hashes.end());
  if (context_.captures_surfaces()) capture();
}

void ClassScan::scan_names() {
  const std::vector<Match> matches = hits_.matches(Surface::class_name, classes_.bytes());
  claims_ = resolve_claims(context_.database(), Surface::class_name, classes_, matches);
  OwnershipTally tally(context_.database(), facts_);
  for (std::size_t i = 0; i < files_.size(); ++i) {
    tally.add(classes_.item(i), claims_[i], code_bytes(files_[i]));
    facts_.class_hashes.push_back(hash_name(classes_.item(i)));
  }
  tally.finish();
  hits_.count_claims(Surface::class_name, classes_, claims_, nullptr);
}

void ClassScan::scan_references() {
  std::unordered_set<std::string_view> seen;
  for (const ClassFile& file : files_) seen.insert(file.this_class());
  SurfaceText references;
  std::unordered_set<const char*> looked_at;  // entries of a hostile pool may all share one long name
  for (const ClassFile& file : files_) {
    for (std::string_view name : file.referenced_classes()) {
      if (!looked_at.insert(name.data()).second) continue;
      // "[Lcom/foo/Bar;" names com.foo.Bar; "[I" names nothing.
      if (name.starts_with('[')) {
        if (!name.ends_with(';')) continue;
        name.remove_prefix(name.find('L') + 1);
        name.remove_suffix(1);
      }
      if (seen.insert(name).second) references.add_type(name);
    }
  }
  hits_.scan_names(Surface::reference, references, nullptr);
}

void ClassScan::scan_strings() {
  SurfaceText strings;
  std::unordered_set<const char*> added;  // entries of a hostile pool may all share one long text
  for (const ClassFile& file : files_) {
    for (const std::string_view text : file.strings()) {
      if (added.insert(text.data()).second) strings.add(text);
    }
  }
  if (strings.count() == 0) return;
  const Bytes text = strings.bytes();
  for (const Surface surface : {Surface::string, Surface::host}) {
    std::size_t item = 0;
    hits_.scan_raw(surface, text, [&](std::uint32_t position) -> std::optional<RawItem> {
      item = strings.item_at(position + 1, item);
      const std::string_view found = strings.item(item);
      const std::size_t begin =
          static_cast<std::size_t>(reinterpret_cast<const std::uint8_t*>(found.data()) - text.data());
      if (position < begin || position - begin >= found.size()) return std::nullopt;
      return RawItem{found, begin, position - begin, 0};
    });
  }
  // Offsets into the joined text mean nothing to a reader of the jar.
  for (PatternHit& hit : facts_.hits) hit.offset.reset();
}

void ClassScan::add_version(std::uint32_t sdk, std::uint32_t rule, std::string_view text) {
  const std::optional<std::string> version = context_.database().extractor(sdk, rule).extract(text);
  if (version) facts_.versions.push_back({sdk, rule, *version, printable_item(text), {}});
}

/// Constants of the field itself, and what <clinit> stores there; of several the last one holds.
void ClassScan::read_field_version(std::uint32_t sdk, std::uint32_t rule, std::size_t index) {
  const MemberTarget target(context_.database().set().sdks[sdk].versions[rule].target);
  if (target.holder != classes_.item(index)) return;
  std::string_view held;
  for (const ClassField& field : files_[index].fields()) {
    if (field.name == target.member && field.constant) held = *field.constant;
  }
  for (const ClassMethod& method : files_[index].methods()) {
    if (method.name != "<clinit>") continue;
    for (const ClassString& string : method.strings) {
      if (string.stored_to == target.member) held = string.text;
    }
  }
  if (!held.empty()) add_version(sdk, rule, held);
}

void ClassScan::read_code_version(std::uint32_t sdk, std::uint32_t rule, std::size_t index) {
  const MemberTarget target(context_.database().set().sdks[sdk].versions[rule].target);
  for (const ClassMethod& method : files_[index].methods()) {
    if (!target.names(classes_.item(index), method.name)) continue;
    for (const ClassString& string : method.strings) add_version(sdk, rule, string.text);
  }
}

void ClassScan::read_constants_version(std::uint32_t sdk, std::uint32_t rule, std::size_t index) {
  const MemberTarget target(context_.database().set().sdks[sdk].versions[rule].target);
  for (const ClassMethod& method : files_[index].methods()) {
    if (!target.names(classes_.item(index), method.name)) continue;
    add_version(sdk, rule, loaded_constants(method));
  }
}

void ClassScan::read_versions() {
  const std::vector<PatternRef>& refs = context_.database().patterns(Surface::class_name);
  for (std::size_t i = 0; i < claims_.size(); ++i) {
    if (claims_[i].owner == kNoClaim) continue;
    const std::uint32_t sdk = refs[claims_[i].owner].sdk;
    const std::vector<VersionRule>& rules = context_.database().set().sdks[sdk].versions;
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) {
      const VersionRule::Source source = rules[rule].source;
      if (source == VersionRule::Source::field) read_field_version(sdk, rule, i);
      if (source == VersionRule::Source::code) read_code_version(sdk, rule, i);
      if (source == VersionRule::Source::constants) read_constants_version(sdk, rule, i);
    }
  }
}

void ClassScan::capture() {
  SurfaceCapture capture(context_.database(), facts_);
  for (std::size_t i = 0; i < files_.size(); ++i) {
    capture.add_class(classes_.item(i), claims_[i], code_bytes(files_[i]));
    for (const std::string_view name : files_[i].referenced_classes()) {
      if (!std::binary_search(facts_.class_hashes.begin(), facts_.class_hashes.end(),
                              hash_name(dotted_name(name)))) {
        capture.add_reference(name);
      }
    }
    for (const std::string_view text : files_[i].strings()) capture.add_string(text);
    if (context_.captures_members()) capture_members(capture, i);
  }
}

void ClassScan::capture_members(SurfaceCapture& capture, std::size_t index) {
  const ClassFile& file = files_[index];
  MemberCapture members = capture.members_of(classes_.item(index), file.access_flags());
  for (const ClassField& field : file.fields()) {
    if (field.constant) members.add_field(field.name, *field.constant);
  }
  for (const ClassMethod& method : file.methods()) {
    members.add_method(method.name, method.access_flags);
    for (const ClassString& string : method.strings) {
      members.add_string(method.name, string.text);
      if (method.name == "<clinit>" && !string.stored_to.empty())
        members.add_field(string.stored_to, string.text);
    }
    if (members.may_hold_version(method.name)) members.add_constants(method.name, loaded_constants(method));
  }
}

}  // namespace

void scan_classes(const ScanContext& context, const std::vector<ClassEntry>& entries, EntryFacts& facts) {
  facts.kind = EntryKind::classes;
  ClassScan scan(context, facts);
  scan.parse(entries);
  scan.run();
}

}  // namespace sdkprint
