#pragma once
// Timing on a machine that does other things too: what is compared is run in turn, round by round, so that a
// busy spell hits all of it alike, and of each the fastest round counts.
#include <functional>
#include <string>
#include <vector>

namespace sdkprint::bench {

struct Timing {
  double best = 0, median = 0;  ///< seconds
};

double seconds_of(const std::function<void()>& task);

/// Runs every task once to warm up, then `rounds` times in turn (A B C A B C …).
std::vector<Timing> measure(const std::vector<std::function<void()>>& tasks, int rounds);

/// A Markdown table on stdout; columns are padded, the first one to the left, the others to the right.
class Table {
 public:
  explicit Table(std::vector<std::string> head) { add(std::move(head)); }
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  void print() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

std::string number(double value, int decimals);
inline std::string milliseconds(double seconds) { return number(seconds * 1e3, 1); }
inline std::string megabytes(double bytes) { return number(bytes / 1e6, 1); }

}  // namespace sdkprint::bench
