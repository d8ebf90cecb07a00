#pragma once
// Which strings of a dex file the catalogue knows. string_ids are sorted (ART refuses a file where they are
// not), so that all of the catalogue's texts are found by one search that halves both tables, without reading
// most strings.
#include <span>
#include <string>
#include <vector>

#include "behaviour/catalogue_index.h"
#include "behaviour/read_budget.h"
#include "format/dex.h"

namespace sdkprint {

/// Borrows index, dex and budget; belongs to one thread (hashes are remembered as they are asked for).
class DexNames {
 public:
  static constexpr std::uint32_t kNone = CatalogueIndex::kNone;

  DexNames(const CatalogueIndex& index, const DexFile& dex, ReadBudget& budget);

  /// The catalogue's text that string `string_idx` is, or kNone. Any index will do.
  std::uint32_t text(std::uint32_t string_idx) const {
    return string_idx < texts_.size() ? texts_[string_idx] : kNone;
  }
  /// A string that is one of the catalogue's texts.
  struct Found {
    std::uint32_t string, text;
  };
  std::span<const Found> found() const { return found_; }
  /// The text that a type's descriptor is, or kNone. Any index will do.
  std::uint32_t type_text(std::uint32_t type_idx) const {
    return type_idx < dex_.type_count() ? text(dex_.type_string_idx(type_idx)) : kNone;
  }
  /// The catalogue's class that a type is, or kNone.
  std::uint32_t class_of_type(std::uint32_t type_idx) const {
    const std::uint32_t text = type_text(type_idx);
    return text == kNone ? kNone : index_.texts()[text].class_descriptor;
  }

  /// Identity of a descriptor; 0 when it cannot be read, or when the budget for names is used up.
  std::uint64_t type_hash(std::uint32_t type_idx);
  std::uint64_t proto_hash(std::uint32_t proto_idx);
  /// dexdump's notation in MUTF-8, cut when it is far longer than `limit`: parts of a hostile name may each
  /// be as long as the file. Throws InputError on bad indexes.
  std::string method_name(std::uint32_t method_idx, std::size_t limit);
  std::string type_name(std::uint32_t type_idx, std::size_t limit);
  bool out_of_budget() const { return budget_.names == 0; }

 private:
  bool append(std::string_view text, std::size_t limit, std::string& out);
  bool append_descriptor(std::uint32_t proto_idx, std::size_t limit, std::string& out);
  void search(std::uint32_t first_text, std::uint32_t last_text, std::uint32_t first, std::uint32_t last);

  const CatalogueIndex& index_;
  const DexFile& dex_;
  ReadBudget& budget_;
  std::vector<Found> found_;
  std::vector<std::uint32_t> texts_;                       // by string_idx
  std::vector<std::uint64_t> type_hashes_, proto_hashes_;  // 0: not asked for yet
};

}  // namespace sdkprint
