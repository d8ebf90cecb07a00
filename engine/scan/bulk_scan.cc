#include "scan/bulk_scan.h"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>

#include <memory>

namespace sdkprint {

void scan_apps(const Matcher& matcher, const BulkOptions& options,
               const std::function<std::optional<AppInput>()>& next,
               const std::function<void(AppReport)>& sink) {
  const std::size_t threads =
      options.threads != 0 ? options.threads : static_cast<std::size_t>(tbb::info::default_concurrency());
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
  // Filters hand over pointers: oneTBB copies small tokens, and a report is not small.
  tbb::parallel_pipeline(
      threads * 2,
      tbb::make_filter<void, std::shared_ptr<AppInput>>(
          tbb::filter_mode::serial_in_order,
          [&](tbb::flow_control& control_flow) -> std::shared_ptr<AppInput> {
            std::optional<AppInput> input = next();
            if (input) return std::make_shared<AppInput>(std::move(*input));
            control_flow.stop();
            return nullptr;
          }) &
          tbb::make_filter<std::shared_ptr<AppInput>, std::shared_ptr<AppReport>>(
              tbb::filter_mode::parallel,
              [&](const std::shared_ptr<AppInput>& input) {
                return std::make_shared<AppReport>(scan_app(matcher, *input, options.limits));
              }) &
          tbb::make_filter<std::shared_ptr<AppReport>, void>(
              tbb::filter_mode::serial_in_order,
              [&](const std::shared_ptr<AppReport>& report) { sink(std::move(*report)); }));
}

}  // namespace sdkprint
