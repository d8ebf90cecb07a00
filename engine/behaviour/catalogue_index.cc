#include "behaviour/catalogue_index.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/digest.h"
#include "behaviour/platform_classes.h"

namespace sdkprint {
namespace {

constexpr std::uint32_t kNone = CatalogueIndex::kNone;

/// "Lcom/foo/Bar;" to "com.foo.Bar", as Class.forName takes it.
std::string dotted(std::string_view descriptor) {
  if (descriptor.starts_with('L') && descriptor.ends_with(';')) {
    descriptor = descriptor.substr(1, descriptor.size() - 2);
  }
  std::string name(descriptor);
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

std::string display_of(const MemberRef& ref) {
  if (ref.name.empty()) return ref.class_descriptor;
  std::string text = ref.class_descriptor + '.' + ref.name;
  if (!ref.descriptor.empty()) text += ':' + ref.descriptor;
  return text;
}

/// Of "(IJLjava/lang/String;Z)V": int at 0, long at 1 (and 2), a reference at 3, a boolean at 4. Booleans and
/// the small integer types are none: their 0 and 1 would pass for any constant.
std::vector<bool> integer_arguments(std::string_view descriptor) {
  std::vector<bool> result;
  for (std::size_t i = 1; i < descriptor.size() && descriptor[i] != ')'; ++i) {
    const char type = descriptor[i];
    while (i < descriptor.size() && descriptor[i] == '[') ++i;
    if (i < descriptor.size() && descriptor[i] == 'L')
      i = std::min(descriptor.find(';', i), descriptor.size());
    result.push_back(type == 'I' || type == 'J');
    if (type == 'J' || type == 'D') result.push_back(false);
  }
  return result;
}

struct MutfLess {
  bool operator()(std::string_view a, std::string_view b) const { return compare_mutf8(a, b) < 0; }
};

/// How reflection finds things by name.
struct Lookup {
  const char *class_descriptor, *name;
  MemberRole role;
};
constexpr Lookup kLookups[] = {
    {"Ljava/lang/Class;", "forName", MemberRole::class_lookup},
    {"Ljava/lang/ClassLoader;", "loadClass", MemberRole::class_lookup},
    {"Ljava/lang/Class;", "getMethod", MemberRole::method_lookup},
    {"Ljava/lang/Class;", "getDeclaredMethod", MemberRole::method_lookup},
    {"Ljava/lang/Class;", "getField", MemberRole::field_lookup},
    {"Ljava/lang/Class;", "getDeclaredField", MemberRole::field_lookup},
    {"Ljava/lang/Class;", "newInstance", MemberRole::object_maker},
    {"Ljava/lang/reflect/Constructor;", "newInstance", MemberRole::object_maker},
};

template <typename Pairs>
std::uint32_t find_hash(const Pairs& sorted, std::uint64_t hash) {
  const auto it = std::lower_bound(sorted.begin(), sorted.end(), std::pair(hash, std::uint32_t{0}));
  return it != sorted.end() && it->first == hash ? it->second : kNone;
}

}  // namespace

std::uint64_t descriptor_hash(std::string_view descriptor) { return digest(as_bytes(descriptor)).low; }

int compare_mutf8(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  const std::size_t same =
      static_cast<std::size_t>(std::mismatch(a.begin(), a.begin() + common, b.begin()).first - a.begin());
  if (same == common) return a.size() < b.size() ? -1 : a.size() > b.size();
  const auto unit = [](char byte) { return byte == '\xc0' ? 0 : static_cast<unsigned char>(byte); };
  return unit(a[same]) - unit(b[same]);
}

/// Collects members under sorted keys, so that what the index numbers depends on the catalogue's content
/// only.
class CatalogueIndex::Builder {
 public:
  Builder(CatalogueIndex& index, const BehaviourSet& set) : index_(index), set_(set) {}

  void run() {
    for (std::uint32_t i = 0; i < set_.behaviours.size(); ++i) add_behaviour(i);
    for (const Lookup& lookup : kLookups) {
      add_member({lookup.class_descriptor, lookup.name, ""}, {kNone, lookup.role, true});
    }
    number_classes();
    number_texts();
    build_members();
    build_platform();
    build_overrides();
    for (auto& [name, behaviours] : natives_) index_.natives_.push_back({name, std::move(behaviours)});
  }

