#pragma once
// The questions of `sdkprint corpus query`, one function each, and what they share.
#include <memory>
#include <string>

#include "corpus_commands.h"
#include "query/names.h"
#include "query/term.h"
#include "store/store.h"
#include "table.h"

namespace sdkprint::cli {

int query_apps_command(const Arguments& arguments);
int query_sdks_command(const Arguments& arguments);
int query_prevalence_command(const Arguments& arguments);
int query_problems_command(const Arguments& arguments);
int query_together_command(const Arguments& arguments);
int query_changes_command(const Arguments& arguments);

/// --store, --format, --lang, --limit.
void add_query_options(cxxopts::Options& options);
/// --grade G, default defined.
void add_grade_option(cxxopts::Options& options);
Grade least_grade(const cxxopts::ParseResult& parsed);
/// --strength, --reach: the least.
void add_use_options(cxxopts::Options& options);
Standing least_standing(const cxxopts::ParseResult& parsed);
Reach earliest_reach(const cxxopts::ParseResult& parsed);
/// "" when the option was not given.
std::string text_of(const cxxopts::ParseResult& parsed, const std::string& option);

/// The store at one moment, and how answers are to be printed.
class Answer {
 public:
  explicit Answer(const cxxopts::ParseResult& parsed);

  const StoreView& view() const { return view_; }
  Names& names() { return names_; }
  Language language() const { return language_; }
  bool is_text() const { return format_ == "text"; }
  const char* say(const char* english, const char* chinese) const {
    return language_ == Language::chinese ? chinese : english;
  }

  /// Name of an owner of behaviours for people: an SDK's, "the app's own code", a package.
  std::string owner_name(const std::string& owner);
  /// "sdk", "library", "packer", "app", "package".
  std::string owner_kind(const std::string& owner);

  /// A line of text before or after a table; nothing in other formats.
  void note(const std::string& line) const;
  /// In text: how many rows --limit left out, when there are any.
  void note_more(std::size_t rows) const;
  /// The table's first rows (--limit), and in text how many more there are.
  void print_table(Table& table) const;
  /// On stderr, when no record of the store has this id: the ids that resemble it.
  void check_id(Index index, const char* what, const std::string& id) const;

  const std::string& format() const { return format_; }
  /// 0: all rows.
  std::size_t limit() const { return limit_; }

 private:
  std::unique_ptr<Store> store_;
  StoreView view_;
  Names names_{view_};
  Language language_;
  std::string format_;
  std::size_t limit_;
};

/// As print_table(), for answers with a row for every app: rows beyond the limit are not even made, and what
/// is no text is printed as it comes.
class RowPrinter {
 public:
  /// The table has no rows yet. The answer must outlive this.
  RowPrinter(const Answer& answer, Table table) : answer_(answer), table_(std::move(table)) {}

  /// `make` returns the cells.
  template <typename Make>
  void add(Make make) {
    rows_ += 1;
    if (answer_.limit() != 0 && rows_ > answer_.limit()) return;
    table_.add(make());
    if (!answer_.is_text() && table_.size() == kRowsAtOnce) print_rows();
  }
  /// After the last row.
  void end();

 private:
  static constexpr std::size_t kRowsAtOnce = 1000;
  void print_rows();

  const Answer& answer_;
  Table table_;
  std::size_t rows_ = 0;
  bool is_begun_ = false;
};

}  // namespace sdkprint::cli
