#include "behaviour/class_hierarchy.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "behaviour/dex_names.h"

namespace sdkprint {
namespace {

/// What is kept takes more memory than it takes in the file.
constexpr std::uint64_t kRowCost = 8;

/// Reads one dex file's classes into `out`.
class ClassReader {
 public:
  ClassReader(const CatalogueIndex& index, const DexFile& dex, ReadBudget& budget, DexClasses& out)
      : index_(index),
        dex_(dex),
        names_(index, dex, budget),
        budget_(budget),
        out_(out),
        object_(descriptor_hash("Ljava/lang/Object;")) {}

  void run() {
    find_declaring_types();
    for (std::uint32_t i = 0; i < dex_.class_count(); ++i) {
      if (names_.out_of_budget() || budget_.members == 0) {
        out_.over_limit = true;
        return;
      }
      try {
        read(dex_.class_def(i));
      } catch (const InputError&) {
        // The use finder reads the class, too, and says what is wrong.
      }
    }
  }

 private:
  bool is_known_method(std::uint32_t string_idx) const {
    const std::uint32_t text = names_.text(string_idx);
    return text != DexNames::kNone && index_.texts()[text].names_method;
  }

  /// Most classes have no method with a name of the catalogue: their class_data need not be decoded.
  void find_declaring_types() {
    may_declare_.resize(dex_.type_count());
    for (std::uint32_t i = 0; i < dex_.method_count(); ++i) {
      const DexMethodId row = dex_.method(i);
      if (row.class_idx < may_declare_.size() && is_known_method(row.name_idx))
        may_declare_[row.class_idx] = true;
    }
  }

  void read(const DexClassDef& def) {
    const std::uint64_t superclass = names_.type_hash(def.superclass_idx);
    if (def.interfaces_off == 0 && superclass == object_) return;
    DexClasses::Class row{
        names_.type_hash(def.class_idx), superclass, size(out_.interfaces), 0, size(out_.declared), 0};
    if (row.hash == 0) return;
    read_interfaces(def.interfaces_off);
    if (def.class_idx < may_declare_.size() && may_declare_[def.class_idx]) read_declared(def.class_data_off);
    row.interfaces_end = size(out_.interfaces);
    row.declared_end = size(out_.declared);
    out_.classes.push_back(row);
  }

  void read_interfaces(std::uint32_t offset) {
    const std::vector<std::uint16_t> interfaces = dex_.type_list(offset);
    ReadBudget::spend(budget_.members, kRowCost * interfaces.size());
    for (const std::uint16_t type : interfaces) out_.interfaces.push_back(names_.type_hash(type));
  }

  void read_declared(std::uint32_t class_data_off) {
    const std::ptrdiff_t begin = static_cast<std::ptrdiff_t>(out_.declared.size());
    dex_.class_data(class_data_off, data_);
    ReadBudget::spend(budget_.members, data_.static_fields.size() + data_.instance_fields.size() +
                                           data_.direct_methods.size() + data_.virtual_methods.size());
    for (const std::vector<DexMethod>* methods : {&data_.direct_methods, &data_.virtual_methods}) {
      for (const DexMethod& method : *methods) {
        const DexMethodId row = dex_.method(method.method_idx);
        if (!is_known_method(row.name_idx)) continue;
        ReadBudget::spend(budget_.members, kRowCost);
        out_.declared.push_back({names_.text(row.name_idx), names_.proto_hash(row.proto_idx)});
      }
    }
    std::sort(out_.declared.begin() + begin, out_.declared.end());
  }

  template <typename T>
  static std::uint32_t size(const std::vector<T>& rows) {
    return static_cast<std::uint32_t>(rows.size());
  }

