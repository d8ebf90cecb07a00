#include "query/discovery.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <span>
#include <tuple>
#include <unordered_map>

#include "scan/attribution.h"
#include "scan/manifest_scan.h"

namespace sdkprint {
namespace {

constexpr std::size_t kExamples = 3;
/// Code bytes decide ties: rows beyond the limit are measured (reports are opened) as long as they tie with
/// the last one within, up to so many times the limit.
constexpr std::size_t kMeasuredPerRow = 4;
constexpr double kNearlyTheSame = 0.9;

/// Ascending, each once. Most origins are in few apps: a set of bits would be mostly zeroes.
using Apps = std::vector<AppNumber>;

bool is_native_name(std::string_view package) { return package.ends_with(".so"); }

/// Who published each app: a certificate, with those that signed an app beside it.
class Publishers {
 public:
  explicit Publishers(const StoreView& view) {
    view.for_each_app([&](AppNumber app, const AppHead& head) {
      if (app >= apps_.size()) apps_.resize(app + std::size_t{1});
      App& one = apps_[app];
      std::from_chars(head.sha256.data(), head.sha256.data() + std::min(head.sha256.size(), kDigits),
                      one.digits, 16);
      if (!head.package.empty()) one.package = number(packages_, head.package);
      for (const std::string& sha256 : head.certificates) {
        const std::uint32_t certificate = number(certificates_, sha256);
        if (certificate == parents_.size()) parents_.push_back(certificate);
        if (one.certificate == kNone) one.certificate = certificate;
        parents_[root(certificate)] = root(one.certificate);
      }
      return true;
    });
  }

  void count(const Apps& apps, UnknownSdk& row) {
    std::vector<std::uint32_t> certificates, packages;
    for (const AppNumber app : apps) {
      if (apps_[app].certificate != kNone) certificates.push_back(root(apps_[app].certificate));
      if (apps_[app].package != kNone) packages.push_back(apps_[app].package);
    }
    row.certificates = distinct(certificates);
    row.app_packages = distinct(packages);
    row.unrelated = std::min(row.certificates, row.app_packages);
    row.apps = apps.size();
  }

  /// The first in the order of SHA-256, which does not depend on the order of the scan.
  Apps sample(Apps apps, std::size_t most) const {
    const auto before = [&](AppNumber a, AppNumber b) { return apps_[a].digits < apps_[b].digits; };
    const auto end = apps.begin() + static_cast<std::ptrdiff_t>(std::min(apps.size(), most));
    std::partial_sort(apps.begin(), end, apps.end(), before);
    apps.erase(end, apps.end());
    return apps;
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  static constexpr std::size_t kDigits = 16;
  using Numbers = std::unordered_map<std::string, std::uint32_t>;
  struct App {
    std::uint64_t digits = 0;  ///< the first ones of its SHA-256
    std::uint32_t certificate = kNone, package = kNone;
  };

  static std::uint32_t number(Numbers& numbers, const std::string& text) {
    return numbers.try_emplace(text, static_cast<std::uint32_t>(numbers.size())).first->second;
  }
  static std::uint64_t distinct(std::vector<std::uint32_t>& numbers) {
    std::sort(numbers.begin(), numbers.end());
    return static_cast<std::uint64_t>(std::unique(numbers.begin(), numbers.end()) - numbers.begin());
  }
  std::uint32_t root(std::uint32_t certificate) {
    while (parents_[certificate] != certificate)
      certificate = parents_[certificate] = parents_[parents_[certificate]];
    return certificate;
  }

  Numbers certificates_, packages_;
  std::vector<std::uint32_t> parents_;
  std::vector<App> apps_;
};

struct Candidate {
  UnknownSdk row;
  Apps apps;
  // Of the sample:
  std::vector<std::pair<std::uint64_t, std::uint64_t>> sizes;  ///< code bytes, classes
  std::map<std::string, std::size_t> libraries;
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
    const Apps more = view.apps_of(Index::unclaimed, package);
    one.apps.insert(one.apps.end(), more.begin(), more.end());
    return true;
  });
  result.origins = origins.size();
  std::vector<Candidate> candidates;
  for (auto& [origin, one] : origins) {
    std::sort(one.apps.begin(), one.apps.end());
    one.apps.erase(std::unique(one.apps.begin(), one.apps.end()), one.apps.end());
    candidates.push_back(std::move(one));
  }
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

void add_sample(const AppReport& report, Candidate& candidate) {
  std::pair<std::uint64_t, std::uint64_t> size;
  for (const PackageCount& one : report.unattributed) {
    if (!lies_in(one.package, candidate.row.package)) continue;
    size.first += one.code_bytes;
    size.second += one.classes;
  }
  candidate.sizes.push_back(size);
  for (const PackageBehaviours& one : report.unattributed_behaviours) {
    if (lies_in(one.package, candidate.row.package)) add_behaviours(one, candidate.row);
    if (is_native_name(one.package)) candidate.libraries[one.package] += 1;
  }
}

void conclude(Candidate& candidate) {
  UnknownSdk& row = candidate.row;
  std::vector<std::pair<std::uint64_t, std::uint64_t>>& sizes = candidate.sizes;
  row.sampled = sizes.size();
  std::sort(sizes.begin(), sizes.end());
  row.code_bytes = sizes[sizes.size() / 2].first;
  row.classes = sizes[sizes.size() / 2].second;
  for (const auto& [library, apps] : candidate.libraries) {
    if (apps * 2 > row.sampled) row.libraries.push_back(library);
  }
  std::stable_sort(row.parts.begin(), row.parts.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
}

/// What only reports tell, from some of the apps. Each report is opened once, whoever needs it.
void measure(const StoreView& view, const Publishers& publishers, std::span<Candidate> candidates) {
  std::vector<std::pair<AppNumber, std::size_t>> wanted;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    for (const AppNumber app : publishers.sample(candidates[i].apps, kDiscoverySample))
      wanted.emplace_back(app, i);
  }
  std::sort(wanted.begin(), wanted.end());
  std::optional<AppReport> report;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i == 0 || wanted[i].first != wanted[i - 1].first) report = view.report(wanted[i].first);
    add_sample(*report, candidates[wanted[i].second]);
  }
  for (Candidate& one : candidates) conclude(one);
}

