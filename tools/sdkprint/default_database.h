#pragma once
// Which compiled database a command uses.
#include <optional>
#include <string>

#include "console.h"
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

/// The folder that the positional argument "signatures" names (at most one, or UsageError); without it the
/// one installed with the program. Throws Error when that is absent.
std::string signature_folder(const cxxopts::ParseResult& parsed);

/// The database of a catalogue: the default one when it was compiled from just that, otherwise compiled anew.
PatternDatabase database_of(const Catalogue& catalogue);

/// Writes through a temporary file and a rename, so that no reader ever sees half a file. Throws Error.
void write_file(const std::string& path, Bytes bytes);

}  // namespace sdkprint::cli
