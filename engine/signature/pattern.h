#pragma once
// The exact meaning of a pattern, written for clarity: the reference that Hyperscan's candidates are checked
// with, and that the differential tests compare against.
#include <memory>
#include <string>
#include <string_view>

#include "signature/sdk.h"

namespace sdkprint {

/// True when the whole of `item` matches `glob` (`*`, `?`); linear time in practice, never exponential.
bool glob_matches(std::string_view glob, std::string_view item);

/// A package or class prefix at package boundaries: "com.umeng" matches "com.umeng", "com.umeng.Foo",
/// "com.umeng$Foo", not "com.umengine".
bool package_prefix_matches(std::string_view prefix, std::string_view class_name);

/// The host of a URL (or a bare host) at [begin, end) of `item` that surrounds the position, lower case not
/// applied; empty when the position is not in a host. See FORMAT.md "host" for what counts as one.
std::string_view host_around(std::string_view item, std::size_t position);

/// A pattern ready to be applied; regular expressions are compiled once. Immutable, safe to share.
class PatternMatcher {
 public:
  /// Throws InputError when the regular expression is not valid RE2.
  explicit PatternMatcher(const Pattern& pattern);
  ~PatternMatcher();
  PatternMatcher(PatternMatcher&&) noexcept;
  PatternMatcher& operator=(PatternMatcher&&) noexcept;

  bool matches(std::string_view item) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A version rule's regular expression and format. Immutable, safe to share.
class VersionExtractor {
 public:
  explicit VersionExtractor(const VersionRule& rule);
  ~VersionExtractor();
  VersionExtractor(VersionExtractor&&) noexcept;
  VersionExtractor& operator=(VersionExtractor&&) noexcept;

  /// The version in `text`, or nullopt. Never longer than 64 characters, never with control characters.
  std::optional<std::string> extract(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sdkprint
