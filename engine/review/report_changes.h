#pragma once
// What another signature database does to the reports of the same apps: per SDK, which apps it gains and
// loses, and where grade, version and owned classes change.
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "result/report.h"

namespace sdkprint {

enum class Change : std::uint8_t {
  gained,    ///< not found before, found now
  lost,      ///< found before, not found now
  stronger,  ///< a higher grade
  weaker,    ///< a lower grade
  version,   ///< another version, or one more or less
  classes,   ///< the same grade from other numbers of owned classes
};
inline constexpr std::size_t kChangeCount = 6;
inline constexpr std::array<Change, kChangeCount> kChanges = {
    Change::gained, Change::lost, Change::stronger, Change::weaker, Change::version, Change::classes};
/// "gained", "lost", "stronger", "weaker", "version", "classes"
std::string_view name(Change change);

struct ChangeExample {
  std::string app;            ///< path as given
  std::string before, after;  ///< "defined 4.2.0 (151 classes)", or "-"
  std::string evidence;       ///< strongest evidence of the finding that is there now, or was there before
};

struct SdkChanges {
  std::uint64_t before = 0, after = 0;  ///< apps it was found in, at any grade
  std::array<std::uint64_t, kChangeCount> counts{};
  std::array<std::vector<ChangeExample>, kChangeCount> examples;  ///< the first few of each

  std::uint64_t count(Change change) const { return counts[static_cast<std::size_t>(change)]; }
};

/// Adds up apps. Not thread-safe.
class ReportChanges {
 public:
  /// Keeps at most so many examples of each kind of change of an SDK.
  explicit ReportChanges(std::size_t examples) : most_examples_(examples) {}

  /// Two reports of the same app.
  void add(const AppReport& before, const AppReport& after);

  std::uint64_t apps() const { return apps_; }
  std::uint64_t changed_apps() const { return changed_apps_; }
  /// By id; only SDKs of which something changed.
  std::map<std::string, SdkChanges> changed() const;

 private:
  bool compare(const std::string& app, const std::string& sdk, const Finding* before, const Finding* after);

  std::size_t most_examples_;
  std::uint64_t apps_ = 0, changed_apps_ = 0;
  std::map<std::string, SdkChanges> sdks_;
};

}  // namespace sdkprint
