// sdkprint: one subcommand a file.
#include <csignal>
#include <iostream>

#include "base/error.h"
#include "console.h"

namespace {

using namespace sdkprint;
using namespace sdkprint::cli;

struct Subcommand {
  const char* name;
  const char* summary;
  int (*run)(const Arguments&);
};

constexpr Subcommand kSubcommands[] = {
    {"scan", "tell which SDKs are inside apps", scan_command},
    {"inspect", "show the surfaces of an app that signatures speak about", inspect_command},
    {"compile", "compile signatures into a database", compile_command},
    {"version", "print versions", version_command},
};

std::string usage() {
  std::string text = "Usage: sdkprint COMMAND [OPTION…]\n\n";
  for (const Subcommand& one : kSubcommands) {
    text +=
        "  " + std::string(one.name).append(10 - std::string_view(one.name).size(), ' ') + one.summary + "\n";
  }
  return text +
         "\nsdkprint COMMAND --help tells more of each. Exit status: 0 all done, 1 done with problems,\n"
         "2 could not run.\n";
}

int run(int argc, char** argv) {
  const std::string_view name = argc > 1 ? argv[1] : "";
  if (name == "--help" || name == "-h" || name == "help") return print(usage()), kDone;
  if (name == "--version") return version_command({"sdkprint version"});
  for (const Subcommand& one : kSubcommands) {
    if (name != one.name) continue;
    Arguments arguments = {"sdkprint " + std::string(name)};
    arguments.insert(arguments.end(), argv + 2, argv + argc);
    try {
      return one.run(arguments);
    } catch (const UsageError& error) {
      complain(std::string(error.what()) + " (see: sdkprint " + one.name + " --help)");
      return kCouldNotRun;
    }
  }
  complain(name.empty() ? "name a command" : "\"" + std::string(name) + "\" is no command");
  std::cerr << usage();
  return kCouldNotRun;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is seen when writing
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    complain(error.what());
    return kCouldNotRun;
  }
}
