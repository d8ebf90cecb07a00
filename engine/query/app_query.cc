#include "query/app_query.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace sdkprint {
namespace {

constexpr std::size_t kLeastDigits = 8;

/// What terms say of apps: each term once, and apps by what they have of it. Many apps share few terms.
template <typename State>
class StatesOfApps {
 public:
  void add(State state, const std::vector<AppNumber>& apps) {
    for (const AppNumber app : apps) rows_.push_back({app, static_cast<std::uint32_t>(states_.size())});
    states_.push_back(std::move(state));
  }
  /// To be called after the last add().
  void sort() {
    std::sort(rows_.begin(), rows_.end(),
              [](const Row& a, const Row& b) { return std::tie(a.app, a.state) < std::tie(b.app, b.state); });
  }
  template <typename Visit>
  void for_each(AppNumber app, Visit visit) const {
    const auto before = [](const Row& row, AppNumber number) { return row.app < number; };
    for (auto row = std::lower_bound(rows_.begin(), rows_.end(), app, before);
         row != rows_.end() && row->app == app; ++row)
      visit(states_[row->state]);
  }

 private:
  struct Row {
    AppNumber app;
    std::uint32_t state;
  };
  std::vector<State> states_;
  std::vector<Row> rows_;
};

struct SdkState {
  Grade grade;
  std::string version;
  VersionMatch match;
};

class AppSearch {
 public:
  AppSearch(const StoreView& view, const AppQuery& query) : view_(view), query_(query) {}

  std::vector<FoundApp> run() {
    find_sdk();
    if (!query_.vendor.empty()) keep(holders(view_, Index::vendor, query_.vendor, query_.grade));
    if (!query_.category.empty()) keep(holders(view_, Index::category, query_.category, query_.grade));
    find_behaviour();
    if (!query_.certificate.empty()) keep(signed_by(query_.certificate));
    if (!query_.package.empty()) keep(exactly(Index::package, query_.package));
    if (!query_.permission.empty()) keep(exactly(Index::permission, query_.permission + "\tdeclared"));
    if (!query_.coverage.empty()) keep(exactly(Index::coverage, query_.coverage));
    return found();
  }

 private:
  void keep(const AppSet& set) {
    if (has_set_)
      set_.keep(set);
    else
      set_ = set;
    has_set_ = true;
  }
  AppSet exactly(Index index, const std::string& term) const {
    AppSet set;
    set.add(view_.apps_of(index, term));
    return set;
  }
  AppSet signed_by(const std::string& digits) const {
    AppSet set;
    if (digits.size() >= kLeastDigits) set.add(view_.apps_with(Index::certificate, digits));
    return set;
  }
  void find_sdk();
  void find_behaviour();
  std::vector<FoundApp> found() const;
  FoundApp read(AppNumber app) const;

  const StoreView& view_;
  const AppQuery& query_;
  AppSet set_;
  bool has_set_ = false;
  StatesOfApps<SdkState> sdks_;
  StatesOfApps<OwnerUse> uses_;
};

void AppSearch::find_sdk() {
  if (query_.sdk.empty()) return;
  AppSet set;
  view_.for_each_term(Index::sdk, beginning_of(query_.sdk), [&](const std::string& text, std::uint64_t) {
    const std::optional<SdkTerm> term = read_sdk_term(text);
    if (!term || term->grade < query_.grade) return true;
    const VersionMatch match = query_.version ? query_.version->match(term->version) : VersionMatch::yes;
    if (match == VersionMatch::no) return true;
    const std::vector<AppNumber> apps = view_.apps_of(Index::sdk, text);
    set.add(apps);
    sdks_.add({term->grade, std::string(term->version), match}, apps);
    return true;
  });
  sdks_.sort();
  keep(set);
}

void AppSearch::find_behaviour() {
  if (query_.behaviour.empty()) return;
  const std::string& owner = query_.owner.empty() ? query_.sdk : query_.owner;
  AppSet set;
  view_.for_each_term(Index::behaviour, beginning_of(query_.behaviour),
                      [&](const std::string& text, std::uint64_t) {
                        const std::optional<BehaviourTerm> term = read_behaviour_term(text);
                        if (!term || term->standing < query_.standing || term->reach < query_.reach)
                          return true;
                        if (!owner.empty() && term->owner != owner) return true;
                        const std::vector<AppNumber> apps = view_.apps_of(Index::behaviour, text);
                        set.add(apps);
                        uses_.add({std::string(term->owner), term->standing, term->reach}, apps);
                        return true;
                      });
  uses_.sort();
  keep(set);
}

FoundApp AppSearch::read(AppNumber app) const {
  FoundApp found;
  found.app = app;
  found.head = view_.head(app);
  sdks_.for_each(app, [&](const SdkState& sdk) {
    found.grade = sdk.grade;
    found.version = sdk.version;
    found.match = sdk.match;
  });
  uses_.for_each(app, [&](const OwnerUse& use) { found.uses.push_back(use); });
  std::stable_sort(found.uses.begin(), found.uses.end(),
                   [](const OwnerUse& a, const OwnerUse& b) { return a.owner < b.owner; });
  return found;
}

std::vector<FoundApp> AppSearch::found() const {
  std::vector<FoundApp> unsorted;
  unsorted.reserve(set_.size());
  set_.for_each([&](AppNumber app) { unsorted.push_back(read(app)); });
  const auto place = [&](std::uint32_t row) {
    const FoundApp& one = unsorted[row];
    return std::tie(one.match, one.head.package, one.head.version_code, one.head.sha256);
  };
  // Sorting moves what it sorts many times: numbers, not the large rows.
  std::vector<std::uint32_t> order(unsorted.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return place(a) < place(b); });
  std::vector<FoundApp> sorted;
  sorted.reserve(order.size());
  for (const std::uint32_t row : order) sorted.push_back(std::move(unsorted[row]));
  return sorted;
}

}  // namespace

bool AppQuery::is_empty() const {
  for (const std::string* one :
       {&sdk, &vendor, &category, &behaviour, &certificate, &package, &permission, &coverage}) {
    if (!one->empty()) return false;
  }
  return true;
}

AppSet holders(const StoreView& view, Index index, const std::string& id, Grade least) {
  AppSet set;
  view.for_each_term(index, beginning_of(id), [&](const std::string& term, std::uint64_t) {
    const std::vector<std::string_view> words = words_of(term);
    const std::optional<Grade> grade = words.size() > 1 ? grade_from_name(words[1]) : std::nullopt;
    if (grade && *grade >= least) set.add(view.apps_of(index, term));
    return true;
  });
  return set;
}

std::vector<FoundApp> find_apps(const StoreView& view, const AppQuery& query) {
  return AppSearch(view, query).run();
}

}  // namespace sdkprint
