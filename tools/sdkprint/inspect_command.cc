#include "command.h"
namespace sdkprint::cli {
int inspect_command(const Arguments&) { return kCouldNotRun; }
}
