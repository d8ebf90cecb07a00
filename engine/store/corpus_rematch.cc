#include "store/corpus_rematch.h"

#include "base/digest.h"
#include "base/error.h"
#include "scan/bulk_scan.h"
#include "store/app_rematch.h"
#include "store/batch_writer.h"

namespace sdkprint {
namespace {

enum class Outcome : std::uint8_t { current, rematched, left };

struct Shared {
  const Store& store;
  const Matcher& matcher;
  const RematchOptions& options;
  EntryStore& entries;
  std::string fingerprint, catalogue;
};

class RematchTask : public BulkTask {
 public:
  RematchTask(const Shared& shared, AppNumber app) : app(app), shared_(shared) {}
  void work() override;

  AppNumber app;
  Outcome outcome = Outcome::left;
  AppRecord record;
  std::set<std::string> gaps;
  std::uint64_t matched = 0;

 private:
  void check_uses(const AppFacts& facts) const;

  const Shared& shared_;
};

/// They are used as indexes.
void RematchTask::check_uses(const AppFacts& facts) const {
  const std::size_t behaviours = shared_.matcher.database().behaviours().behaviours.size();
  for (const LinkedUse& use : facts.uses.uses) {
    if (use.use.behaviour >= behaviours)
      throw Error(shared_.store.directory() + ": the store is damaged: the archive of app " +
                  std::to_string(app) + " names a behaviour that the database does not have");
  }
}

void RematchTask::work() {
  std::optional<StoreView::Archive> archive;
  {
    const StoreView view(shared_.store);
    if (view.head(app).database_fingerprint == shared_.fingerprint) {
      outcome = Outcome::current;
      return;
    }
    archive = view.archive(app);
  }
  if (!archive) {
    gaps.insert("scanned without an archive");
    return;
  }
  if (archive->catalogue != shared_.catalogue) {
    gaps.insert("the catalogue of behaviours has changed since the scan");
    return;
  }
  check_uses(archive->facts);
  const ScanContext context{shared_.matcher, shared_.options.limits,
                            std::chrono::steady_clock::now() + shared_.options.limits.time};
  AppRematch rematch(context, shared_.store.environment(), shared_.entries);
  rematch.run(archive->facts);
  matched = rematch.matched();
  gaps = rematch.gaps();
  if (!gaps.empty()) return;
  record = record_of(conclude_app(shared_.matcher, archive->facts, shared_.options.limits));
  outcome = Outcome::rematched;
}

void count(const RematchTask& task, RematchTotals& totals) {
  totals.entries += task.matched;
  (task.outcome == Outcome::current     ? totals.current
   : task.outcome == Outcome::rematched ? totals.rematched
                                        : totals.left) += 1;
  for (const std::string& gap : task.gaps) totals.reasons[gap] += 1;
}

std::vector<AppNumber> all_apps(const Store& store) {
  std::vector<AppNumber> apps;
  ReadView(store.environment()).for_each(Table::apps, {}, [&](Bytes key, Bytes) {
    apps.push_back(number_of_key(key));
    return true;
  });
  return apps;
}

}  // namespace

RematchTotals rematch_corpus(Store& store, const Matcher& matcher, const RematchOptions& options,
                             const std::function<void(const RematchTotals&)>& observe) {
  EntryStore entries(store.environment(), matcher, options.limits, {options.cache_bytes, false, false});
  const Shared shared{store,
                      matcher,
                      options,
                      entries,
                      to_hex(matcher.database().fingerprint()),
                      catalogue_name(matcher.database())};
  RematchTotals totals;
  BatchWriter writer(store, entries);
  const std::vector<AppNumber> apps = all_apps(store);
  std::size_t next = 0;
  std::atomic<bool> stopped = false;
  run_bulk(
      options.threads, BulkOrder::as_finished,
      [&]() -> std::unique_ptr<BulkTask> {
        if (next == apps.size()) return nullptr;
        if (options.should_stop()) {
          stopped = true;
          return nullptr;
        }
        return std::make_unique<RematchTask>(shared, apps[next++]);
      },
      [&](std::unique_ptr<BulkTask> task) {
        RematchTask& app = static_cast<RematchTask&>(*task);
        count(app, totals);
        if (app.outcome == Outcome::rematched) {
          const std::size_t bytes = app.record.report.size();
          writer.add(bytes,
                     [number = app.app, record = std::move(app.record)](WriteTransaction& transaction) {
                       write_report(transaction, number, record);
                     });
        }
        observe(totals);
      });
  writer.flush();
  totals.stopped = stopped;
  return totals;
}

}  // namespace sdkprint
