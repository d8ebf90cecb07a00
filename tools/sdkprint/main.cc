// sdkprint: one subcommand a file.
#include <csignal>

#include "base/error.h"
#include "console.h"

namespace {

using namespace sdkprint;
using namespace sdkprint::cli;

constexpr Subcommand kCommands[] = {
    {"scan", "tell which SDKs are inside apps", scan_command},
    {"explain", "print the evidence for what an SDK's code does", explain_command},
    {"inspect", "show the surfaces of an app that signatures speak about", inspect_command},
    {"compile", "compile signatures into a database", compile_command},
    {"corpus", "scan a whole corpus into a store, and work on the store", corpus_command},
    {"signature", "check and maintain signatures", signature_command},
    {"version", "print versions", version_command},
};

constexpr std::string_view kAbout = "Exit status: 0 all done, 1 done with problems, 2 could not run.\n";

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is seen when writing
  try {
    Arguments arguments(argv, argv + argc);
    if (!arguments.empty()) arguments.front() = "sdkprint";
    if (argc > 1 && arguments[1] == "--version") arguments[1] = "version";
    return dispatch(kCommands, arguments, kAbout);
  } catch (const std::exception& error) {
    complain(error.what());
    return kCouldNotRun;
  }
}
