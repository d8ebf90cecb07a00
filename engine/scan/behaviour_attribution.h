#pragma once
// Who did what: uses of the catalogue → behaviours of SDKs, of the app itself, and of packages that nobody
// claims. A pure function over what code, manifest and ownership say.
//
// A use belongs to the owner of the class that it stands in. Where that is the app itself or an open library,
// the class may only wrap the platform's call (a hook that the app's build put before it, AndroidX's
// TelephonyManagerCompat): then those who call the wrapper are charged as well, up to the first frame that is
// neither, and both frames are told. Classes of nobody known are not climbed: they may be an SDK's own.
#include <span>
#include <string>
#include <vector>

#include "behaviour/linked_use.h"
#include "format/manifest.h"
#include "match/matcher.h"
#include "result/report.h"

namespace sdkprint {

struct BehaviourEvidence {
  std::span<const LinkedUse> uses;  ///< with entries; of code, native libraries and the manifest
  const CallWays* ways = nullptr;   ///< of them
  std::vector<std::string> own_packages;
  std::vector<bool> is_backed;         ///< by SDK: Attribution::is_backed
  const Manifest* manifest = nullptr;  ///< the app's own, or null
  std::size_t uses_kept = 20;          ///< of one behaviour of one owner
};

/// Fills the behaviours of report.findings, own_behaviours, unattributed_behaviours and permissions; reads
/// findings and unattributed, which must be complete. A problem says when ways are cut because they take more
/// than 64 MiB.
void attribute_behaviours(const Matcher& matcher, BehaviourEvidence evidence, AppReport& report);

}  // namespace sdkprint
