#include "store/environment.h"

#include <fcntl.h>
#include <lmdb.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <utility>

#include "base/error.h"

namespace sdkprint {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kMostReaders = 1024;

struct TableForm {
  const char* name;
  unsigned flags;
};
constexpr TableForm kForms[kTableCount] = {
    {"meta", 0},
    {"apps", MDB_INTEGERKEY},
    {"app-numbers", 0},
    {"reports", MDB_INTEGERKEY},
    {"paths", 0},
    {"postings", MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP},
    {"archives", MDB_INTEGERKEY},
    {"images", 0},
    {"facts", 0},
    {"fact-uses", 0},
};

MDB_val value_of(Bytes bytes) { return {bytes.size(), const_cast<std::uint8_t*>(bytes.data())}; }
Bytes bytes_of(const MDB_val& value) {
  return {static_cast<const std::uint8_t*>(value.mv_data), value.mv_size};
}

/// Thrown through the body of a transaction that needs a larger map; caught by Environment::write.
struct MapFull {};

class Cursor {
 public:
  Cursor(MDB_txn* transaction, unsigned table) { code_ = mdb_cursor_open(transaction, table, &cursor_); }
  ~Cursor() {
    if (cursor_ != nullptr) mdb_cursor_close(cursor_);
  }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;

  /// False when there is no such row.
  bool get(MDB_val& key, MDB_val& value, MDB_cursor_op operation) {
    if (code_ == MDB_SUCCESS) code_ = mdb_cursor_get(cursor_, &key, &value, operation);
    const bool found = code_ == MDB_SUCCESS;
    if (code_ == MDB_NOTFOUND) code_ = MDB_SUCCESS;
    return found;
  }
  std::uint64_t values() {
    std::size_t count = 0;
    code_ = mdb_cursor_count(cursor_, &count);
    return count;
  }
  int code() const { return code_; }

 private:
  MDB_cursor* cursor_ = nullptr;
  int code_;
};

constexpr std::uintmax_t kLeastRoom = std::uintmax_t{1} << 20;

/// Held until the descriptor is closed, by a crash too.
int lock_for_writing(const std::string& directory) {
  const std::string path = directory + "/writer.lock";
  const int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
  if (file < 0) throw Error(path + ": cannot be made: " + std::generic_category().message(errno));
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return file;
  ::close(file);
  throw Error(directory + ": another process is writing to this store; wait for it, or use another store");
}

}  // namespace

ReadView::ReadView(const Environment& environment)
    : environment_(environment), lock_(environment.map_, std::defer_lock) {
  for (;;) {
    lock_.lock();
    const int code = mdb_txn_begin(environment.env_, nullptr, MDB_RDONLY, &transaction_);
    if (code == MDB_SUCCESS) return;
    lock_.unlock();
    if (code != MDB_MAP_RESIZED) environment.fail(code, "beginning to read");
    // The writer, another process, made the map larger: take over its size.
    const std::unique_lock<std::shared_mutex> alone(environment.map_);
    mdb_env_set_mapsize(environment.env_, 0);
  }
}

ReadView::ReadView(const Environment& environment, MDB_txn* transaction)
    : environment_(environment), transaction_(transaction) {}

ReadView::~ReadView() {
  if (transaction_ != nullptr) mdb_txn_abort(transaction_);
}

std::optional<Bytes> ReadView::get(Table table, Bytes key) const {
  MDB_val name = value_of(key), value;
  const int code = mdb_get(transaction_, environment_.tables_[static_cast<int>(table)], &name, &value);
  if (code == MDB_NOTFOUND) return std::nullopt;
  if (code != MDB_SUCCESS) environment_.fail(code, "reading");
  return bytes_of(value);
}

std::uint64_t ReadView::count(Table table) const {
  MDB_stat stat;
  const int code = mdb_stat(transaction_, environment_.tables_[static_cast<int>(table)], &stat);
  if (code != MDB_SUCCESS) environment_.fail(code, "reading");
  return stat.ms_entries;
}

std::uint64_t ReadView::bytes(Table table) const {
  MDB_stat stat;
  const int code = mdb_stat(transaction_, environment_.tables_[static_cast<int>(table)], &stat);
  if (code != MDB_SUCCESS) environment_.fail(code, "reading");
  return (stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages) * stat.ms_psize;
}

