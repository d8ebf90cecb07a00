#pragma once
// Typed access to a TOML table: every wrong type, unknown key and missing key becomes a diagnostic at its
// place, and the caller goes on with a default.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "signature/pattern_rules.h"
#include "signature/toml_tree.h"

namespace sdkprint {

/// Where complaints about one file go.
class FileComplaints {
 public:
  FileComplaints(std::string file, std::vector<Diagnostic>& diagnostics)
      : file_(std::move(file)), diagnostics_(&diagnostics) {}

  SourcePlace place(const TomlNode& node) const { return {file_, node.line, node.column}; }
  SourcePlace place(const TomlMember& key) const { return {file_, key.line, key.column}; }

  void add(SourcePlace place, std::string message, std::string hint = "",
           std::string_view code = code::kSchema) {
    diagnostics_->push_back({std::move(place), std::move(message), std::move(hint), code});
  }
  /// Adds the objection, if there is one; true when there was none.
  bool accept(const SourcePlace& place, const Verdict& verdict);

  /// Grows with each complaint: compare before and after to know whether something was sound.
  std::size_t count() const { return diagnostics_->size(); }
  const std::string& file() const { return file_; }

 private:
  std::string file_;
  std::vector<Diagnostic>* diagnostics_;
};

struct PlacedText {
  std::string text;
  SourcePlace place;
};

/// Borrows the table and the complaints.
class TableReader {
 public:
  /// `where` names the table in messages: "[sdk.defined]". Complains at once of keys that are not in `keys`.
  TableReader(FileComplaints& complaints, const TomlNode& table, std::string where,
              std::span<const std::string_view> keys);

  const TomlMember* find(std::string_view key) const;
  /// Complains at the table's place when the key is missing.
  const TomlMember* require(std::string_view key) const;

  /// Absent, or wrong and complained of: nullopt. Texts are printable, not empty, without blanks at the ends,
  /// at most 512 bytes.
  std::optional<PlacedText> text(std::string_view key) const;
  std::optional<PlacedText> required_text(std::string_view key) const;
  /// "https://…", no blanks.
  std::optional<PlacedText> url(std::string_view key) const;
  /// ^[a-z0-9]+(-[a-z0-9]+)*$
  std::optional<PlacedText> identifier(std::string_view key) const;
  std::optional<PlacedText> required_identifier(std::string_view key) const;
  bool boolean(std::string_view key, bool otherwise) const;
  std::uint32_t number(std::string_view key, std::uint32_t otherwise, std::uint32_t least) const;
  /// An array of texts without repetition.
  std::vector<PlacedText> texts(std::string_view key) const;
  std::vector<PlacedText> identifiers(std::string_view key) const;
  /// An index into `words`.
  std::optional<std::size_t> word(std::string_view key, std::span<const std::string_view> words) const;
  /// The tables of an array of tables ([[sdk.version]]), each to be read with a TableReader of its own.
  std::vector<const TomlNode*> tables(std::string_view key) const;
  /// The table under a key ([sdk.patterns]).
  const TomlNode* table(std::string_view key) const;

  SourcePlace place() const { return complaints_->place(*table_); }
  FileComplaints& complaints() const { return *complaints_; }
  const std::string& where() const { return where_; }

 private:
  bool has_kind(const TomlMember& member, TomlNode::Kind kind, std::string_view expected) const;
  std::optional<PlacedText> checked_text(const TomlNode& value, std::string_view key) const;
  bool check_identifier(const PlacedText& text) const;

  FileComplaints* complaints_;
  const TomlNode* table_;
  std::string where_;
};

}  // namespace sdkprint
