// sdkprint compile: signatures → one database file.
#include <filesystem>

#include "base/error.h"
#include "base/mapped_file.h"
#include "console.h"
#include "default_database.h"

namespace sdkprint::cli {
namespace {

/// The content of an earlier output, whose unchanged parts are reused; empty when there is none.
std::vector<std::uint8_t> earlier_output(const std::string& path) {
  if (!std::filesystem::exists(path)) return {};
  try {
    const MappedFile file(path);
    return {file.bytes().begin(), file.bytes().end()};
  } catch (const InputError&) {
    return {};
  }
}

}  // namespace

int compile_command(const Arguments& arguments) {
  cxxopts::Options options("sdkprint compile",
                           "Compiles a folder of signatures (signatures/FORMAT.md) into one database file.");
  options.add_options()("o,output", "the database file", cxxopts::value<std::string>(), "FILE")(
      "full", "compile everything, even what an earlier output already holds")(
      "signatures", "", cxxopts::value<std::vector<std::string>>());
  options.positional_help("SIGNATURES");
  options.parse_positional({"signatures"});
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  if (parsed->count("signatures") == 0 ||
      (*parsed)["signatures"].as<std::vector<std::string>>().size() != 1) {
    throw UsageError("name one folder of signatures");
  }
  if (parsed->count("output") == 0) throw UsageError("name the database file with -o FILE");
  const std::string output = (*parsed)["output"].as<std::string>();
  const Catalogue catalogue = load_signatures((*parsed)["signatures"].as<std::vector<std::string>>().front());
  const std::vector<std::uint8_t> earlier =
      parsed->count("full") != 0 ? std::vector<std::uint8_t>() : earlier_output(output);
  const std::vector<std::uint8_t> bytes =
      compile_database(catalogue.signatures, catalogue.behaviours, earlier);
  write_file(output, bytes);
  std::size_t patterns = 0;
  for (const Sdk& sdk : catalogue.signatures.sdks) patterns += sdk.patterns.size();
  complain(output + ": " + std::to_string(catalogue.signatures.sdks.size()) + " SDKs, " +
           std::to_string(patterns) + " patterns, " + std::to_string(catalogue.behaviours.behaviours.size()) +
           " behaviours, " + std::to_string(bytes.size()) + " bytes, fingerprint " +
           to_hex(database_fingerprint(catalogue.signatures, catalogue.behaviours)));
  return kDone;
}

}  // namespace sdkprint::cli
