// sdkprint corpus discover: packages that recur over unrelated publishers and that no signature claims.
#include <set>

#include "console.h"
#include "corpus_commands.h"
#include "default_database.h"
#include "import_draft.h"
#include "query/discovery.h"
#include "report/display.h"
#include "report/wording.h"
#include "similar_sdks.h"
#include "table.h"

namespace sdkprint::cli {
namespace {

constexpr std::size_t kShownHints = 6;

cxxopts::Options discover_options() {
  cxxopts::Options options(
      "sdkprint corpus discover",
      "Packages that stand in apps of unrelated publishers and that no signature claims: likely\n"
      "SDKs that nobody has written down yet. Publishers are counted by the smaller of two numbers,\n"
      "certificates and package names of the apps, so that neither a developer's own library nor one\n"
      "app signed again by many counts. Sizes and behaviours are of a sample of at most 8 apps.\n"
      "Hints are no claims: names that resemble known SDKs, unclaimed native libraries beside it,\n"
      "packages in the same apps, what lies in the package of the examples' manifests (unless they\n"
      "were scanned with --no-archive). A store does not hold hosts of unclaimed code: sdkprint\n"
      "inspect shows them in the example apps.");
  add_store_option(options);
  options.add_options()("least", "unrelated publishers", cxxopts::value<std::uint64_t>()->default_value("3"),
                        "N")("limit", "rows; 0: all", cxxopts::value<std::size_t>()->default_value("50"),
                             "N")("draft", "write a draft of a signature for each row below this folder",
                                  cxxopts::value<std::string>(), "DIR")(
      "signatures", "known SDKs, for names that resemble (default: the installed signatures)",
      cxxopts::value<std::vector<std::string>>(), "FOLDER");
  add_table_format_option(options);
  add_language_option(options);
  return options;
}

std::string joined(const std::vector<std::string>& words, std::size_t most = SIZE_MAX) {
  std::string text;
  for (std::size_t i = 0; i < std::min(words.size(), most); ++i) text += (i == 0 ? "" : " ") + words[i];
  return words.size() > most ? text + " …" : text;
}

std::vector<std::string> part_names(const UnknownSdk& row) {
  std::vector<std::string> names;
  for (const auto& [package, apps] : row.parts) names.push_back(package);
  return names;
}

std::vector<std::string> behaviour_ids(const UnknownSdk& row) {
  std::vector<std::string> ids;
  for (const auto& [id, one] : row.behaviours)
    ids.push_back(id + (one.strength == UseStrength::confirmed ? "" : "?"));
  return ids;
}

std::vector<std::string> similar_ids(const std::vector<SimilarSdk>& similar) {
  std::vector<std::string> ids;
  for (const SimilarSdk& one : similar) ids.push_back(one.id);
  return ids;
}

Table machine_table(const Discovery& found, const SimilarSdks& known) {
  Table table({{"package", "", ""},
               {"unrelated", "", ""},
               {"certificates", "", ""},
               {"app_packages", "", ""},
               {"apps", "", ""},
               {"classes", "", ""},
               {"code_bytes", "", ""},
               {"sampled", "", ""},
               {"parts", "", ""},
               {"behaviours", "", ""},
               {"libraries", "", ""},
               {"manifest", "", ""},
               {"companions", "", ""},
               {"similar_sdks", "", ""},
               {"example_path", "", ""},
               {"example_sha256", "", ""}});
  for (const UnknownSdk& row : found.rows)
    table.add({cell(row.package), row.unrelated, row.certificates, row.app_packages, row.apps, row.classes,
               row.code_bytes, row.sampled, cell(joined(part_names(row))), cell(joined(behaviour_ids(row))),
               cell(joined(row.libraries)), cell(joined(row.manifest)), cell(joined(row.companions)),
               cell(joined(similar_ids(known.of(row.package)))), cell(row.examples.front().first),
               cell(row.examples.front().second)});
  return table;
}

/// "  label: text" when there is any.
std::string hint(const char* label, const std::string& text) {
  return text.empty() ? std::string() : std::string("  ") + label + ": " + escape_for_terminal(text) + "\n";
}

std::string as_text(const UnknownSdk& row, const SimilarSdks& known, Language language) {
  const auto say = [&](const char* english, const char* chinese) {
    return language == Language::chinese ? chinese : english;
  };
  std::string text =
      escape_for_terminal(row.package) + "\n  " + std::to_string(row.unrelated) +
      say(" unrelated publishers (", " 个无关发布者（证书 ") + std::to_string(row.certificates) +
      say(" certificates, ", "，应用包名 ") + std::to_string(row.app_packages) +
      say(" app packages), ", "），") + std::to_string(row.apps) + say(" apps; ", " 个应用；") +
      std::to_string(row.classes) + say(" classes, ", " 个类，") + human_size(row.code_bytes) +
      say(" of code (middle of ", " 代码（") + std::to_string(row.sampled) + say(")\n", " 个样本的中位）\n");
  if (row.parts.size() > 1) text += hint(say("packages", "子包"), joined(part_names(row), kShownHints));
  text += hint(say("behaviours (? = lead)", "行为（?为线索）"), joined(behaviour_ids(row), kShownHints));
  text += hint(say("native libraries beside it", "同应用未归属原生库"), joined(row.libraries, kShownHints));
  text += hint(say("in their manifests", "清单内容"), joined(row.manifest, kShownHints));
  text += hint(say("in the same apps", "同现于相同应用"), joined(row.companions, kShownHints));
  for (const SimilarSdk& one : known.of(row.package))
    text += hint(say("resembles", "近似"), one.id + " (" + one.why + ")");
  for (const auto& [path, sha256] : row.examples)
    text += hint(say("example", "示例"), path + " " + sha256.substr(0, 16));
  return text;
}

std::string closing_line(const Discovery& found, Language language) {
  const auto number = [](std::uint64_t value) { return std::to_string(value); };
  if (language == Language::chinese)
    return number(found.rows.size()) + " 项，共检查 " + number(found.origins) +
           " 个来源；未列出：发布者过少 " + number(found.too_few) + "，超出行数 " + number(found.beyond) +
           "，疑似混淆名 " + number(found.renamed) + "\n";
  return number(found.rows.size()) + " rows of " + number(found.origins) +
         " origins; left out: too few publishers " + number(found.too_few) + ", beyond --limit " +
         number(found.beyond) + ", packages with names of a shrinker " + number(found.renamed) + "\n";
}

ImportDraft draft_of(const UnknownSdk& row, const SimilarSdks& known) {
  ImportDraft draft;
  const std::vector<SimilarSdk> similar = known.of(row.package);
  draft.id = id_of_name(row.package);
  draft.name = row.package;
  const std::string organisation = organisation_of(row.package);
  draft.vendor = known.vendor_of(row.package).value_or(id_of_name(organisation));
  draft.vendor_name = organisation;
  draft.category = "other";
  draft.source = "artefact";
  draft.origin = "a package that no signature claims in " + std::to_string(row.apps) + " apps of " +
                 std::to_string(row.unrelated) + " unrelated publishers";
  add_pattern(draft, Surface::class_name, Pattern::Kind::prefix, row.package);
  for (const auto& [package, apps] : row.parts)
    draft.remarks.push_back("in " + std::to_string(apps) + " apps: " + package);
  for (const std::string& library : row.libraries)
    draft.remarks.push_back("unclaimed beside it, maybe its own: library = [\"" + library + "\"]");
  if (!row.manifest.empty()) draft.remarks.push_back("in manifests of the examples: " + joined(row.manifest));
  if (!row.behaviours.empty()) draft.remarks.push_back("shows (? = lead): " + joined(behaviour_ids(row)));
  if (!row.companions.empty()) draft.remarks.push_back("in the same apps: " + joined(row.companions));
  for (const SimilarSdk& one : similar) draft.remarks.push_back("resembles " + one.id + ": " + one.why);
  for (const auto& [path, sha256] : row.examples) draft.remarks.push_back("example: " + path + " " + sha256);
  draft.remarks.push_back(
      "name, vendor and category are guesses; sdkprint inspect shows hosts of the examples");
  return draft;
}

void write_drafts_of(const Discovery& found, const SimilarSdks& known, const DraftFolder& where) {
  std::vector<ImportDraft> drafts;
  for (const UnknownSdk& row : found.rows) drafts.push_back(draft_of(row, known));
  std::vector<std::string> said;
  write_drafts(drafts, where, said);
  for (const std::string& line : said) complain(line);
}

}  // namespace

int corpus_discover_command(const Arguments& arguments) {
  cxxopts::Options options = discover_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const std::string format = table_format(*parsed);
  const Language language = cli::language(*parsed);
  const std::unique_ptr<Store> store = Store::open_for_reading(store_directory(*parsed));
  const StoreView view(*store);
  const std::string folder = signature_folder(*parsed);
  const SimilarSdks known(load_signatures(folder).signatures);
  DiscoveryQuery query;
  query.least = (*parsed)["least"].as<std::uint64_t>();
  query.limit = (*parsed)["limit"].as<std::size_t>();
  const Discovery found = discover(view, query);
  if (format == "text") {
    for (const UnknownSdk& row : found.rows) print(as_text(row, known, language) + "\n");
    print(closing_line(found, language));
  } else {
    print(machine_table(found, known).as(format, language));
  }
  if (parsed->count("draft") != 0)
    write_drafts_of(found, known, {(*parsed)["draft"].as<std::string>(), folder});
  return kDone;
}

}  // namespace sdkprint::cli