 private:
  // is_field, name, class, descriptor: the order of members_
  using Key = std::tuple<bool, std::string, std::string, std::string>;

  void add_behaviour(std::uint32_t i);
  void add_member(const MemberRef& ref, Role role);
  void number_classes();
  void number_texts();
  void build_members();
  void build_platform();
  void build_overrides();
  std::uint32_t text(const std::string& text) const { return text_ids_.at(text); }
  Text& new_text(const std::string& text) { return index_.texts_[this->text(text)]; }

  CatalogueIndex& index_;
  const BehaviourSet& set_;
  std::map<Key, std::vector<Role>> members_;
  std::map<std::string, std::uint32_t> classes_;
  std::map<std::string, std::uint32_t, MutfLess> text_ids_;
  std::map<std::string, std::vector<std::uint32_t>> natives_;
};

void CatalogueIndex::Builder::add_member(const MemberRef& ref, Role role) {
  const bool is_field = role.role == MemberRole::field || role.role == MemberRole::context_field;
  std::vector<Role>& roles = members_[Key{is_field, ref.name, ref.class_descriptor, ref.descriptor}];
  const auto same = [&](const Role& other) {
    return other.behaviour == role.behaviour && other.role == role.role;
  };
  if (std::none_of(roles.begin(), roles.end(), same)) roles.push_back(role);
  classes_.emplace(ref.class_descriptor, 0);
}

void CatalogueIndex::Builder::add_behaviour(std::uint32_t i) {
  const Behaviour& behaviour = set_.behaviours[i];
  const std::vector<std::string>& subtypes = behaviour.receiver_subtypes;
  const auto add = [&](const std::vector<MemberRef>& refs, MemberRole role) {
    for (const MemberRef& ref : refs) {
      const bool through =
          std::find(subtypes.begin(), subtypes.end(), ref.class_descriptor) != subtypes.end();
      add_member(ref, {i, role, through});
    }
  };
  add(behaviour.methods, MemberRole::method);
  add(behaviour.weak_methods, MemberRole::weak_method);
  add(behaviour.context_methods, MemberRole::context_method);
  add(behaviour.fields, MemberRole::field);
  add(behaviour.context_fields, MemberRole::context_field);
  for (const std::string& symbol : behaviour.native_symbols) natives_[symbol].push_back(i);
  BehaviourRule rule{behaviour.lead_only, behaviour.constants};
  std::sort(rule.constants.begin(), rule.constants.end());
  index_.rules_.push_back(std::move(rule));
}

void CatalogueIndex::Builder::number_classes() {
  std::uint32_t next = 0;
  for (auto& [descriptor, id] : classes_) {
    id = next++;
    index_.class_hashes_.emplace_back(descriptor_hash(descriptor), id);
  }
  std::sort(index_.class_hashes_.begin(), index_.class_hashes_.end());
}

void CatalogueIndex::Builder::number_texts() {
  for (const auto& [key, roles] : members_) text_ids_.emplace(std::get<1>(key), 0);
  for (const auto& [descriptor, id] : classes_) {
    text_ids_.emplace(descriptor, 0);
    text_ids_.emplace(dotted(descriptor), 0);
  }
  for (const Behaviour& behaviour : set_.behaviours) {
    for (const std::string& string : behaviour.strings) text_ids_.emplace(string, 0);
    for (const MemberRef& ref : behaviour.overrides) {
      if (!ref.name.empty()) text_ids_.emplace(ref.name, 0);
    }
  }
  for (auto& [text, id] : text_ids_) {
    id = static_cast<std::uint32_t>(index_.texts_.size());
    index_.texts_.push_back({text, false, false, kNone, kNone, {}});
  }
  for (const auto& [descriptor, id] : classes_) {
    new_text(descriptor).class_descriptor = id;
    new_text(dotted(descriptor)).class_name = id;
  }
  for (std::uint32_t i = 0; i < set_.behaviours.size(); ++i) {
    for (const std::string& string : set_.behaviours[i].strings) {
      std::vector<std::uint32_t>& behaviours = new_text(string).behaviours;
      if (behaviours.empty() || behaviours.back() != i) behaviours.push_back(i);
    }
  }
}

void CatalogueIndex::Builder::build_members() {
  index_.method_ranges_.assign(index_.texts_.size(), {0, 0});
  index_.field_ranges_.assign(index_.texts_.size(), {0, 0});
  for (auto& [key, roles] : members_) {
    const auto& [is_field, name, descriptor, types] = key;
    const std::uint32_t id = static_cast<std::uint32_t>(index_.members_.size()), name_text = text(name);
    (is_field ? index_.texts_[name_text].names_field : index_.texts_[name_text].names_method) = true;
    Range& range = (is_field ? index_.field_ranges_ : index_.method_ranges_)[name_text];
    if (range.first == range.second) range.first = id;
    range.second = id + 1;
    index_.members_.push_back({name_text, classes_.at(descriptor), types, descriptor_hash(types),
                               display_of({descriptor, name, types}), std::move(roles),
                               integer_arguments(types)});
  }
}

void CatalogueIndex::Builder::build_platform() {
  std::set<std::uint64_t> hashes;
  for (const PlatformClass& row : platform_classes()) {
    hashes.insert(descriptor_hash(row.descriptor));
    hashes.insert(descriptor_hash(row.superclass));
  }
  for (const std::uint64_t hash : hashes) {
    index_.platform_.push_back({hash, index_.class_by_hash(hash), kNone});
  }
  for (const PlatformClass& row : platform_classes()) {
    index_.platform_[index_.platform_by_hash(descriptor_hash(row.descriptor))].superclass =
        index_.platform_by_hash(descriptor_hash(row.superclass));
  }
}

void CatalogueIndex::Builder::build_overrides() {
  std::set<std::uint64_t> hashes;
  for (const Behaviour& behaviour : set_.behaviours) {
    for (const MemberRef& ref : behaviour.overrides) hashes.insert(descriptor_hash(ref.class_descriptor));
  }
  index_.override_hashes_.assign(hashes.begin(), hashes.end());
  for (std::uint32_t i = 0; i < set_.behaviours.size(); ++i) {
    for (const MemberRef& ref : set_.behaviours[i].overrides) {
      const std::uint32_t name = ref.name.empty() ? kNone : text(ref.name);
      if (name != kNone) index_.texts_[name].names_method = true;
      index_.targets_.push_back({i, index_.override_class_by_hash(descriptor_hash(ref.class_descriptor)),
                                 name, ref.descriptor, descriptor_hash(ref.descriptor), display_of(ref)});
    }
  }
  std::stable_sort(
      index_.targets_.begin(), index_.targets_.end(),
      [](const OverrideTarget& a, const OverrideTarget& b) { return a.override_class < b.override_class; });
}

CatalogueIndex::CatalogueIndex(const BehaviourSet& set) { Builder(*this, set).run(); }

CatalogueIndex::Range CatalogueIndex::of_class(Range named, std::uint32_t class_id) const {
  const auto first = members_.begin() + named.first, last = members_.begin() + named.second;
  // Within a name, members are sorted by the class's descriptor, and so are the classes' numbers.
  const auto begin =
      std::partition_point(first, last, [&](const Member& m) { return m.class_id < class_id; });
  const auto end = std::partition_point(begin, last, [&](const Member& m) { return m.class_id == class_id; });
  return {static_cast<std::uint32_t>(begin - members_.begin()),
          static_cast<std::uint32_t>(end - members_.begin())};
}

std::uint32_t CatalogueIndex::class_by_hash(std::uint64_t hash) const {
  return find_hash(class_hashes_, hash);
}

std::uint32_t CatalogueIndex::platform_by_hash(std::uint64_t hash) const {
  const auto it = std::lower_bound(platform_.begin(), platform_.end(), hash,
                                   [](const PlatformNode& node, std::uint64_t h) { return node.hash < h; });
  if (it == platform_.end() || it->hash != hash) return kNone;
  return static_cast<std::uint32_t>(it - platform_.begin());
}

std::uint32_t CatalogueIndex::override_class_by_hash(std::uint64_t hash) const {
  const auto it = std::lower_bound(override_hashes_.begin(), override_hashes_.end(), hash);
  if (it == override_hashes_.end() || *it != hash) return kNone;
  return static_cast<std::uint32_t>(it - override_hashes_.begin());
}

std::span<const std::uint32_t> CatalogueIndex::native_symbol(std::string_view name) const {
  const auto it = std::lower_bound(natives_.begin(), natives_.end(), name,
                                   [](const NativeSymbol& row, std::string_view n) { return row.name < n; });
  if (it == natives_.end() || it->name != name) return {};
  return it->behaviours;
}

}  // namespace sdkprint
