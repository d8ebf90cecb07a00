#include "signature_comparison.h"

#include "console.h"
#include "scan/input_list.h"
#include "store/report_rematch.h"

namespace sdkprint::cli {
namespace {

/// Facts of entries that wait for a writer that never comes.
constexpr std::uint64_t kMostPendingBytes = std::uint64_t{256} << 20;

class AppTask : public BulkTask {
 public:
  AppTask(const Matcher& before, const Matcher& after, const Limits& limits, AppInput input)
      : before_(before), after_(after), limits_(limits), input_(std::move(input)) {}
  void work() override {
    before = scan_app(before_, input_, limits_);
    after = scan_app(after_, input_, limits_);
  }

  AppReport before, after;

 private:
  const Matcher &before_, &after_;
  const Limits& limits_;
  AppInput input_;
};

/// A store's reports for one database.
class StoreSide {
 public:
  StoreSide(const Store& store, const PatternDatabase& database, const Limits& limits)
      : store_(store),
        matcher_(database),
        entries_(store.environment(), matcher_, limits, {std::uint64_t{4} << 30, false, false}),
        rematch_(store, matcher_, limits, entries_) {}

  RematchedReport report_of(AppNumber app) const {
    RematchedReport result = rematch_.report_of(app);
    if (result.is_current || result.is_untouched) result.report = StoreView(store_).report(app);
    return result;
  }
  void bound_memory() {
    if (entries_.pending_bytes() > kMostPendingBytes) entries_.drop();
  }

 private:
  const Store& store_;
  Matcher matcher_;
  EntryStore entries_;
  ReportRematch rematch_;
};

class StoreTask : public BulkTask {
 public:
  StoreTask(const StoreSide& before, const StoreSide& after, AppNumber app)
      : before_(before), after_(after), app_(app) {}
  void work() override {
    before = before_.report_of(app_);
    after = after_.report_of(app_);
  }

  RematchedReport before, after;

 private:
  const StoreSide &before_, &after_;
  AppNumber app_;
};

}  // namespace

void compare_apps(const std::vector<std::string>& paths, const PatternDatabase& before,
                  const PatternDatabase& after, const BulkOptions& options, Comparison& comparison) {
  const Matcher first(before), second(after);
  InputList inputs(paths, [&](const InputComplaint& complaint) {
    complain(complaint.path + ": " + complaint.message);
    comparison.has_problems = true;
  });
  run_bulk(
      options.threads, BulkOrder::of_inputs,
      [&]() -> std::unique_ptr<BulkTask> {
        std::optional<AppInput> input = inputs.next();
        if (!input) return nullptr;
        return std::make_unique<AppTask>(first, second, options.limits, std::move(*input));
      },
      [&](std::unique_ptr<BulkTask> task) {
        const AppTask& app = static_cast<const AppTask&>(*task);
        for (const Problem& problem : app.after.problems) {
          comparison.has_problems = comparison.has_problems || problem.loss;
          if (problem.entry.empty() && problem.loss) complain(problem.message);
        }
        comparison.changes.add(app.before, app.after);
      });
}

void compare_store(const std::string& directory, const PatternDatabase& before, const PatternDatabase& after,
                   const BulkOptions& options, Comparison& comparison) {
  const std::unique_ptr<Store> store = Store::open_for_reading(directory);
  StoreSide first(*store, before, options.limits), second(*store, after, options.limits);
  std::vector<AppNumber> apps;
  StoreView(*store).for_each_app([&](AppNumber app, const AppHead&) {
    apps.push_back(app);
    return true;
  });
  std::size_t next = 0;
  run_bulk(
      options.threads, BulkOrder::of_inputs,
      [&]() -> std::unique_ptr<BulkTask> {
        return next == apps.size() ? nullptr : std::make_unique<StoreTask>(first, second, apps[next++]);
      },
      [&](std::unique_ptr<BulkTask> task) {
        StoreTask& app = static_cast<StoreTask&>(*task);
        app.before.gaps.merge(app.after.gaps);
        for (const std::string& gap : app.before.gaps) comparison.left_out[gap] += 1;
        if (app.before.report && app.after.report)
          comparison.changes.add(*app.before.report, *app.after.report);
        first.bound_memory();
        second.bound_memory();
      });
}

}  // namespace sdkprint::cli
