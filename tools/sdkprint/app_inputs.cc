#include "app_inputs.h"

#include <filesystem>
#include <iostream>

#include "base/error.h"
#include "console.h"

namespace sdkprint::cli {
namespace {

std::vector<std::string> named_paths(const cxxopts::ParseResult& parsed) {
  if (parsed.count("paths") == 0 && parsed.count("list") == 0)
    throw UsageError("name at least one app, or --list");
  return parsed.count("paths") != 0 ? parsed["paths"].as<std::vector<std::string>>()
                                    : std::vector<std::string>();
}

}  // namespace

void add_input_options(cxxopts::Options& options) {
  options.add_options()(
      "list",
      "read paths from a file, one app a line (parts of one app separated by TAB); - is standard input",
      cxxopts::value<std::string>(), "FILE")("paths", "", cxxopts::value<std::vector<std::string>>());
  options.positional_help("PATH…");
  options.parse_positional({"paths"});
}

AppInputs::AppInputs(const cxxopts::ParseResult& parsed, bool& has_problems)
    : paths_(named_paths(parsed), [&has_problems](const InputComplaint& complaint) {
        complain(complaint.path + ": " + complaint.message);
        has_problems = true;
      }) {
  if (parsed.count("list") == 0) return;
  const std::string name = parsed["list"].as<std::string>();
  if (name == "-") {
    list_ = &std::cin;
    return;
  }
  file_.open(name);
  if (!file_) throw Error(name + ": cannot be read (expected a list of paths, one app a line)");
  list_ = &file_;
}

std::optional<AppInput> AppInputs::next() {
  if (std::optional<AppInput> input = paths_.next()) return input;
  std::string line;
  while (list_ != nullptr && std::getline(*list_, line)) {
    if (std::optional<AppInput> input = parse_list_line(line)) return input;
  }
  return std::nullopt;
}

std::uint64_t count_apps(const cxxopts::ParseResult& parsed) {
  namespace fs = std::filesystem;
  std::uint64_t count = 0;
  std::error_code error;
  if (parsed.count("paths") != 0) {
    for (const std::string& path : parsed["paths"].as<std::vector<std::string>>()) {
      if (!fs::is_directory(path, error)) {
        ++count;
        continue;
      }
      fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, error);
      for (; !error && it != fs::recursive_directory_iterator(); it.increment(error))
        count += it->is_directory(error) ? 0 : 1;
    }
  }
  if (parsed.count("list") == 0) return count;
  const std::string list = parsed["list"].as<std::string>();
  if (!fs::is_regular_file(list, error)) return 0;
  std::ifstream lines(list);
  for (std::string line; std::getline(lines, line);) count += line.empty() ? 0 : 1;
  return count;
}

}  // namespace sdkprint::cli
