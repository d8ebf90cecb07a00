#pragma once
// Which texts must occur in whatever a pattern matches: a question to an index of texts, which need not look
// at the texts themselves. For regular expressions the method is that of Cox, "Regular Expression Matching
// with a Trigram Index" (2012), as RE2's own FilteredRE2 implements it.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "signature/sdk.h"

namespace sdkprint {

/// Safe to share between threads.
class RequiredText {
 public:
  /// Texts shorter than `shortest` bytes are not asked for. Throws InputError when the regular expression is
  /// not valid RE2.
  RequiredText(const Pattern& pattern, std::size_t shortest);
  ~RequiredText();
  RequiredText(RequiredText&&) noexcept;
  RequiredText& operator=(RequiredText&&) noexcept;

  /// ASCII letters in lower case: the answer must ignore their case.
  const std::vector<std::string>& texts() const { return texts_; }
  /// False when no item can match of which `occurs` is true for these texts only (indexes into texts()). True
  /// when nothing is known.
  bool may_match(const std::function<bool(std::size_t text)>& occurs) const;

 private:
  struct Regex;
  std::vector<std::string> texts_;  // all of them, unless there is a regular expression
  std::unique_ptr<Regex> regex_;
};

}  // namespace sdkprint
