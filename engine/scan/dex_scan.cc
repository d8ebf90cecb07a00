#include "scan/dex_scan.h"

#include <algorithm>
#include <deque>
#include <set>
#include <unordered_set>
#include <utility>

#include "behaviour/code_facts.h"
#include "format/dex.h"
#include "format/dex_constants.h"
#include "match/expression.h"
#include "scan/hit_collector.h"
#include "scan/host_strings.h"
#include "scan/member_target.h"
#include "scan/ownership.h"
#include "scan/surface_capture.h"
#include "scan/surface_text.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

constexpr std::size_t kProblemsPerFile = 8;
constexpr std::size_t kMostUses = 200'000;  // of the catalogue, in one file
constexpr std::size_t kHostsPerFile = 2000;
constexpr std::size_t kNameBytes = 2048;  // of a class name; javac and d8 stay below 1 KiB

/// Platform classes that run code which is not in the app as it was installed. PathClassLoader is left out:
/// ordinary code uses it to look at installed packages.
constexpr std::string_view kLoaders[] = {"Ldalvik/system/DexClassLoader;",
                                         "Ldalvik/system/InMemoryDexClassLoader;",
                                         "Ldalvik/system/BaseDexClassLoader;", "Ldalvik/system/DexFile;"};

/// dex-format has type_ids sorted by string, and string_ids by content: a binary search. A file that breaks
/// the order only hides from look-ups by name, which serve versions and coverage, not findings.
std::optional<std::uint32_t> find_type(const DexFile& dex, std::string_view descriptor) {
  std::uint32_t low = 0, high = dex.type_count();
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const std::string_view there = dex.type(middle);
    if (there == descriptor) return middle;
    if (there < descriptor)
      low = middle + 1;
    else
      high = middle;
  }
  return std::nullopt;
}

std::string descriptor_of(std::string_view dotted) {
  std::string descriptor = "L" + std::string(dotted) + ";";
  std::replace(descriptor.begin(), descriptor.end(), '.', '/');
  return descriptor;
}

class DexScan {
 public:
  DexScan(const ScanContext& context, const DexFile& dex, EntryFacts& facts)
      : context_(context),
        dex_(dex),
        facts_(facts),
        hits_(context.matcher, context.limits.matches, facts),
        names_left_(3 * dex.file().size()),
        members_left_(dex.file().size()) {}

  /// Classes, references and strings. Returns the strings whose users are of interest, ascending.
  std::vector<std::uint32_t> read_names() {
    read_classes();
    context_.check_time();
    scan_references();
    scan_strings();
    return watched_strings();
  }

  /// Of all classes, once the names were read.
  const DexMethods& methods() const { return methods_; }

  /// What needs the code; `users` are those of the strings that read_names() returned, in the order of the
  /// code.
  void read_code(const std::vector<StringUser>& users) {
    tell_users(users);
    find_hosts(users);
    find_loaders();
    read_versions();
    if (context_.captures_surfaces()) capture();
  }

 private:
  void read_classes();
  std::uint64_t read_class(const DexClassDef& def);
  std::string_view type_name(std::uint32_t type);
  void over_limit(const char* what);
  void scan_references();
  void scan_strings();
  std::vector<std::uint32_t> watched_strings() const;
  void tell_users(const std::vector<StringUser>& users);
  void find_hosts(const std::vector<StringUser>& users);
  std::string place_of(const StringUser& user) const;
  void find_loaders();
  void read_versions();
  void capture();
  void capture_members(SurfaceCapture& capture);
  void capture_class(SurfaceCapture& capture, std::uint32_t index);
  void read_field_version(std::uint32_t sdk, std::uint32_t rule);
  void read_code_version(std::uint32_t sdk, std::uint32_t rule);
  void read_constants_version(std::uint32_t sdk, std::uint32_t rule);
  template <typename Visit>
  void for_each_target(std::uint32_t sdk, const MemberTarget& target, Visit visit);
  void add_version(std::uint32_t sdk, std::uint32_t rule, std::string_view text);
  void problem(const InputError& error, const std::string& where);
  std::optional<std::uint64_t> text_offset(std::uint32_t string_idx) const;

