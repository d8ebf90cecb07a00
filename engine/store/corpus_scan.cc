#include "store/corpus_scan.h"

#include <sys/stat.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/mapped_file.h"
#include "scan/bulk_scan.h"
#include "store/batch_writer.h"
#include "store/entry_store.h"

namespace sdkprint {
namespace {

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

std::vector<FileStamp> stamps_of(const std::vector<std::string>& paths) {
  std::vector<FileStamp> stamps;
  for (const std::string& path : paths) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
      stamps.emplace_back();
      continue;
    }
    stamps.push_back({static_cast<std::uint64_t>(status.st_size), status.st_ino, nanoseconds(status.st_mtim),
                      nanoseconds(status.st_ctim)});
  }
  return stamps;
}

enum class Outcome : std::uint8_t { known_path, known_content, scanned };

/// What all tasks of a scan share.
struct Shared {
  const Store& store;
  const Matcher& matcher;
  const CorpusOptions& options;
  std::string fingerprint;
  std::string catalogue;
  EntryStore& entries;
};

class AppTask : public BulkTask {
 public:
  AppTask(const Shared& shared, AppInput input) : shared_(shared), input_(std::move(input)) {}

  void work() override;

  Outcome outcome = Outcome::scanned;
  AppRecord record;
  std::uint64_t bytes = 0;
  std::string problem;

 private:
  bool is_known_by_path(const StoreView& view);
  bool is_done(const AppHead& head) const {
    return is_current(head, record.path.path, shared_.fingerprint) &&
           !(shared_.options.retry && head.has_loss);
  }
  bool hash();
  void scan();

  const Shared& shared_;
  AppInput input_;
};

bool AppTask::is_known_by_path(const StoreView& view) {
  if (!shared_.options.trust_stamps) return false;
  const std::optional<PathRecord> known = view.path(record.path.path);
  return known && known->app && known->files == record.path.files && is_done(view.head(*known->app));
}

/// False when a file cannot be read: the scan will say why.
bool AppTask::hash() {
  try {
    for (const std::string& path : input_.paths) {
      const MappedFile file(path, MappedFile::Extent::whole);
      if (file.bytes().empty()) return false;
      bytes += file.bytes().size();
      input_.digests.push_back(to_hex(sha256(file.bytes())));
    }
  } catch (const InputError&) {
    return false;
  }
  return true;
}

void AppTask::scan() {
  GatherOptions gather;
  gather.cache = &shared_.entries;
  gather.keep_names = shared_.options.keep_archive;
  const AppFacts facts = gather_app(shared_.matcher, input_, shared_.options.limits, gather);
  AppReport report = conclude_app(shared_.matcher, facts, shared_.options.limits);
  for (const Problem& one : report.problems) {
    if (!one.entry.empty() || !one.loss) continue;  // within the app: the report tells
    problem = one.message;
    break;
  }
  std::vector<FileStamp> stamps = std::move(record.path.files);
  record = record_of(std::move(report));
  record.path.files = std::move(stamps);
  if (shared_.options.keep_archive && !record.head.sha256.empty())
    record.archive = pack_archive(facts, shared_.catalogue);
}

void AppTask::work() {
  record.path.path = join_paths(input_.paths);
  record.path.files = stamps_of(input_.paths);
  {
    const StoreView view(shared_.store);
    if (is_known_by_path(view)) {
      outcome = Outcome::known_path;
      return;
    }
  }
  if (hash()) {
    const StoreView view(shared_.store);
    record.head.sha256 = combined_digest(input_.digests);
    const std::optional<AppNumber> app = view.find_app(record.head.sha256);
    if (app && is_done(view.head(*app))) {
      outcome = Outcome::known_content;
      return;
    }
  } else {
    input_.digests.clear();
  }
  scan();
}

void count(const AppTask& task, CorpusTotals& totals) {
  totals.bytes += task.bytes;
  if (task.outcome == Outcome::known_path) {
    totals.known_paths += 1;
  } else if (task.outcome == Outcome::known_content) {
    totals.known_contents += 1;
  } else if (task.record.head.sha256.empty()) {
    totals.unreadable += 1;
  } else {
    totals.scanned += 1;
    totals.with_loss += task.record.head.has_loss ? 1 : 0;
  }
}

void keep(AppTask& task, BatchWriter& writer) {
  if (task.outcome == Outcome::known_path) return;
  const std::size_t bytes =
      task.record.report.size() + task.record.archive.size() + task.record.path.path.size() + 1024;
  const bool path_only = task.outcome == Outcome::known_content;
  writer.add(bytes, [record = std::move(task.record), path_only](WriteTransaction& transaction) {
    if (path_only)
      write_path(transaction, record.path, record.head.sha256);
    else
      write_record(transaction, record);
  });
}

}  // namespace

CorpusTotals scan_corpus(
    Store& store, const Matcher& matcher, const CorpusOptions& options,
    const std::function<std::optional<AppInput>()>& next,
    const std::function<void(const CorpusTotals&, const std::string& problem)>& observe) {
  KnownDatabases::keep(store.environment(), matcher.database());
  EntryStore entries(store.environment(), matcher, options.limits,
                     {options.cache_bytes, options.keep_archive, true});
  const Shared shared{
      store,  matcher, options, to_hex(matcher.database().fingerprint()), catalogue_name(matcher.database()),
      entries};
  CorpusTotals totals;
  BatchWriter writer(store, entries);
  std::atomic<bool> stopped = false;
  run_bulk(
      options.threads, BulkOrder::as_finished,
      [&]() -> std::unique_ptr<BulkTask> {
        if (options.should_stop()) {
          stopped = true;
          return nullptr;
        }
        std::optional<AppInput> input = next();
        if (!input) return nullptr;
        return std::make_unique<AppTask>(shared, std::move(*input));
      },
      [&](std::unique_ptr<BulkTask> task) {
        AppTask& app = static_cast<AppTask&>(*task);
        count(app, totals);
        keep(app, writer);
        totals.batches = writer.batches();
        totals.cache_hits = entries.counts().hits;
        totals.cache_misses = entries.counts().misses;
        observe(totals, app.problem);
      });
  writer.flush();
  totals.batches = writer.batches();
  totals.stopped = stopped;
  return totals;
}

}  // namespace sdkprint
