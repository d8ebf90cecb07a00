#include "query/sqlite_file.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/error.h"

namespace sdkprint {
namespace {

/// To disk, so that the name never stands for half a file.
bool sync(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool is_synced = ::fsync(file) == 0;
  const int code = errno;
  ::close(file);
  errno = code;
  return is_synced;
}

}  // namespace

SqliteFile::SqliteFile(const std::string& path)
    : path_(path), temporary_(path + ".tmp-" + std::to_string(::getpid())) {
  ::unlink(temporary_.c_str());
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(temporary_.c_str(), &database_, flags, nullptr) != SQLITE_OK) {
    const std::string why = database_ != nullptr ? sqlite3_errmsg(database_) : "out of memory";
    sqlite3_close(database_);
    throw Error(path_ + ": cannot be made: " + why + "; name a file in a folder that can be written to");
  }
  try {
    // Nobody reads the file before it has its name, so a crash may spoil it: no journal; finish() syncs.
    run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN");
  } catch (...) {
    sqlite3_close(database_);
    ::unlink(temporary_.c_str());
    throw;
  }
}

SqliteFile::~SqliteFile() {
  if (database_ == nullptr) return;
  sqlite3_close(database_);
  ::unlink(temporary_.c_str());
}

void SqliteFile::fail(const char* while_doing) const {
  throw Error(path_ + ": " + while_doing + ": " + sqlite3_errmsg(database_) +
              "; nothing was left there (is the disk full?)");
}

void SqliteFile::run(const char* sql) {
  if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail("writing");
}

std::int64_t SqliteFile::last_row() const { return sqlite3_last_insert_rowid(database_); }

void SqliteFile::finish() {
  // Off while rows come in any order; all are checked here at once.
  bool is_violated = false;
  const auto note = [](void* seen, int, char**, char**) { return *static_cast<bool*>(seen) = true, 0; };
  if (sqlite3_exec(database_, "PRAGMA foreign_key_check", note, &is_violated, nullptr) != SQLITE_OK)
    fail("checking");
  if (is_violated) throw Error(path_ + ": internal: a row refers to one that is not there");
  run("ANALYZE; COMMIT");
  if (sqlite3_close(database_) != SQLITE_OK) fail("closing");
  database_ = nullptr;
  if (sync(temporary_) && ::rename(temporary_.c_str(), path_.c_str()) == 0) return;
  const std::string why = std::generic_category().message(errno);
  ::unlink(temporary_.c_str());
  throw Error(path_ + ": cannot be written and given its name: " + why);
}

SqliteInsert::SqliteInsert(SqliteFile& file, const char* sql) : file_(file) {
  if (sqlite3_prepare_v2(file.database_, sql, -1, &statement_, nullptr) != SQLITE_OK) file.fail("preparing");
}

SqliteInsert::~SqliteInsert() { sqlite3_finalize(statement_); }

void SqliteInsert::bind(int column, std::int64_t value) {
  if (sqlite3_bind_int64(statement_, column, value) != SQLITE_OK) file_.fail("binding");
}

void SqliteInsert::bind(int column, std::string_view value) {
  // Valid until step() is done.
  if (sqlite3_bind_text64(statement_, column, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8) !=
      SQLITE_OK)
    file_.fail("binding");
}

void SqliteInsert::bind_null(int column) {
  if (sqlite3_bind_null(statement_, column) != SQLITE_OK) file_.fail("binding");
}

void SqliteInsert::step() {
  if (sqlite3_step(statement_) != SQLITE_DONE) file_.fail("writing a row");
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

}  // namespace sdkprint