  const CatalogueIndex& index_;
  const DexFile& dex_;
  DexNames names_;
  ReadBudget& budget_;
  DexClasses& out_;
  const std::uint64_t object_;
  std::vector<bool> may_declare_;  // by type
  DexClassData data_;
};

}  // namespace

DexClasses read_classes(const CatalogueIndex& index, std::span<const DexFile> dexes) {
  DexClasses result;
  if (dexes.empty()) return result;
  ReadBudget budget(dexes.front().file().size());
  for (const DexFile& dex : dexes) {
    try {
      ClassReader(index, dex, budget, result).run();
    } catch (const InputError&) {
      // A table of strings that cannot be read: the use finder reports it.
    }
  }
  return result;
}

ClassHierarchy::ClassHierarchy(const CatalogueIndex& index, std::span<const DexClasses* const> files) {
  add_nodes(index, files);
  add_edges(files);
  find_reach(index);
  edges_.clear();
  edges_.shrink_to_fit();
}

void ClassHierarchy::add_nodes(const CatalogueIndex& index, std::span<const DexClasses* const> files) {
  for (const DexClasses* file : files) {
    const std::uint32_t base = static_cast<std::uint32_t>(declared_.size());
    declared_.insert(declared_.end(), file->declared.begin(), file->declared.end());
    for (const DexClasses::Class& row : file->classes) {
      nodes_.push_back(
          {row.hash, row.superclass, kNone, kNone, base + row.declared_begin, base + row.declared_end});
    }
  }
  const auto less = [](const Node& a, const Node& b) { return a.hash < b.hash; };
  const auto same = [](const Node& a, const Node& b) { return a.hash == b.hash; };
  std::stable_sort(nodes_.begin(), nodes_.end(), less);
  nodes_.erase(std::unique(nodes_.begin(), nodes_.end(), same), nodes_.end());
  for (Node& node : nodes_) {
    node.superclass = find(node.superclass_hash);
    node.class_id = index.class_by_hash(node.hash);
  }
}

/// Also of classes whose name an earlier file defines: one interface too many does less harm than a look-up
/// of each.
void ClassHierarchy::add_edges(std::span<const DexClasses* const> files) {
  for (const DexClasses* file : files) {
    for (const DexClasses::Class& row : file->classes) {
      edges_.push_back({row.superclass, row.hash});
      for (std::uint32_t i = row.interfaces_begin; i < row.interfaces_end; ++i) {
        edges_.push_back({file->interfaces[i], row.hash});
      }
    }
  }
  std::sort(edges_.begin(), edges_.end());
}

/// From each override class along the edges, backwards. A class is entered once for each, so that circles
/// end.
void ClassHierarchy::find_reach(const CatalogueIndex& index) {
  const std::span<const std::uint64_t> targets = index.override_classes();
  std::vector<std::pair<std::uint64_t, std::uint32_t>> reached;  // class, override class
  std::vector<std::uint64_t> open;
  std::vector<std::uint32_t> seen_for(nodes_.size(), kNone);
  for (std::uint32_t target = 0; target < targets.size(); ++target) {
    open.assign(1, targets[target]);
    while (!open.empty()) {
      const std::uint64_t to = open.back();
      open.pop_back();
      for (auto edge = std::lower_bound(edges_.begin(), edges_.end(), Edge{to, 0});
           edge != edges_.end() && edge->to == to; ++edge) {
        if (std::exchange(seen_for[find(edge->from)], target) == target) continue;
        reached.emplace_back(edge->from, target);
        open.push_back(edge->from);
      }
    }
  }
  std::sort(reached.begin(), reached.end());
  reach_words_ = (targets.size() + 63) / 64;
  for (const auto& [hash, target] : reached) {
    if (overriding_.empty() || overriding_.back() != hash) {
      overriding_.push_back(hash);
      reach_.resize(reach_.size() + reach_words_);
    }
    reach_[reach_.size() - reach_words_ + target / 64] |= std::uint64_t{1} << (target % 64);
  }
}

std::uint32_t ClassHierarchy::find(std::uint64_t hash) const {
  const auto it = std::lower_bound(nodes_.begin(), nodes_.end(), hash,
                                   [](const Node& node, std::uint64_t wanted) { return node.hash < wanted; });
  return it == nodes_.end() || it->hash != hash ? kNone : static_cast<std::uint32_t>(it - nodes_.begin());
}

bool ClassHierarchy::declares(const Node& node, std::uint32_t name, std::uint64_t proto) const {
  return std::binary_search(declared_.begin() + node.declared_begin, declared_.begin() + node.declared_end,
                            DexClasses::Declared{name, proto});
}

std::optional<std::uint32_t> ClassHierarchy::overriding(std::uint64_t hash) const {
  const auto it = std::lower_bound(overriding_.begin(), overriding_.end(), hash);
  if (it == overriding_.end() || *it != hash) return std::nullopt;
  return static_cast<std::uint32_t>(it - overriding_.begin());
}

}  // namespace sdkprint
