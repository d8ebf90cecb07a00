#pragma once
// What the subcommands share. Results go to stdout, everything else to stderr; the exit status is 0 when all
// is done, 1 when it is done with problems, 2 when it could not run.
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sdkprint::cli {

inline constexpr int kDone = 0;
inline constexpr int kDoneWithProblems = 1;
inline constexpr int kCouldNotRun = 2;

/// `arguments` are those after the subcommand's name; the first is the program and subcommand, for usage
/// lines.
using Arguments = std::vector<std::string>;

/// One command of a table: "scan", or "lint" below `sdkprint signature`.
struct Subcommand {
  const char* name;
  const char* summary;
  int (*run)(const Arguments&);
};

/// Runs the command that the second argument names; help and complaints are made from the table. `about`
/// closes the usage text.
int dispatch(std::span<const Subcommand> commands, const Arguments& arguments, std::string_view about);

int compile_command(const Arguments& arguments);
int corpus_command(const Arguments& arguments);
int explain_command(const Arguments& arguments);
int export_command(const Arguments& arguments);
int import_command(const Arguments& arguments);
int inspect_command(const Arguments& arguments);
int learn_command(const Arguments& arguments);
int lint_command(const Arguments& arguments);
int scan_command(const Arguments& arguments);
int signature_command(const Arguments& arguments);
int signature_coverage_command(const Arguments& arguments);
int signature_diff_command(const Arguments& arguments);
int signature_search_command(const Arguments& arguments);
int signature_show_command(const Arguments& arguments);
int signature_stats_command(const Arguments& arguments);
int signature_test_command(const Arguments& arguments);
int version_command(const Arguments& arguments);

/// A wrong option or argument: printed with a hint to --help, exit status 2.
class UsageError : public std::exception {
 public:
  explicit UsageError(std::string message) : message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

}  // namespace sdkprint::cli
