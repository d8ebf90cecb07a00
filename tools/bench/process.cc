#include "process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "base/error.h"

extern char** environ;

namespace sdkprint::bench {

ProcessCost run_shell(const std::string& command, int highest_status) {
  const std::string line = "exec >/dev/null 2>&1; " + command;
  std::string shell = "/bin/sh", option = "-c", text = line;
  char* arguments[] = {shell.data(), option.data(), text.data(), nullptr};
  const std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  pid_t pid = 0;
  const int error = ::posix_spawn(&pid, shell.c_str(), nullptr, nullptr, arguments, environ);
  if (error != 0) throw Error(shell + ": " + std::generic_category().message(error));
  int status = 0;
  struct rusage usage {};
  while (::wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!WIFEXITED(status) || WEXITSTATUS(status) > highest_status) throw Error("failed: " + command);
  return {seconds, static_cast<double>(usage.ru_maxrss) * 1024};
}

std::string shell_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'')
      quoted += "'\\''";
    else
      quoted.push_back(c);
  }
  return quoted + "'";
}

ScratchFolder::ScratchFolder() {
  std::string name = std::filesystem::temp_directory_path() / "sdkprint-bench-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw Error(name + ": " + std::generic_category().message(errno));
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string ScratchFolder::write(const std::string& name, const std::string& text) const {
  std::ofstream out(path(name), std::ios::binary);
  out << text;
  if (!out.flush()) throw Error(path(name) + ": cannot be written");
  return path(name);
}

}  // namespace sdkprint::bench