std::vector<AppNumber> ReadView::numbers(Bytes key) const {
  std::vector<AppNumber> result;
  Cursor cursor(transaction_, environment_.tables_[static_cast<int>(Table::postings)]);
  MDB_val name = value_of(key), value;
  if (cursor.get(name, value, MDB_SET)) {
    result.reserve(cursor.values());
    for (bool more = cursor.get(name, value, MDB_GET_MULTIPLE); more;
         more = cursor.get(name, value, MDB_NEXT_MULTIPLE)) {
      const auto* first = static_cast<const AppNumber*>(value.mv_data);
      result.insert(result.end(), first, first + value.mv_size / sizeof(AppNumber));
    }
  }
  if (cursor.code() != MDB_SUCCESS) environment_.fail(cursor.code(), "reading an index");
  return result;
}

void ReadView::for_each(Table table, Bytes from, const std::function<bool(Bytes, Bytes)>& visit) const {
  Cursor cursor(transaction_, environment_.tables_[static_cast<int>(table)]);
  MDB_val key = value_of(from), value;
  bool more = cursor.get(key, value, from.empty() ? MDB_FIRST : MDB_SET_RANGE);
  for (; more; more = cursor.get(key, value, MDB_NEXT)) {
    if (!visit(bytes_of(key), bytes_of(value))) break;
  }
  if (cursor.code() != MDB_SUCCESS) environment_.fail(cursor.code(), "reading a table");
}

void ReadView::for_each_key(Bytes from, const std::function<bool(Bytes, std::uint64_t)>& visit) const {
  Cursor cursor(transaction_, environment_.tables_[static_cast<int>(Table::postings)]);
  MDB_val key = value_of(from), value;
  bool more = cursor.get(key, value, from.empty() ? MDB_FIRST : MDB_SET_RANGE);
  for (; more; more = cursor.get(key, value, MDB_NEXT_NODUP)) {
    if (!visit(bytes_of(key), cursor.values())) break;
  }
  if (cursor.code() != MDB_SUCCESS) environment_.fail(cursor.code(), "reading an index");
}

namespace {

void check(int code) {
  if (code == MDB_MAP_FULL) throw MapFull{};
}

}  // namespace

void WriteTransaction::put(Table table, Bytes key, Bytes value) {
  MDB_val name = value_of(key), content = value_of(value);
  const int code = mdb_put(transaction_, environment_.tables_[static_cast<int>(table)], &name, &content, 0);
  check(code);
  if (code != MDB_SUCCESS) environment_.fail(code, "writing");
}

void WriteTransaction::erase(Table table, Bytes key) {
  MDB_val name = value_of(key);
  const int code = mdb_del(transaction_, environment_.tables_[static_cast<int>(table)], &name, nullptr);
  check(code);
  if (code != MDB_SUCCESS && code != MDB_NOTFOUND) environment_.fail(code, "removing");
}

void WriteTransaction::add_number(Bytes key, AppNumber number) {
  MDB_val name = value_of(key), content = value_of(key_of(number));
  const unsigned table = environment_.tables_[static_cast<int>(Table::postings)];
  const int code = mdb_put(transaction_, table, &name, &content, MDB_NODUPDATA);
  check(code);
  if (code != MDB_SUCCESS && code != MDB_KEYEXIST) environment_.fail(code, "writing an index");
}

void WriteTransaction::remove_number(Bytes key, AppNumber number) {
  MDB_val name = value_of(key), content = value_of(key_of(number));
  const unsigned table = environment_.tables_[static_cast<int>(Table::postings)];
  const int code = mdb_del(transaction_, table, &name, &content);
  check(code);
  if (code != MDB_SUCCESS && code != MDB_NOTFOUND) environment_.fail(code, "writing an index");
}

AppNumber WriteTransaction::next_number(Table table) const {
  Cursor cursor(transaction_, environment_.tables_[static_cast<int>(table)]);
  MDB_val key, value;
  if (!cursor.get(key, value, MDB_LAST)) return 0;
  const AppNumber last = number_of_key(bytes_of(key));
  if (last == UINT32_MAX) throw Error(environment_.directory() + ": the store is full (4 billion apps)");
  return last + 1;
}

