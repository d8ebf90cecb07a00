#pragma once
// Which classes of a release are the SDK's own, and whose the others are. A release is mostly one SDK, but it
// may ship others beside it, or relocated copies of open libraries within its own packages.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "learn/release.h"
#include "match/pattern_database.h"

namespace sdkprint {

struct OwnClass {
  std::string name;  ///< dotted
  std::uint64_t code_bytes = 0;
  const ClassMembers* members = nullptr;  ///< of the release, which must outlive this; null when it has none
  bool is_relocated = false;              ///< a copy of an open library below the SDK's own package
};

/// How many classes of somebody else each release holds (index → classes); releases without any are not in
/// it.
using ClassesByRelease = std::map<std::size_t, std::size_t>;

struct OwnCode {
  /// The database's own record of this SDK, if it has one.
  const Sdk* known = nullptr;
  /// Parallel to the releases; sorted by name, each name once.
  std::vector<std::vector<OwnClass>> releases;
  /// The person who learns has named its packages: what the database says of them does not count.
  bool is_named = false;
  /// "com.acme": where most of its classes are. Classes elsewhere are probably its own, and only probably.
  std::set<std::string> main_origins;
  std::set<std::string> around;  ///< ids of SDKs whose records say that they contain this one
  std::map<std::string, ClassesByRelease> others;     ///< by id of the SDK that owns them
  std::map<std::string, ClassesByRelease> common;     ///< by origin: everybody's packages without a record
  std::map<std::string, ClassesByRelease> left_out;   ///< by origin: not among LearnOptions::packages
  std::map<std::string, ClassesByRelease> relocated;  ///< "com.acme.shaded.okhttp3 (okhttp)"
};

/// The releases and the database must outlive the result.
OwnCode find_own_code(const PatternDatabase& database, const std::vector<Release>& releases,
                      const LearnOptions& options);

}  // namespace sdkprint
