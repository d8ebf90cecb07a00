#pragma once
// Paths that a user gives → apps. A directory stands for the apps below it; files that are splits of one app
// (manifest attribute `split`, same package and version) are one app.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scan/app_scanner.h"

namespace sdkprint {

/// A directory that could not be read.
struct InputComplaint {
  std::string path, message;
};

/// Yields one app after the other, in a stable order: first the files as given, then what the directories
/// hold, sorted by name, depth first. Directories are read as they are reached, so that a million files need
/// not be listed first. Not thread-safe.
class InputList {
 public:
  /// `complain` is told of every directory that cannot be read; absent files are left to the scan.
  InputList(std::vector<std::string> paths, std::function<void(const InputComplaint&)> complain);
  ~InputList();

  std::optional<AppInput> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Joins splits among files that were given together. A file that cannot be read is an app of its own.
std::vector<AppInput> group_splits(const std::vector<std::string>& files);

/// One line of a list: a path, or several separated by TAB (splits of one app). Empty for an empty line.
std::optional<AppInput> parse_list_line(std::string_view line);

}  // namespace sdkprint
