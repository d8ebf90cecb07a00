#pragma once
// What reading one file may cost. Rows of a hostile dex file may all share one long string, class_data,
// code_item or debug_info; in an honest one each is used about once, so that what all rows together cost is
// bounded by the file's size. One budget serves all dex files of an 041 container: together they are no
// larger than the container.
#include <algorithm>
#include <cstdint>

namespace sdkprint {

struct ReadBudget {
  explicit ReadBudget(std::uint64_t file_size)
      : names(16 * file_size + 65536),
        members(file_size),
        code(2 * file_size),
        lines(16 * file_size + 65536) {}

  std::uint64_t
      names;  ///< bytes of strings and type lists looked at (some strings a dozen times, in searches)
  std::uint64_t members;                          ///< rows of class_data
  std::uint64_t code;                             ///< bytes of instructions
  std::uint64_t lines;                            ///< steps through debug_info
  std::uint64_t texts = std::uint64_t{32} << 20;  ///< bytes of text in results

  /// Takes from a budget what was spent; the last one may overdraw it, by one file's size at most.
  static void spend(std::uint64_t& budget, std::uint64_t amount) { budget -= std::min(budget, amount); }
};

}  // namespace sdkprint
