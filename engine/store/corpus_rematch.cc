#include "store/corpus_rematch.h"

#include "base/digest.h"
#include "base/error.h"
#include "scan/bulk_scan.h"
#include "store/batch_writer.h"
#include "store/report_rematch.h"

namespace sdkprint {
namespace {

constexpr std::size_t kHeadBytes = 512;  // about

class RematchTask : public BulkTask {
 public:
  RematchTask(const ReportRematch& rematch, AppNumber app) : app(app), rematch_(rematch) {}
  void work() override {
    result = rematch_.report_of(app);
    if (result.report) record = record_of(std::move(*result.report));
    result.report.reset();
  }

  AppNumber app;
  RematchedReport result;
  std::optional<AppRecord> record;

 private:
  const ReportRematch& rematch_;
};

void count(const RematchTask& task, RematchTotals& totals) {
  totals.entries += task.result.matched;
  (task.result.is_current     ? totals.current
   : task.result.is_untouched ? totals.untouched
   : task.record              ? totals.rematched
                              : totals.left) += 1;
  for (const std::string& gap : task.result.gaps) totals.reasons[gap] += 1;
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
  const ReportRematch rematch(store, matcher, options.limits, entries);
  RematchTotals totals;
  BatchWriter writer(store, entries);
  KnownDatabases::keep(store.environment(), matcher.database());
  const std::string fingerprint = to_hex(matcher.database().fingerprint());
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
        return std::make_unique<RematchTask>(rematch, apps[next++]);
      },
      [&](std::unique_ptr<BulkTask> task) {
        RematchTask& app = static_cast<RematchTask&>(*task);
        count(app, totals);
        if (app.record) {
          const std::size_t bytes = app.record->report.size();
          writer.add(bytes,
                     [number = app.app, record = std::move(*app.record)](WriteTransaction& transaction) {
                       write_report(transaction, number, record);
                     });
        }
        if (app.result.is_untouched) {
          writer.add(kHeadBytes, [number = app.app, &fingerprint](WriteTransaction& transaction) {
            write_database(transaction, number, fingerprint);
          });
        }
        observe(totals);
      });
  writer.flush();
  totals.stopped = stopped;
  return totals;
}

}  // namespace sdkprint
