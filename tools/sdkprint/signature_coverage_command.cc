// sdkprint signature coverage: how much of the code of apps has an owner, and which packages have none.
#include "console.h"
#include "default_database.h"
#include "report/display.h"
#include "review/code_coverage.h"
#include "scan/bulk_scan.h"
#include "scan/input_list.h"
#include "table.h"

namespace sdkprint::cli {
namespace {

struct Kind {
  const char* key;
  const char* english;
  const char* chinese;
};

constexpr Kind kKinds[] = {{"sdk", "of SDKs", "第三方SDK"},
                           {"library", "of open libraries", "开源库"},
                           {"packer", "of packers", "加固"},
                           {"own", "the apps' own", "应用自身"},
                           {"unattributed", "without an owner", "未归属"}};

cxxopts::Options coverage_options() {
  cxxopts::Options options(
      "sdkprint signature coverage",
      "Scans apps and tells how much of their code has an owner, and which packages have\n"
      "none: those in most apps first, then those with most code.");
  options.add_options()("db", "compiled signature database", cxxopts::value<std::string>(), "FILE")(
      "top", "packages to list (0: all)", cxxopts::value<std::size_t>()->default_value("40"), "N")(
      "threads", "threads to use (default: all)", cxxopts::value<unsigned>()->default_value("0"), "N")(
      "paths", "", cxxopts::value<std::vector<std::string>>());
  add_table_format_option(options);
  add_language_option(options);
  add_limit_options(options);
  options.positional_help("PATH…");
  options.parse_positional({"paths"});
  return options;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "-";
  const std::uint64_t tenths = (part * 1000 + whole / 2) / whole;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

std::vector<Column> columns(const char* english, const char* chinese) {
  return {{"row", "", ""},
          {"name", english, chinese},
          {"apps", "apps", "应用数", true},
          {"classes", "classes", "类数", true},
          {"code_bytes", "code bytes", "代码字节", true},
          {"share", "share", "占比", true}};
}

/// Two tables of the same columns: shares of all code, and packages that nobody owns.
struct CoverageTables {
  Table shares{columns("code", "代码")}, packages{columns("package without an owner", "未归属的包")};

  CoverageTables(const CodeCoverage& coverage, Language language, std::size_t top) {
    const CodeShare total = coverage.total();
    const auto row = [&](const char* what, const std::string& name, const CodeShare& share) {
      return std::vector<Cell>{cell(what),       cell(name),
                               share.apps,       share.classes,
                               share.code_bytes, cell(percent(share.code_bytes, total.code_bytes))};
    };
    for (const Kind& kind : kKinds) {
      const auto share = coverage.shares().find(kind.key);
      shares.add(row(kind.key, language == Language::chinese ? kind.chinese : kind.english,
                     share == coverage.shares().end() ? CodeShare() : share->second));
    }
    shares.add(row("total", language == Language::chinese ? "合计" : "total", total));
    for (const UnclaimedPackage& one : coverage.unclaimed()) {
      if (top != 0 && packages.size() == top) break;
      packages.add(row("package", one.package.empty() ? "(default)" : one.package, one.share));
    }
  }

  std::string as(const std::string& format, Language language) const {
    if (format == "text") return shares.as_text(language) + "\n" + packages.as_text(language);
    if (format == "ndjson") return shares.as_ndjson() + packages.as_ndjson();
    const std::string rest = packages.as_csv();
    return shares.as_csv() + rest.substr(rest.find('\n') + 1);  // one head for both
  }
};

}  // namespace

int signature_coverage_command(const Arguments& arguments) {
  cxxopts::Options options = coverage_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  if (parsed->count("paths") == 0) throw UsageError("name at least one app");
  const std::string format = table_format(*parsed);
  const std::optional<std::string> database_path =
      parsed->count("db") != 0 ? std::optional((*parsed)["db"].as<std::string>()) : std::nullopt;
  const PatternDatabase database = open_database(database_path);
  const Matcher matcher(database);
  bool has_problems = false;
  InputList inputs((*parsed)["paths"].as<std::vector<std::string>>(), [&](const InputComplaint& complaint) {
    complain(complaint.path + ": " + complaint.message);
    has_problems = true;
  });
  CodeCoverage coverage;
  scan_apps(
      matcher, {limits(*parsed), (*parsed)["threads"].as<unsigned>()}, [&] { return inputs.next(); },
      [&](AppReport report) {
        for (const Problem& problem : report.problems) {
          has_problems = has_problems || problem.loss;
          if (problem.entry.empty() && problem.loss) complain(problem.message);
        }
        coverage.add(report);
      });
  const CoverageTables tables(coverage, language(*parsed), (*parsed)["top"].as<std::size_t>());
  print(tables.as(format, language(*parsed)));
  return has_problems ? kDoneWithProblems : kDone;
}

}  // namespace sdkprint::cli
