#include "corpus_metrics.h"

#include <cstdio>

namespace sdkprint::cli {
namespace {

class Metrics {
 public:
  /// A metric's help and type, before its values.
  void begin(const char* metric, const char* type, const char* help) {
    metric_ = metric;
    text_ += std::string("# HELP ") + metric + " " + help + "\n# TYPE " + metric + " " + type + "\n";
  }
  void value(const std::string& labels, double value) {
    char number[40];
    std::snprintf(number, sizeof number, " %.17g\n", value);
    text_ += metric_ + labels + number;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string metric_, text_;
};

}  // namespace

std::string corpus_metrics(const CorpusTotals& totals, double seconds, std::uint64_t expected_apps,
                           std::uint64_t store_bytes) {
  Metrics out;
  out.begin("sdkprint_corpus_apps_total", "counter", "Apps done in this run, by what became of them.");
  out.value("{outcome=\"known_path\"}", static_cast<double>(totals.known_paths));
  out.value("{outcome=\"known_content\"}", static_cast<double>(totals.known_contents));
  out.value("{outcome=\"scanned\"}", static_cast<double>(totals.scanned));
  out.value("{outcome=\"unreadable\"}", static_cast<double>(totals.unreadable));
  out.begin("sdkprint_corpus_apps_with_loss_total", "counter",
            "Scanned apps of which some content was lost.");
  out.value("", static_cast<double>(totals.with_loss));
  out.begin("sdkprint_corpus_apps_expected", "gauge",
            "Apps that the run was asked for; 0 when it is not known.");
  out.value("", static_cast<double>(expected_apps));
  out.begin("sdkprint_corpus_bytes_total", "counter", "Bytes of app files that were read.");
  out.value("", static_cast<double>(totals.bytes));
  out.begin("sdkprint_corpus_entries_total", "counter",
            "Entries of apps, by whether the content cache knew them.");
  out.value("{cache=\"hit\"}", static_cast<double>(totals.cache_hits));
  out.value("{cache=\"miss\"}", static_cast<double>(totals.cache_misses));
  out.begin("sdkprint_corpus_batches_total", "counter", "Batches committed to the store.");
  out.value("", static_cast<double>(totals.batches));
  out.begin("sdkprint_corpus_store_bytes", "gauge", "Size of the store's file.");
  out.value("", static_cast<double>(store_bytes));
  out.begin("sdkprint_corpus_run_seconds", "gauge", "Time since the run began.");
  out.value("", seconds);
  return out.take();
}

}  // namespace sdkprint::cli
