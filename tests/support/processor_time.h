#pragma once
// How much a hostile file costs, whatever else the machine does meanwhile.
#include <ctime>

namespace sdkprint::test {

/// Processor time of this process since it was made, in seconds.
class ProcessorTime {
 public:
  double seconds() const { return static_cast<double>(std::clock() - start_) / CLOCKS_PER_SEC; }

 private:
  std::clock_t start_ = std::clock();
};

}  // namespace sdkprint::test
