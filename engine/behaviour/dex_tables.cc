#include "behaviour/dex_tables.h"

#include <algorithm>
#include <cstring>

namespace sdkprint {
namespace {

constexpr std::size_t kNameBytes = 2048;     // of a name; javac and d8 stay below 1 KiB
constexpr std::size_t kMaxParameters = 255;  // a method takes no more

/// Packages of the boot class path. Those below them that apps bring along are taken out again.
constexpr std::string_view kPlatformPackages[] = {"Ljava/",
                                                  "Landroid/",
                                                  "Ldalvik/",
                                                  "Llibcore/",
                                                  "Lsun/",
                                                  "Lorg/json/",
                                                  "Ljavax/crypto/",
                                                  "Ljavax/net/",
                                                  "Ljavax/xml/",
                                                  "Lorg/w3c/",
                                                  "Lorg/xml/sax/",
                                                  "Lorg/xmlpull/v1/",
                                                  "Ljavax/security/",
                                                  "Ljavax/sql/",
                                                  "Lorg/apache/http/",
                                                  "Lcom/android/internal/",
                                                  "Ljavax/microedition/"};
constexpr std::string_view kLibraryPackages[] = {"Landroid/support/", "Landroid/arch/",
                                                 "Landroid/databinding/"};

/// `text` has three letters or more.
bool starts_with_any(std::string_view text, std::span<const std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) {
    // Most are told apart by their second letter.
    return text[1] == prefix[1] && text[2] == prefix[2] && text.starts_with(prefix);
  });
}

std::uint32_t size32(std::size_t size) { return static_cast<std::uint32_t>(size); }

}  // namespace

bool is_platform_name(std::string_view descriptor) {
  if (descriptor.size() < 3 || std::strchr("jadlsoc", descriptor[1]) == nullptr) return false;
  return starts_with_any(descriptor, kPlatformPackages) && !starts_with_any(descriptor, kLibraryPackages);
}

DexTables::DexTables(const DexFile& dex, const DexMethods* methods, DexFacts& facts, ReadBudget& budget,
                     ReadLog& log)
    : dex_(dex), known_(methods), facts_(facts), budget_(budget), log_(log) {
  read_types();
  read_protos();
  read_classes();
  read_method_ids();
  find_initializers();
}

/// Appends a text, cut; its hash is that of what is kept, so that it can be told again from the text alone.
std::uint64_t DexTables::add_text(std::string_view text, std::vector<std::uint32_t>& ends) {
  text = text.substr(0, kNameBytes);
  if (facts_.text.size() + text.size() > 2 * dex_.file().size()) {
    log_.over_limit("names add up to more than the file holds");
    text = {};
  }
  facts_.text += text;
  ends.push_back(size32(facts_.text.size()));
  return text.empty() ? 0 : descriptor_hash(text);
}

void DexTables::read_types() {
  const std::uint32_t count = dex_.type_count();
  facts_.type_ends.reserve(count), facts_.type_hashes.reserve(count);
  of_app_.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    std::string_view descriptor;
    try {
      descriptor = dex_.type(i);
    } catch (const InputError&) {
      // A type without a name is no type of the catalogue, and no class of the app.
    }
    ReadBudget::spend(budget_.names, descriptor.size() + 1);
    if (budget_.names == 0) log_.over_limit("names add up to more than the file holds");
    if (log_.is_over_limit()) descriptor = {};
    of_app_[i] = descriptor.starts_with('L') && !is_platform_name(descriptor);
    facts_.type_hashes.push_back(add_text(descriptor, facts_.type_ends));
  }
}

void DexTables::read_protos() {
  facts_.protos.reserve(dex_.proto_count());
  for (std::uint32_t i = 0; i < dex_.proto_count(); ++i) {
    const DexProtoId row = dex_.proto(i);
    std::uint32_t return_type = row.return_type_idx < facts_.type_ends.size() ? row.return_type_idx : kNone;
    try {
      const Bytes list = dex_.type_list_bytes(row.parameters_off);
      const std::size_t count = list.size() / sizeof(std::uint16_t);
      ReadBudget::spend(budget_.names, list.size());
      if (count > kMaxParameters || budget_.names == 0) return_type = kNone;
      for (std::size_t j = 0; j < count && return_type != kNone; ++j) {
        std::uint16_t type;
        std::memcpy(&type, list.data() + j * sizeof type, sizeof type);
        if (type >= facts_.type_ends.size()) return_type = kNone;
        facts_.parameters.push_back(type);
      }
    } catch (const InputError&) {
      return_type = kNone;
    }
    if (return_type == kNone)
      facts_.parameters.resize(facts_.protos.empty() ? 0 : facts_.protos.back().parameters_end);
    facts_.protos.push_back({return_type, size32(facts_.parameters.size())});
  }
}

void DexTables::read_classes() {
  class_of_type_.assign(dex_.type_count(), kNone);
  method_of_id_.assign(dex_.method_count(), kNone);
  facts_.classes.reserve(dex_.class_count());
  facts_.methods.reserve(dex_.method_count());
  code_offsets_.reserve(dex_.method_count());
  for (std::uint32_t i = 0; i < dex_.class_count(); ++i) {
    if (budget_.members == 0) log_.over_limit("members add up to more than the file holds");
    if (log_.is_over_limit()) return;
    try {
      read_class(i, dex_.class_def(i));
    } catch (const InputError& error) {
      log_.broken_part(error, "class_def " + std::to_string(i));
    }
  }
}

