#pragma once
// The results of a corpus, kept in a directory: one record an app, known by its content, and indexes over
// them. docs/store-format.md specifies the bytes. Readers work while a writer runs; each StoreView is the
// state of one moment. Everything read is checked: what is damaged is an Error that says what to do.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "result/report.h"
#include "scan/app_scanner.h"
#include "store/environment.h"
#include "store/gram_filter.h"
#include "store/index_terms.h"
#include "store/records.h"

namespace sdkprint {

/// Safe to share between threads.
class Store {
 public:
  /// Throws Error: no store, another format (says which and what to do), held by another writer.
  static std::unique_ptr<Store> open_for_reading(const std::string& directory);
  /// Makes the directory and the store when there is none.
  static std::unique_ptr<Store> open_for_writing(const std::string& directory);

  const std::string& directory() const { return environment_.directory(); }
  const Environment& environment() const { return environment_; }
  Environment& environment() { return environment_; }

 private:
  Store(const std::string& directory, Environment::Access access);
  void check_format() const;
  void write_format();

  Environment environment_;
};

/// One state of a store. For one thread at a time; make one a thread.
class StoreView {
 public:
  explicit StoreView(const Store& store) : store_(store), view_(store.environment()) {}

  std::uint64_t app_count() const { return view_.count(Table::apps); }
  std::optional<AppNumber> find_app(std::string_view sha256) const;
  /// Throws Error when there is no such app.
  AppHead head(AppNumber app) const;
  AppReport report(AppNumber app) const;
  /// In the order of the numbers, until `visit` returns false.
  void for_each_app(const std::function<bool(AppNumber, const AppHead&)>& visit) const;

  /// Apps of exactly this term, ascending.
  std::vector<AppNumber> apps_of(Index index, std::string_view term) const;
  /// Terms that begin with `beginning` in byte order, each with its number of apps, until `visit` returns
  /// false.
  void for_each_term(Index index, std::string_view beginning,
                     const std::function<bool(const std::string& term, std::uint64_t apps)>& visit) const;
  /// Apps of any term that begins so, ascending, each once: apps_with(Index::sdk, "cn.jpush\t").
  std::vector<AppNumber> apps_with(Index index, std::string_view beginning) const;

  /// Whatever is kept for a rematch.
  struct Archive {
    std::string catalogue;  ///< catalogue_name() of the database that the app was scanned with
    AppFacts facts;         ///< without those of entries
  };
  /// nullopt when the app was scanned without an archive.
  std::optional<Archive> archive(AppNumber app) const;
  /// What a signature must match to say anything of an app, in short. Borrows from this view.
  struct Scope {
    GramFilter names;               ///< of names, manifest and texts of its archives
    std::vector<EntryKey> entries;  ///< whose images have filters of their own
  };
  std::optional<Scope> scope(AppNumber app) const;

  std::optional<PathRecord> path(const std::string& joined_paths) const;
  void for_each_path(const std::function<bool(const PathRecord&)>& visit) const;

  const ReadView& tables() const { return view_; }

 private:
  [[noreturn]] void damaged(const std::string& what) const;
  const Store& store_;
  ReadView view_;
};

/// What a scan leaves of one app: ready to be written.
struct AppRecord {
  PathRecord path;  ///< `app` is filled in by the writer
  AppHead head;     ///< `sha256` empty: nothing could be read, only the path's record is kept
  std::vector<std::uint8_t> report;   ///< row made by pack_report()
  std::vector<std::uint8_t> archive;  ///< packed by pack_archive(); empty: none is kept
};

/// Everything but the path's stamps, out of a report.
AppRecord record_of(AppReport report);
/// A report as it is stored: without its paths and the database's fingerprint, which stand in the head.
/// In front of it stand its index_keys(): who replaces a report takes the app out of those indexes.
std::vector<std::uint8_t> pack_report(AppReport report);
/// Throws InputError.
AppReport unpack_report(Bytes row, const AppHead& head);
/// Throws InputError.
std::vector<std::string> keys_of_report(Bytes row);

/// What a rematch needs of an app, beside the images of its entries; without paths, like the report.
std::vector<std::uint8_t> pack_archive(const AppFacts& facts, const std::string& catalogue);
/// Throws InputError.
StoreView::Archive unpack_archive(Bytes packed, const AppHead& head);
/// True when `head` is the record that a scan of these paths with this database would leave.
bool is_current(const AppHead& head, const std::string& joined_paths,
                const std::string& database_fingerprint);

/// Writes records inside a transaction. An app that is known is replaced when the record is of another
/// database, or when the report speaks of file names and this path is the smaller one.
void write_record(WriteTransaction& transaction, const AppRecord& record);
/// Puts a new report of an app that is there in the place of the old one: head and report of the record, and
/// what the indexes say.
void write_report(WriteTransaction& transaction, AppNumber app, const AppRecord& record);
/// Says of an app's report that a scan with this database would have made it.
void write_database(WriteTransaction& transaction, AppNumber app, const std::string& database_fingerprint);
/// Writes head, report, archive and indexes of the record's app, whatever is there; a new app gets a number.
AppNumber replace_app(WriteTransaction& transaction, const AppRecord& record);
/// Only notes that this content was met at this path as well; without a SHA-256, that nothing could be read
/// there.
void write_path(WriteTransaction& transaction, PathRecord path, const std::string& sha256);

}  // namespace sdkprint
