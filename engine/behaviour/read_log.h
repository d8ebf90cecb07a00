#pragma once
// What reading one physical dex file went wrong with: a few problems, whatever the file contains.
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "result/report.h"

namespace sdkprint {

class ReadLog {
 public:
  static constexpr std::size_t kProblemsPerFile = 8;

  /// Nothing more is read of the file once this was said.
  void over_limit(const std::string& what) {
    if (std::exchange(is_over_limit_, true)) return;
    problems_.push_back({"", "limit", what + "; what follows was not looked at for behaviours", true});
  }
  bool is_over_limit() const { return is_over_limit_; }

  bool wants_more() const { return broken_ < kProblemsPerFile; }
  void broken_part(const InputError& error, const std::string& where) {
    if (++broken_ > kProblemsPerFile) return;
    problems_.push_back({"", std::string(name(error.kind())), where + ": " + error.what(), true});
    if (broken_ == kProblemsPerFile) {
      problems_.push_back({"", "malformed", "further broken code of this file is not listed", true});
    }
  }
  void note(std::string message) { problems_.push_back({"", "odd", std::move(message), false}); }

  std::vector<Problem> take() { return std::move(problems_); }

 private:
  std::vector<Problem> problems_;
  std::size_t broken_ = 0;
  bool is_over_limit_ = false;
};

}  // namespace sdkprint