Environment::Environment(const std::string& directory, Access access, std::size_t first_map)
    : directory_(directory), access_(access) {
  std::error_code error;
  const bool is_writer = access == Access::write;
  if (is_writer) {
    fs::create_directories(directory, error);
    if (error) throw Error(directory + ": cannot be made: " + error.message());
    writer_lock_ = lock_for_writing(directory);
  } else if (!fs::is_regular_file(directory + "/data.mdb", error)) {
    throw Error(directory + ": no store (expected a directory that sdkprint corpus scan made)");
  }
  int code = mdb_env_create(&env_);
  if (code == MDB_SUCCESS) {
    const std::uint64_t there = file_bytes();
    std::size_t map = first_map;
    while (map < there + there / 4) map *= 2;
    mdb_env_set_mapsize(env_, map);
    mdb_env_set_maxdbs(env_, kTableCount);
    mdb_env_set_maxreaders(env_, kMostReaders);
    code = mdb_env_open(env_, directory.c_str(), MDB_NOTLS | (is_writer ? 0U : MDB_RDONLY), 0644);
  }
  if (code != MDB_SUCCESS) {
    mdb_env_close(env_);
    env_ = nullptr;
    if (writer_lock_ >= 0) ::close(writer_lock_);
    fail(code, "opening");
  }
  int dead = 0;
  mdb_reader_check(env_,
                   &dead);  // slots of readers that were killed would keep old pages from being used again
  open_tables();
}

Environment::~Environment() {
  if (env_ != nullptr) mdb_env_close(env_);
  if (writer_lock_ >= 0) ::close(writer_lock_);
}

void Environment::open_tables() {
  const bool is_writer = access_ == Access::write;
  MDB_txn* transaction = begin(is_writer ? 0 : MDB_RDONLY);
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const int code = mdb_dbi_open(transaction, kForms[i].name,
                                  kForms[i].flags | (is_writer ? MDB_CREATE : 0U), &tables_[i]);
    if (code == MDB_SUCCESS) continue;
    mdb_txn_abort(transaction);
    if (code == MDB_NOTFOUND)
      throw Error(directory_ + ": no store of this program (the table \"" + kForms[i].name +
                  "\" is missing)");
    fail(code, "opening a table");
  }
  const int code = mdb_txn_commit(transaction);
  if (code != MDB_SUCCESS) fail(code, "opening");
}

MDB_txn* Environment::begin(unsigned flags) const {
  MDB_txn* transaction = nullptr;
  int code = mdb_txn_begin(env_, nullptr, flags, &transaction);
  if (code == MDB_MAP_RESIZED) {
    mdb_env_set_mapsize(env_, 0);
    code = mdb_txn_begin(env_, nullptr, flags, &transaction);
  }
  if (code != MDB_SUCCESS) fail(code, "beginning a transaction");
  return transaction;
}

void Environment::grow() {
  const std::unique_lock<std::shared_mutex> alone(map_);
  MDB_envinfo info;
  mdb_env_info(env_, &info);
  const int code = mdb_env_set_mapsize(env_, info.me_mapsize * 2);
  if (code != MDB_SUCCESS) fail(code, "making the map larger");
}

void Environment::write(const std::function<void(WriteTransaction&)>& body) {
  for (;;) {
    try {
      WriteTransaction transaction(*this, begin(0));
      body(transaction);
      const int code = mdb_txn_commit(std::exchange(transaction.transaction_, nullptr));
      check(code);
      if (code != MDB_SUCCESS) fail(code, "writing a batch");
      return;
    } catch (const MapFull&) {
      grow();
    }
  }
}

std::uint64_t Environment::file_bytes() const {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(directory_ + "/data.mdb", error);
  return error ? 0 : size;
}

void Environment::fail(int code, const char* while_doing) const {
  // LMDB 0.9 calls a write that was cut short an I/O error, whatever cut it.
  std::error_code unknown;
  if (code == EIO && fs::space(directory_, unknown).available < kLeastRoom && !unknown) code = ENOSPC;
  std::string message = directory_ + ": " + while_doing + ": " + mdb_strerror(code);
  if (code == ENOSPC || code == EDQUOT || code == EFBIG || code == EIO)
    message +=
        "; nothing of this batch was written and the store is intact: make room and run the same command "
        "again";
  if (code == MDB_INVALID || code == MDB_CORRUPTED || code == MDB_PAGE_NOTFOUND ||
      code == MDB_VERSION_MISMATCH)
    message += "; expected a store that sdkprint corpus scan made, the file is damaged or something else";
  throw Error(message);
}

}  // namespace sdkprint
