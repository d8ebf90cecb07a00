#pragma once
// Rows under named columns, printed as aligned text, as NDJSON or as CSV.
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "console.h"

namespace sdkprint::cli {

struct Column {
  const char* key;      ///< of JSON objects and the head of CSV; when empty, the column is in text only
  const char* english;  ///< head of the text; when empty, the column is left out of text
  const char* chinese;
  bool is_number = false;  ///< to the right in text
};

/// A part of a whole: "12.3 %" in text, 0.1234 elsewhere.
struct Share {
  std::uint64_t part = 0, whole = 0;
};

/// A text, a number (fractions with two digits in text), or nothing (null, an empty field, "-").
using Cell = std::variant<std::monostate, std::string, std::uint64_t, std::int64_t, double, Share>;

/// Nothing for an empty text.
Cell cell(std::string text);

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell a column.
  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
  std::size_t size() const { return rows_.size(); }
  /// Drops rows beyond; returns how many.
  std::size_t cut(std::size_t limit);

  /// With a head in the language; numbers to the right, texts escaped for terminals.
  std::string as_text(Language language) const;
  /// One object a line.
  std::string as_ndjson() const;
  /// RFC 4180, lines end with a line feed. A text that a spreadsheet would take for a formula (it begins with
  /// = + - @ TAB CR or LF) gets a single quote in front: names and paths are written by whoever made the app.
  std::string as_csv(bool with_head = true) const;
  /// One of the three, by the value of --format.
  std::string as(const std::string& format, Language language) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

/// --format text|ndjson|csv
void add_table_format_option(cxxopts::Options& options);
std::string table_format(const cxxopts::ParseResult& parsed);

}  // namespace sdkprint::cli
