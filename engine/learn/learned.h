#pragma once
// All that was learnt of an SDK's releases, before it becomes a draft.
#include "learn/own_code.h"
#include "learn/package_choice.h"
#include "learn/trace_learner.h"
#include "learn/version_learner.h"

namespace sdkprint {

struct Learned {
  OwnCode own;
  PackageChoice packages;
  LearnedTraces traces;
  LearnedVersions versions;
  bool only_jni = false;  ///< the packages are those that native libraries name: no class was seen
};

}  // namespace sdkprint
