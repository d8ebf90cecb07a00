#pragma once
// A use of the catalogue with what the rest of the app's code says of it. Ways to uses share most of their
// steps and callers most of their methods: both are numbers into tables of the app, and are put into words
// for the uses that are told.
#include <cstdint>
#include <string>
#include <vector>

#include "result/behaviour.h"

namespace sdkprint {

/// A method that calls the one a use stands in: a CallerFrame in numbers.
struct LinkedCaller {
  std::uint32_t depth = 1;
  std::uint32_t method = 0;  ///< of CallWays::methods
  std::uint32_t pc = 0;
  StepKind kind = StepKind::call;
  std::uint32_t calls = 0;  ///< of CallWays::methods
  Reach reach = Reach::not_established;
  std::uint32_t way = 0xffffffff;  ///< as LinkedUse::way
};

struct CallWays {
  static constexpr std::uint32_t kNone = 0xffffffff;

  struct Method {
    std::string class_name;  ///< dotted; only of methods that call
    std::string text;        ///< dexdump's notation
    bool is_short = false;   ///< no more code than a wrapper has
  };
  /// The last step of a way; those before it follow from it.
  struct Step {
    std::uint32_t method = 0;
    std::uint32_t from = kNone;  ///< a step that stands before this one in `steps`, or kNone
    StepKind kind = StepKind::entry;
  };

  std::vector<Method> methods;
  std::vector<Step> steps;

  std::vector<PathStep> path(std::uint32_t way) const;
  CallerFrame frame(const LinkedCaller& caller) const;
};

struct LinkedUse {
  std::uint32_t file = 0;                  ///< index into the files that were linked
  Use use;                                 ///< `entry` is left empty
  std::uint32_t method = CallWays::kNone;  ///< that it stands in; none: the class as a whole, or no code
  Reach reach = Reach::not_established;
  std::uint32_t way = CallWays::kNone;  ///< from the entry (or the public method) to the use's method
  std::vector<LinkedCaller> callers;    ///< of methods that look like wrappers: nearest first, capped
};

}  // namespace sdkprint
