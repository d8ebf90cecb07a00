#include "behaviour/use_finder.h"

#include <algorithm>
#include <utility>

#include "behaviour/method_uses.h"
#include "format/mutf8.h"

namespace sdkprint {
namespace {

constexpr std::size_t kProblemsPerFile = 8;
constexpr std::size_t kNameBytes = 2048;     // of a name; javac and d8 stay below 1 KiB
constexpr std::uint32_t kInterface = 0x200;  // access flag

/// No compiler comes near: a method's branches reach 32 Ki units at most in practice.
constexpr std::size_t kReferencesPerMethod = std::size_t{1} << 16;

/// iget to iget-short, sget to sget-short.
bool reads_field(std::uint8_t opcode) {
  return (opcode >= 0x52 && opcode <= 0x58) || (opcode >= 0x60 && opcode <= 0x66);
}

/// const-class, check-cast.
bool names_class(std::uint8_t opcode) { return opcode == 0x1c || opcode == 0x1f; }

/// What is shared by all dex files of one physical file.
struct Output {
  ReadBudget budget;
  std::size_t limit;
  DexUses result;
  std::size_t broken = 0;
  bool is_over_limit = false;

  /// Once true, nothing more is read of the file.
  bool is_over() {
    if (budget.names == 0) over_limit("names add up to more than the file holds");
    if (budget.members == 0) over_limit("members add up to more than the file holds");
    if (result.uses.size() >= limit || budget.texts == 0) over_limit("more uses than are kept");
    return is_over_limit;
  }
  void over_limit(const std::string& what) {
    if (std::exchange(is_over_limit, true)) return;
    result.problems.push_back({"", "limit", what + "; what follows was not looked at for behaviours", true});
  }
  void broken_part(const InputError& error, const std::string& where) {
    if (++broken > kProblemsPerFile) return;
    result.problems.push_back({"", std::string(name(error.kind())), where + ": " + error.what(), true});
    if (broken == kProblemsPerFile) {
      result.problems.push_back({"", "malformed", "further broken code of this file is not listed", true});
    }
  }
};

class DexWalk {
 public:
  DexWalk(const CatalogueIndex& index, const DexFile& dex, const ClassHierarchy& hierarchy, Output& output)
      : index_(index),
        dex_(dex),
        hierarchy_(hierarchy),
        output_(output),
        references_(index, dex, hierarchy, output.budget),
        methods_(index, references_) {}

  void run();

 private:
  void read_class(const DexClassDef& def);
  void find_overrides(const DexClassDef& def);
  void add_override(const CatalogueIndex::OverrideTarget& target);
  void read_method(const DexMethod& method);
  void collect(Bytes insns);
  bool is_over_budget(const DexCode& code);
  void add(const DexMethod& method, const DexCode& code, const Sighting& sighting);
  void keep(Use use);
  const std::string& class_name();
  std::string method_name(std::uint32_t method_idx);
  std::string item_text(const Sighting& sighting);

