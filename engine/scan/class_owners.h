#pragma once
// Who owns classes, once all of the app is known: the same claims that count classes (ownership), asked for
// by name. A claim depends on a class's name only, so nothing need be kept of the classes themselves.
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "match/matcher.h"

namespace sdkprint {

class ClassOwners {
 public:
  /// `is_backed`, by SDK: weak claims of it stand (Attribution::is_backed). Looks all names up at once;
  /// repeated and unknown ones are welcome.
  ClassOwners(const Matcher& matcher, const std::vector<bool>& is_backed,
              const std::vector<std::string_view>& class_names);

  /// Index of the SDK that owns the class, or nullopt: nobody, or not among `class_names`.
  std::optional<std::uint32_t> sdk_of(std::string_view class_name) const;

 private:
  std::unordered_map<std::string, std::uint32_t> owner_;
};

}  // namespace sdkprint
