#pragma once
// How common SDKs, vendors, categories and behaviours are over a corpus: from the store's indexes alone.
#include <array>
#include <string>
#include <vector>

#include "query/names.h"
#include "query/term.h"

namespace sdkprint {

/// Apps that hold an SDK, or some SDK of a vendor or category. An app counts once, at the strongest grade.
struct GradeCounts {
  std::string id;
  std::array<std::uint64_t, kGradeCount> apps{};  ///< by grade
  /// At this grade or a stronger one.
  std::uint64_t at_least(Grade grade) const;
};

/// `index` is sdk, vendor or category. Only ids with an app at least at this grade; most apps first, then id.
std::vector<GradeCounts> count_by_grade(const StoreView& view, Index index, Grade least);

/// Apps by term of an index whose terms are plain (certificate, coverage, problem, package). Most apps first.
struct TermCount {
  std::string term;
  std::uint64_t apps = 0;
};
std::vector<TermCount> count_terms(const StoreView& view, Index index);

/// Apps that show a behaviour, whoever's code does.
struct BehaviourCounts {
  std::string id;
  std::uint64_t apps = 0;       ///< confirmed or lead
  std::uint64_t confirmed = 0;  ///< confirmed, by anybody's code
  std::uint64_t by_sdks = 0;    ///< confirmed, by the code of an SDK (of the kind sdk)
  std::uint64_t owners = 0;     ///< SDKs that show it in some app, confirmed
};
/// What is benign counts nowhere. Most confirmed first.
std::vector<BehaviourCounts> count_behaviours(const StoreView& view, Names& names);

/// Who shows a behaviour, in how many apps. An app counts once for an owner.
struct OwnerCounts {
  std::string owner;  ///< an SDK's id, "app", "package:com.foo"
  std::uint64_t apps = 0, confirmed = 0, leads = 0, benign = 0;
  std::array<std::uint64_t, kReachCount> reach{};  ///< apps by the earliest reach, what is benign left out
};
/// At least so sure and so early. Most confirmed first.
std::vector<OwnerCounts> count_owners(const StoreView& view, const std::string& behaviour, Standing least,
                                      Reach earliest);

/// An app is a problem app when the code of an SDK in it (of the kind sdk; not a library, not a packer)
/// shows a behaviour of this severity or a graver one, confirmed, not benign, and reached at least as early.
struct ProblemQuery {
  std::string severity = "high";  ///< "low", "medium", "high"
  Reach reach = Reach::not_established;
  std::string category = {};  ///< data category of the behaviour; empty: any
};
struct ProblemShare {
  std::string sdk;
  std::uint64_t apps = 0;               ///< problem apps in which this SDK shows such a behaviour
  std::vector<std::string> behaviours;  ///< ids of them, those in most apps first
};
struct ProblemShares {
  std::uint64_t apps = 0;          ///< problem apps
  std::uint64_t pairs = 0;         ///< of a problem app and an SDK that makes it one; the sum over `sdks`
  std::vector<ProblemShare> sdks;  ///< most apps first
};
ProblemShares problem_shares(const StoreView& view, Names& names, const ProblemQuery& query);

}  // namespace sdkprint
