#pragma once
// Packages that stand in apps of unrelated publishers and that no signature claims: likely SDKs that nobody
// has written down yet.
//
// Unrelated: the smaller of two numbers, how many certificates signed the apps, and how many package names
// the apps have. Certificates that sign one app together (key rotation, several signers) count as one. So one
// developer's own library does not count, nor does one app that many have signed again.
#include <map>
#include <string>
#include <vector>

#include "store/store.h"

namespace sdkprint {

struct UnknownBehaviour {
  std::string name, name_zh, severity;
  UseStrength strength = UseStrength::lead;
  std::uint64_t apps = 0;  ///< of the sample
};

/// What is below one origin (the first two segments of a package; three below com.github and such).
struct UnknownSdk {
  std::string package;  ///< the longest that all of it lies in
  std::vector<std::pair<std::string, std::uint64_t>>
      parts;  ///< packages as reports have them, with apps; most first
  std::uint64_t unrelated = 0, certificates = 0, app_packages = 0, apps = 0;

  // From a sample of at most kDiscoverySample of the apps, those with the smallest SHA-256: as good as any,
  // and rows whose apps are the same have the same ones, so that fewer reports are opened:
  std::uint64_t sampled = 0;
  std::uint64_t classes = 0, code_bytes = 0;                  ///< of the app in the middle
  std::map<std::string, UnknownBehaviour> behaviours;         ///< by id; what is not benign
  std::vector<std::string> libraries;                         ///< native, unclaimed, in most of the sample
  std::vector<std::pair<std::string, std::string>> examples;  ///< path and SHA-256 of up to three apps
  /// What lies in the package, of the examples' manifests as far as the store keeps them: components,
  /// meta-data, authorities, permissions; "service:com.foo.Push".
  std::vector<std::string> manifest;

  std::vector<std::string> companions;  ///< other packages of this list that stand in nearly the same apps
};
inline constexpr std::size_t kDiscoverySample = 8;

struct DiscoveryQuery {
  std::uint64_t least = 3;  ///< unrelated publishers
  std::size_t limit = 50;   ///< rows; 0: all
};

struct Discovery {
  std::vector<UnknownSdk> rows;  ///< most unrelated first, then apps, then code bytes, then name
  std::uint64_t origins = 0;     ///< looked at
  std::uint64_t renamed = 0;     ///< left out: names that a shrinker made ("a.b")
  std::uint64_t too_few = 0;     ///< left out: fewer unrelated publishers than asked for
  std::uint64_t beyond = 0;      ///< left out by the limit
};

Discovery discover(const StoreView& view, const DiscoveryQuery& query);

/// Whether every segment has at most two characters.
bool looks_renamed(std::string_view package);

}  // namespace sdkprint
