#include "review/code_coverage.h"

#include <algorithm>
#include <set>

#include "scan/attribution.h"

namespace sdkprint {
namespace {

void add_code(CodeShare& share, std::uint64_t classes, std::uint64_t code_bytes) {
  share.classes += classes;
  share.code_bytes += code_bytes;
}

}  // namespace

void CodeCoverage::add(const AppReport& report) {
  apps_ += 1;
  std::set<CodeShare*> here;  // each counts an app once
  const auto count = [&](CodeShare& share, std::uint64_t classes, std::uint64_t code_bytes) {
    if (classes == 0) return;
    add_code(share, classes, code_bytes);
    here.insert(&share);
  };
  for (const Finding& finding : report.findings)
    count(shares_[finding.kind], finding.classes, finding.code_bytes);
  for (const PackageCount& row : report.own) count(shares_["own"], row.classes, row.code_bytes);
  for (const PackageCount& row : report.unattributed) {
    count(shares_["unattributed"], row.classes, row.code_bytes);
    UnclaimedPackage& origin = unclaimed_[std::string(origin_of(row.package))];
    origin.package = origin.share.classes == 0 ? row.package : common_package(origin.package, row.package);
    count(origin.share, row.classes, row.code_bytes);
  }
  for (CodeShare* share : here) share->apps += 1;
}

CodeShare CodeCoverage::total() const {
  CodeShare total{apps_, 0, 0};
  for (const auto& [kind, share] : shares_) add_code(total, share.classes, share.code_bytes);
  return total;
}

std::vector<UnclaimedPackage> CodeCoverage::unclaimed() const {
  std::vector<UnclaimedPackage> rows;
  for (const auto& [origin, row] : unclaimed_) rows.push_back(row);
  std::sort(rows.begin(), rows.end(), [](const UnclaimedPackage& a, const UnclaimedPackage& b) {
    if (a.share.apps != b.share.apps) return a.share.apps > b.share.apps;
    if (a.share.code_bytes != b.share.code_bytes) return a.share.code_bytes > b.share.code_bytes;
    return a.package < b.package;
  });
  return rows;
}

}  // namespace sdkprint
