// sdkprint signature stats: how much the set knows.
#include <algorithm>
#include <functional>
#include <map>

#include "console.h"
#include "default_database.h"
#include "review/signature_search.h"
#include "table.h"

namespace sdkprint::cli {
namespace {

/// What is counted of the SDKs of a row.
struct Count {
  Column column;
  bool (*holds)(const Sdk&);
};

bool has_positive_sample(const Sdk& sdk) {
  return std::any_of(sdk.samples.begin(), sdk.samples.end(),
                     [](const Sample& sample) { return sample.grade.has_value(); });
}

/// Two samples that expect two versions.
bool tells_versions_apart(const Sdk& sdk) {
  std::string first;
  for (const Sample& sample : sdk.samples) {
    if (!sample.version || sample.version->empty()) continue;
    if (!first.empty() && first != *sample.version) return true;
    first = *sample.version;
  }
  return false;
}

constexpr Count kCounts[] = {
    {{"sdks", "SDKs", "数量", true}, [](const Sdk&) { return true; }},
    {{"name_zh", "Chinese name", "中文名", true}, [](const Sdk& sdk) { return !sdk.name_zh.empty(); }},
    {{"privacy_policy", "privacy policy", "隐私政策", true},
     [](const Sdk& sdk) { return !sdk.privacy_policy.empty(); }},
    {{"declares", "declares", "有声明", true},
     [](const Sdk& sdk) { return !sdk.declares.behaviours.empty(); }},
    {{"version_rules", "version rules", "版本规则", true},
     [](const Sdk& sdk) { return !sdk.versions.empty(); }},
    {{"positive_samples", "samples", "正样本", true}, has_positive_sample},
    {{"versions_tested", "versions told apart", "版本已验证", true}, tells_versions_apart},
};

using GroupOf = std::function<std::string(const Sdk&)>;

void add_group(const std::string& group, const SignatureSet& set, const GroupOf& key_of, Table& table) {
  std::map<std::string, std::vector<const Sdk*>> rows;
  for (const Sdk& sdk : set.sdks) rows[key_of(sdk)].push_back(&sdk);
  for (const auto& [key, sdks] : rows) {
    std::vector<Cell> cells = {cell(group), cell(key)};
    for (const Count& count : kCounts) {
      cells.emplace_back(static_cast<std::uint64_t>(
          std::count_if(sdks.begin(), sdks.end(), [&](const Sdk* sdk) { return count.holds(*sdk); })));
    }
    table.add(std::move(cells));
  }
}

}  // namespace

int signature_stats_command(const Arguments& arguments) {
  cxxopts::Options options(
      "sdkprint signature stats",
      "Counts the SDKs of a folder of signatures in all, by kind, by country of the vendor\n"
      "and by category; and how many have what.");
  options.add_options()("signatures", "", cxxopts::value<std::vector<std::string>>());
  add_table_format_option(options);
  add_language_option(options);
  options.positional_help("[SIGNATURES]");
  options.parse_positional({"signatures"});
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const std::string format = table_format(*parsed);
  const Catalogue catalogue = load_signatures(signature_folder(*parsed));
  const SignatureSet& set = catalogue.signatures;
  std::vector<Column> columns = {{"by", "by", "分组"}, {"group", "group", "组"}};
  for (const Count& count : kCounts) columns.push_back(count.column);
  Table table(std::move(columns));
  add_group(
      "all", set, [](const Sdk&) { return "all"; }, table);
  add_group(
      "kind", set, [](const Sdk& sdk) { return std::string(name(sdk.kind)); }, table);
  add_group(
      "country", set,
      [&](const Sdk& sdk) {
        const Vendor* vendor = find_vendor(set, sdk.vendor);
        return vendor == nullptr || vendor->country.empty() ? std::string("unknown") : vendor->country;
      },
      table);
  add_group(
      "category", set, [](const Sdk& sdk) { return sdk.category; }, table);
  print(table.as(format, language(*parsed)));
  return kDone;
}

}  // namespace sdkprint::cli
