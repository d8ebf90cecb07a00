#include "progress.h"

#include <cstdio>

namespace sdkprint::cli {

Progress::Progress(bool wanted, std::uint64_t total)
    : active_(wanted), total_(total), start_(std::chrono::steady_clock::now()), last_(start_) {}

Progress::~Progress() { pause(); }

void Progress::app_done(std::uint64_t bytes, bool has_problems) {
  apps_ += 1;
  bytes_ += bytes;
  problems_ += has_problems ? 1 : 0;
  const std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now();
  if (!active_ || now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  draw();
}

void Progress::draw() {
  const double seconds = std::chrono::duration<double>(last_ - start_).count();
  const double rate = static_cast<double>(apps_) / seconds;
  std::string line = "\r\x1b[K" + std::to_string(apps_);
  if (total_ != 0) line += "/" + std::to_string(total_);
  char numbers[96];
  std::snprintf(numbers, sizeof numbers, " apps, %.1f apps/s, %.1f MB/s", rate,
                static_cast<double>(bytes_) / 1e6 / seconds);
  line += numbers;
  if (problems_ != 0) line += ", " + std::to_string(problems_) + " with problems";
  if (total_ > apps_) {
    const long left = static_cast<long>(static_cast<double>(total_ - apps_) / rate);
    std::snprintf(numbers, sizeof numbers, ", %ld:%02ld:%02ld left", left / 3600, left / 60 % 60, left % 60);
    line += numbers;
  }
  std::fwrite(line.data(), 1, line.size(), stderr);
  drawn_ = true;
}

void Progress::pause() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
  drawn_ = false;
}

}  // namespace sdkprint::cli
