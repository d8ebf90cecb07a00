#pragma once
// A corpus scan's numbers for Prometheus (text exposition format 0.0.4), for node_exporter's textfile
// collector.
#include <string>

#include "store/corpus_scan.h"

namespace sdkprint::cli {

std::string corpus_metrics(const CorpusTotals& totals, double seconds, std::uint64_t expected_apps,
                           std::uint64_t store_bytes);

}  // namespace sdkprint::cli
