#pragma once
// How much of the code of many apps has an owner, and which packages have none.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "result/report.h"

namespace sdkprint {

struct CodeShare {
  std::uint64_t apps = 0, classes = 0, code_bytes = 0;
};

/// Packages of one origin that no signature claims, over all apps.
struct UnclaimedPackage {
  std::string package;  ///< the longest package that all of them lie in
  CodeShare share;
};

/// Adds up apps. Not thread-safe.
class CodeCoverage {
 public:
  void add(const AppReport& report);

  std::uint64_t apps() const { return apps_; }
  /// By kind of the owner: "sdk", "library", "packer"; "own" is the apps' own code, "unattributed" has no
  /// owner.
  const std::map<std::string, CodeShare>& shares() const { return shares_; }
  CodeShare total() const;
  /// By number of apps, then bytes of code.
  std::vector<UnclaimedPackage> unclaimed() const;

 private:
  std::uint64_t apps_ = 0;
  std::map<std::string, CodeShare> shares_;
  std::map<std::string, UnclaimedPackage> unclaimed_;  // by origin
};

}  // namespace sdkprint
