#include "query/discovery.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "scan/attribution.h"

namespace sdkprint {
namespace {

constexpr std::size_t kExamples = 3;
/// Rows are measured (reports are opened) some way beyond the limit, so that code bytes can decide ties
/// there.
constexpr std::size_t kMeasuredPerRow = 4;
constexpr double kNearlyTheSame = 0.9;

bool is_native_name(std::string_view package) { return package.ends_with(".so"); }

/// Who published each app: a certificate, with those that signed an app beside it.
class Publishers {
 public:
  explicit Publishers(const StoreView& view) {
    view.for_each_app([&](AppNumber app, const AppHead& head) {
      if (app >= certificate_.size()) {
        certificate_.resize(app + std::size_t{1}, kNone);
        package_.resize(app + std::size_t{1}, kNone);
        sha256_.resize(app + std::size_t{1});
      }
      sha256_[app] = head.sha256;
      if (!head.package.empty()) package_[app] = number(packages_, head.package);
      for (const std::string& sha256 : head.certificates) {
        const std::uint32_t certificate = number(certificates_, sha256);
        if (certificate == parents_.size()) parents_.push_back(certificate);
        if (certificate_[app] == kNone) certificate_[app] = certificate;
        parents_[root(certificate)] = root(certificate_[app]);
      }
      return true;
    });
  }

  void count(const AppSet& apps, UnknownSdk& row) {
    std::set<std::uint32_t> certificates, packages;
    apps.for_each([&](AppNumber app) {
      if (certificate_[app] != kNone) certificates.insert(root(certificate_[app]));
      if (package_[app] != kNone) packages.insert(package_[app]);
    });
    row.certificates = certificates.size();
    row.app_packages = packages.size();
    row.unrelated = std::min(row.certificates, row.app_packages);
    row.apps = apps.size();
  }