  const CatalogueIndex& index_;
  const DexFile& dex_;
  const ClassHierarchy& hierarchy_;
  Output& output_;
  DexReferences references_;
  MethodUses methods_;
  DexClassData data_;
  std::vector<CodeReference> found_;
  std::uint32_t class_type_ = 0;  // of the class being read
  std::string class_name_;        // its name, once it was asked for
  std::string method_name_;       // likewise
};

void DexWalk::run() {
  for (std::uint32_t i = 0; i < dex_.class_count(); ++i) {
    if (output_.is_over()) return;
    try {
      read_class(dex_.class_def(i));
    } catch (const InputError& error) {
      output_.broken_part(error, "class_def " + std::to_string(i));
    }
  }
}

void DexWalk::read_class(const DexClassDef& def) {
  class_type_ = def.class_idx;
  class_name_.clear();
  dex_.class_data(def.class_data_off, data_);
  ReadBudget::spend(output_.budget.members, data_.static_fields.size() + data_.instance_fields.size() +
                                                data_.direct_methods.size() + data_.virtual_methods.size());
  find_overrides(def);
  for (const std::vector<DexMethod>* methods : {&data_.direct_methods, &data_.virtual_methods}) {
    for (const DexMethod& method : *methods) {
      if (method.code_off == 0) continue;
      if (output_.is_over()) return;
      try {
        read_method(method);
      } catch (const InputError& error) {
        output_.broken_part(error, "code of method " + std::to_string(method.method_idx));
      }
    }
  }
}

void DexWalk::find_overrides(const DexClassDef& def) {
  if (index_.override_targets().empty() || (def.access_flags & kInterface) != 0) return;
  const std::optional<std::uint32_t> node =
      hierarchy_.overriding(references_.names().type_hash(def.class_idx));
  if (!node) return;
  for (const CatalogueIndex::OverrideTarget& target : index_.override_targets()) {
    if (hierarchy_.reaches(*node, target.override_class)) add_override(target);
  }
}

void DexWalk::add_override(const CatalogueIndex::OverrideTarget& target) {
  Use use;
  use.behaviour = target.behaviour;
  use.strength = index_.rules()[target.behaviour].lead_only ? UseStrength::lead : UseStrength::confirmed;
  use.via = UseVia::override;
  use.api = target.display;
  use.class_name = class_name();
  if (target.name == CatalogueIndex::kNone) {
    const std::string_view text = dex_.type(class_type_);
    use.offset =
        static_cast<std::uint64_t>(reinterpret_cast<const std::uint8_t*>(text.data()) - dex_.file().data());
    return keep(std::move(use));
  }
  for (const DexMethod& method : data_.virtual_methods) {
    const DexMethodId row = dex_.method(method.method_idx);
    if (references_.names().text(row.name_idx) != target.name) continue;
    if (!target.descriptor.empty() &&
        references_.names().proto_hash(row.proto_idx) != target.descriptor_hash) {
      continue;
    }
    if (output_.is_over()) return;
    use.method = method_name(method.method_idx);
    if (method.code_off != 0) {
      const DexCode code = dex_.code(method.code_off);
      use.offset = code.insns_off;
      use.line = dex_.line(code.debug_info_off, 0, output_.budget.lines);
    }
    keep(use);
  }
}

bool DexWalk::is_over_budget(const DexCode& code) {
  if (code.insns.size() > output_.budget.code) {
    output_.over_limit("instructions add up to more than the file holds (methods share them on purpose?)");
    return true;
  }
  ReadBudget::spend(output_.budget.code, code.insns.size());
  return false;
}

void DexWalk::read_method(const DexMethod& method) {
  const DexCode code = dex_.code(method.code_off);
  if (is_over_budget(code)) return;
  found_.clear();
  try {
    collect(code.insns);
  } catch (const InputError& error) {
    // ART would refuse the class. What stands before is told all the same.
    output_.broken_part(error,
                        output_.broken < kProblemsPerFile ? "code of " + method_name(method.method_idx) : "");
  }
  if (found_.empty()) return;
  method_name_.clear();
  for (const Sighting& sighting : methods_.find(code, found_)) {
    if (output_.is_over()) return;
    add(method, code, sighting);
  }
}

/// The hot loop.
void DexWalk::collect(Bytes insns) {
  InstructionWalker walker(insns);
  Instruction instruction;
  while (walker.next_brief(instruction)) {
    if (!references_.is_marked(instruction)) continue;
    const IndexKind kind = instruction.index_kind;
    if (kind == IndexKind::field && !reads_field(instruction.opcode)) continue;
    if (kind == IndexKind::type && !names_class(instruction.opcode)) continue;
    if (found_.size() == kReferencesPerMethod) {
      return output_.broken_part(
          InputError(InputError::Kind::limit, "more references of interest than any compiler writes"),
          "code at " + std::to_string(insns.data() - dex_.file().data()));
    }
    found_.push_back({instruction.pc, instruction.index, kind, instruction.opcode});
  }
}

void DexWalk::add(const DexMethod& method, const DexCode& code, const Sighting& sighting) {
  if (method_name_.empty()) method_name_ = method_name(method.method_idx);
  Use use;
  use.behaviour = sighting.behaviour;
  use.strength = sighting.strength;
  use.via = sighting.via;
  if (sighting.member != CatalogueIndex::kNone) use.api = index_.member(sighting.member).display;
  // Reflection was told no types that could be read.
  if (sighting.via == UseVia::reflection) use.api.resize(std::min(use.api.find(':'), use.api.size()));
  use.item = item_text(sighting);
  use.class_name = class_name();
  use.method = method_name_;
  use.pc = sighting.pc;
  use.line = dex_.line(code.debug_info_off, sighting.pc, output_.budget.lines);
  use.offset = std::uint64_t{code.insns_off} + std::uint64_t{sighting.pc} * 2;
  keep(std::move(use));
}

void DexWalk::keep(Use use) {
  ReadBudget::spend(output_.budget.texts, sizeof(Use) + use.api.size() + use.item.size() +
                                              use.class_name.size() + use.method.size());
  output_.result.uses.push_back(std::move(use));
}

std::string DexWalk::item_text(const Sighting& sighting) {
  const std::uint32_t item = static_cast<std::uint32_t>(sighting.item);
  switch (sighting.item_kind) {
    case Sighting::Item::text:
      return index_.texts()[item].text;
    case Sighting::Item::member:
      return index_.member(item).display;
    case Sighting::Item::method:
      return method_name(item);
    case Sighting::Item::integer:
      return std::to_string(sighting.item);
    case Sighting::Item::none:
      break;
  }
  return {};
}

/// Dotted.
const std::string& DexWalk::class_name() {
  if (!class_name_.empty()) return class_name_;
  const std::string name = references_.names().type_name(class_type_, kNameBytes);
  std::string_view descriptor = name;
  if (descriptor.starts_with('L') && descriptor.ends_with(';')) {
    descriptor = descriptor.substr(1, descriptor.size() - 2);
  }
  class_name_ = mutf8_to_utf8(descriptor);
  std::replace(class_name_.begin(), class_name_.end(), '/', '.');
  return class_name_;
}

std::string DexWalk::method_name(std::uint32_t method_idx) {
  const std::string name = references_.names().method_name(method_idx, kNameBytes);
  return mutf8_to_utf8(std::string_view(name).substr(0, 2 * kNameBytes));
}

}  // namespace

DexUses find_uses(const CatalogueIndex& index, std::span<const DexFile> dexes,
                  const ClassHierarchy& hierarchy, std::size_t limit) {
  Output output{ReadBudget(dexes.empty() ? 0 : dexes.front().file().size()), limit, {}};
  for (const DexFile& dex : dexes) {
    try {
      DexWalk(index, dex, hierarchy, output).run();
    } catch (const InputError& error) {
      output.broken_part(error, "tables");
    }
  }
  return std::move(output.result);
}

}  // namespace sdkprint
