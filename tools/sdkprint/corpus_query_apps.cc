// sdkprint corpus query apps, sdks: who holds what, who does what.
#include "corpus_query.h"
#include "query/app_query.h"
#include "query/prevalence.h"
#include "report/wording.h"

namespace sdkprint::cli {
namespace {

cxxopts::Options apps_options() {
  cxxopts::Options options(
      "sdkprint corpus query apps",
      "Lists apps that fulfil all conditions. With --sdk its grade and version are told; with\n"
      "--behaviour there is a row for each owner of the code that shows it.\n"
      "\n"
      "--version compares numbers between dots as numbers (4.10 is above 4.9, 4.0 is 4). Apps\n"
      "whose version is not known, or cannot be compared with the one given (4.0-cn with 4.0), are\n"
      "listed behind the others, with match \"unknown\" or \"incomparable\": they are neither cleared\n"
      "nor accused.");
  add_query_options(options);
  options.add_options("Conditions")("sdk", "holds this SDK", cxxopts::value<std::string>(), "ID")(
      "version", "of that SDK: '<4.0', '<=4.0', '>4.0', '>=4.0', '=4.0'", cxxopts::value<std::string>(),
      "CONDITION")("vendor", "holds an SDK of this vendor", cxxopts::value<std::string>(), "ID")(
      "category", "holds an SDK of this category", cxxopts::value<std::string>(), "ID")(
      "behaviour", "shows this behaviour; of --sdk, when that is given", cxxopts::value<std::string>(), "ID")(
      "owner", "whose code shows it: an SDK's id, app, package:com.foo", cxxopts::value<std::string>(),
      "OWNER")("certificate", "signed with it: SHA-256, or its first 8 digits and more",
               cxxopts::value<std::string>(),
               "SHA256")("package", "the app's own package", cxxopts::value<std::string>(), "NAME")(
      "permission", "requested in the manifest", cxxopts::value<std::string>(), "NAME")(
      "coverage", "how much could be seen: none, partial, full", cxxopts::value<std::string>(), "WORD");
  add_grade_option(options);
  add_use_options(options);
  return options;
}

AppQuery read_query(const cxxopts::ParseResult& parsed) {
  AppQuery query;
  query.sdk = text_of(parsed, "sdk");
  query.vendor = text_of(parsed, "vendor");
  query.category = text_of(parsed, "category");
  query.behaviour = text_of(parsed, "behaviour");
  query.owner = text_of(parsed, "owner");
  query.certificate = text_of(parsed, "certificate");
  query.package = text_of(parsed, "package");
  query.permission = text_of(parsed, "permission");
  if (parsed.count("coverage") != 0) query.coverage = one_of(parsed, "coverage", {"none", "partial", "full"});
  query.grade = least_grade(parsed);
  query.standing = least_standing(parsed);
  query.reach = earliest_reach(parsed);
  if (const std::string text = text_of(parsed, "version"); !text.empty()) {
    query.version = VersionCondition::parse(text);
    if (!query.version)
      throw UsageError(
          "--version takes an operator (<, <=, >, >=, =) and a version that begins with a number, such "
          "as '<4.0'; \"" +
          text + "\" is none");
    if (query.sdk.empty()) throw UsageError("--version needs --sdk");
  }
  if (!query.owner.empty() && query.behaviour.empty()) throw UsageError("--owner needs --behaviour");
  if (!query.certificate.empty() && query.certificate.size() < 8)
    throw UsageError("--certificate takes at least the first 8 digits of the SHA-256");
  for (char& c : query.certificate) c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  if (query.is_empty()) throw UsageError("name a condition, such as --sdk or --behaviour");
  return query;
}

/// Columns that no condition speaks of are left out of text.
Table apps_table(const AppQuery& query) {
  const auto head = [](bool shown, const char* text) { return shown ? text : ""; };
  const bool sdk = !query.sdk.empty(), version = query.version.has_value(), use = !query.behaviour.empty();
  return Table({{"package", "package", "包名"},
                {"version_name", "app version", "应用版本"},
                {"version_code", "code", "版本号", true},
                {"grade", head(sdk, "grade"), "等级"},
                {"sdk_version", head(sdk, "SDK version"), "SDK版本"},
                {"match", head(version, "match"), "符合条件"},
                {"owner", head(use, "owner"), "归属"},
                {"owner_kind", "", ""},
                {"strength", head(use, "strength"), "强度"},
                {"reach", head(use, "reach"), "可达性"},
                {"analysable", "seen", "可分析"},
                {"sha256", "", ""},
                {"certificate", "", ""},
                {"path", "path", "路径"}});
}

/// `use` is none when no behaviour was asked for.
std::vector<Cell> cells_of(const FoundApp& found, const OwnerUse* use, bool has_version, Answer& answer) {
  const AppHead& app = found.head;
  return {cell(app.package),
          cell(app.version_name),
          app.version_code ? Cell(*app.version_code) : Cell(),
          found.grade ? cell(std::string(name(*found.grade))) : Cell(),
          cell(found.version),
          has_version ? cell(std::string(name(found.match))) : Cell(),
          use != nullptr ? cell(use->owner) : Cell(),
          use != nullptr ? cell(answer.owner_kind(use->owner)) : Cell(),
          use != nullptr ? cell(std::string(name(use->standing))) : Cell(),
          use != nullptr ? cell(std::string(name(use->reach))) : Cell(),
          cell(std::string(name(app.analysable))),
          cell(app.sha256),
          app.certificates.empty() ? Cell() : cell(app.certificates.front()),
          cell(app.path)};
}

void print_apps(const std::vector<FoundApp>& apps, const AppQuery& query, Answer& answer) {
  RowPrinter printer(answer, apps_table(query));
  for (const FoundApp& app : apps) {
    const bool has_version = query.version.has_value();
    if (app.uses.empty()) printer.add([&] { return cells_of(app, nullptr, has_version, answer); });
    for (const OwnerUse& use : app.uses)
      printer.add([&] { return cells_of(app, &use, has_version, answer); });
  }
  printer.end();
}

void say_counts(const std::vector<FoundApp>& apps, const AppQuery& query, const Answer& answer) {
  std::array<std::uint64_t, 4> by_match{};
  for (const FoundApp& app : apps) by_match[static_cast<std::size_t>(app.match)] += 1;
  const auto count = [&](VersionMatch match) {
    return std::to_string(by_match[static_cast<std::size_t>(match)]);
  };
  std::string line = count(VersionMatch::yes) + answer.say(" of ", " 个应用（共 ") +
                     std::to_string(answer.view().app_count()) + answer.say(" apps", " 个）");
  if (query.version)
    line += answer.say("; version not known: ", "；版本未知：") + count(VersionMatch::unknown) +
            answer.say("; cannot be compared: ", "；无法比较：") + count(VersionMatch::incomparable);
  answer.note(line);
}

cxxopts::Options sdks_options() {
  cxxopts::Options options(
      "sdkprint corpus query sdks",
      "Who shows a behaviour: SDKs, libraries, the apps' own code, packages that no signature\n"
      "claims; in how many apps, how sure, and by the earliest reach. An app counts once for each\n"
      "owner. benign: a library's use for its own working, charged to nobody; not in the reaches.");
  add_query_options(options);
  options.add_options()("behaviour", "the behaviour", cxxopts::value<std::string>(), "ID")(
      "kind", "owners: sdk, library, packer, app, package, all",
      cxxopts::value<std::string>()->default_value("all"), "KIND");
  add_use_options(options);
  return options;
}

Table owners_table() {
  return Table({{"owner", "owner", "归属"},
                {"", "name", "名称"},
                {"name", "", ""},
                {"name_zh", "", ""},
                {"kind", "kind", "种类"},
                {"apps", "apps", "应用数", true},
                {"confirmed", "confirmed", "已确证", true},
                {"leads", "leads", "线索", true},
                {"benign", "benign", "良性", true},
                {"provider_start", "provider", "自启动", true},
                {"application_start", "app start", "应用启动", true},
                {"background", "background", "后台", true},
                {"screen", "screen", "界面", true},
                {"host_call", "host call", "宿主调用", true},
                {"not_established", "not known", "未能确定", true}});
}

}  // namespace

int query_apps_command(const Arguments& arguments) {
  cxxopts::Options options = apps_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const AppQuery query = read_query(*parsed);
  Answer answer(*parsed);
  answer.check_id(Index::sdk, "SDK", query.sdk);
  answer.check_id(Index::vendor, "vendor", query.vendor);
  answer.check_id(Index::category, "category", query.category);
  answer.check_id(Index::behaviour, "behaviour", query.behaviour);
  const std::vector<FoundApp> apps = find_apps(answer.view(), query);
  say_counts(apps, query, answer);
  print_apps(apps, query, answer);
  return kDone;
}

int query_sdks_command(const Arguments& arguments) {
  cxxopts::Options options = sdks_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const std::string behaviour = text_of(*parsed, "behaviour");
  if (behaviour.empty()) throw UsageError("name the behaviour: --behaviour ID");
  const std::string kind = one_of(*parsed, "kind", {"sdk", "library", "packer", "app", "package", "all"});
  Answer answer(*parsed);
  answer.check_id(Index::behaviour, "behaviour", behaviour);
  const bool all_standings = parsed->count("strength") == 0;
  Table table = owners_table();
  for (const OwnerCounts& row :
       count_owners(answer.view(), behaviour, all_standings ? Standing::benign : least_standing(*parsed),
                    earliest_reach(*parsed))) {
    const std::string owner_kind = answer.owner_kind(row.owner);
    if (kind != "all" && kind != owner_kind) continue;
    const bool is_sdk = owner_kind != "app" && owner_kind != "package";
    const SdkName& sdk = answer.names().sdk(is_sdk ? row.owner : std::string());
    std::vector<Cell> cells = {cell(row.owner),  cell(answer.owner_name(row.owner)),
                               cell(sdk.name),   cell(sdk.name_zh),
                               cell(owner_kind), row.apps,
                               row.confirmed,    row.leads,
                               row.benign};
    for (std::size_t i = kReachCount; i-- > 0;) cells.push_back(row.reach[i]);
    table.add(std::move(cells));
  }
  const BehaviourName& name = answer.names().behaviour(behaviour);
  answer.note(behaviour + ": " + display_name(name.name, name.name_zh, answer.language()) + " (" +
              severity_phrase(name.severity).in(answer.language()) + ")");
  answer.print_table(table);
  return kDone;
}

}  // namespace sdkprint::cli
