#include "measure.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace sdkprint::bench {

double seconds_of(const std::function<void()>& task) {
  const std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  task();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<Timing> measure(const std::vector<std::function<void()>>& tasks, int rounds) {
  for (const std::function<void()>& task : tasks) task();
  std::vector<std::vector<double>> times(tasks.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < tasks.size(); ++i) times[i].push_back(seconds_of(tasks[i]));
  }
  std::vector<Timing> result;
  for (std::vector<double>& one : times) {
    std::sort(one.begin(), one.end());
    result.push_back({one.front(), one[one.size() / 2]});
  }
  return result;
}

std::string number(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

void Table::print() const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const std::vector<std::string>& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (std::size_t line = 0; line < rows_.size(); ++line) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const std::string padding(widths[i] - rows_[line][i].size(), ' ');
      std::printf("%s",
                  ("| " + (i == 0 ? rows_[line][i] + padding : padding + rows_[line][i]) + " ").c_str());
    }
    std::printf("|\n");
    if (line != 0) continue;
    for (std::size_t i = 0; i < widths.size(); ++i) std::printf(i == 0 ? "| --- " : "| ---: ");
    std::printf("|\n");
  }
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace sdkprint::bench
