#pragma once
// Which compiled database a command uses.
#include <optional>
#include <string>

#include "match/pattern_database.h"
#include "signature/behaviour.h"
#include "signature/sdk.h"

namespace sdkprint::cli {

/// The database named by --db; without it the installed one; when that is absent or was made for another
/// machine, one compiled from the installed signatures and cached for this machine. Throws Error.
PatternDatabase open_database(const std::optional<std::string>& path);

/// What a signature folder says.
struct Catalogue {
  SignatureSet signatures;
  BehaviourSet behaviours;
};

/// Parses a folder; prints every diagnostic to stderr and throws Error when there is any.
Catalogue load_signatures(const std::string& folder);

/// Writes through a temporary file and a rename, so that no reader ever sees half a file. Throws Error.
void write_file(const std::string& path, Bytes bytes);

}  // namespace sdkprint::cli
