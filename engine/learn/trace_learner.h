#pragma once
// What tells an SDK besides its packages: native libraries, exported JNI functions, hosts, and what its
// manifest says.
#include <set>
#include <string>
#include <vector>

#include "learn/package_choice.h"

namespace sdkprint {

struct LearnedPattern {
  Pattern pattern;
  std::set<std::size_t> releases;  ///< that have it
  std::string doubt;               ///< why a person should look at it; may be empty
};

struct LearnedTraces {
  std::vector<LearnedPattern> patterns;  ///< by surface, then text
  std::set<std::string> own_libraries;   ///< file names
  std::map<std::string, std::string>
      others_libraries;                            ///< file name → id of the SDK that bears it, or why not
  std::set<std::string> other_hosts, permissions;  ///< seen, and no sign of this SDK
};

/// Lower-case words that speak of the SDK. Hosts and keys without one of them are nobody's sign.
struct SdkWords {
  std::set<std::string> own;     ///< "jpush"
  std::set<std::string> shared;  ///< "baidu": speak of the vendor's other SDKs too
};

LearnedTraces learn_traces(const PatternDatabase& database, const std::vector<Release>& releases,
                           const OwnCode& own, const PackageChoice& packages, const SdkWords& words);

/// The packages of classes that exported JNI functions name ("Java_com_acme_Foo_bar" → "com.acme.Foo").
std::string class_of_jni_symbol(std::string_view symbol);
/// "com.acme" → "Java_com_acme_"
std::string jni_prefix(std::string_view package);

}  // namespace sdkprint
