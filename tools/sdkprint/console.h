#pragma once
// stdout and stderr, options that several subcommands take.
#include <cxxopts.hpp>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "command.h"
#include "report/report_writer.h"

namespace sdkprint::cli {

/// Writes all of it to stdout. A closed pipe ends the program quietly; any other failure is an Error.
void print(std::string_view text);

/// "sdkprint: message" on stderr.
void complain(std::string_view message);

/// Parses and answers --help (returns nullopt then, the help is printed). Throws UsageError.
std::optional<cxxopts::ParseResult> parse(cxxopts::Options& options, const Arguments& arguments);

/// The value of an option that takes one of a few words; throws UsageError that lists them.
std::string one_of(const cxxopts::ParseResult& parsed, const std::string& option,
                   const std::vector<std::string>& allowed);

/// --lang en|zh; without it, the locale's language (LC_ALL, LC_MESSAGES, LANG).
void add_language_option(cxxopts::Options& options);
Language language(const cxxopts::ParseResult& parsed);

/// --color auto|always|never; NO_COLOR is honoured.
void add_colour_option(cxxopts::Options& options);
bool wants_colour(const cxxopts::ParseResult& parsed);

/// --max-app-size, --max-entry-size (MiB), --timeout (seconds), --max-depth.
void add_limit_options(cxxopts::Options& options);
Limits limits(const cxxopts::ParseResult& parsed);

}  // namespace sdkprint::cli
