#pragma once
// The apps that a command line names: paths, directories and a list.
#include <cxxopts.hpp>
#include <fstream>
#include <optional>

#include "scan/input_list.h"

namespace sdkprint::cli {

/// PATH… and --list.
void add_input_options(cxxopts::Options& options);

/// Apps from the command line, then from the list. A directory that cannot be read is complained of and sets
/// `has_problems`. Throws UsageError when nothing is named, Error when the list cannot be read.
class AppInputs {
 public:
  AppInputs(const cxxopts::ParseResult& parsed, bool& has_problems);
  std::optional<AppInput> next();

 private:
  InputList paths_;
  std::ifstream file_;
  std::istream* list_ = nullptr;
};

/// How many apps there are to be, for the time left: files below directories and lines of a list. 0 when a
/// list comes from a pipe. Splits make it a little too high.
std::uint64_t count_apps(const cxxopts::ParseResult& parsed);

}  // namespace sdkprint::cli
