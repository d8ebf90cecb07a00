#pragma once
// Progress of a long scan on stderr.
#include <chrono>
#include <cstdint>
#include <string>

namespace sdkprint::cli {

class Progress {
 public:
  enum class Style : std::uint8_t {
    none,
    terminal,  ///< one line that is drawn over and over
    log,       ///< a line a minute
  };
  /// `total` apps, 0 when it is not known.
  Progress(Style style, std::uint64_t total);
  ~Progress();  ///< wipes the line
  void app_done(std::uint64_t bytes, bool has_problems);
  /// Wipes the line, so that something else can be printed.
  void pause();

 private:
  std::string line() const;
  void draw();

  Style style_;
  bool drawn_ = false;
  std::uint64_t total_, apps_ = 0, bytes_ = 0, problems_ = 0;
  std::chrono::steady_clock::time_point start_, last_;
};

}  // namespace sdkprint::cli
