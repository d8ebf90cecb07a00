#include "console.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <system_error>

#include "base/error.h"

namespace sdkprint::cli {

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return;
  if (errno == EPIPE) std::_Exit(kDone);  // the reader has seen enough
  throw Error("standard output: " + std::generic_category().message(errno));
}

void complain(std::string_view message) {
  std::string line = "sdkprint: " + std::string(message) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

std::optional<cxxopts::ParseResult> parse(cxxopts::Options& options, const Arguments& arguments) {
  options.add_options()("h,help", "print this help");
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  try {
    cxxopts::ParseResult parsed = options.parse(static_cast<int>(pointers.size()), pointers.data());
    if (parsed.count("help") == 0) return parsed;
    print(options.help());
    return std::nullopt;
  } catch (const cxxopts::exceptions::exception& error) {
    throw UsageError(error.what());
  }
}

std::string one_of(const cxxopts::ParseResult& parsed, const std::string& option,
                   const std::vector<std::string>& allowed) {
  const std::string& value = parsed[option].as<std::string>();
  std::string list;
  for (const std::string& word : allowed) {
    if (word == value) return value;
    list += (list.empty() ? "" : ", ") + word;
  }
  throw UsageError("--" + option + " takes one of " + list + "; \"" + value + "\" is none of them");
}

void add_language_option(cxxopts::Options& options) {
  options.add_options()("lang", "language of names and phrases: en, zh", cxxopts::value<std::string>(),
                        "LANG");
}

Language language(const cxxopts::ParseResult& parsed) {
  if (parsed.count("lang") != 0) {
    return one_of(parsed, "lang", {"en", "zh"}) == "zh" ? Language::chinese : Language::english;
  }
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("zh") ? Language::chinese : Language::english;
  }
  return Language::english;
}

void add_colour_option(cxxopts::Options& options) {
  options.add_options()("color", "colour: auto, always, never",
                        cxxopts::value<std::string>()->default_value("auto"), "WHEN");
}

bool wants_colour(const cxxopts::ParseResult& parsed) {
  const std::string when = one_of(parsed, "color", {"auto", "always", "never"});
  if (when != "auto") return when == "always";
  const char* no_colour = std::getenv("NO_COLOR");
  return ::isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

void add_limit_options(cxxopts::Options& options) {
  const Limits defaults;
  options.add_options("Limits of one app")(
      "max-app-size", "uncompressed MiB that are opened",
      cxxopts::value<std::uint64_t>()->default_value(std::to_string(defaults.app_bytes >> 20)),
      "MIB")("max-entry-size", "uncompressed MiB of one entry",
             cxxopts::value<std::uint64_t>()->default_value(std::to_string(defaults.entry_bytes >> 20)),
             "MIB")("max-depth", "containers within containers",
                    cxxopts::value<std::uint32_t>()->default_value(std::to_string(defaults.depth)), "N")(
      "timeout", "seconds",
      cxxopts::value<std::uint32_t>()->default_value(std::to_string(defaults.time.count() / 1000)), "S");
}

Limits limits(const cxxopts::ParseResult& parsed) {
  Limits result;
  result.app_bytes = parsed["max-app-size"].as<std::uint64_t>() << 20;
  result.entry_bytes = parsed["max-entry-size"].as<std::uint64_t>() << 20;
  result.depth = parsed["max-depth"].as<std::uint32_t>();
  result.time = std::chrono::seconds(parsed["timeout"].as<std::uint32_t>());
  return result;
}

}  // namespace sdkprint::cli
