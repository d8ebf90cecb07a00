#include "store/corpus_merge.h"

#include <algorithm>
#include <tuple>

#include "base/error.h"
#include "result/report_codec.h"
#include "store/signature_change.h"

namespace sdkprint {
namespace {

constexpr std::size_t kBatchBytes = std::size_t{32} << 20;

/// Changes of one batch at a time.
class Batches {
 public:
  explicit Batches(Store& store) : store_(store) {}

  void add(std::size_t bytes, std::function<void(WriteTransaction&)> change) {
    changes_.push_back(std::move(change));
    bytes_ += bytes;
    if (bytes_ >= kBatchBytes) flush();
  }
  void flush() {
    if (changes_.empty()) return;
    store_.environment().write([&](WriteTransaction& transaction) {
      for (const auto& change : changes_) change(transaction);
    });
    changes_.clear();
    bytes_ = 0;
  }

 private:
  Store& store_;
  std::vector<std::function<void(WriteTransaction&)>> changes_;
  std::size_t bytes_ = 0;
};

/// One app's record as a store has it.
struct StoredApp {
  AppHead head;
  std::vector<std::uint8_t> report, archive;  // as they are stored
};

StoredApp read_app(const StoreView& view, AppNumber app) {
  StoredApp result;
  result.head = view.head(app);
  const std::optional<Bytes> report = view.tables().get(Table::reports, key_of(app));
  if (!report) throw Error("app " + std::to_string(app) + " has no report; sdkprint corpus check tells more");
  result.report.assign(report->begin(), report->end());
  if (const std::optional<Bytes> archive = view.tables().get(Table::archives, key_of(app)))
    result.archive.assign(archive->begin(), archive->end());
  return result;
}

class Merge {
 public:
  Merge(const Store& from, Store& into, const std::function<void(const std::string&)>& conflict)
      : from_(from), into_(into), conflict_(conflict), batches_(into) {}

  MergeTotals run() {
    copy_entries();
    merge_apps();
    merge_paths();
    return totals_;
  }

 private:
  void copy_entries();
  void merge_apps();
  void merge_app(const StoredApp& theirs);
  bool counts_less(const StoredApp& ours, const StoredApp& theirs);
  void put_app(StoredApp app);
  void merge_paths();

  const Store& from_;
  Store& into_;
  const std::function<void(const std::string&)>& conflict_;
  Batches batches_;
  MergeTotals totals_;
};

/// Images, and which methods were kept in them. Of two different images of one entry the smaller stays.
void Merge::copy_entries() {
  const ReadView theirs(from_.environment());
  KnownDatabases::copy(theirs, into_.environment());
  theirs.for_each(Table::meta, as_bytes("kept methods "), [&](Bytes key, Bytes value) {
    if (!as_text(key).starts_with("kept methods ")) return false;
    batches_.add(value.size(), [key = std::string(as_text(key)),
                                value = std::string(as_text(value))](WriteTransaction& transaction) {
      transaction.put(Table::meta, as_bytes(key), as_bytes(value));
    });
    return true;
  });
  theirs.for_each(Table::images, {}, [&](Bytes key, Bytes value) {
    // The bytes stay valid as long as `theirs`, which outlives the batch.
    batches_.add(value.size(), [key, value](WriteTransaction& transaction) {
      const std::optional<Bytes> ours = transaction.get(Table::images, key);
      if (!ours || std::ranges::lexicographical_compare(value, *ours))
        transaction.put(Table::images, key, value);
    });
    return true;
  });
  batches_.flush();
}

/// Whether their record stays instead of ours: an order over records of one content.
bool Merge::counts_less(const StoredApp& ours, const StoredApp& theirs) {
  const AppHead &a = ours.head, &b = theirs.head;
  if (a.database_fingerprint != b.database_fingerprint) {
    totals_.other_database += 1;
    return a.database_fingerprint < b.database_fingerprint;
  }
  if (a.has_loss != b.has_loss) return a.has_loss;
  if (a.depends_on_name != b.depends_on_name) return b.depends_on_name;
  if (a.depends_on_name && a.path != b.path) return b.path < a.path;
  const std::vector<std::uint8_t> our_report = encode_report(unpack_report(ours.report, a));
  const std::vector<std::uint8_t> their_report = encode_report(unpack_report(theirs.report, a));
  if (our_report == their_report) return ours.archive.empty() && !theirs.archive.empty();
  totals_.conflicts += 1;
  conflict_(a.path + " and " + b.path + ": one content (SHA-256 " + a.sha256 +
            "), one database, two different reports; were they made by one version of this program?");
  return their_report < our_report;
}

void Merge::put_app(StoredApp app) {
  AppRecord record;
  record.head = std::move(app.head);
  record.report = std::move(app.report);
  record.archive = std::move(app.archive);
  const std::size_t bytes = record.report.size() + record.archive.size();
  batches_.add(bytes, [record = std::move(record)](WriteTransaction& transaction) {
    replace_app(transaction, record);
  });
}

void Merge::merge_app(const StoredApp& theirs) {
  totals_.apps += 1;
  std::optional<StoredApp> ours;
  {
    const StoreView view(into_);
    if (const std::optional<AppNumber> app = view.find_app(theirs.head.sha256)) ours = read_app(view, *app);
  }
  if (!ours) {
    totals_.added += 1;
    return put_app(theirs);
  }
  const std::string smaller = std::min(ours->head.path, theirs.head.path);
  const bool replaces = counts_less(*ours, theirs);
  StoredApp winner = replaces ? theirs : *ours;
  if (!winner.head.depends_on_name) winner.head.path = smaller;
  totals_.replaced += replaces ? 1 : 0;
  if (replaces || winner.head.path != ours->head.path) put_app(std::move(winner));
}

void Merge::merge_apps() {
  const StoreView view(from_);
  view.for_each_app([&](AppNumber app, const AppHead&) {
    merge_app(read_app(view, app));
    return true;
  });
  batches_.flush();
}

/// What decides between two records of one path: was it read, then the newer file, then anything that
/// differs.
auto rank(const PathRecord& path, const std::string& sha256) {
  std::int64_t modified = 0;
  for (const FileStamp& stamp : path.files) modified = std::max(modified, stamp.modified_ns);
  return std::make_tuple(path.app.has_value(), modified, sha256);
}

void Merge::merge_paths() {
  const StoreView theirs(from_);
  theirs.for_each_path([&](const PathRecord& path) {
    totals_.paths += 1;
    const std::string sha256 = path.app ? theirs.head(*path.app).sha256 : std::string();
    {
      const StoreView view(into_);
      const std::optional<PathRecord> ours = view.path(path.path);
      const std::string our_sha256 = ours && ours->app ? view.head(*ours->app).sha256 : std::string();
      if (ours && rank(path, sha256) <= rank(*ours, our_sha256)) return true;
    }
    batches_.add(path.path.size(),
                 [path, sha256](WriteTransaction& transaction) { write_path(transaction, path, sha256); });
    return true;
  });
  batches_.flush();
}

}  // namespace

MergeTotals merge_store(const Store& from, Store& into,
                        const std::function<void(const std::string&)>& conflict) {
  return Merge(from, into, conflict).run();
}

}  // namespace sdkprint
