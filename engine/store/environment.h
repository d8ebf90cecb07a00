#pragma once
// LMDB, as far as the store needs it: one directory, named tables, readers that never wait for the writer.
// The only owner of lmdb.h. Source of the rules kept here: lmdb.h of LMDB 0.9, "Caveats" and
// mdb_env_set_mapsize().
//
// A table's file grows within a map of fixed size. When it is full the transaction is given up, the map made
// larger, and the transaction run again; a map must not change under a transaction of the same process, so
// every view holds a shared lock on it.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

struct MDB_env;
struct MDB_txn;

namespace sdkprint {

enum class Table : std::uint8_t {
  meta,         ///< texts: format of the store and of its records
  apps,         ///< app number → head
  app_numbers,  ///< SHA-256 of an app → its number
  reports,      ///< app number → report
  paths,        ///< digest of a path → what was found there
  postings,     ///< index and term → app numbers, several a key
  archives,     ///< app number → what a rematch needs of the app
  images,       ///< entry key → image of the entry
  facts,        ///< database and entry key → facts of the entry: the content cache
  fact_uses,    ///< the same key → when it was last asked for, and how large it is
};
inline constexpr std::size_t kTableCount = 10;

/// Keys of numbered tables and values of postings.
using AppNumber = std::uint32_t;
inline Bytes key_of(const AppNumber& number) {
  return {reinterpret_cast<const std::uint8_t*>(&number), sizeof number};
}
inline AppNumber number_of_key(Bytes key) {
  AppNumber number = 0;
  std::memcpy(&number, key.data(), std::min(sizeof number, key.size()));
  return number;
}

class Environment;

/// A consistent state of all tables. Bytes it hands out live as long as it does. For one thread at a time.
class ReadView {
 public:
  explicit ReadView(const Environment& environment);
  ~ReadView();
  ReadView(const ReadView&) = delete;
  ReadView& operator=(const ReadView&) = delete;

  std::optional<Bytes> get(Table table, Bytes key) const;
  std::uint64_t count(Table table) const;
  /// All values of a key of `postings`, ascending.
  std::vector<AppNumber> numbers(Bytes key) const;
  /// Visits rows from `from` on in the order of their keys, until `visit` returns false.
  void for_each(Table table, Bytes from, const std::function<bool(Bytes key, Bytes value)>& visit) const;
  /// The same over distinct keys of `postings`, with how many values each has.
  void for_each_key(Bytes from, const std::function<bool(Bytes key, std::uint64_t values)>& visit) const;
  /// Bytes of pages that a table takes.
  std::uint64_t bytes(Table table) const;

 protected:
  ReadView(const Environment& environment, MDB_txn* transaction);
  const Environment& environment_;
  std::shared_lock<std::shared_mutex> lock_;
  MDB_txn* transaction_ = nullptr;
};

/// A view that also changes things; nobody else sees it before it is committed.
class WriteTransaction : public ReadView {
 public:
  void put(Table table, Bytes key, Bytes value);
  void erase(Table table, Bytes key);
  void add_number(Bytes key, AppNumber number);
  void remove_number(Bytes key, AppNumber number);
  /// One more than the highest key of a numbered table.
  AppNumber next_number(Table table) const;

 private:
  friend class Environment;
  using ReadView::ReadView;
};

/// Safe to share between threads; one Environment a directory and process.
class Environment {
 public:
  enum class Access : std::uint8_t { read, write };
  /// With write access the directory is made when it is absent, and held against other writers. `first_map`
  /// is the least size of the map. Throws Error.
  Environment(const std::string& directory, Access access, std::size_t first_map = std::size_t{1} << 30);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  /// Runs `body` in a transaction and commits it, to disk when it returns. The body may be run more than once
  /// and must not hold or make a ReadView. Throws Error (full disk …): then nothing of it was written.
  void write(const std::function<void(WriteTransaction&)>& body);

  const std::string& directory() const { return directory_; }
  /// Bytes of the file.
  std::uint64_t file_bytes() const;

 private:
  friend class ReadView;
  friend class WriteTransaction;
  void open_tables();
  void grow();
  MDB_txn* begin(unsigned flags) const;
  [[noreturn]] void fail(int code, const char* while_doing) const;

  std::string directory_;
  Access access_;
  int writer_lock_ = -1;
  MDB_env* env_ = nullptr;
  unsigned tables_[kTableCount] = {};
  mutable std::shared_mutex map_;
};

}  // namespace sdkprint
