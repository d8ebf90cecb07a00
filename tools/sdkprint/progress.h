#pragma once
// Progress of a long scan on stderr: on a terminal only.
#include <chrono>
#include <cstdint>
#include <string>

namespace sdkprint::cli {

class Progress {
 public:
  /// `wanted`: stderr is a terminal and results do not go to the same one. `total` apps, 0 when it is not
  /// known.
  Progress(bool wanted, std::uint64_t total);
  ~Progress();  ///< wipes the line
  void app_done(std::uint64_t bytes, bool has_problems);
  /// Wipes the line, so that something else can be printed.
  void pause();

 private:
  void draw();

  bool active_;
  bool drawn_ = false;
  std::uint64_t total_, apps_ = 0, bytes_ = 0, problems_ = 0;
  std::chrono::steady_clock::time_point start_, last_;
};

}  // namespace sdkprint::cli
