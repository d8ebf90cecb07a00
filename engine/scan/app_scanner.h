#pragma once
// One app, from its file or files to its report.
#include <string>
#include <vector>

#include "base/limits.h"
#include "match/matcher.h"
#include "result/report.h"
#include "scan/app_uses.h"
#include "scan/container_scan.h"

namespace sdkprint {

/// The files of one app: one, or several split APKs.
struct AppInput {
  std::vector<std::string> paths;
  std::vector<std::string> digests = {};  ///< SHA-256 of each file, when the caller has them already
};

/// What is gathered of one app, before anything is concluded.
struct AppFacts {
  AppInfo app;                    ///< path, parts, digest, size; the kind as far as single files tell
  std::vector<Problem> problems;  ///< of files as a whole
  std::vector<ContainerFacts> containers;  ///< one a file that is an archive
  std::vector<SingleFacts> singles;        ///< one a file that is not
  AppUses uses;                            ///< what its code does; behaviours are numbers of one catalogue
};

/// How an app is gathered, beside the limits.
struct GatherOptions {
  Capture capture = Capture::nothing;
  EntryCache* cache = nullptr;
  bool keep_names = false;  ///< as in ScanContext
};

/// The two halves of scan_app(). Neither throws InputError; both are safe to call from several threads.
AppFacts gather_app(const Matcher& matcher, const AppInput& input, const Limits& limits,
                    const GatherOptions& options = {});
AppReport conclude_app(const Matcher& matcher, const AppFacts& facts, const Limits& limits);
/// For a caller that needs the facts no more: their uses, which may be many, move into the report.
AppReport conclude_app(const Matcher& matcher, AppFacts&& facts, const Limits& limits);

/// Never throws InputError: whatever is wrong with the input is a Problem of the report. Safe to call from
/// several threads with one matcher.
AppReport scan_app(const Matcher& matcher, const AppInput& input, const Limits& limits = {});

/// AppInfo::sha256 out of the SHA-256 of the app's files. A set of parts is named by its content, not by the
/// order or the names of its files; empty without any.
std::string combined_digest(std::vector<std::string> digests);

/// An entry's surfaces, as signature authors look at them.
struct InspectedEntry {
  std::string path;
  std::shared_ptr<EntrySurfaces> surfaces;
};

struct Inspection {
  AppReport report;
  std::optional<Manifest> manifest;
  std::vector<InspectedEntry> entries;
};

/// As scan_app, and keeps every item of every surface; with Capture::members, what classes hold too.
Inspection inspect_app(const Matcher& matcher, const AppInput& input, const Limits& limits = {},
                       Capture capture = Capture::surfaces);

}  // namespace sdkprint
