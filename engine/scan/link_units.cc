#include "scan/link_units.h"

#include <algorithm>

#include "scan/native_scan.h"

namespace sdkprint {
namespace {

class Units {
 public:
  explicit Units(const ContainerFacts* main) : main_(main) {}

  std::vector<LinkUnit> run(const std::vector<ContainerFacts>& containers,
                            const std::vector<EntryFacts>& singles) {
    installed_.is_installed = true;
    if (main_ != nullptr) add_installed(*main_);
    for (const ContainerFacts& container : containers) visit(container, true);
    for (const EntryFacts& single : singles) add_alone(single);
    if (!installed_.files.empty()) units_.insert(units_.begin(), std::move(installed_));
    return std::move(units_);
  }

 private:
  /// "classes2.dex" and so on of one archive, by their numbers; module by module.
  static std::vector<const EntryFacts*> numbered(const ContainerFacts& container) {
    std::vector<const EntryFacts*> files;
    for (const EntryFacts& entry : container.entries) {
      if (entry.code != nullptr && is_numbered(container, entry)) files.push_back(&entry);
    }
    const auto key = [](const EntryFacts* entry) {
      const std::string_view path = entry->path;
      return std::pair(path.substr(0, path.size() - base_name(path).size()), dex_number(base_name(path)));
    };
    std::stable_sort(files.begin(), files.end(),
                     [&](const EntryFacts* a, const EntryFacts* b) { return key(a) < key(b); });
    return files;
  }
  static bool is_numbered(const ContainerFacts& container, const EntryFacts& entry) {
    const std::string_view path = entry.path;
    const std::size_t folder = container.path.empty() ? 0 : container.path.size() + 1;
    const std::string_view name = base_name(path);
    const bool is_at_top = path.size() == folder + name.size();
    const bool is_in_module =
        container.kind == ContainerKind::aab && path.substr(0, path.size() - name.size()).ends_with("/dex/");
    return (is_at_top || is_in_module) && dex_number(name) != 0;
  }

  void add_installed(const ContainerFacts& container) {
    const std::vector<const EntryFacts*> files = numbered(container);
    installed_.files.insert(installed_.files.end(), files.begin(), files.end());
  }

  /// Splits have the main archive's package.
  bool is_part(const ContainerFacts& container, bool may_be_part) const {
    return may_be_part && main_ != nullptr && container.manifest &&
           container.manifest->package == main_->manifest->package;
  }

  void visit(const ContainerFacts& container, bool may_be_part) {
    const bool is_installed = &container == main_ || is_part(container, may_be_part);
    if (is_installed && &container != main_) add_installed(container);
    if (!is_installed) {
      LinkUnit unit;
      unit.files = numbered(container);
      if (!unit.files.empty()) units_.push_back(std::move(unit));
    }
    for (const EntryFacts& entry : container.entries) {
      if (!is_numbered(container, entry)) add_alone(entry);
    }
    const bool is_set = container.kind == ContainerKind::apk_set;
    for (const ContainerFacts& nested : container.nested) visit(nested, may_be_part && is_set);
  }

  void add_alone(const EntryFacts& entry) {
    if (entry.code != nullptr) units_.push_back({{&entry}, false});
  }

  const ContainerFacts* main_;
  LinkUnit installed_;
  std::vector<LinkUnit> units_;
};

}  // namespace

std::uint32_t dex_number(std::string_view name) {
  constexpr std::string_view kBegin = "classes", kEnd = ".dex";
  name = base_name(name);
  if (!name.starts_with(kBegin) || !name.ends_with(kEnd) || name.size() < kBegin.size() + kEnd.size())
    return 0;
  const std::string_view digits = name.substr(kBegin.size(), name.size() - kBegin.size() - kEnd.size());
  if (digits.empty()) return 1;
  if (digits.size() > 6 || digits.front() == '0') return 0;
  std::uint32_t number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return number > 1 ? number : 0;
}

std::vector<LinkUnit> link_units(const std::vector<ContainerFacts>& containers,
                                 const std::vector<EntryFacts>& singles, const ContainerFacts* main) {
  return Units(main).run(containers, singles);
}

}  // namespace sdkprint
