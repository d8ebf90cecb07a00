#include "behaviour/callback_table.h"

#include <algorithm>
#include <cassert>

namespace sdkprint {
namespace {

constexpr std::uint32_t kNone = AppClasses::kNone;
constexpr std::uint32_t kPrivate = 0x2, kStatic = 0x8;
constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxCallbacks = 1024;  // of one class

std::vector<std::string_view> split(std::string_view names) {
  std::vector<std::string_view> result;
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    result.push_back(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return result;
}

}  // namespace

void CallbackTable::Ancestry::add(const Ancestry& other) {
  for (std::size_t i = 0; i < kWords; ++i) types[i] |= other.types[i];
  has_platform |= other.has_platform;
}

CallbackTable::CallbackTable(const AppClasses& classes)
    : classes_(classes), ancestries_(classes.size()), object_(descriptor_hash("Ljava/lang/Object;")) {
  assert(platform_callbacks().size() <= 64 * kWords);
  std::vector<std::uint64_t> names;
  for (const PlatformCallbacks& row : platform_callbacks()) {
    const std::uint32_t type = static_cast<std::uint32_t>(type_hashes_.size());
    type_hashes_.push_back(descriptor_hash(row.type));
    for (const std::string_view name : split(row.names)) {
      name_rows_.push_back({descriptor_hash(name), type, row.kind});
      names.push_back(name_rows_.back().hash);
    }
  }
  types_ = HashIndex(type_hashes_);
  names_ = HashIndex(names);
  for (const AppClasses::Unit& unit : classes.units()) name_kinds_.emplace_back(unit.facts->name_ends.size());
}

CallbackTable::Ancestry CallbackTable::of_platform(std::uint64_t hash) const {
  Ancestry result;
  result.has_platform = hash != object_;
  const std::uint32_t type = types_.find(hash);
  if (type != kNone) result.types[type / 64] |= std::uint64_t{1} << (type % 64);
  return result;
}

/// A type that the app does not define counts as the platform's: what else could run it?
const CallbackTable::Ancestry& CallbackTable::ancestry(std::uint32_t index, int depth, std::uint64_t& steps) {
  Ancestry& result = ancestries_[index];
  if (result.is_known || depth == kMaxDepth) return result;
  result.is_known = true;  // before its ancestors are asked, so that circles end
  classes_.for_each_supertype(index, [&](std::uint64_t hash, std::uint32_t super) {
    ++steps;
    const Ancestry above = super == kNone ? of_platform(hash) : ancestry(super, depth + 1, steps);
    ancestries_[index].add(above);
  });
  return ancestries_[index];
}

bool CallbackTable::takes_platform_types(std::uint32_t method) const {
  const AppClasses::Unit& unit = classes_.unit_of_method(method);
  const DexFacts& facts = *unit.facts;
  const std::uint16_t proto = facts.method_ids[classes_.method(method).id].proto;
  if (proto >= facts.protos.size()) return false;
  const std::uint32_t begin = proto == 0 ? 0 : facts.protos[proto - 1].parameters_end;
  for (std::uint32_t i = begin; i < facts.protos[proto].parameters_end; ++i) {
    if (unit.class_of_type[facts.parameters[i]] != kNone) return false;
  }
  return true;
}

/// By the name alone: most methods are none, and each name is looked up once.
bool CallbackTable::may_be_callback(std::uint32_t method) {
  const AppClasses::Unit& unit = classes_.unit_of_method(method);
  const std::uint32_t name = unit.facts->method_ids[classes_.method(method).id].name;
  if (name == kNone) return false;
  NameKind& kind = name_kinds_[static_cast<std::size_t>(&unit - classes_.units().data())][name];
  if (kind == NameKind::unknown) {
    const bool is_one = is_callback_name(unit.facts->name_text(name)) ||
                        names_.find(unit.facts->name_hashes[name]) != HashIndex::kNone;
    kind = is_one ? NameKind::callback : NameKind::ordinary;
  }
  return kind == NameKind::callback;
}

Callback CallbackTable::kind(std::uint32_t method, const Ancestry& above) const {
  const AppClasses::Unit& unit = classes_.unit_of_method(method);
  const std::uint32_t name = unit.facts->method_ids[classes_.method(method).id].name;
  if (name == kNone) return Callback::none;
  Callback best = Callback::none;
  for (const HashIndex::Entry& entry : names_.all(unit.facts->name_hashes[name])) {
    const Name& row = name_rows_[entry.row];
    if ((above.types[row.type / 64] >> (row.type % 64) & 1) != 0) best = std::max(best, row.kind);
  }
  if (best != Callback::none) return best;
  return is_callback_name(unit.facts->name_text(name)) ? Callback::user : Callback::none;
}

const std::vector<CallbackTable::Found>& CallbackTable::of_class(std::uint32_t index, std::uint64_t& steps) {
  found_.clear();
  overridden_.clear();
  const Ancestry above = ancestry(index, 0, steps);
  if (!above.has_platform) return found_;
  std::uint32_t at = index;
  for (int depth = 0; at != kNone && depth < kMaxDepth; ++depth) {
    const AppClasses::Class& row = classes_.at(at);
    steps += row.methods_end - row.methods_begin;
    for (std::uint32_t method = row.methods_begin; method < row.methods_end; ++method) {
      if ((classes_.method(method).flags & (DexFacts::kIsDirect | kPrivate | kStatic)) != 0) continue;
      if (!may_be_callback(method)) continue;
      const Callback callback = kind(method, above);
      if (callback == Callback::none || !takes_platform_types(method)) continue;
      const std::uint64_t signature = classes_.signature(method);
      if (std::find(overridden_.begin(), overridden_.end(), signature) != overridden_.end()) continue;
      if (overridden_.size() == kMaxCallbacks) return found_;
      overridden_.push_back(signature);
      found_.push_back({method, callback});
    }
    at = row.superclass;
  }
  return found_;
}

}  // namespace sdkprint
