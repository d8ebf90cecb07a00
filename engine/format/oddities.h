#pragma once
// Tampering shows as many small lies of the same kind; one sentence for each kind is what a reader wants.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace sdkprint {

/// Appends each distinct message once to a list that outlives it. Messages are literals.
class Oddities {
 public:
  explicit Oddities(std::vector<std::string>& warnings) : warnings_(warnings) {}

  void say(std::string_view message) {
    if (std::find(said_.begin(), said_.end(), message) != said_.end()) return;
    said_.push_back(message);
    warnings_.emplace_back(message);
  }

 private:
  std::vector<std::string>& warnings_;
  std::vector<std::string_view> said_;
};

}  // namespace sdkprint
