#pragma once
// What a version rule's target names: a class, or a member of one; globs allowed.
#include <string_view>

#include "signature/pattern.h"

namespace sdkprint {

/// Borrows the rule's text.
struct MemberTarget {
  explicit MemberTarget(std::string_view target) : whole(target) {
    const std::size_t dot = target.rfind('.');
    if (dot == std::string_view::npos) return;
    holder = target.substr(0, dot);
    member = target.substr(dot + 1);
  }

  /// True when the target is this class as a whole, or this method of it.
  bool names(std::string_view class_name, std::string_view method) const {
    if (glob_matches(whole, class_name)) return true;
    return glob_matches(holder, class_name) && glob_matches(member, method);
  }
  /// False when no method of the class can be meant.
  bool may_name(std::string_view class_name) const {
    return glob_matches(whole, class_name) || glob_matches(holder, class_name);
  }

  std::string_view whole, holder, member;
};

}  // namespace sdkprint
