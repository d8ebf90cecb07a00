#include "table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "report/display.h"

namespace sdkprint::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string rounded(double number, int digits) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*f", digits, number);
  return text;
}

double value_of(const Share& share) {
  return share.whole == 0 ? 0 : static_cast<double>(share.part) / static_cast<double>(share.whole);
}

/// A number as it stands in text and CSV; nothing for what is none.
std::optional<std::string> whole_number(const Cell& cell) {
  if (const std::uint64_t* number = std::get_if<std::uint64_t>(&cell)) return std::to_string(*number);
  if (const std::int64_t* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  return std::nullopt;
}

std::string as_shown(const Cell& cell) {
  if (const std::string* text = std::get_if<std::string>(&cell)) return escape_for_terminal(*text);
  if (const double* number = std::get_if<double>(&cell)) return rounded(*number, 2);
  if (const Share* share = std::get_if<Share>(&cell))
    return share->whole == 0 ? "-" : rounded(value_of(*share) * 100, 1) + " %";
  return whole_number(cell).value_or("-");
}

/// What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), quoted or not.
bool looks_like_formula(const std::string& text) {
  return !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
}

void append_csv_text(const std::string& text, std::string& out) {
  const char* const mark = looks_like_formula(text) ? "'" : "";
  const auto needs_quotes = [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; };
  if (std::none_of(text.begin(), text.end(), needs_quotes)) {
    out.append(mark).append(text);
    return;
  }
  out.append("\"").append(mark);
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  out += '"';
}

void append_csv_field(const Cell& cell, std::string& out) {
  if (const std::string* text = std::get_if<std::string>(&cell))
    append_csv_text(*text, out);
  else if (const double* number = std::get_if<double>(&cell))
    out += rounded(*number, 4);
  else if (const Share* share = std::get_if<Share>(&cell))
    out += rounded(value_of(*share), 4);
  else
    out += whole_number(cell).value_or("");
}

/// Four digits, as CSV has them.
double to_four_digits(double number) { return std::round(number * 1e4) / 1e4; }

Json as_json(const Cell& cell) {
  if (const std::string* text = std::get_if<std::string>(&cell)) return *text;
  if (const std::uint64_t* number = std::get_if<std::uint64_t>(&cell)) return *number;
  if (const std::int64_t* number = std::get_if<std::int64_t>(&cell)) return *number;
  if (const double* number = std::get_if<double>(&cell)) return to_four_digits(*number);
  if (const Share* share = std::get_if<Share>(&cell)) return to_four_digits(value_of(*share));
  return nullptr;
}

}  // namespace

Cell cell(std::string text) { return text.empty() ? Cell() : Cell(std::move(text)); }

std::string Table::as_text(Language language) const {
  std::vector<std::string> lines(rows_.size() + 1);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    if (*column.english == '\0') continue;
    std::vector<std::string> cells = {language == Language::chinese ? column.chinese : column.english};
    for (const std::vector<Cell>& row : rows_) cells.push_back(as_shown(row[i]));
    std::size_t width = 0;
    for (const std::string& one : cells) width = std::max(width, display_width(one));
    for (std::size_t n = 0; n < lines.size(); ++n) {
      lines[n] += lines[n].empty() ? "" : "  ";
      lines[n] += column.is_number ? pad_left(cells[n], width) : pad_right(cells[n], width);
    }
  }
  std::string out;
  for (std::string& line : lines) {
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::size_t Table::cut(std::size_t limit) {
  const std::size_t more = rows_.size() - std::min(rows_.size(), limit);
  rows_.resize(rows_.size() - more);
  return more;
}

std::string Table::as_ndjson() const {
  std::string out;
  for (const std::vector<Cell>& row : rows_) {
    Json json = Json::object();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (*columns_[i].key != '\0') json[columns_[i].key] = as_json(row[i]);
    }
    out += json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  return out;
}

std::string Table::as_csv(bool with_head) const {
  std::string out, separator;
  for (const Column& column : columns_) {
    if (*column.key == '\0' || !with_head) continue;
    out += separator + column.key;
    separator = ",";
  }
  if (with_head) out += "\n";
  for (const std::vector<Cell>& row : rows_) {
    bool is_first = true;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (*columns_[i].key == '\0') continue;
      if (!is_first) out += ',';
      is_first = false;
      append_csv_field(row[i], out);
    }
    out += "\n";
  }
  return out;
}

std::string Table::as(const std::string& format, Language language) const {
  if (format == "ndjson") return as_ndjson();
  return format == "csv" ? as_csv() : as_text(language);
}

void add_table_format_option(cxxopts::Options& options) {
  options.add_options()("format", "text, ndjson, csv", cxxopts::value<std::string>()->default_value("text"),
                        "FORMAT");
}

std::string table_format(const cxxopts::ParseResult& parsed) {
  return one_of(parsed, "format", {"text", "ndjson", "csv"});
}

}  // namespace sdkprint::cli
