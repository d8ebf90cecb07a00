// sdkprint signature: the maintainers' commands, one file each.
#include "command.h"

namespace sdkprint::cli {
namespace {

constexpr Subcommand kCommands[] = {
    {"lint", "check signatures: schema, names, patterns, versions", lint_command},
    {"import", "draft signatures from other people's lists", import_command},
    {"export", "print trackers as other tools read them", export_command},
};

constexpr std::string_view kAbout = "signatures/FORMAT.md tells how signatures are written.\n";

}  // namespace

int signature_command(const Arguments& arguments) { return dispatch(kCommands, arguments, kAbout); }

}  // namespace sdkprint::cli