void add_items(const ContainerFacts& container, const std::string& package, std::set<std::string>& items) {
  for (const std::string& item :
       container.manifest ? manifest_items(*container.manifest) : std::vector<std::string>()) {
    if (lies_in(item.substr(item.find(':') + 1), package)) items.insert(item);
  }
  for (const ContainerFacts& one : container.nested) add_items(one, package, items);
}

void add_examples(const StoreView& view, const Publishers& publishers, Candidate& candidate) {
  std::set<std::string> items;
  for (const AppNumber app : publishers.sample(candidate.apps, kExamples)) {
    const AppHead head = view.head(app);
    candidate.row.examples.emplace_back(split_paths(head.path).front(), head.sha256);
    const std::optional<StoreView::Archive> archive = view.archive(app);
    if (!archive) continue;
    for (const ContainerFacts& one : archive->facts.containers) add_items(one, candidate.row.package, items);
  }
  candidate.row.manifest.assign(items.begin(), items.end());
}

/// Whether two sets are nearly the same.
bool are_nearly_the_same(const Apps& a, const Apps& b) {
  const auto size_a = static_cast<double>(a.size()), size_b = static_cast<double>(b.size());
  if (std::min(size_a, size_b) < kNearlyTheSame * std::max(size_a, size_b)) return false;
  std::size_t shared = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y)
      ++shared, ++x, ++y;
    else if (*x < *y)
      ++x;
    else
      ++y;
  }
  const auto both = static_cast<double>(shared);
  return both >= kNearlyTheSame * (size_a + size_b - both);
}

void add_companions(std::vector<Candidate>& candidates) {
  for (Candidate& one : candidates) {
    for (const Candidate& other : candidates) {
      if (&one != &other && are_nearly_the_same(one.apps, other.apps))
        one.row.companions.push_back(other.row.package);
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
  const auto rank = [](const Candidate& one) {
    return std::pair(-static_cast<std::int64_t>(one.row.unrelated), -static_cast<std::int64_t>(one.row.apps));
  };
  const auto comes_first = [&](const Candidate& a, const Candidate& b) {
    return std::tuple(rank(a), b.row.code_bytes, std::string_view(a.row.package)) <
           std::tuple(rank(b), a.row.code_bytes, std::string_view(b.row.package));
  };
  std::sort(candidates.begin(), candidates.end(), comes_first);
  const std::size_t limit = query.limit == 0 ? candidates.size() : std::min(query.limit, candidates.size());
  std::size_t measured = limit;
  while (measured < std::min(candidates.size(), limit * kMeasuredPerRow) &&
         rank(candidates[measured]) == rank(candidates[limit - 1]))
    ++measured;
  result.beyond = candidates.size() - limit;
  candidates.resize(measured);
  measure(view, publishers, candidates);
  std::sort(candidates.begin(), candidates.end(), comes_first);
  candidates.resize(limit);
  for (Candidate& one : candidates) add_examples(view, publishers, one);
  add_companions(candidates);
  for (Candidate& one : candidates) result.rows.push_back(std::move(one.row));
  return result;
}

}  // namespace sdkprint
