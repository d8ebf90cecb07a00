// sdkprint corpus query prevalence, problems, together: counts over all apps.
#include <algorithm>

#include "corpus_query.h"
#include "query/app_query.h"
#include "query/co_occurrence.h"
#include "query/prevalence.h"
#include "report/wording.h"

namespace sdkprint::cli {
namespace {

struct IdName {
  std::string name, name_zh;
};

IdName name_of(Answer& answer, Index index, const std::string& id) {
  if (index == Index::sdk) return {answer.names().sdk(id).name, answer.names().sdk(id).name_zh};
  const PlainName& plain = index == Index::vendor ? answer.names().vendor(id) : answer.names().category(id);
  return {plain.name, plain.name_zh};
}

std::string all_apps_line(const Answer& answer) {
  const StoreView& view = answer.view();
  const auto seen = [&](const char* word) {
    return std::to_string(view.apps_of(Index::coverage, word).size());
  };
  return std::to_string(view.app_count()) +
         answer.say(" apps; code seen in full: ", " 个应用；代码完整可见：") + seen("full") +
         answer.say(", in part: ", "，部分可见：") + seen("partial") +
         answer.say(", not at all: ", "，不可见：") + seen("none");
}

void print_grades(Answer& answer, Index index, Grade least) {
  Table table({{"id", "id", "标识"},
               {"", "name", "名称"},
               {"name", "", ""},
               {"name_zh", "", ""},
               {"apps", "apps", "应用数", true},
               {"share", "share", "占比", true},
               {"defined", "defined", "已集成", true},
               {"structural", "structural", "结构相似", true},
               {"stub", "stub", "空壳", true},
               {"referenced", "referenced", "被引用", true},
               {"trace", "trace", "痕迹", true}});
  for (const GradeCounts& row : count_by_grade(answer.view(), index, least)) {
    const IdName names = name_of(answer, index, row.id);
    const std::uint64_t apps = row.at_least(least);
    std::vector<Cell> cells = {cell(row.id),
                               cell(display_name(names.name, names.name_zh, answer.language())),
                               cell(names.name),
                               cell(names.name_zh),
                               apps,
                               Share{apps, answer.view().app_count()}};
    for (std::size_t i = kGradeCount; i-- > 0;) cells.push_back(row.apps[i]);
    table.add(std::move(cells));
  }
  answer.print_table(table);
}

void print_terms(Answer& answer, Index index) {
  Table table({{"id", "id", "标识"}, {"apps", "apps", "应用数", true}, {"share", "share", "占比", true}});
  for (const TermCount& row : count_terms(answer.view(), index))
    table.add({cell(row.term), row.apps, Share{row.apps, answer.view().app_count()}});
  answer.print_table(table);
}

void print_behaviours(Answer& answer) {
  Table table({{"id", "behaviour", "行为"},
               {"", "name", "名称"},
               {"name", "", ""},
               {"name_zh", "", ""},
               {"category", "", ""},
               {"severity", "severity", "严重性"},
               {"apps", "apps", "应用数", true},
               {"confirmed", "confirmed", "已确证", true},
               {"share", "share", "占比", true},
               {"by_sdks", "by SDKs", "由SDK", true},
               {"sdks", "SDKs", "SDK数", true}});
  for (const BehaviourCounts& row : count_behaviours(answer.view(), answer.names())) {
    const BehaviourName& names = answer.names().behaviour(row.id);
    table.add({cell(row.id), cell(display_name(names.name, names.name_zh, answer.language())),
               cell(names.name), cell(names.name_zh), cell(names.category), cell(names.severity), row.apps,
               row.confirmed, Share{row.confirmed, answer.view().app_count()}, row.by_sdks, row.owners});
  }
  answer.print_table(table);
}

cxxopts::Options prevalence_options() {
  cxxopts::Options options(
      "sdkprint corpus query prevalence",
      "In how many apps of the store each SDK, vendor, category or behaviour is found. An app\n"
      "counts once: for a vendor or category at the strongest grade of its SDKs. share is of all\n"
      "apps of the store, also of those whose code could not be seen: it is a lower bound.\n"
      "Of a behaviour, apps counts confirmed ones and leads, by anybody's code, share the confirmed\n"
      "ones; by SDKs: confirmed in the code of an SDK (not of a library). What is benign is left out.");
  add_query_options(options);
  options.add_options()("by", "sdk, vendor, category, behaviour, certificate, package, coverage, problem",
                        cxxopts::value<std::string>()->default_value("sdk"), "WHAT");
  add_grade_option(options);
  return options;
}

cxxopts::Options problems_options() {
  cxxopts::Options options(
      "sdkprint corpus query problems",
      "The share of problem apps that each SDK accounts for.\n"
      "\n"
      "A problem app is one in which the code of at least one SDK (kind sdk; libraries and packers\n"
      "are not counted) shows a behaviour of the severity (--severity, default high) or a graver one,\n"
      "that is confirmed (a lead does not count), not benign, and reached at least as early as\n"
      "--reach asks (default: however). Behaviours of the apps' own code and of packages that no\n"
      "signature claims make no problem app.\n"
      "  apps           problem apps in which this SDK shows such a behaviour\n"
      "  share          apps / all problem apps; the sum is above 100 % when apps have several\n"
      "  share of pairs apps / pairs of a problem app and such an SDK; the sum is 100 %\n"
      "  of its apps    apps / apps that hold the SDK (grade defined)");
  add_query_options(options);
  options.add_options()("severity", "least severity: low, medium, high",
                        cxxopts::value<std::string>()->default_value("high"), "SEVERITY")(
      "reach",
      "least reach: not-established, host-call, screen, background, application-start, provider-start",
      cxxopts::value<std::string>()->default_value("not-established"),
      "REACH")("data", "only behaviours of this data category, such as device-info",
               cxxopts::value<std::string>(), "CATEGORY");
  return options;
}

Table problems_table(Answer& answer, const ProblemShares& shares) {
  Table table({{"sdk", "SDK", "SDK"},
               {"", "name", "名称"},
               {"name", "", ""},
               {"name_zh", "", ""},
               {"vendor", "vendor", "厂商"},
               {"apps", "apps", "问题应用数", true},
               {"share", "share", "占比", true},
               {"share_of_pairs", "share of pairs", "问题占比", true},
               {"held_by", "", ""},
               {"share_of_its_apps", "of its apps", "占其应用", true},
               {"behaviours", "behaviours", "行为"}});
  for (const ProblemShare& row : shares.sdks) {
    const SdkName& sdk = answer.names().sdk(row.sdk);
    std::string behaviours;
    for (const std::string& id : row.behaviours) behaviours += (behaviours.empty() ? "" : " ") + id;
    const std::uint64_t held = holders(answer.view(), Index::sdk, row.sdk, Grade::defined).size();
    table.add({cell(row.sdk), cell(display_name(sdk.name, sdk.name_zh, answer.language())), cell(sdk.name),
               cell(sdk.name_zh), cell(sdk.vendor), row.apps, Share{row.apps, shares.apps},
               Share{row.apps, shares.pairs}, held, Share{row.apps, held}, cell(behaviours)});
  }
  return table;
}

cxxopts::Options together_options() {
  cxxopts::Options options(
      "sdkprint corpus query together",
      "Pairs of SDKs in the same apps. lift is how many times as often as if the two had nothing\n"
      "to do with each other: apps with both · all apps / (apps with a · apps with b).");
  add_query_options(options);
  options.add_options()("sdk", "only pairs with this SDK", cxxopts::value<std::string>(), "ID")(
      "least", "apps that must have both", cxxopts::value<std::uint64_t>()->default_value("2"), "N")(
      "sort", "apps, lift", cxxopts::value<std::string>()->default_value("apps"), "HOW");
  add_grade_option(options);
  return options;
}

}  // namespace

int query_prevalence_command(const Arguments& arguments) {
  cxxopts::Options options = prevalence_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const std::string by =
      one_of(*parsed, "by",
             {"sdk", "vendor", "category", "behaviour", "certificate", "package", "coverage", "problem"});
  const Grade least = least_grade(*parsed);
  Answer answer(*parsed);
  answer.note(all_apps_line(answer));
  if (by == "behaviour")
    print_behaviours(answer);
  else if (by == "sdk" || by == "vendor" || by == "category")
    print_grades(answer, by == "sdk" ? Index::sdk : by == "vendor" ? Index::vendor : Index::category, least);
  else
    print_terms(answer, by == "certificate" ? Index::certificate
                        : by == "package"   ? Index::package
                        : by == "coverage"  ? Index::coverage
                                            : Index::problem);
  return kDone;
}

int query_problems_command(const Arguments& arguments) {
  cxxopts::Options options = problems_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  ProblemQuery query;
  query.severity = one_of(*parsed, "severity", {"low", "medium", "high"});
  query.reach = earliest_reach(*parsed);
  query.category = text_of(*parsed, "data");
  Answer answer(*parsed);
  const ProblemShares shares = problem_shares(answer.view(), answer.names(), query);
  answer.note(all_apps_line(answer));
  answer.note(answer.say("problem apps (an SDK's code shows a behaviour of severity ",
                         "问题应用（SDK代码含已静态确证、严重性不低于“") +
              std::string(severity_phrase(query.severity).in(answer.language())) +
              answer.say(" or graver, confirmed): ", "”的行为）：") + std::to_string(shares.apps));
  Table table = problems_table(answer, shares);
  answer.print_table(table);
  return kDone;
}

int query_together_command(const Arguments& arguments) {
  cxxopts::Options options = together_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  CoOccurrenceQuery query;
  query.sdk = text_of(*parsed, "sdk");
  query.grade = least_grade(*parsed);
  query.least = (*parsed)["least"].as<std::uint64_t>();
  const bool by_lift = one_of(*parsed, "sort", {"apps", "lift"}) == "lift";
  Answer answer(*parsed);
  answer.check_id(Index::sdk, "SDK", query.sdk);
  const std::uint64_t all = answer.view().app_count();
  std::vector<SdkPair> pairs = co_occurrences(answer.view(), query);
  if (by_lift) {
    std::stable_sort(pairs.begin(), pairs.end(),
                     [&](const SdkPair& a, const SdkPair& b) { return lift(a, all) > lift(b, all); });
  }
  Table table({{"a", "SDK a", "SDK甲"},
               {"b", "SDK b", "SDK乙"},
               {"apps_a", "apps with a", "含甲", true},
               {"apps_b", "with b", "含乙", true},
               {"both", "both", "同含", true},
               {"lift", "lift", "提升度", true}});
  for (const SdkPair& pair : pairs)
    table.add({cell(pair.a), cell(pair.b), pair.apps_a, pair.apps_b, pair.both, lift(pair, all)});
  answer.note(all_apps_line(answer));
  answer.print_table(table);
  return kDone;
}

}  // namespace sdkprint::cli
