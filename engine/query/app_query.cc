#include "query/app_query.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sdkprint {
namespace {

constexpr std::size_t kLeastDigits = 8;

struct SdkState {
  Grade grade;
  std::string version;
  VersionMatch match;
};
struct BehaviourState {
  std::string owner;
  Standing standing;
  Reach reach;
};

class AppSearch {
 public:
  AppSearch(const StoreView& view, const AppQuery& query) : view_(view), query_(query) {}

  std::vector<AppRow> run() {
    find_sdk();
    if (!query_.vendor.empty()) keep(holders(view_, Index::vendor, query_.vendor, query_.grade));
    if (!query_.category.empty()) keep(holders(view_, Index::category, query_.category, query_.grade));
    find_behaviour();
    if (!query_.certificate.empty()) keep(signed_by(query_.certificate));
    if (!query_.package.empty()) keep(exactly(Index::package, query_.package));
    if (!query_.permission.empty()) keep(exactly(Index::permission, query_.permission + "\tdeclared"));
    if (!query_.coverage.empty()) keep(exactly(Index::coverage, query_.coverage));
    return rows();
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
  std::vector<AppRow> rows() const;
  void add_rows(AppNumber app, std::vector<AppRow>& rows) const;

  const StoreView& view_;
  const AppQuery& query_;
  AppSet set_;
  bool has_set_ = false;
  std::map<AppNumber, SdkState> sdks_;
  std::map<AppNumber, std::vector<BehaviourState>> behaviours_;
};

void AppSearch::find_sdk() {
  if (query_.sdk.empty()) return;
  AppSet set;
  view_.for_each_term(Index::sdk, beginning_of(query_.sdk), [&](const std::string& text, std::uint64_t) {
    const std::optional<SdkTerm> term = read_sdk_term(text);
    if (!term || term->grade < query_.grade) return true;
    const VersionMatch match = query_.version ? query_.version->match(term->version) : VersionMatch::yes;
    if (match == VersionMatch::no) return true;
    for (const AppNumber app : view_.apps_of(Index::sdk, text)) {
      set.add(app);
      sdks_.insert_or_assign(app, SdkState{term->grade, std::string(term->version), match});
    }
    return true;
  });
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
                        for (const AppNumber app : view_.apps_of(Index::behaviour, text)) {
                          set.add(app);
                          behaviours_[app].push_back({std::string(term->owner), term->standing, term->reach});
                        }
                        return true;
                      });
  keep(set);
}

void AppSearch::add_rows(AppNumber app, std::vector<AppRow>& rows) const {
  AppRow row;
  row.app = app;
  row.head = view_.head(app);
  if (const auto sdk = sdks_.find(app); sdk != sdks_.end()) {
    row.grade = sdk->second.grade;
    row.version = sdk->second.version;
    row.match = sdk->second.match;
  }
  const auto behaviours = behaviours_.find(app);
  if (behaviours == behaviours_.end()) return rows.push_back(std::move(row));
  for (const BehaviourState& one : behaviours->second) {
    row.owner = one.owner;
    row.standing = one.standing;
    row.reach = one.reach;
    rows.push_back(row);
  }
}

std::vector<AppRow> AppSearch::rows() const {
  std::vector<AppRow> rows;
  set_.for_each([&](AppNumber app) { add_rows(app, rows); });
  const auto place = [](const AppRow& row) {
    return std::tie(row.match, row.head.package, row.head.version_code, row.head.sha256, row.owner);
  };
  std::sort(rows.begin(), rows.end(), [&](const AppRow& a, const AppRow& b) { return place(a) < place(b); });
  return rows;
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

std::vector<AppRow> find_apps(const StoreView& view, const AppQuery& query) {
  return AppSearch(view, query).run();
}

}  // namespace sdkprint
