#include "store/store.h"

#include <algorithm>

#include "base/byte_writer.h"
#include "base/digest.h"
#include "base/error.h"
#include "result/report_codec.h"
#include "scan/facts_codec.h"
#include "store/compression.h"

namespace sdkprint {
namespace {

constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kReportFormatKey = "report format", kFactsFormatKey = "facts format";
constexpr std::uint32_t kStoreFormat = 2;
constexpr std::uint64_t kMostRecordBytes = std::uint64_t{1} << 30;
// A rematch writes reports anew: 5 % larger than at level 3, and an eighth less of its time.
constexpr int kReportLevel = 1;
constexpr int kArchiveLevel = 3;

template <typename T>
T decode(Bytes bytes, const char* what) {
  Decoder in(bytes, what);
  T value;
  in(value);
  in.finish();
  return value;
}

template <typename T>
std::vector<std::uint8_t> encode(const T& value) {
  Encoder out;
  out(value);
  return out.take();
}

/// An archive's row: what a rematch asks first, in front of the frame.
struct ArchiveRow {
  StoreView::Scope scope;
  Bytes frame;
};

ArchiveRow split_archive(Bytes row) {
  Reader in(row, "stored archive");
  GramFilter names(in);
  const std::uint32_t count = in.u32();
  in.require_table(in.offset(), count, sizeof(EntryKey));
  std::vector<EntryKey> entries(count);
  for (EntryKey& entry : entries) std::ranges::copy(in.bytes(entry.size()), entry.begin());
  return {{names, std::move(entries)}, in.bytes(in.remaining())};
}

void add_entries(const ContainerFacts& container, std::vector<EntryKey>& entries) {
  for (const ContainerPart& part : container.parts) {
    if (part.was_read) entries.push_back(part.key);
  }
  for (const ContainerFacts& nested : container.nested) add_entries(nested, entries);
}

void set_paths(AppInfo& app, const AppHead& head) {
  const std::vector<std::string> paths = split_paths(head.path);
  app.path = paths.front();
  app.parts = paths.size() > 1 ? paths : std::vector<std::string>();
}

/// LMDB's keys are shorter than a path may be.
std::string path_key(const std::string& joined_paths) { return to_hex(digest(as_bytes(joined_paths))); }

}  // namespace

std::unique_ptr<Store> Store::open_for_reading(const std::string& directory) {
  std::unique_ptr<Store> store(new Store(directory, Environment::Access::read));
  store->check_format();
  return store;
}

std::unique_ptr<Store> Store::open_for_writing(const std::string& directory) {
  std::unique_ptr<Store> store(new Store(directory, Environment::Access::write));
  if (!ReadView(store->environment_).get(Table::meta, as_bytes(kFormatKey))) store->write_format();
  store->check_format();
  return store;
}

Store::Store(const std::string& directory, Environment::Access access) : environment_(directory, access) {}

void Store::write_format() {
  environment_.write([](WriteTransaction& transaction) {
    transaction.put(Table::meta, as_bytes(kFormatKey), as_bytes(std::to_string(kStoreFormat)));
    transaction.put(Table::meta, as_bytes(kReportFormatKey), as_bytes(std::to_string(kReportFormat)));
    transaction.put(Table::meta, as_bytes(kFactsFormatKey), as_bytes(std::to_string(kFactsFormat)));
  });
}

void Store::check_format() const {
  const ReadView view(environment_);
  const auto check = [&](std::string_view key, std::uint32_t expected) {
    const std::optional<Bytes> there = view.get(Table::meta, as_bytes(key));
    if (there && as_text(*there) == std::to_string(expected)) return;
    throw Error(directory() + ": a store of " + std::string(key) + " " +
                (there ? std::string(as_text(*there)) : "unknown") + ", this program reads and writes " +
                std::to_string(expected) + "; use the program that made it, or scan into a new directory");
  };
  check(kFormatKey, kStoreFormat);
  check(kReportFormatKey, kReportFormat);
  check(kFactsFormatKey, kFactsFormat);
}

void StoreView::damaged(const std::string& what) const {
  throw Error(store_.directory() + ": the store is damaged: " + what +
              " (sdkprint corpus check lists everything that is)");
}

std::optional<AppNumber> StoreView::find_app(std::string_view sha256) const {
  const std::optional<Bytes> number = view_.get(Table::app_numbers, as_bytes(sha256));
  if (!number) return std::nullopt;
  return decode<AppNumber>(*number, "app number");
}

AppHead StoreView::head(AppNumber app) const {
  const std::optional<Bytes> bytes = view_.get(Table::apps, key_of(app));
  if (!bytes) damaged("app " + std::to_string(app) + " is not there");
  try {
    return decode<AppHead>(*bytes, "stored app");
  } catch (const InputError& error) {
    damaged("app " + std::to_string(app) + ": " + error.what());
  }
}

AppReport StoreView::report(AppNumber app) const {
  const std::optional<Bytes> bytes = view_.get(Table::reports, key_of(app));
  if (!bytes) damaged("the report of app " + std::to_string(app) + " is not there");
  try {
    return unpack_report(*bytes, head(app));
  } catch (const InputError& error) {
    damaged("the report of app " + std::to_string(app) + ": " + error.what());
  }
}

std::optional<StoreView::Archive> StoreView::archive(AppNumber app) const {
  const std::optional<Bytes> bytes = view_.get(Table::archives, key_of(app));
  if (!bytes) return std::nullopt;
  try {
    return unpack_archive(*bytes, head(app));
  } catch (const InputError& error) {
    damaged("the archive of app " + std::to_string(app) + ": " + error.what());
  }
}

std::optional<StoreView::Scope> StoreView::scope(AppNumber app) const {
  const std::optional<Bytes> bytes = view_.get(Table::archives, key_of(app));
  if (!bytes) return std::nullopt;
  try {
    return split_archive(*bytes).scope;
  } catch (const InputError& error) {
    damaged("the archive of app " + std::to_string(app) + ": " + error.what());
  }
}

void StoreView::for_each_app(const std::function<bool(AppNumber, const AppHead&)>& visit) const {
  view_.for_each(Table::apps, {}, [&](Bytes key, Bytes value) {
    const AppNumber number = number_of_key(key);
    try {
      return visit(number, decode<AppHead>(value, "stored app"));
    } catch (const InputError& error) {
      damaged("app " + std::to_string(number) + ": " + error.what());
    }
  });
}

std::vector<AppNumber> StoreView::apps_of(Index index, std::string_view term) const {
  return view_.numbers(as_bytes(index_key(index, term)));
}

void StoreView::for_each_term(Index index, std::string_view beginning,
                              const std::function<bool(const std::string&, std::uint64_t)>& visit) const {
  const std::string from = index_key(index, beginning);
  view_.for_each_key(as_bytes(from), [&](Bytes key, std::uint64_t apps) {
    if (!as_text(key).starts_with(from)) return false;
    return visit(std::string(as_text(key.subspan(1))), apps);
  });
}

std::vector<AppNumber> StoreView::apps_with(Index index, std::string_view beginning) const {
  std::vector<AppNumber> apps;
  for_each_term(index, beginning, [&](const std::string& term, std::uint64_t) {
    const std::vector<AppNumber> more = apps_of(index, term);
    apps.insert(apps.end(), more.begin(), more.end());
    return true;
  });
  std::sort(apps.begin(), apps.end());
  apps.erase(std::unique(apps.begin(), apps.end()), apps.end());
  return apps;
}

std::optional<PathRecord> StoreView::path(const std::string& joined_paths) const {
  const std::optional<Bytes> bytes = view_.get(Table::paths, as_bytes(path_key(joined_paths)));
  if (!bytes) return std::nullopt;
  try {
    return decode<PathRecord>(*bytes, "stored path");
  } catch (const InputError& error) {
    damaged(joined_paths + ": " + error.what());
  }
}

void StoreView::for_each_path(const std::function<bool(const PathRecord&)>& visit) const {
  view_.for_each(Table::paths, {}, [&](Bytes, Bytes value) {
    try {
      return visit(decode<PathRecord>(value, "stored path"));
    } catch (const InputError& error) {
      damaged(error.what());
    }
  });
}

AppRecord record_of(AppReport report) {
  AppRecord record;
  record.head = head_of(report);
  record.path.path = record.head.path;
  if (report.app.sha256.empty()) {
    record.path.problems = report.problems;
    return record;
  }
  record.report = pack_report(std::move(report));
  return record;
}

std::vector<std::uint8_t> pack_report(AppReport report) {
  const std::vector<std::uint8_t> keys = encode(index_keys(report));
  report.app.path.clear();
  report.app.parts.clear();
  report.database_fingerprint.clear();
  ByteWriter row;
  row.text(as_text(Compressor::of_thread().compress(keys, kReportLevel)));
  row.raw(Compressor::of_thread().compress(encode_report(report), kReportLevel));
  return row.take();
}

AppReport unpack_report(Bytes row, const AppHead& head) {
  Reader in(row, "stored report");
  in.bytes(in.u32());  // keys
  AppReport report =
      decode_report(Compressor::of_thread().decompress(in.bytes(in.remaining()), kMostRecordBytes));
  set_paths(report.app, head);
  report.database_fingerprint = head.database_fingerprint;
  return report;
}

std::vector<std::string> keys_of_report(Bytes row) {
  Reader in(row, "stored report");
  return decode<std::vector<std::string>>(
      Compressor::of_thread().decompress(in.bytes(in.u32()), kMostRecordBytes), "stored keys");
}

std::vector<std::uint8_t> pack_archive(const AppFacts& facts, const std::string& catalogue) {
  std::vector<EntryKey> entries;
  for (const ContainerFacts& container : facts.containers) add_entries(container, entries);
  for (const SingleFacts& single : facts.singles) {
    if (single.part.was_read) entries.push_back(single.part.key);
  }
  std::ranges::sort(entries);
  const auto [last, end] = std::ranges::unique(entries);
  entries.erase(last, end);
  const std::vector<std::uint8_t> archives = encode_archives(facts);
  const Bytes said = archives;
  ByteWriter row;
  row.raw(make_gram_filter({&said, 1}));
  row.u32(static_cast<std::uint32_t>(entries.size()));
  for (const EntryKey& entry : entries) row.raw(entry);
  Encoder out;
  out(catalogue, encode_app_facts(facts));
  row.raw(Compressor::of_thread().compress(out.bytes(), kArchiveLevel));
  return row.take();
}

StoreView::Archive unpack_archive(Bytes packed, const AppHead& head) {
  const std::vector<std::uint8_t> bytes =
      Compressor::of_thread().decompress(split_archive(packed).frame, kMostRecordBytes);
  Decoder in(bytes, "stored archive");
  StoreView::Archive archive;
  std::vector<std::uint8_t> facts;
  in(archive.catalogue, facts);
  in.finish();
  archive.facts = decode_app_facts(facts);
  set_paths(archive.facts.app, head);
  return archive;
}

bool is_current(const AppHead& head, const std::string& joined_paths,
                const std::string& database_fingerprint) {
  return head.database_fingerprint == database_fingerprint &&
         !(head.depends_on_name && joined_paths < head.path);
}

namespace {

void put_path(WriteTransaction& transaction, const PathRecord& path) {
  transaction.put(Table::paths, as_bytes(path_key(path.path)), encode(path));
}

void put_head(WriteTransaction& transaction, AppNumber app, const AppHead& head) {
  transaction.put(Table::apps, key_of(app), encode(head));
}

/// Keys that only the old report has go, those that only the new one has come.
void change_keys(WriteTransaction& transaction, AppNumber app, const std::vector<std::string>& old_keys,
                 const std::vector<std::string>& new_keys) {
  std::vector<std::string> gone, come;
  std::ranges::set_difference(old_keys, new_keys, std::back_inserter(gone));
  std::ranges::set_difference(new_keys, old_keys, std::back_inserter(come));
  for (const std::string& key : gone) transaction.remove_number(as_bytes(key), app);
  for (const std::string& key : come) transaction.add_number(as_bytes(key), app);
}

std::optional<AppNumber> number_of(const ReadView& view, const std::string& sha256) {
  const std::optional<Bytes> bytes = view.get(Table::app_numbers, as_bytes(sha256));
  if (!bytes) return std::nullopt;
  return decode<AppNumber>(*bytes, "app number");
}

}  // namespace

void write_path(WriteTransaction& transaction, PathRecord path, const std::string& sha256) {
  path.app.reset();
  if (sha256.empty()) return put_path(transaction, path);
  const std::optional<AppNumber> app = number_of(transaction, sha256);
  if (!app) throw Error("internal: a path was to be written for an app that is not in the store");
  path.app = app;
  put_path(transaction, path);
  AppHead head = decode<AppHead>(*transaction.get(Table::apps, key_of(*app)), "stored app");
  if (head.depends_on_name || path.path >= head.path) return;
  head.path = path.path;
  put_head(transaction, *app, head);
}

void write_report(WriteTransaction& transaction, AppNumber app, const AppRecord& record) {
  std::vector<std::string> old_keys;
  try {
    if (const std::optional<Bytes> old = transaction.get(Table::reports, key_of(app)))
      old_keys = keys_of_report(*old);
  } catch (const InputError& error) {
    throw Error("the store is damaged: the report of app " + std::to_string(app) + ": " + error.what());
  }
  put_head(transaction, app, record.head);
  transaction.put(Table::reports, key_of(app), record.report);
  change_keys(transaction, app, old_keys, keys_of_report(record.report));
}

void write_database(WriteTransaction& transaction, AppNumber app, const std::string& database_fingerprint) {
  AppHead head = decode<AppHead>(*transaction.get(Table::apps, key_of(app)), "stored app");
  head.database_fingerprint = database_fingerprint;
  put_head(transaction, app, head);
}

AppNumber replace_app(WriteTransaction& transaction, const AppRecord& record) {
  std::optional<AppNumber> app = number_of(transaction, record.head.sha256);
  if (!app) {
    app = transaction.next_number(Table::apps);
    transaction.put(Table::app_numbers, as_bytes(record.head.sha256), encode(*app));
  }
  write_report(transaction, *app, record);
  if (record.archive.empty())
    transaction.erase(Table::archives, key_of(*app));
  else
    transaction.put(Table::archives, key_of(*app), record.archive);
  return *app;
}

void write_record(WriteTransaction& transaction, const AppRecord& record) {
  if (record.head.sha256.empty()) return put_path(transaction, record.path);
  AppRecord changed = record;
  AppHead& head = changed.head;
  if (const std::optional<AppNumber> app = number_of(transaction, head.sha256)) {
    const AppHead old = decode<AppHead>(*transaction.get(Table::apps, key_of(*app)), "stored app");
    // Somebody else met the same content meanwhile.
    if (is_current(old, head.path, head.database_fingerprint) && !old.has_loss)
      return write_path(transaction, record.path, head.sha256);
    if (!head.depends_on_name) head.path = std::min(head.path, old.path);
  }
  changed.path.app = replace_app(transaction, changed);
  put_path(transaction, changed.path);
}

}  // namespace sdkprint