void DexTables::read_class(std::uint32_t number, const DexClassDef& def) {
  const std::string_view descriptor = dex_.type(def.class_idx);
  const Bytes interfaces = dex_.type_list_bytes(def.interfaces_off);
  const DexMethods* methods = known_;
  if (methods == nullptr || !methods->rows[number].is_known) {
    decoded_.rows.clear(), decoded_.methods.clear();
    dex_.class_methods(def.class_data_off, decoded_);
    methods = &decoded_;
  }
  const std::size_t row = methods == known_ ? number : 0;
  const std::span<const DexMethod> direct = methods->direct(row), virtuals = methods->virtuals(row);
  ReadBudget::spend(budget_.members,
                    interfaces.size() * 4 + methods->rows[row].field_count + direct.size() + virtuals.size());
  for (std::size_t i = 0; i + 1 < interfaces.size(); i += sizeof(std::uint16_t)) {
    std::uint16_t type;
    std::memcpy(&type, interfaces.data() + i, sizeof type);
    if (type < class_of_type_.size()) facts_.interfaces.push_back(type);
  }
  add_methods(direct, true);
  add_methods(virtuals, false);
  if (class_of_type_[def.class_idx] == kNone) class_of_type_[def.class_idx] = size32(facts_.classes.size());
  of_app_[def.class_idx] = true;
  facts_.classes.push_back(
      {def.class_idx, def.superclass_idx < class_of_type_.size() ? def.superclass_idx : kNone,
       def.access_flags,
       size32(static_cast<std::size_t>(reinterpret_cast<const std::uint8_t*>(descriptor.data()) -
                                       dex_.file().data())),
       size32(facts_.interfaces.size()), size32(facts_.methods.size())});
}

void DexTables::add_methods(std::span<const DexMethod> methods, bool is_direct) {
  constexpr std::uint32_t kAccessFlags = 0x3ffff;
  for (const DexMethod& method : methods) {
    if (method_of_id_[method.method_idx] == kNone) {
      method_of_id_[method.method_idx] = size32(facts_.methods.size());
    }
    std::uint32_t flags = method.access_flags & kAccessFlags;
    if (is_direct) flags |= DexFacts::kIsDirect;
    if (method.code_off != 0) flags |= DexFacts::kHasCode;
    facts_.methods.push_back({method.method_idx, flags, 0});
    code_offsets_.push_back(method.code_off);
  }
}

/// Names are read in the order of their strings, which is that of the file, and not in that of the methods,
/// which jumps about in it.
void DexTables::read_method_ids() {
  name_ids_.assign(dex_.string_count(), kNone);
  std::vector<std::uint8_t> is_wanted(dex_.string_count());
  facts_.method_ids.resize(dex_.method_count());
  // Spans: members would be read anew after each byte that is written.
  const std::span<DexFacts::MethodId> ids = facts_.method_ids;
  const std::span<std::uint8_t> wanted = is_wanted;
  const std::span<const std::uint8_t> of_app = of_app_;
  const std::span<const std::uint32_t> method_of_id = method_of_id_;
  dex_.for_each_method([=](std::uint32_t i, const DexMethodId& row) {
    const bool is_of_app = row.class_idx < of_app.size() && of_app[row.class_idx] != 0;
    const bool keeps_name = (is_of_app || method_of_id[i] != kNone) && row.name_idx < wanted.size();
    // For now the name's string.
    ids[i] = {row.class_idx, row.proto_idx, keeps_name ? row.name_idx : kNone};
    if (keeps_name) wanted[row.name_idx] = 1;
  });
  for (std::uint32_t i = 0; i < is_wanted.size(); ++i) {
    if (is_wanted[i] != 0) name_id(i);
  }
  for (DexFacts::MethodId& row : ids) {
    if (row.name != kNone) row.name = name_ids_[row.name];
  }
}

void DexTables::keep_name(std::uint32_t method_idx) {
  facts_.method_ids[method_idx].name = name_id(dex_.method(method_idx).name_idx);
}

std::uint32_t DexTables::name_id(std::uint32_t string_idx) {
  if (string_idx >= name_ids_.size()) return kNone;
  std::uint32_t& id = name_ids_[string_idx];
  if (id != kNone) return id;
  std::string_view text;
  try {
    text = dex_.string(string_idx);
  } catch (const InputError&) {
    // A name that cannot be read names nothing.
  }
  ReadBudget::spend(budget_.names, text.size() + 1);
  if (budget_.names == 0) log_.over_limit("names add up to more than the file holds");
  if (log_.is_over_limit()) text = {};
  id = size32(facts_.name_ends.size());
  facts_.name_hashes.push_back(add_text(text, facts_.name_ends));
  return id;
}

void DexTables::find_initializers() {
  const std::uint64_t wanted = descriptor_hash("<clinit>");
  has_initializer_.assign(facts_.classes.size(), 0);
  std::uint32_t method = 0;
  for (std::size_t i = 0; i < facts_.classes.size(); ++i) {
    for (; method < facts_.classes[i].methods_end; ++method) {
      constexpr std::uint32_t kStatic = 0x8;
      const DexFacts::Method& row = facts_.methods[method];
      if ((row.flags & DexFacts::kIsDirect) == 0 || (row.flags & kStatic) == 0) continue;
      const std::uint32_t name = facts_.method_ids[row.id].name;
      if (name != kNone && facts_.name_hashes[name] == wanted) has_initializer_[i] = 1;
    }
  }
}

bool DexTables::may_initialize(std::uint32_t type) const {
  constexpr int kMaxDepth = 16;
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    if (!may_be_of_app(type)) return false;
    const std::uint32_t index = class_of_type(type);
    if (index == kNone || has_initializer_[index] != 0) return true;
    type = facts_.classes[index].superclass;
  }
  return true;
}

}  // namespace sdkprint
