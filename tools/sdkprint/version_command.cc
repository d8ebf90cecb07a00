// sdkprint version
#include "console.h"
#include "default_database.h"

namespace sdkprint::cli {

int version_command(const Arguments& arguments) {
  cxxopts::Options options("sdkprint version",
                           "Prints the versions of the program and of its default database.");
  options.add_options()("db", "the database to speak of", cxxopts::value<std::string>(), "FILE");
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  print("sdkprint " SDKPRINT_VERSION "\n");
  const std::optional<std::string> path =
      parsed->count("db") != 0 ? std::optional((*parsed)["db"].as<std::string>()) : std::nullopt;
  const PatternDatabase database = open_database(path);
  print("database " + to_hex(database.fingerprint()) + ", " + std::to_string(database.set().sdks.size()) +
        " SDKs, " + database.hyperscan_version() + "\n");
  return kDone;
}

}  // namespace sdkprint::cli
