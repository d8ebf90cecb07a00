// sdkprint corpus query: questions about all apps of a store.
#include <set>

#include "corpus_query.h"
#include "report/wording.h"

namespace sdkprint::cli {
namespace {

constexpr Subcommand kQuestions[] = {
    {"apps", "which apps hold an SDK, show a behaviour, bear a certificate", query_apps_command},
    {"sdks", "which SDKs, and whose other code, show a behaviour", query_sdks_command},
    {"prevalence", "how common SDKs, vendors, categories, behaviours are", query_prevalence_command},
    {"problems", "the share of problem apps that each SDK accounts for", query_problems_command},
    {"together", "which SDKs stand in the same apps, and how much more often than by chance",
     query_together_command},
    {"changes", "what changed from one version of an app to the next", query_changes_command},
};

constexpr std::string_view kAbout =
    "Answers come from the store's indexes; nothing is scanned.\n"
    "A behaviour is code that is present. Whether it ran, only a dynamic run can tell.\n"
    "Exit status: 0 answered (also with no row), 2 could not run.\n";

constexpr std::size_t kRowsOfText = 40;
constexpr std::size_t kSuggestions = 5;

}  // namespace

int corpus_query_command(const Arguments& arguments) { return dispatch(kQuestions, arguments, kAbout); }

void add_query_options(cxxopts::Options& options) {
  add_store_option(options);
  options.add_options()("limit", "rows to print; 0: all (default: 40 in text, all else)",
                        cxxopts::value<std::size_t>(), "N");
  add_table_format_option(options);
  add_language_option(options);
}

void add_grade_option(cxxopts::Options& options) {
  options.add_options()(
      "grade", "least grade that counts as holding an SDK: trace, referenced, stub, structural, defined",
      cxxopts::value<std::string>()->default_value("defined"), "GRADE");
}

Grade least_grade(const cxxopts::ParseResult& parsed) {
  return *grade_from_name(one_of(parsed, "grade", {"trace", "referenced", "stub", "structural", "defined"}));
}

void add_use_options(cxxopts::Options& options) {
  options.add_options()("strength", "least strength of a behaviour: lead, confirmed",
                        cxxopts::value<std::string>()->default_value("lead"), "STRENGTH")(
      "reach",
      "least reach: not-established, host-call, screen, background, application-start, provider-start",
      cxxopts::value<std::string>()->default_value("not-established"), "REACH");
}

Standing least_standing(const cxxopts::ParseResult& parsed) {
  return *standing_from_name(one_of(parsed, "strength", {"lead", "confirmed"}));
}

Reach earliest_reach(const cxxopts::ParseResult& parsed) {
  return *reach_from_name(one_of(
      parsed, "reach",
      {"not-established", "host-call", "screen", "background", "application-start", "provider-start"}));
}

std::string text_of(const cxxopts::ParseResult& parsed, const std::string& option) {
  return parsed.count(option) != 0 ? parsed[option].as<std::string>() : std::string();
}

Answer::Answer(const cxxopts::ParseResult& parsed)
    : store_(Store::open_for_reading(store_directory(parsed))),
      view_(*store_),
      language_(cli::language(parsed)),
      format_(table_format(parsed)),
      limit_(format_ == "text" ? kRowsOfText : 0) {
  if (parsed.count("limit") != 0) limit_ = parsed["limit"].as<std::size_t>();
}

std::string Answer::owner_kind(const std::string& owner) {
  if (owner == "app") return owner;
  return owner.starts_with("package:") ? "package" : names_.sdk(owner).kind;
}

std::string Answer::owner_name(const std::string& owner) {
  if (owner == "app") return say("the app's own code", "应用自身代码");
  if (owner.starts_with("package:")) return owner;
  const SdkName& sdk = names_.sdk(owner);
  return display_name(sdk.name, sdk.name_zh, language_);
}

void Answer::note(const std::string& line) const {
  if (is_text()) print(line + "\n");
}

void Answer::print_table(Table& table) const {
  const std::size_t more = limit_ == 0 ? 0 : table.cut(limit_);
  if (table.size() != 0 || !is_text()) print(table.as(format_, language_));
  note_more(more);
}

void Answer::note_more(std::size_t rows) const {
  if (rows != 0)
    note(say("… and ", "……另有 ") + std::to_string(rows) +
         say(" more rows; --limit 0 prints all", " 行；--limit 0 显示全部"));
}

void RowPrinter::print_rows() {
  print(answer_.format() == "csv" ? table_.as_csv(!is_begun_)
                                  : table_.as(answer_.format(), answer_.language()));
  is_begun_ = true;
  table_.cut(0);
}

void RowPrinter::end() {
  const std::size_t limit = answer_.limit();
  if (table_.size() != 0 || (!answer_.is_text() && !is_begun_)) print_rows();
  answer_.note_more(limit != 0 && rows_ > limit ? rows_ - limit : 0);
}

void Answer::check_id(Index index, const char* what, const std::string& id) const {
  if (id.empty()) return;
  bool is_known = false;
  view_.for_each_term(index, id, [&](const std::string& term, std::uint64_t) {
    is_known = term.substr(0, term.find('\t')) == id;
    return !is_known;
  });
  if (is_known) return;
  std::set<std::string> alike;
  view_.for_each_term(index, "", [&](const std::string& term, std::uint64_t) {
    const std::string other = term.substr(0, term.find('\t'));
    if (other.find(id) != std::string::npos || id.find(other) != std::string::npos) alike.insert(other);
    return true;
  });
  std::string hint;
  for (const std::string& other : alike) {
    if (alike.size() <= kSuggestions) hint += (hint.empty() ? "; there is " : ", ") + other;
  }
  complain(std::string("no app of the store has the ") + what + " \"" + id + "\"" + hint);
}

}  // namespace sdkprint::cli