  const ScanContext& context_;
  const DexFile& dex_;
  EntryFacts& facts_;
  HitCollector hits_;
  SurfaceText classes_;                      // item i = class_def i
  std::vector<std::int32_t> class_of_type_;  // type index → class_def index or -1
  std::vector<ClassClaim> claims_;           // by class_def
  std::vector<std::uint64_t> code_bytes_;    // by class_def
  DexMethods methods_;
  std::vector<std::pair<std::uint32_t, std::size_t>> hit_strings_;  // string, and its hit in facts_.hits
  std::vector<std::uint32_t> host_strings_;                         // that may hold a host, ascending
  std::size_t problems_ = 0;
  // Rows of a hostile file may all share one long string, one class_data or one code_item. In an honest file
  // each is used once, so that what all rows together cost is bounded by the file's size.
  std::uint64_t names_left_, members_left_;
  bool is_over_limit_ = false;
};

void DexScan::over_limit(const char* what) {
  if (std::exchange(is_over_limit_, true)) return;
  facts_.problems.push_back({facts_.path, "limit",
                             std::string("the ") + what +
                                 " of this DEX add up to more than the file holds (rows share "
                                 "them on purpose?); the rest was not read",
                             true});
}

/// A type's descriptor, cut to what a name may need; empty once all names together exceed the file.
std::string_view DexScan::type_name(std::uint32_t type) {
  if (names_left_ == 0) {
    over_limit("type names");
    return {};
  }
  const std::string_view name = dex_.type(type);
  names_left_ -= std::min<std::uint64_t>(names_left_, name.size() + 1);
  return name.substr(0, kNameBytes);
}

void DexScan::problem(const InputError& error, const std::string& where) {
  if (++problems_ > kProblemsPerFile) return;
  facts_.problems.push_back(
      {facts_.path, std::string(name(error.kind())), where + ": " + error.what(), true});
  if (problems_ == kProblemsPerFile) {
    facts_.problems.push_back(
        {facts_.path, "malformed", "further broken classes of this file are not listed", true});
  }
}

/// Bytes of instructions.
std::uint64_t DexScan::read_class(const DexClassDef& def) {
  if (members_left_ == 0 && def.class_data_off != 0) {
    over_limit("members");
    return 0;
  }
  const std::size_t begin = methods_.methods.size();
  dex_.class_methods(def.class_data_off, methods_);
  const std::span<const DexMethod> methods = std::span(methods_.methods).subspan(begin);
  members_left_ -= std::min<std::uint64_t>(members_left_, methods_.rows.back().field_count + methods.size());
  std::uint64_t bytes = 0;
  for (const DexMethod& method : methods) {
    if (method.code_off != 0) bytes += dex_.code_size(method.code_off);
  }
  return bytes;
}

void DexScan::read_classes() {
  const std::uint32_t count = dex_.class_count();
  code_bytes_.assign(count, 0);
  class_of_type_.assign(dex_.type_count(), -1);
  facts_.class_hashes.reserve(facts_.class_hashes.size() + count);
  methods_.rows.reserve(count), methods_.methods.reserve(dex_.method_count());
  for (std::uint32_t i = 0; i < count; ++i) {
    std::string_view descriptor;
    try {
      const DexClassDef def = dex_.class_def(i);
      descriptor = type_name(def.class_idx);
      class_of_type_[def.class_idx] = static_cast<std::int32_t>(i);
      code_bytes_[i] = read_class(def);
    } catch (const InputError& error) {
      problem(error, "class_def " + std::to_string(i));
    }
    if (methods_.rows.size() == i) methods_.add_unknown();
    classes_.add_type(descriptor);
    facts_.class_hashes.push_back(hash_name(classes_.item(i)));
  }
  const std::vector<Match> matches = hits_.matches(Surface::class_name, classes_.bytes());
  claims_ = resolve_claims(context_.database(), Surface::class_name, classes_, matches);
  OwnershipTally tally(context_.database(), facts_);
  for (std::uint32_t i = 0; i < count; ++i) tally.add(classes_.item(i), claims_[i], code_bytes_[i]);
  tally.finish();
  hits_.count_claims(
      Surface::class_name, classes_, claims_, [&](std::size_t item) -> std::optional<std::uint64_t> {
        return text_offset(dex_.type_string_idx(dex_.class_def(static_cast<std::uint32_t>(item)).class_idx));
      });
}

