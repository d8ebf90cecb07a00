#include "scan/bulk_scan.h"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>

#include <mutex>
#include <vector>

namespace sdkprint {

void run_bulk(unsigned threads, BulkOrder order, const std::function<std::unique_ptr<BulkTask>()>& next,
              const std::function<void(std::unique_ptr<BulkTask>)>& give) {
  const std::size_t count =
      threads != 0 ? threads : static_cast<std::size_t>(tbb::info::default_concurrency());
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism, count);
  // The filters hand over places: oneTBB would leak tokens that own something when an exception ends the
  // pipeline. There are as many as tokens, so one is always free when a task enters.
  using Place = std::unique_ptr<BulkTask>;
  std::vector<Place> places(count * 2);
  std::vector<Place*> free;
  for (Place& place : places) free.push_back(&place);
  std::mutex free_mutex;
  const auto take = [&](tbb::flow_control& control_flow) -> Place* {
    Place task = next();
    if (task == nullptr) {
      control_flow.stop();
      return nullptr;
    }
    const std::lock_guard lock(free_mutex);
    Place* const place = free.back();
    free.pop_back();
    *place = std::move(task);
    return place;
  };
  const auto work = [](Place* place) {
    (*place)->work();
    return place;
  };
  const auto hand_out = [&](Place* place) {
    give(std::move(*place));
    const std::lock_guard lock(free_mutex);
    free.push_back(place);
  };
  const auto mode = order == BulkOrder::of_inputs ? tbb::filter_mode::serial_in_order
                                                  : tbb::filter_mode::serial_out_of_order;
  tbb::parallel_pipeline(places.size(),
                         tbb::make_filter<void, Place*>(tbb::filter_mode::serial_in_order, take) &
                             tbb::make_filter<Place*, Place*>(tbb::filter_mode::parallel, work) &
                             tbb::make_filter<Place*, void>(mode, hand_out));
}

void scan_apps(const Matcher& matcher, const BulkOptions& options,
               const std::function<std::optional<AppInput>()>& next,
               const std::function<void(AppReport)>& sink) {
  struct Scan : BulkTask {
    Scan(const Matcher& matcher, const Limits& limits, AppInput input)
        : matcher(matcher), limits(limits), input(std::move(input)) {}
    void work() override { report = scan_app(matcher, input, limits); }
    const Matcher& matcher;
    const Limits& limits;
    AppInput input;
    AppReport report;
  };
  run_bulk(
      options.threads, BulkOrder::of_inputs,
      [&]() -> std::unique_ptr<BulkTask> {
        std::optional<AppInput> input = next();
        if (!input) return nullptr;
        return std::make_unique<Scan>(matcher, options.limits, std::move(*input));
      },
      [&](std::unique_ptr<BulkTask> task) { sink(std::move(static_cast<Scan&>(*task).report)); });
}

}  // namespace sdkprint
