#pragma once
// The code of one app as a whole: facts of its files, linked. Settles uses that hang on classes of other
// files, walks the call graph from the manifest's entry points, tells who calls a wrapper. Knows nothing of
// SDKs. See docs/decisions/0005-code-facts-then-links.md for the method and its source.
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "behaviour/catalogue_index.h"
#include "behaviour/code_facts.h"
#include "behaviour/linked_use.h"
#include "result/behaviour.h"
#include "result/report.h"

namespace sdkprint {

/// A class that Android itself makes an object of, by the manifest.
struct EntryPoint {
  Reach kind = Reach::screen;  ///< screen, background, application_start or provider_start
  std::string class_name;      ///< dotted
};

struct AppCode {
  std::vector<LinkedUse> uses;    ///< by file, then in the order of the file
  CallWays ways;                  ///< of them
  bool is_reach_known = true;     ///< false: over budget, every reach is not_established
  std::vector<Problem> problems;  ///< `entry` is left empty
};

/// What linking one app may cost.
struct LinkBudget {
  std::chrono::steady_clock::time_point deadline;
  std::uint64_t edges = 50'000'000;  ///< visited in all
};

/// `files` in the order in which the app's class loader looks for classes. Safe to call from several threads
/// with one index. Deterministic but for the deadline, which is said in `problems`. Never throws InputError.
AppCode link_code(const CatalogueIndex& index, std::span<const CodeFacts* const> files,
                  std::span<const EntryPoint> entry_points, const LinkBudget& budget);

}  // namespace sdkprint
