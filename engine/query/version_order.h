#pragma once
// Which of two version texts is the later release, as far as the texts show it. Vendors number as they like:
// a wrong "older than 4.0" accuses somebody, so what is not certain is "incomparable" and never guessed.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sdkprint {

enum class VersionOrder : std::uint8_t { less, equal, greater, incomparable };

/// Compares numbers between dots as numbers ("4.10" > "4.9", "4.0" = "4", "v" in front and "+build" behind do
/// not count), as Semantic Versioning 2.0.0 and Maven do. When all numbers are equal a word behind them
/// decides if it is one that everybody uses alike: alpha < beta < rc < the release itself; dev, snapshot,
/// milestone, preview are before the release; final, ga, release are the release. All else is incomparable:
/// other words ("4.0-cn" with "4.0"; with "4.1" the numbers tell), a text without a number in front, a date
/// with a counter (a first number of six digits and more with a shorter one).
VersionOrder compare_versions(std::string_view a, std::string_view b);

/// Whether a version fulfils a condition, and if not, why nobody can tell.
enum class VersionMatch : std::uint8_t { yes, no, unknown, incomparable };
/// "yes", "no", "unknown", "incomparable".
std::string_view name(VersionMatch match);

/// "<4.0", "<=4.0", ">4.0", ">=4.0", "=4.0".
class VersionCondition {
 public:
  /// Nothing when the text is none: no operator, or no version that can be compared.
  static std::optional<VersionCondition> parse(std::string_view text);

  /// An empty version is unknown.
  VersionMatch match(std::string_view version) const;

 private:
  VersionCondition(std::string_view version, bool less, bool equal, bool greater)
      : version_(version), less_(less), equal_(equal), greater_(greater) {}
  std::string version_;
  bool less_, equal_, greater_;  ///< which orders fulfil it
};

}  // namespace sdkprint
