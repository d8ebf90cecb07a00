#include "progress.h"

#include <cstdio>

namespace sdkprint::cli {

using std::chrono::steady_clock;

Progress::Progress(Style style, std::uint64_t total)
    : style_(style), total_(total), start_(steady_clock::now()), last_(start_) {}

Progress::~Progress() { pause(); }

void Progress::app_done(std::uint64_t bytes, bool has_problems) {
  apps_ += 1;
  bytes_ += bytes;
  problems_ += has_problems ? 1 : 0;
  if (style_ == Style::none) return;
  const steady_clock::duration interval = style_ == Style::terminal
                                              ? steady_clock::duration(std::chrono::milliseconds(200))
                                              : std::chrono::minutes(1);
  const steady_clock::time_point now = steady_clock::now();
  if (now - last_ < interval) return;
  last_ = now;
  draw();
}

std::string Progress::line() const {
  const double seconds = std::chrono::duration<double>(last_ - start_).count();
  const double rate = static_cast<double>(apps_) / seconds;
  std::string line = std::to_string(apps_);
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
  return line;
}

void Progress::draw() {
  drawn_ = style_ == Style::terminal;
  const std::string text = drawn_ ? "\r\x1b[K" + line() : "sdkprint: " + line() + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void Progress::pause() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
  drawn_ = false;
}

}  // namespace sdkprint::cli
