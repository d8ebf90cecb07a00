#include "store/index_terms.h"

#include <algorithm>
#include <map>

#include "base/digest.h"

namespace sdkprint {
namespace {

constexpr std::size_t kMostKeyBytes = 511;  // LMDB's MDB_MAXKEYSIZE as it is compiled by default
constexpr char kFirstLetter = 'a';

using Strongest = std::map<std::string, Grade>;

void strengthen(Strongest& grades, const std::string& id, Grade grade) {
  if (id.empty()) return;
  Grade& known = grades.try_emplace(id, grade).first->second;
  known = std::max(known, grade);
}

class Terms {
 public:
  void add(Index index, std::string text) { terms_.push_back({index, std::move(text)}); }
  void add(const std::vector<BehaviourFinding>& behaviours, const std::string& owner) {
    for (const BehaviourFinding& one : behaviours) {
      const std::string_view standing = one.is_benign ? "benign" : name(one.strength);
      add(Index::behaviour,
          one.id + "\t" + std::string(standing) + "\t" + std::string(name(one.reach)) + "\t" + owner);
    }
  }
  void add(Index index, const Strongest& grades) {
    for (const auto& [id, grade] : grades) add(index, id + "\t" + std::string(name(grade)));
  }
  std::vector<IndexTerm> take() {
    std::sort(terms_.begin(), terms_.end());
    terms_.erase(std::unique(terms_.begin(), terms_.end()), terms_.end());
    return std::move(terms_);
  }

 private:
  std::vector<IndexTerm> terms_;
};

}  // namespace

std::vector<IndexTerm> index_terms(const AppReport& report) {
  Terms terms;
  Strongest vendors, categories;
  for (const Finding& finding : report.findings) {
    terms.add(Index::sdk,
              finding.sdk + "\t" + std::string(name(finding.grade)) + "\t" + finding.version.value_or(""));
    terms.add(finding.behaviours, finding.sdk);
    strengthen(vendors, finding.vendor.id, finding.grade);
    strengthen(categories, finding.category, finding.grade);
  }
  terms.add(Index::vendor, vendors);
  terms.add(Index::category, categories);
  if (!report.app.package.empty()) terms.add(Index::package, report.app.package);
  for (const AppCertificate& certificate : report.app.certificates)
    terms.add(Index::certificate, certificate.sha256);
  for (const PackageCount& row : report.unattributed) terms.add(Index::unclaimed, row.package);
  for (const Problem& problem : report.problems) {
    if (problem.loss) terms.add(Index::problem, problem.kind);
  }
  terms.add(report.own_behaviours, "app");
  for (const PackageBehaviours& row : report.unattributed_behaviours)
    terms.add(row.behaviours, "package:" + row.package);
  for (const PermissionFinding& one : report.permissions)
    terms.add(Index::permission, one.permission + (one.is_declared ? "\tdeclared" : "\tneeded"));
  terms.add(Index::coverage, std::string(name(report.coverage.analysable)));
  return terms.take();
}

std::string index_key(Index index, std::string_view text) {
  std::string key(1, static_cast<char>(kFirstLetter + static_cast<char>(index)));
  if (text.size() < kMostKeyBytes) return key.append(text);
  const std::string mark = "#" + to_hex(digest(as_bytes(text)));
  return key.append(text.substr(0, kMostKeyBytes - 1 - mark.size())).append(mark);
}

std::vector<std::string> index_keys(const AppReport& report) {
  std::vector<std::string> keys;
  for (const IndexTerm& term : index_terms(report)) keys.push_back(index_key(term.index, term.text));
  std::sort(keys.begin(), keys.end());
  return keys;
}

std::optional<IndexTerm> term_of_key(Bytes key) {
  if (key.empty() || key[0] < kFirstLetter || key[0] >= kFirstLetter + static_cast<int>(kIndexCount))
    return std::nullopt;
  return IndexTerm{static_cast<Index>(key[0] - kFirstLetter), std::string(as_text(key.subspan(1)))};
}

}  // namespace sdkprint