/// Where a string's characters begin, past its length.
std::optional<std::uint64_t> DexScan::text_offset(std::uint32_t string_idx) const {
  const std::string_view text = dex_.string(string_idx);
  return static_cast<std::uint64_t>(reinterpret_cast<const std::uint8_t*>(text.data()) - dex_.file().data());
}

void DexScan::scan_references() {
  SurfaceText references;
  std::vector<std::uint32_t> types;
  for (std::uint32_t i = 0; i < dex_.type_count(); ++i) {
    if (class_of_type_[i] >= 0) continue;
    const std::string_view descriptor = type_name(i);
    if (!descriptor.ends_with(';')) continue;  // primitives and arrays of them
    references.add_type(descriptor);
    types.push_back(i);
  }
  hits_.scan_names(Surface::reference, references,
                   [&](std::size_t item) { return text_offset(dex_.type_string_idx(types[item])); });
}

void DexScan::scan_strings() {
  if (dex_.string_count() == 0) return;
  const DexFile::Range range = dex_.string_data_range();
  const Bytes text = dex_.file().subspan(range.begin, range.end - range.begin);
  const DexStringIndex index(dex_);
  const auto item_at = [&](std::uint32_t offset) -> std::optional<RawItem> {
    const std::optional<DexStringIndex::Hit> hit = index.at(range.begin + offset);
    if (!hit) return std::nullopt;
    return RawItem{hit->text, hit->begin, range.begin + offset - hit->begin, hit->index};
  };
  const std::size_t first_hit = facts_.hits.size();
  std::vector<std::uint32_t> strings;
  hits_.scan_raw(Surface::string, text, item_at, &strings);
  hits_.scan_raw(Surface::host, text, item_at, &strings);
  for (std::size_t i = 0; i < strings.size(); ++i) hit_strings_.emplace_back(strings[i], first_hit + i);
  std::sort(hit_strings_.begin(), hit_strings_.end());
  host_strings_ = host_candidates(dex_, index, kHostsPerFile);
}

std::vector<std::uint32_t> DexScan::watched_strings() const {
  std::vector<std::uint32_t> strings = host_strings_;
  for (const auto& [string, hit] : hit_strings_) strings.push_back(string);
  std::sort(strings.begin(), strings.end());
  strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
  return strings;
}

std::string DexScan::place_of(const StringUser& user) const {
  char pc[16];
  std::snprintf(pc, sizeof pc, " @0x%04x", user.pc);
  return printable_item(dex_.method_name(user.method_idx)) + pc;
}

/// Tells a string that code loads from one that merely stands in the table: the first that loads it.
void DexScan::tell_users(const std::vector<StringUser>& users) {
  for (const StringUser& user : users) {
    const auto [begin, end] =
        std::equal_range(hit_strings_.begin(), hit_strings_.end(), std::pair(user.string, std::size_t{0}),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto it = begin; it != end; ++it) {
      PatternHit& hit = facts_.hits[it->second];
      if (hit.used_by.empty()) hit.used_by = place_of(user);
    }
  }
}

/// Of each string with a host the first class of each SDK that loads it.
void DexScan::find_hosts(const std::vector<StringUser>& users) {
  const std::vector<PatternRef>& refs = context_.database().patterns(Surface::class_name);
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;  // string, SDK
  for (const StringUser& user : users) {
    if (!std::binary_search(host_strings_.begin(), host_strings_.end(), user.string)) continue;
    const std::int32_t index = class_of_type_[dex_.method(user.method_idx).class_idx];
    if (index < 0) continue;
    const std::uint32_t owner = claims_[static_cast<std::size_t>(index)].owner;
    if (owner == kNoClaim || !seen.emplace(user.string, refs[owner].sdk).second) continue;
    const std::string_view text = dex_.string(user.string);
    std::optional<HostText> host = host_of(text);
    if (!host) continue;
    facts_.hosts.push_back({std::move(host->host), host->cleartext, printable_item(text),
                            printable_item(classes_.item(static_cast<std::size_t>(index))), place_of(user)});
  }
}

