#include "behaviour/app_classes.h"

#include <algorithm>

#include "format/mutf8.h"

namespace sdkprint {
namespace {

constexpr std::size_t kTextBytes = 4096;

/// Mixes what makes a signature, so that order counts.
std::uint64_t mix(std::uint64_t hash, std::uint64_t next) {
  hash = (hash ^ next) * 0x9e3779b97f4a7c15;
  return hash ^ hash >> 29;
}

/// The types of "(IJLa/B;[Z)V" one by one, the returned one last.
std::vector<std::uint64_t> type_hashes(std::string_view descriptor) {
  std::vector<std::uint64_t> result;
  for (std::size_t i = 1; i < descriptor.size();) {
    if (descriptor[i] == ')') {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (descriptor[i] == '[') ++i;
    i = descriptor[i] == 'L' ? descriptor.find(';', i) + 1 : i + 1;
    result.push_back(descriptor_hash(descriptor.substr(begin, i - begin)));
  }
  return result;
}

}  // namespace

AppClasses::AppClasses(std::span<const CodeFacts* const> files) {
  add_units(files);
  std::vector<std::uint64_t> hashes;
  hashes.reserve(classes_.size());
  for (const Class& row : classes_) hashes.push_back(row.hash);
  by_hash_ = HashIndex(hashes);
  for (Unit& unit : units_) join(unit);
  for (std::uint32_t i = 0; i < classes_.size(); ++i) {
    Class& row = classes_[i];
    row.superclass = find(row.superclass_hash);
    row.is_shadowed = find(row.hash) != i;
  }
  signatures_.reserve(methods_.size());
  for (Unit& unit : units_) sign(unit);
  find_subclasses();
}

void AppClasses::add_units(std::span<const CodeFacts* const> files) {
  std::size_t methods = 0;
  for (const CodeFacts* file : files) {
    for (const DexFacts& dex : file->dexes) methods += dex.methods.size();
  }
  methods_.reserve(methods);
  for (std::uint32_t file = 0; file < files.size(); ++file) {
    for (const DexFacts& dex : files[file]->dexes) {
      units_.push_back({&dex, file, static_cast<std::uint32_t>(methods_.size()), size(), {}, {}, {}});
      add_classes(static_cast<std::uint32_t>(units_.size() - 1));
    }
  }
}

void AppClasses::add_classes(std::uint32_t unit) {
  const DexFacts& facts = *units_[unit].facts;
  std::uint32_t method = 0;
  for (std::uint32_t i = 0; i < facts.classes.size(); ++i) {
    const DexFacts::Class& row = facts.classes[i];
    const std::uint32_t first = units_[unit].first_method;
    const std::uint64_t superclass = row.superclass == kNone ? 0 : facts.type_hashes[row.superclass];
    classes_.push_back({facts.type_hashes[row.type], unit, i, kNone, superclass, first + method,
                        first + row.methods_end, row.access_flags, false});
    for (; method < row.methods_end; ++method) {
      methods_.push_back({size() - 1, unit, facts.methods[method].id, facts.methods[method].flags});
    }
  }
}

void AppClasses::join(Unit& unit) {
  const DexFacts& facts = *unit.facts;
  unit.class_of_type.reserve(facts.type_hashes.size());
  for (const std::uint64_t hash : facts.type_hashes) unit.class_of_type.push_back(find(hash));
  unit.method_of_id.assign(facts.method_ids.size(), kNone);
  // Backwards, so that of two definitions the first counts.
  for (std::size_t i = facts.methods.size(); i-- > 0;) {
    unit.method_of_id[facts.methods[i].id] = unit.first_method + static_cast<std::uint32_t>(i);
  }
}

void AppClasses::sign(Unit& unit) {
  const DexFacts& facts = *unit.facts;
  unit.protos.reserve(facts.protos.size());
  std::uint32_t parameter = 0;
  for (const DexFacts::Proto& proto : facts.protos) {
    std::uint64_t hash = 1;
    for (; parameter < proto.parameters_end; ++parameter) {
      hash = mix(hash, facts.type_hashes[facts.parameters[parameter]]);
    }
    unit.protos.push_back(proto.return_type == kNone ? 0 : mix(hash, facts.type_hashes[proto.return_type]));
  }
  for (const DexFacts::Method& method : facts.methods) signatures_.push_back(signature(unit, method.id));
}

std::uint64_t AppClasses::signature(const Unit& unit, std::uint32_t id) const {
  const DexFacts::MethodId& row = unit.facts->method_ids[id];
  if (row.name == kNone || row.proto >= unit.protos.size() || unit.protos[row.proto] == 0) return 0;
  return mix(unit.protos[row.proto], unit.facts->name_hashes[row.name]);
}

std::uint64_t AppClasses::signature(std::uint64_t name_hash, std::string_view descriptor) {
  std::uint64_t hash = 1;
  for (const std::uint64_t type : type_hashes(descriptor)) hash = mix(hash, type);
  return mix(hash, name_hash);
}

std::span<const std::uint32_t> AppClasses::interfaces(std::uint32_t index) const {
  const Class& row = classes_[index];
  const DexFacts& facts = *units_[row.unit].facts;
  const std::uint32_t begin = row.row == 0 ? 0 : facts.classes[row.row - 1].interfaces_end;
  return std::span(facts.interfaces).subspan(begin, facts.classes[row.row].interfaces_end - begin);
}

void AppClasses::find_subclasses() {
  subclasses_begin_.assign(classes_.size() + 1, 0);
  const auto for_each_edge = [&](auto visit) {
    for (std::uint32_t i = 0; i < classes_.size(); ++i) {
      if (classes_[i].is_shadowed) continue;
      for_each_supertype(i, [&](std::uint64_t, std::uint32_t to) {
        if (to != kNone && to != i) visit(i, to);
      });
    }
  };
  for_each_edge([&](std::uint32_t, std::uint32_t to) { ++subclasses_begin_[to + 1]; });
  for (std::size_t i = 1; i < subclasses_begin_.size(); ++i) subclasses_begin_[i] += subclasses_begin_[i - 1];
  subclasses_.resize(subclasses_begin_.back());
  std::vector<std::uint32_t> next(subclasses_begin_.begin(), subclasses_begin_.end() - 1);
  for_each_edge([&](std::uint32_t from, std::uint32_t to) { subclasses_[next[to]++] = from; });
}

std::span<const std::uint32_t> AppClasses::subclasses(std::uint32_t index) const {
  return std::span(subclasses_)
      .subspan(subclasses_begin_[index], subclasses_begin_[index + 1] - subclasses_begin_[index]);
}

std::uint32_t AppClasses::declared(std::uint32_t index, std::uint64_t signature, std::uint64_t& steps) const {
  const Class& row = classes_[index];
  steps += 1 + (row.methods_end - row.methods_begin) / 16;
  const auto begin = signatures_.begin() + row.methods_begin, end = signatures_.begin() + row.methods_end;
  const auto it = std::find(begin, end, signature);
  return it == end || signature == 0 ? kNone : static_cast<std::uint32_t>(it - signatures_.begin());
}

std::uint32_t AppClasses::resolve(std::uint32_t index, std::uint64_t signature, std::uint64_t& steps) const {
  std::uint32_t at = index;
  for (int depth = 0; at != kNone && depth < kMaxDepth; ++depth) {
    const std::uint32_t found = declared(at, signature, steps);
    if (found != kNone) return found;
    at = classes_[at].superclass;
  }
  return resolve_default(index, signature, steps);
}

/// Breadth first over all interfaces; circles and large families end with the number of classes looked at.
std::uint32_t AppClasses::resolve_default(std::uint32_t index, std::uint64_t signature,
                                          std::uint64_t& steps) const {
  constexpr std::size_t kMaxTypes = 256;
  std::uint32_t open[kMaxTypes] = {index};
  std::size_t count = 1;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0 && (classes_[open[i]].access_flags & 0x200) != 0) {
      const std::uint32_t found = declared(open[i], signature, steps);
      if (found != kNone && (method(found).flags & DexFacts::kHasCode) != 0) return found;
    }
    for_each_supertype(open[i], [&](std::uint64_t, std::uint32_t to) {
      if (to == kNone || count == kMaxTypes || std::find(open, open + count, to) != open + count) return;
      open[count++] = to;
    });
    steps += count / 8;
  }
  return kNone;
}

std::string_view AppClasses::name(std::uint32_t method) const {
  const Unit& unit = unit_of_method(method);
  const std::uint32_t name = unit.facts->method_ids[this->method(method).id].name;
  return name == kNone ? std::string_view() : unit.facts->name_text(name);
}

std::string AppClasses::text(std::uint32_t method) const {
  return printable_method(*unit_of_method(method).facts, this->method(method).id);
}

std::string printable_method(const DexFacts& facts, std::uint32_t id) {
  std::string text = facts.method_text(id);
  if (text.size() > kTextBytes) text.resize(kTextBytes);
  const bool is_ascii = std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
  return is_ascii ? text : mutf8_to_utf8(text);
}

}  // namespace sdkprint
