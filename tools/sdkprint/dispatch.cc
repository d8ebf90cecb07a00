#include <algorithm>
#include <iostream>

#include "console.h"

namespace sdkprint::cli {
namespace {

std::string usage(std::span<const Subcommand> commands, const std::string& program, std::string_view about) {
  std::size_t width = 0;
  for (const Subcommand& one : commands) width = std::max(width, std::string_view(one.name).size());
  std::string text = "Usage: " + program + " COMMAND [OPTION…]\n\n";
  for (const Subcommand& one : commands) {
    const std::size_t padding = width + 2 - std::string_view(one.name).size();
    text += "  " + std::string(one.name).append(padding, ' ') + one.summary + "\n";
  }
  return text + "\n" + program + " COMMAND --help tells more of each. " + std::string(about);
}

}  // namespace

int dispatch(std::span<const Subcommand> commands, const Arguments& arguments, std::string_view about) {
  const std::string program = arguments.empty() ? "sdkprint" : arguments.front();
  const std::string name = arguments.size() > 1 ? arguments[1] : "";
  if (name == "--help" || name == "-h" || name == "help")
    return print(usage(commands, program, about)), kDone;
  for (const Subcommand& one : commands) {
    if (name != one.name) continue;
    Arguments rest = {program + " " + name};
    rest.insert(rest.end(), arguments.begin() + 2, arguments.end());
    try {
      return one.run(rest);
    } catch (const UsageError& error) {
      complain(std::string(error.what()) + " (see: " + rest.front() + " --help)");
      return kCouldNotRun;
    }
  }
  complain(name.empty() ? "name a command" : "\"" + name + "\" is no command");
  std::cerr << usage(commands, program, about);
  return kCouldNotRun;
}

}  // namespace sdkprint::cli
