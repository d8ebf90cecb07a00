// sdkprint signature search: where a word stands in the signatures, and who would own an item.
#include <algorithm>
#include <map>

#include "console.h"
#include "default_database.h"
#include "review/signature_search.h"
#include "signature/diagnostic.h"
#include "table.h"

namespace sdkprint::cli {
namespace {

/// Options that name an item of a surface.
constexpr std::pair<const char*, Surface> kItemOptions[] = {
    {"class", Surface::class_name}, {"reference", Surface::reference},
    {"library", Surface::library},  {"symbol", Surface::symbol},
    {"string", Surface::string},    {"native-string", Surface::native_string},
    {"entry", Surface::entry},      {"manifest", Surface::manifest},
    {"host", Surface::host}};

cxxopts::Options search_options() {
  cxxopts::Options options(
      "sdkprint signature search",
      "Finds signatures by a text in their ids, names (Chinese ones too), vendors,\n"
      "categories and patterns; or tells which signatures claim an item, the owner first.");
  options.add_options()("package", "who owns the classes of a package: com.foo.bar",
                        cxxopts::value<std::string>(), "NAME")("class", "who owns a class: com.foo.Bar",
                                                               cxxopts::value<std::string>(), "NAME")(
      "reference", "who is referenced by naming a class", cxxopts::value<std::string>(), "NAME")(
      "library", "a native library's file name: libfoo.so", cxxopts::value<std::string>(), "NAME")(
      "symbol", "a dynamic symbol", cxxopts::value<std::string>(), "NAME")(
      "string", "a string of code", cxxopts::value<std::string>(), "TEXT")(
      "native-string", "a string of a native library", cxxopts::value<std::string>(), "TEXT")(
      "entry", "an archive entry: assets/foo.dat", cxxopts::value<std::string>(), "PATH")(
      "manifest", "a manifest item: meta-data:FOO_KEY", cxxopts::value<std::string>(), "KIND:VALUE")(
      "host", "a host: s.foo.com", cxxopts::value<std::string>(), "HOST")(
      "signatures", "the folder of signatures (default: the installed one)",
      cxxopts::value<std::vector<std::string>>(),
      "DIR")("text", "", cxxopts::value<std::vector<std::string>>());
  add_table_format_option(options);
  add_language_option(options);
  options.positional_help("[TEXT]");
  options.parse_positional({"text"});
  return options;
}

std::string vendor_name(const SignatureSet& set, const Sdk& sdk, Language language) {
  const Vendor* vendor = find_vendor(set, sdk.vendor);
  if (vendor == nullptr) return {};
  return language == Language::chinese && !vendor->name_zh.empty() ? vendor->name_zh : vendor->name;
}

std::string both_names(const Sdk& sdk) {
  return sdk.name_zh.empty() || sdk.name_zh == sdk.name ? sdk.name : sdk.name + " " + sdk.name_zh;
}

/// A record a row; the fields in which the text stands are joined.
Table text_table(const SignatureSet& set, const std::string& text, Language language) {
  Table table({{"sdk", "id", "标识"},
               {"name", "name", "名称"},
               {"vendor", "vendor", "提供方"},
               {"category", "category", "类别"},
               {"found_in", "found in", "所在字段"}});
  const std::vector<TextHit> hits = find_text(set, text);
  for (std::size_t i = 0; i < hits.size();) {
    const Sdk& sdk = *hits[i].sdk;
    std::string fields;
    for (; i < hits.size() && hits[i].sdk == &sdk; ++i)
      fields += (fields.empty() ? "" : "; ") + std::string(hits[i].field) + " " + std::string(hits[i].text);
    table.add({cell(sdk.id), cell(both_names(sdk)), cell(vendor_name(set, sdk, language)), cell(sdk.category),
               cell(fields)});
  }
  return table;
}

class ClaimTable {
 public:
  explicit ClaimTable(const SignatureSet& set)
      : set_(set),
        table_({{"role", "role", "作用"},
                {"sdk", "id", "标识"},
                {"name", "name", "名称"},
                {"pattern", "pattern", "特征"},
                {"kind", "kind", "种类"},
                {"grade", "grade", "等级"},
                {"place", "place", "位置"}}) {}

  /// Only classes have one owner; elsewhere every pattern that matches gives evidence.
  void add_claims(Surface surface, const std::string& item) {
    bool is_first = true;
    for (const PatternClaim& claim : claims_on(set_, surface, item)) {
      add(surface == Surface::class_name ? (is_first ? "owner" : "outer") : "match", claim);
      is_first = false;
    }
  }
  void add_package(const std::string& package) {
    add_claims(Surface::class_name, package);
    for (const PatternClaim& claim : claims_within(set_, package)) add("within", claim);
  }
  const Table& table() const { return table_; }

 private:
  void add(const char* role, const PatternClaim& claim) {
    const Pattern& pattern = *claim.pattern;
    table_.add(
        {cell(role), cell(claim.sdk->id), cell(both_names(*claim.sdk)),
         cell(std::string(name(pattern.surface)) + ":" + pattern.text + (pattern.weak ? " (weak)" : "")),
         cell(std::string(name(pattern.kind))), cell(std::string(name(pattern.grade))),
         cell(to_string(pattern.place))});
  }

  const SignatureSet& set_;
  Table table_;
};

}  // namespace

int signature_search_command(const Arguments& arguments) {
  cxxopts::Options options = search_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const std::string format = table_format(*parsed);
  const std::size_t texts = parsed->count("text");
  std::size_t questions = texts + parsed->count("package");
  for (const auto& [option, surface] : kItemOptions) questions += parsed->count(option);
  if (questions != 1) throw UsageError("ask one thing: a text, or an item such as --class NAME");

  const Catalogue catalogue = load_signatures(signature_folder(*parsed));
  const SignatureSet& set = catalogue.signatures;
  const auto show = [&](const Table& table) {
    print(table.size() == 0 && format == "text" ? "" : table.as(format, language(*parsed)));
    if (table.size() == 0) complain("no signature has it");
    return table.size() == 0 ? kDoneWithProblems : kDone;
  };
  if (texts != 0)
    return show(text_table(set, (*parsed)["text"].as<std::vector<std::string>>().front(), language(*parsed)));
  ClaimTable claims(set);
  if (parsed->count("package") != 0) claims.add_package((*parsed)["package"].as<std::string>());
  for (const auto& [option, surface] : kItemOptions) {
    if (parsed->count(option) != 0) claims.add_claims(surface, (*parsed)[option].as<std::string>());
  }
  return show(claims.table());
}

}  // namespace sdkprint::cli
