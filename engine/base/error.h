#pragma once
// The two kinds of failure. `InputError`: this input is bad; caught per entry and per app, it becomes a
// Problem in the report. `Error`: the program cannot go on (a database of another Hyperscan version, a full
// disk); caught in main only. Absence is std::optional, a bug is an assert.
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sdkprint {

/// The input is malformed, hostile or over a limit. `what()` says what was read, where, what was needed and
/// what was there.
class InputError : public std::runtime_error {
 public:
  /// What went wrong, so that callers can tell "too much" from "broken".
  enum class Kind : std::uint8_t { malformed, truncated, unsupported, limit, unreadable };

  InputError(Kind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  explicit InputError(const std::string& message) : InputError(Kind::malformed, message) {}

  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// Stable lower-case name of a kind, as printed in reports.
std::string_view name(InputError::Kind kind);

/// The program cannot go on. `what()` names the file, what was expected and what to do.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace sdkprint
