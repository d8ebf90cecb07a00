#pragma once
// A new SQLite 3 database that appears under its name only when it is whole. The only owner of sqlite3.h.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace sdkprint {

/// For one thread. Everything is one transaction; what is not finished vanishes.
class SqliteFile {
 public:
  /// Writes to "PATH.tmp-PID" beside the file. Throws Error.
  explicit SqliteFile(const std::string& path);
  ~SqliteFile();
  SqliteFile(const SqliteFile&) = delete;
  SqliteFile& operator=(const SqliteFile&) = delete;

  /// SQL without results; may be several statements. Throws Error.
  void run(const char* sql);
  /// Of the last row that was inserted into a table with an integer primary key.
  std::int64_t last_row() const;
  /// Checks foreign keys, commits, writes to disk and gives the file its name, in place of what had it.
  void finish();

 private:
  friend class SqliteInsert;
  [[noreturn]] void fail(const char* while_doing) const;

  std::string path_, temporary_;
  sqlite3* database_ = nullptr;
};

/// INSERT with one row after another: insert(app, sdk, std::nullopt, "text").
class SqliteInsert {
 public:
  SqliteInsert(SqliteFile& file, const char* sql);
  ~SqliteInsert();
  SqliteInsert(const SqliteInsert&) = delete;
  SqliteInsert& operator=(const SqliteInsert&) = delete;

  template <typename... Values>
  void operator()(const Values&... values) {
    int column = 0;
    (bind(++column, values), ...);
    step();
  }

 private:
  void bind(int column, std::int64_t value);
  void bind(int column, std::uint64_t value) { bind(column, static_cast<std::int64_t>(value)); }
  void bind(int column, std::uint32_t value) { bind(column, static_cast<std::int64_t>(value)); }
  void bind(int column, int value) { bind(column, static_cast<std::int64_t>(value)); }
  void bind(int column, bool value) { bind(column, static_cast<std::int64_t>(value ? 1 : 0)); }
  void bind(int column, std::string_view value);
  void bind(int column, const std::string& value) { bind(column, std::string_view(value)); }
  void bind_null(int column);
  template <typename T>
  void bind(int column, const std::optional<T>& value) {
    if (value)
      bind(column, *value);
    else
      bind_null(column);
  }
  void step();

  SqliteFile& file_;
  sqlite3_stmt* statement_ = nullptr;
};

/// NULL for an empty text.
inline std::optional<std::string_view> text_or_null(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace sdkprint