  /// In the order of SHA-256, which does not depend on the order of the scan.
  std::vector<AppNumber> sample(const AppSet& apps, std::size_t most) const {
    std::vector<AppNumber> all;
    apps.for_each([&](AppNumber app) { all.push_back(app); });
    std::sort(all.begin(), all.end(), [&](AppNumber a, AppNumber b) { return sha256_[a] < sha256_[b]; });
    if (all.size() <= most) return all;
    std::vector<AppNumber> some;
    for (std::size_t i = 0; i < most; ++i) some.push_back(all[i * all.size() / most]);
    return some;
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  static std::uint32_t number(std::map<std::string, std::uint32_t>& numbers, const std::string& text) {
    return numbers.try_emplace(text, static_cast<std::uint32_t>(numbers.size())).first->second;
  }
  std::uint32_t root(std::uint32_t certificate) {
    while (parents_[certificate] != certificate)
      certificate = parents_[certificate] = parents_[parents_[certificate]];
    return certificate;
  }

  std::map<std::string, std::uint32_t> certificates_, packages_;
  std::vector<std::uint32_t> parents_, certificate_, package_;
  std::vector<std::string> sha256_;
};

struct Candidate {
  UnknownSdk row;
  AppSet apps;
};

/// Every origin with its parts and apps.
std::vector<Candidate> gather(const StoreView& view, Discovery& result) {
  std::map<std::string, Candidate, std::less<>> origins;
  view.for_each_term(Index::unclaimed, "", [&](const std::string& package, std::uint64_t apps) {
    if (package.empty() || is_native_name(package)) return true;
    if (looks_renamed(package)) {
      result.renamed += 1;
      return true;
    }
    Candidate& one = origins[std::string(origin_of(package))];
    UnknownSdk& row = one.row;
    row.package = row.parts.empty() ? package : common_package(row.package, package);
    row.parts.emplace_back(package, apps);
    one.apps.add(view.apps_of(Index::unclaimed, package));
    return true;
  });
  result.origins = origins.size();
  std::vector<Candidate> candidates;
  for (auto& [origin, one] : origins) candidates.push_back(std::move(one));
  return candidates;
}

bool lies_in(const std::string& package, const std::string& outer) {
  return package.starts_with(outer) && (package.size() == outer.size() || package[outer.size()] == '.');
}

void add_behaviours(const PackageBehaviours& from, UnknownSdk& row) {
  for (const BehaviourFinding& one : from.behaviours) {
    if (one.is_benign) continue;
    UnknownBehaviour& known = row.behaviours[one.id];
    known.name = one.name, known.name_zh = one.name_zh, known.severity = one.severity;
    known.strength = std::max(known.strength, one.strength);
    known.apps += 1;
  }
}

/// What only reports tell, from some of the apps.
void measure(const StoreView& view, const Publishers& publishers, Candidate& candidate) {
  UnknownSdk& row = candidate.row;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> sizes;  // code bytes, classes
  std::map<std::string, std::size_t> libraries;
  for (const AppNumber app : publishers.sample(candidate.apps, kDiscoverySample)) {
    const AppReport report = view.report(app);
    std::pair<std::uint64_t, std::uint64_t> size;
    for (const PackageCount& one : report.unattributed) {
      if (!lies_in(one.package, row.package)) continue;
      size.first += one.code_bytes;
      size.second += one.classes;
    }
    sizes.push_back(size);
    for (const PackageBehaviours& one : report.unattributed_behaviours) {
      if (lies_in(one.package, row.package)) add_behaviours(one, row);
      if (is_native_name(one.package)) libraries[one.package] += 1;
    }
    if (row.examples.size() < kExamples) row.examples.emplace_back(report.app.path, report.app.sha256);
  }
  row.sampled = sizes.size();
  std::sort(sizes.begin(), sizes.end());
  row.code_bytes = sizes[sizes.size() / 2].first;
  row.classes = sizes[sizes.size() / 2].second;
  for (const auto& [library, apps] : libraries) {
    if (apps * 2 > row.sampled) row.libraries.push_back(library);
  }
  std::stable_sort(row.parts.begin(), row.parts.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
}

void add_companions(std::vector<Candidate>& candidates) {
  for (Candidate& one : candidates) {
    for (const Candidate& other : candidates) {
      if (&one == &other) continue;
      AppSet both = one.apps;
      both.keep(other.apps);
      const auto shared = static_cast<double>(both.size());
      const double either = static_cast<double>(one.row.apps + other.row.apps) - shared;
      if (shared >= kNearlyTheSame * either) one.row.companions.push_back(other.row.package);
    }
  }
}

}  // namespace

bool looks_renamed(std::string_view package) {
  std::size_t longest = 0;
  for (std::size_t begin = 0; begin <= package.size();) {
    const std::size_t end = std::min(package.find('.', begin), package.size());
    longest = std::max(longest, end - begin);
    begin = end + 1;
  }
  return longest <= 2;
}

Discovery discover(const StoreView& view, const DiscoveryQuery& query) {
  Discovery result;
  std::vector<Candidate> candidates = gather(view, result);
  Publishers publishers(view);
  for (Candidate& one : candidates) publishers.count(one.apps, one.row);
  result.too_few =
      std::erase_if(candidates, [&](const Candidate& one) { return one.row.unrelated < query.least; });
  const auto place = [](const Candidate& one) {
    return std::tuple(-static_cast<std::int64_t>(one.row.unrelated), -static_cast<std::int64_t>(one.row.apps),
                      -static_cast<std::int64_t>(one.row.code_bytes), one.row.package);
  };
  const auto comes_first = [&](const Candidate& a, const Candidate& b) { return place(a) < place(b); };
  std::sort(candidates.begin(), candidates.end(), comes_first);
  const std::size_t limit = query.limit == 0 ? candidates.size() : std::min(query.limit, candidates.size());
  result.beyond = candidates.size() - limit;
  candidates.resize(std::min(candidates.size(), limit * kMeasuredPerRow));
  for (Candidate& one : candidates) measure(view, publishers, one);
  std::sort(candidates.begin(), candidates.end(), comes_first);
  candidates.resize(limit);
  add_companions(candidates);
  for (Candidate& one : candidates) result.rows.push_back(std::move(one.row));
  return result;
}

}  // namespace sdkprint
