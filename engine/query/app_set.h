#pragma once
// A set of apps of one store view, as bits.
#include <bit>
#include <cstdint>
#include <vector>

#include "store/environment.h"

namespace sdkprint {

/// A value type; grows with the numbers it is given.
class AppSet {
 public:
  void add(AppNumber app) {
    const std::size_t word = app / 64;
    if (word >= words_.size()) words_.resize(word + 1);
    words_[word] |= std::uint64_t{1} << (app % 64);
  }
  void add(const std::vector<AppNumber>& apps) {
    for (const AppNumber app : apps) add(app);
  }
  void add(const AppSet& other) {
    if (other.words_.size() > words_.size()) words_.resize(other.words_.size());
    for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
  }
  /// Keeps what is in both.
  void keep(const AppSet& other) {
    if (words_.size() > other.words_.size()) words_.resize(other.words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  }
  bool has(AppNumber app) const {
    return app / 64 < words_.size() && (words_[app / 64] >> (app % 64) & 1) != 0;
  }
  std::uint64_t size() const {
    std::uint64_t count = 0;
    for (const std::uint64_t word : words_) count += static_cast<std::uint64_t>(std::popcount(word));
    return count;
  }
  /// Ascending.
  template <typename Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
        visit(static_cast<AppNumber>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
    }
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace sdkprint
