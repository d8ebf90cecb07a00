#include "query/prevalence.h"

#include <algorithm>
#include <map>
#include <set>

#include "query/app_set.h"

namespace sdkprint {
namespace {

int rank_of(std::string_view severity) { return severity == "high" ? 2 : severity == "medium" ? 1 : 0; }

/// Descending by number, then by text.
template <typename Row, typename Number, typename Text>
void sort_most_first(std::vector<Row>& rows, Number number, Text text) {
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    return number(a) != number(b) ? number(a) > number(b) : text(a) < text(b);
  });
}

template <typename Visit>
void for_each_behaviour_term(const StoreView& view, const std::string& beginning, Visit visit) {
  view.for_each_term(Index::behaviour, beginning, [&](const std::string& text, std::uint64_t apps) {
    if (const std::optional<BehaviourTerm> term = read_behaviour_term(text)) visit(text, *term, apps);
    return true;
  });
}

}  // namespace

std::uint64_t GradeCounts::at_least(Grade grade) const {
  std::uint64_t sum = 0;
  for (std::size_t i = static_cast<std::size_t>(grade); i < kGradeCount; ++i) sum += apps[i];
  return sum;
}

std::vector<GradeCounts> count_by_grade(const StoreView& view, Index index, Grade least) {
  std::vector<GradeCounts> rows;
  view.for_each_term(index, "", [&](const std::string& term, std::uint64_t apps) {
    const std::vector<std::string_view> words = words_of(term);
    const std::optional<Grade> grade = words.size() > 1 ? grade_from_name(words[1]) : std::nullopt;
    if (!grade) return true;
    if (rows.empty() || rows.back().id != words[0]) rows.push_back({std::string(words[0]), {}});
    rows.back().apps[static_cast<std::size_t>(*grade)] += apps;
    return true;
  });
  std::erase_if(rows, [&](const GradeCounts& row) { return row.at_least(least) == 0; });
  sort_most_first(
      rows, [&](const GradeCounts& row) { return row.at_least(least); },
      [](const GradeCounts& row) -> const std::string& { return row.id; });
  return rows;
}

std::vector<TermCount> count_terms(const StoreView& view, Index index) {
  std::vector<TermCount> rows;
  view.for_each_term(index, "", [&](const std::string& term, std::uint64_t apps) {
    rows.push_back({term, apps});
    return true;
  });
  sort_most_first(
      rows, [](const TermCount& row) { return row.apps; },
      [](const TermCount& row) -> const std::string& { return row.term; });
  return rows;
}

std::vector<BehaviourCounts> count_behaviours(const StoreView& view, Names& names) {
  struct Sets {
    AppSet all, confirmed, by_sdks;
    std::set<std::string, std::less<>> owners;
  };
  std::map<std::string, Sets, std::less<>> sets;
  for_each_behaviour_term(view, "", [&](const std::string& text, const BehaviourTerm& term, std::uint64_t) {
    if (term.standing == Standing::benign) return;
    Sets& one = sets[std::string(term.behaviour)];
    const std::vector<AppNumber> apps = view.apps_of(Index::behaviour, text);
    one.all.add(apps);
    if (term.standing != Standing::confirmed) return;
    one.confirmed.add(apps);
    if (!term.is_of_sdk() || names.sdk(std::string(term.owner)).kind != "sdk") return;
    one.by_sdks.add(apps);
    one.owners.emplace(term.owner);
  });
  std::vector<BehaviourCounts> rows;
  for (const auto& [id, one] : sets)
    rows.push_back({id, one.all.size(), one.confirmed.size(), one.by_sdks.size(), one.owners.size()});
  sort_most_first(
      rows, [](const BehaviourCounts& row) { return std::pair(row.confirmed, row.apps); },
      [](const BehaviourCounts& row) -> const std::string& { return row.id; });
  return rows;
}

std::vector<OwnerCounts> count_owners(const StoreView& view, const std::string& behaviour, Standing least,
                                      Reach earliest) {
  std::map<std::string, OwnerCounts, std::less<>> owners;
  for_each_behaviour_term(view, beginning_of(behaviour),
                          [&](const std::string&, const BehaviourTerm& term, std::uint64_t apps) {
                            if (term.standing < least || term.reach < earliest) return;
                            OwnerCounts& row = owners[std::string(term.owner)];
                            row.owner = term.owner;
                            row.apps += apps;
                            if (term.standing == Standing::benign) {
                              row.benign += apps;
                              return;
                            }
                            (term.standing == Standing::confirmed ? row.confirmed : row.leads) += apps;
                            row.reach[static_cast<std::size_t>(term.reach)] += apps;
                          });
  std::vector<OwnerCounts> rows;
  for (auto& [id, row] : owners) rows.push_back(std::move(row));
  sort_most_first(
      rows, [](const OwnerCounts& row) { return std::pair(row.confirmed, row.apps); },
      [](const OwnerCounts& row) -> const std::string& { return row.owner; });
  return rows;
}

namespace {

class ProblemCount {
 public:
  ProblemCount(const StoreView& view, Names& names, const ProblemQuery& query)
      : view_(view), names_(names), query_(query) {}

  ProblemShares run() {
    for_each_behaviour_term(view_, "",
                            [&](const std::string& text, const BehaviourTerm& term, std::uint64_t apps) {
                              if (is_problem(term)) add(text, term, apps);
                            });
    ProblemShares result;
    result.apps = all_.size();
    for (const auto& [id, sdk] : sdks_) {
      ProblemShare row{id, sdk.apps.size(), behaviours_of(sdk.behaviours)};
      result.pairs += row.apps;
      result.sdks.push_back(std::move(row));
    }
    sort_most_first(
        result.sdks, [](const ProblemShare& row) { return row.apps; },
        [](const ProblemShare& row) -> const std::string& { return row.sdk; });
    return result;
  }

 private:
  using Counts = std::map<std::string, std::uint64_t>;
  struct OfSdk {
    AppSet apps;
    Counts behaviours;
  };

  bool is_problem(const BehaviourTerm& term) {
    if (term.standing != Standing::confirmed || term.reach < query_.reach || !term.is_of_sdk()) return false;
    const BehaviourName& behaviour = names_.behaviour(std::string(term.behaviour));
    return rank_of(behaviour.severity) >= rank_of(query_.severity) &&
           (query_.category.empty() || behaviour.category == query_.category) &&
           names_.sdk(std::string(term.owner)).kind == "sdk";
  }
  void add(const std::string& text, const BehaviourTerm& term, std::uint64_t apps) {
    AppSet set;
    set.add(view_.apps_of(Index::behaviour, text));
    OfSdk& sdk = sdks_[std::string(term.owner)];
    sdk.apps.add(set);
    sdk.behaviours[std::string(term.behaviour)] += apps;
    all_.add(set);
  }
  static std::vector<std::string> behaviours_of(const Counts& counts) {
    std::vector<std::pair<std::string, std::uint64_t>> rows(counts.begin(), counts.end());
    sort_most_first(
        rows, [](const auto& row) { return row.second; },
        [](const auto& row) -> const std::string& { return row.first; });
    std::vector<std::string> ids;
    for (auto& row : rows) ids.push_back(std::move(row.first));
    return ids;
  }

  const StoreView& view_;
  Names& names_;
  const ProblemQuery& query_;
  AppSet all_;
  std::map<std::string, OfSdk> sdks_;
};

}  // namespace

ProblemShares problem_shares(const StoreView& view, Names& names, const ProblemQuery& query) {
  return ProblemCount(view, names, query).run();
}

}  // namespace sdkprint
