#pragma once
// The exact meaning of a pattern, written for clarity: the reference that Hyperscan's candidates are checked
// with, and that the differential tests compare against.
//
// Items are bytes: nearly always UTF-8, in DEX and class files MUTF-8, in native libraries anything. No
// function here decodes them, so no item can fail to be matched for its encoding: a pattern's characters
// outside ASCII are compared as their UTF-8 bytes (equal to MUTF-8 up to U+FFFF; the parser refuses patterns
// beyond), `?` and
// `.` stand for one byte, and only ASCII letters have two cases.
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "signature/sdk.h"

namespace sdkprint {

/// True when the whole of `item` matches `glob`: `*` is any run of bytes, `?` any one byte, nothing escapes
/// them. O(|glob| * |item|) at worst, without recursion.
bool glob_matches(std::string_view glob, std::string_view item);

/// A package or class prefix at package boundaries: "com.umeng" matches "com.umeng", "com.umeng.Foo",
/// "com.umeng$Foo", not "com.umengine".
bool package_prefix_matches(std::string_view prefix, std::string_view class_name);

/// The domain itself or any subdomain, ignoring the case of ASCII letters.
bool domain_matches(std::string_view domain, std::string_view host);

/// The host of a URL (or a bare host) in `item` that covers the byte at `position`, its case as it stands;
/// empty when that byte is in no host. FORMAT.md, "Hosts", says what counts as one. Looks at a bounded number
/// of bytes around the position, however long the item.
std::string_view host_around(std::string_view item, std::size_t position);

/// A pattern ready to be applied; regular expressions are compiled once. Immutable, safe to share.
class PatternMatcher {
 public:
  /// Throws InputError when the regular expression is not valid RE2.
  explicit PatternMatcher(const Pattern& pattern);
  ~PatternMatcher();
  PatternMatcher(PatternMatcher&&) noexcept;
  PatternMatcher& operator=(PatternMatcher&&) noexcept;

  /// `item` is an item of the pattern's surface as FORMAT.md's table shows it; on the host surface a bare
  /// host, as host_around() returns it. Any bytes are fine.
  bool matches(std::string_view item) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A version rule's `key`, regular expression and format. Immutable, safe to share.
class VersionExtractor {
 public:
  /// Throws InputError when the regular expression is not valid RE2 or the format names a group it lacks.
  explicit VersionExtractor(const VersionRule& rule);
  ~VersionExtractor();
  VersionExtractor(VersionExtractor&&) noexcept;
  VersionExtractor& operator=(VersionExtractor&&) noexcept;

  /// The version in `text` (what the rule's source reads: a constant, a string, a file name, a whole entry;
  /// with `key`, the value of the first line "key=value" or "key: value" is used instead of the text).
  /// nullopt when there is none. 1 to 64 printable ASCII characters, never a blank at an end.
  std::optional<std::string> extract(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// What RE2 has against a regular expression, or nullopt when it compiles.
std::optional<std::string> regex_error(std::string_view regex);

}  // namespace sdkprint
