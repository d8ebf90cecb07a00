#include "scan/bulk_scan.h"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>

#include <vector>

namespace sdkprint {

void scan_apps(const Matcher& matcher, const BulkOptions& options,
               const std::function<std::optional<AppInput>()>& next,
               const std::function<void(AppReport)>& sink) {
  const std::size_t threads =
      options.threads != 0 ? options.threads : static_cast<std::size_t>(tbb::info::default_concurrency());
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
  // The filters hand over places in this ring. An app enters only when the one so many before it has left,
  // because the last filter keeps the order: its place is free then. (oneTBB would leak tokens that own
  // something when an exception ends the pipeline.)
  struct Place {
    AppInput input;
    AppReport report;
  };
  std::vector<Place> ring(threads * 2);
  std::size_t entered = 0;
  const auto take = [&](tbb::flow_control& control_flow) -> Place* {
    std::optional<AppInput> input = next();
    if (!input) {
      control_flow.stop();
      return nullptr;
    }
    Place& place = ring[entered++ % ring.size()];
    place.input = std::move(*input);
    return &place;
  };
  const auto scan = [&](Place* place) {
    place->report = scan_app(matcher, place->input, options.limits);
    return place;
  };
  const auto give = [&](Place* place) { sink(std::move(place->report)); };
  tbb::parallel_pipeline(ring.size(),
                         tbb::make_filter<void, Place*>(tbb::filter_mode::serial_in_order, take) &
                             tbb::make_filter<Place*, Place*>(tbb::filter_mode::parallel, scan) &
                             tbb::make_filter<Place*, void>(tbb::filter_mode::serial_in_order, give));
}

}  // namespace sdkprint
