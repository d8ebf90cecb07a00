// sdkprint signature: the maintainers' commands, one file each.
#include "command.h"

namespace sdkprint::cli {
namespace {

constexpr Subcommand kCommands[] = {
    {"learn", "draft a signature from an SDK's own releases", learn_command},
    {"lint", "check signatures: schema, names, patterns, versions", lint_command},
    {"test", "scan the samples that signatures declare", signature_test_command},
    {"diff", "what a change of signatures does to the findings in apps", signature_diff_command},
    {"show", "all that is written of an SDK", signature_show_command},
    {"search", "find signatures by a text, or who owns an item", signature_search_command},
    {"stats", "how much the set knows", signature_stats_command},
    {"coverage", "how much of apps' code has an owner", signature_coverage_command},
    {"import", "draft signatures from other people's lists", import_command},
    {"export", "print trackers as other tools read them", export_command},
};

constexpr std::string_view kAbout = "signatures/FORMAT.md tells how signatures are written.\n";

}  // namespace

int signature_command(const Arguments& arguments) { return dispatch(kCommands, arguments, kAbout); }

}  // namespace sdkprint::cli
