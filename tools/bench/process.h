#pragma once
// Whole processes: wall time from before the fork to after the exit, and peak memory.
#include <string>

namespace sdkprint::bench {

struct ProcessCost {
  double seconds = 0;
  double peak_bytes = 0;  ///< largest resident set of the process or of one of its children
};

/// Runs a command by /bin/sh with stdout and stderr to /dev/null. Throws Error when it cannot be started or
/// ends with a status above `highest_status`.
ProcessCost run_shell(const std::string& command, int highest_status);

/// 'quoted' for the shell.
std::string shell_quoted(const std::string& text);

/// A directory of its own, removed with what is in it at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  /// Writes a file and returns its path.
  std::string write(const std::string& name, const std::string& text) const;
  std::string path(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace sdkprint::bench
