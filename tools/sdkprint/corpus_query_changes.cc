// sdkprint corpus query changes: one version of an app against the next.
#include <algorithm>

#include "base/error.h"
#include "corpus_query.h"
#include "query/version_changes.h"

namespace sdkprint::cli {
namespace {

using Files = std::vector<std::pair<AppNumber, AppHead>>;

cxxopts::Options changes_options() {
  cxxopts::Options options(
      "sdkprint corpus query changes",
      "What changed from each version of a package to the next: SDKs, behaviours, permissions and\n"
      "certificates added, removed or updated. Where a version has several files (channels), the\n"
      "one compared is signed as the version before, if there is one; --from and --to choose others.\n"
      "A store keeps one report a file: two signature databases are compared by\n"
      "sdkprint signature diff.");
  add_query_options(options);
  options.add_options()("package", "the app's package", cxxopts::value<std::string>(), "NAME")(
      "from", "only from this file: version code, version name, or the beginning of its SHA-256",
      cxxopts::value<std::string>(),
      "VERSION")("to", "to this one", cxxopts::value<std::string>(), "VERSION");
  add_grade_option(options);
  return options;
}

AppNumber file_of(const Files& files, const std::string& wanted) {
  constexpr std::size_t kLeastDigits = 8;
  for (const auto& [app, head] : files) {
    if (head.version_name == wanted || (head.version_code && std::to_string(*head.version_code) == wanted) ||
        (wanted.size() >= kLeastDigits && head.sha256.starts_with(wanted)))
      return app;
  }
  std::string there;
  for (const auto& [app, head] : files)
    there += "\n  " + head.version_name + " (" +
             (head.version_code ? std::to_string(*head.version_code) : "-") + ") " + head.sha256;
  throw Error("no file of the package has the version \"" + wanted + "\"; there are:" + there);
}

std::string version_of(const AppHead& head) {
  return (head.version_name.empty() ? "-" : head.version_name) + " (" +
         (head.version_code ? std::to_string(*head.version_code) : "-") + ")";
}

Table changes_table() {
  return Table({{"from_version", "", ""},
                {"from_code", "", ""},
                {"from_sha256", "", ""},
                {"to_version", "", ""},
                {"to_code", "", ""},
                {"to_sha256", "", ""},
                {"change", "change", "变化"},
                {"what", "what", "类别"},
                {"owner", "owner", "归属"},
                {"id", "id", "标识"},
                {"before", "before", "之前"},
                {"after", "after", "之后"},
                {"version_order", "", ""}});
}

/// "raised", "lowered", "equal", "incomparable".
std::string order_word(const AppChange& change) {
  if (!change.order) return {};
  switch (*change.order) {
    case VersionOrder::less:
      return "raised";
    case VersionOrder::greater:
      return "lowered";
    case VersionOrder::equal:
      return "equal";
    case VersionOrder::incomparable:
      break;
  }
  return "incomparable";
}

void add_rows(const AppStep& step, Table& table) {
  const auto code = [](const AppHead& head) { return head.version_code ? Cell(*head.version_code) : Cell(); };
  for (const AppChange& one : step.changes)
    table.add({cell(step.before.version_name), code(step.before), cell(step.before.sha256),
               cell(step.after.version_name), code(step.after), cell(step.after.sha256),
               cell(std::string(name(one.kind))), cell(one.what), cell(one.owner), cell(one.id),
               cell(one.before), cell(one.after), cell(order_word(one))});
}

void print_text(const AppStep& step, const Answer& answer) {
  answer.note(version_of(step.before) + " → " + version_of(step.after));
  answer.note("  " + step.before.path + " → " + step.after.path);
  if (step.are_databases_different)
    answer.note(
        answer.say("  Their reports were made with different signatures: a difference may come from them.",
                   "  两份报告所用特征库不同：差异可能源于特征库。"));
  if (step.is_partly_seen)
    answer.note(
        answer.say("  Part of the code could not be seen: what seems added or removed may have been there.",
                   "  部分代码不可见：显示为新增或移除者可能原已存在。"));
  Table table = changes_table();
  add_rows(step, table);
  answer.print_table(table);
  if (step.changes.empty()) answer.note(answer.say("  no difference", "  无差异"));
  answer.note("");
}

}  // namespace

int query_changes_command(const Arguments& arguments) {
  cxxopts::Options options = changes_options();
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const std::string package = text_of(*parsed, "package"), from = text_of(*parsed, "from"),
                    to = text_of(*parsed, "to");
  if (package.empty()) throw UsageError("name the package: --package NAME");
  if (from.empty() != to.empty()) throw UsageError("--from and --to are given together");
  const Grade least = least_grade(*parsed);
  Answer answer(*parsed);
  answer.check_id(Index::package, "package", package);
  const StoreView& view = answer.view();
  const Files files = files_of_package(view, package);
  std::vector<AppStep> steps;
  if (from.empty())
    steps = version_changes(view, package, least);
  else
    steps.push_back(
        changes_between(view.report(file_of(files, from)), view.report(file_of(files, to)), least));
  answer.note(package + ": " + std::to_string(files.size()) + answer.say(" files, ", " 个文件，") +
              (from.empty() ? answer.say("each version of the app compared with the next: ",
                                         "应用的每个版本与其后一版本比较：")
                            : answer.say("two of them compared: ", "比较其中两个：")) +
              std::to_string(steps.size()) + answer.say(" steps\n", " 次\n"));
  Table table = changes_table();
  for (const AppStep& step : steps) {
    if (answer.is_text())
      print_text(step, answer);
    else
      add_rows(step, table);
  }
  if (!answer.is_text()) answer.print_table(table);
  return kDone;
}

}  // namespace sdkprint::cli