/// One method of each loader is enough to say so.
void DexScan::find_loaders() {
  for (const std::string_view descriptor : kLoaders) {
    const std::optional<std::uint32_t> type = find_type(dex_, descriptor);
    if (!type || *type > UINT16_MAX) continue;
    for (std::uint32_t i = 0; i < dex_.method_count(); ++i) {
      if (dex_.method(i).class_idx != *type) continue;
      facts_.loaders.push_back(printable_item(dex_.method_name(i)));
      break;
    }
  }
}

void DexScan::add_version(std::uint32_t sdk, std::uint32_t rule, std::string_view text) {
  const std::optional<std::string> version = context_.database().extractor(sdk, rule).extract(text);
  if (version) facts_.versions.push_back({sdk, rule, *version, printable_item(text), {}});
}

void DexScan::read_field_version(std::uint32_t sdk, std::uint32_t rule) {
  const MemberTarget target(context_.database().set().sdks[sdk].versions[rule].target);
  const std::optional<std::uint32_t> type = find_type(dex_, descriptor_of(target.holder));
  if (!type || class_of_type_[*type] < 0) return;
  const DexClassDef def = dex_.class_def(static_cast<std::uint32_t>(class_of_type_[*type]));
  std::string held;  // of several stores the last one holds
  for (const StaticConstant& constant : static_constants(dex_, def)) {
    if (constant.field == target.member) held = constant.text;
  }
  if (!held.empty()) add_version(sdk, rule, held);
}

/// Calls `visit(class_def index)` for the classes that the SDK owns and the target may name.
template <typename Visit>
void DexScan::for_each_target(std::uint32_t sdk, const MemberTarget& target, Visit visit) {
  const std::vector<PatternRef>& refs = context_.database().patterns(Surface::class_name);
  std::unordered_set<std::uint32_t> visited;  // class_data that classes share on purpose is read once
  for (std::uint32_t i = 0; i < claims_.size(); ++i) {
    if (claims_[i].owner == kNoClaim || refs[claims_[i].owner].sdk != sdk) continue;
    if (!target.may_name(classes_.item(i))) continue;
    const std::uint32_t class_data = dex_.class_def(i).class_data_off;
    if (class_data == 0 || !visited.insert(class_data).second) continue;
    context_.check_time();
    visit(i);
  }
}

void DexScan::read_code_version(std::uint32_t sdk, std::uint32_t rule) {
  const MemberTarget target(context_.database().set().sdks[sdk].versions[rule].target);
  for_each_target(sdk, target, [&](std::uint32_t index) {
    for (const CodeString& string : code_strings(dex_, dex_.class_def(index)).strings) {
      const std::string_view method = dex_.string(dex_.method(string.method_idx).name_idx);
      if (target.names(classes_.item(index), method)) add_version(sdk, rule, dex_.string(string.string_idx));
    }
  });
}

void DexScan::read_constants_version(std::uint32_t sdk, std::uint32_t rule) {
  const MemberTarget target(context_.database().set().sdks[sdk].versions[rule].target);
  DexClassData data;
  for_each_target(sdk, target, [&](std::uint32_t index) {
    dex_.class_data(dex_.class_def(index).class_data_off, data);
    for (const std::vector<DexMethod>* methods : {&data.direct_methods, &data.virtual_methods}) {
      for (const DexMethod& method : *methods) {
        const std::string_view name = dex_.string(dex_.method(method.method_idx).name_idx);
        if (method.code_off == 0 || !target.names(classes_.item(index), name)) continue;
        add_version(sdk, rule, call_constants(dex_, method.code_off));
      }
    }
  });
}

/// Rules that name a class are tried only for SDKs that own classes here.
void DexScan::read_versions() {
  std::vector<std::uint32_t> sdks;
  for (const OwnedClasses& row : facts_.owned) sdks.push_back(row.owner.sdk);
  std::sort(sdks.begin(), sdks.end());
  sdks.erase(std::unique(sdks.begin(), sdks.end()), sdks.end());
  for (const std::uint32_t sdk : sdks) {
    const std::vector<VersionRule>& rules = context_.database().set().sdks[sdk].versions;
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) {
      try {
        if (rules[rule].source == VersionRule::Source::field) read_field_version(sdk, rule);
        if (rules[rule].source == VersionRule::Source::code) read_code_version(sdk, rule);
        if (rules[rule].source == VersionRule::Source::constants) read_constants_version(sdk, rule);
      } catch (const InputError& error) {
        problem(error, "version of " + context_.database().set().sdks[sdk].id);
      }
    }
  }
}

