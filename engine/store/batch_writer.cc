#include "store/batch_writer.h"

namespace sdkprint {
namespace {

using Clock = std::chrono::steady_clock;

// A batch is written when either is reached: what a crash costs at most, beside the apps in flight.
constexpr std::size_t kBatchBytes = std::size_t{32} << 20;
constexpr std::chrono::seconds kBatchTime{2};

}  // namespace

void BatchWriter::add(std::size_t bytes, Change change) {
  changes_.push_back(std::move(change));
  bytes_ += bytes;
  if (bytes_ + entries_.pending_bytes() >= kBatchBytes || Clock::now() - begun_ >= kBatchTime) flush();
}

void BatchWriter::flush() {
  if (!changes_.empty()) {
    // Entries first: no app is there without those it speaks of.
    entries_.take();
    store_.environment().write([&](WriteTransaction& transaction) {
      entries_.write(transaction);
      for (const Change& change : changes_) change(transaction);
    });
    entries_.written();
    batches_ += 1;
  }
  changes_.clear();
  bytes_ = 0;
  begun_ = Clock::now();
}

}  // namespace sdkprint
