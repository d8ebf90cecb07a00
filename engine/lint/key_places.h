#pragma once
// Where the keys of a record stand. The set knows the places of records and patterns; the lint speaks of any
// key.
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "signature/parser.h"
#include "signature/toml_tree.h"

namespace sdkprint {

/// Reads the documents once more. Immutable.
class KeyPlaces {
 public:
  explicit KeyPlaces(const std::vector<SignatureSource>& sources);

  /// Of the key's value in the record ([[sdk]], [[vendor]]) that stands at `record`, or `record` itself when
  /// the key is absent. `item` picks an item of an array.
  SourcePlace of(const SourcePlace& record, std::string_view key, std::size_t item = kWhole) const;

  /// The key is there and true.
  bool is_true(const SourcePlace& record, std::string_view key) const;

  /// Where the vendor with the id stands.
  SourcePlace vendor(std::string_view id) const;

  /// The ids of SDKs that stand in the documents, sound or not.
  const std::vector<std::string>& sdk_ids() const { return sdk_ids_; }

 private:
  static constexpr std::size_t kWhole = static_cast<std::size_t>(-1);
  using Key = std::tuple<std::string, std::uint32_t, std::uint32_t>;

  const TomlNode* value(const SourcePlace& record, std::string_view key) const;
  void add(const std::string& path, const TomlMember& records);

  std::map<Key, TomlNode> records_;
  std::map<std::string, SourcePlace, std::less<>> vendors_;
  std::vector<std::string> sdk_ids_;
};

}  // namespace sdkprint