void DexScan::capture() {
  SurfaceCapture capture(context_.database(), facts_);
  for (std::size_t i = 0; i < claims_.size(); ++i)
    capture.add_class(classes_.item(i), claims_[i], code_bytes_[i]);
  for (std::uint32_t i = 0; i < dex_.type_count(); ++i) {
    if (class_of_type_[i] < 0) capture.add_reference(type_name(i));
  }
  std::uint64_t left = 2 * dex_.file().size();
  for (std::uint32_t i = 0; i < dex_.string_count() && left > 0; ++i) {
    const std::string_view text = dex_.string(i);
    left -= std::min<std::uint64_t>(left, text.size() + 1);
    capture.add_string(text);
  }
  if (left == 0) over_limit("strings");
  if (context_.captures_members()) capture_members(capture);
}

void DexScan::capture_class(SurfaceCapture& capture, std::uint32_t index) {
  const DexClassDef def = dex_.class_def(index);
  MemberCapture members = capture.members_of(classes_.item(index), def.access_flags);
  for (const StaticConstant& constant : static_constants(dex_, def))
    members.add_field(constant.field, constant.text);
  for (const CodeString& string : code_strings(dex_, def).strings) {
    members.add_string(dex_.string(dex_.method(string.method_idx).name_idx), dex_.string(string.string_idx));
  }
  DexClassData data;
  dex_.class_data(def.class_data_off, data);
  for (const std::vector<DexMethod>* methods : {&data.direct_methods, &data.virtual_methods}) {
    for (const DexMethod& method : *methods) {
      const std::string_view name = dex_.string(dex_.method(method.method_idx).name_idx);
      members.add_method(name, method.access_flags);
      if (method.code_off != 0 && members.may_hold_version(name))
        members.add_constants(name, call_constants(dex_, method.code_off));
    }
  }
}

void DexScan::capture_members(SurfaceCapture& capture) {
  std::unordered_set<std::uint32_t> seen;  // class_data that classes share on purpose is read once
  for (std::uint32_t i = 0; i < dex_.class_count(); ++i) {
    context_.check_time();
    try {
      if (seen.insert(dex_.class_def(i).class_data_off).second) capture_class(capture, i);
    } catch (const InputError& error) {
      problem(error, "members of class_def " + std::to_string(i));
    }
  }
}

/// What is broken was maybe said already, when names were read.
void add_problems(std::vector<Problem>& problems, EntryFacts& facts) {
  for (Problem& problem : problems) {
    problem.entry = facts.path;
    const bool is_said = std::any_of(facts.problems.begin(), facts.problems.end(), [&](const Problem& other) {
      return other.kind == problem.kind && other.message == problem.message;
    });
    if (!is_said) facts.problems.push_back(std::move(problem));
  }
  problems.clear();
}

}  // namespace

void scan_dex(const ScanContext& context, Bytes file, EntryFacts& facts) {
  facts.kind = EntryKind::dex;
  const std::vector<DexFile> dexes = DexFile::open(file);
  std::deque<DexScan> scans;
  StringWatch watch;
  std::vector<const DexMethods*> methods;
  for (const DexFile& dex : dexes) {
    watch.strings.push_back(scans.emplace_back(context, dex, facts).read_names());
    methods.push_back(&scans.back().methods());
  }
  CodeFacts code = read_code(context.database().catalogue(), dexes, kMostUses, &watch, methods);
  for (std::size_t i = 0; i < scans.size(); ++i) scans[i].read_code(watch.users[i]);
  add_problems(code.problems, facts);
  facts.code = std::make_shared<const CodeFacts>(std::move(code));
  std::sort(facts.class_hashes.begin(), facts.class_hashes.end());
}

}  // namespace sdkprint
