// sdkprint signature import: lists of others → drafts to review.
#include <algorithm>

#include "console.h"
#include "import.h"

namespace sdkprint::cli {

int import_command(const Arguments& arguments) {
  cxxopts::Options options("sdkprint signature import",
                           "Turns a public list into drafts (draft = true, sources) for review. FILE is "
                           "exodus' trackers list as JSON, or a rule\n"
                           "of LibChecker-Rules or a folder of them. What is known already is named and left "
                           "alone; no file is overwritten.");
  options.add_options()("from", "exodus, libchecker", cxxopts::value<std::string>(), "FORMAT")(
      "o,output", "folder of the drafts", cxxopts::value<std::string>(), "DIR")(
      "against", "reviewed signatures, whose records are not drafted again", cxxopts::value<std::string>(),
      "SIGNATURES")("file", "", cxxopts::value<std::vector<std::string>>());
  options.positional_help("FILE");
  options.parse_positional({"file"});
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  if (parsed->count("from") == 0) throw UsageError("name the format with --from exodus or --from libchecker");
  const std::string format = one_of(*parsed, "from", {"exodus", "libchecker"});
  if (parsed->count("output") == 0) throw UsageError("name the folder of the drafts with -o DIR");
  if (parsed->count("file") == 0 || (*parsed)["file"].as<std::vector<std::string>>().size() != 1)
    throw UsageError("name one file to import");
  const std::string file = (*parsed)["file"].as<std::vector<std::string>>().front();
  std::vector<std::string> said;
  const std::vector<ImportDraft> drafts =
      format == "exodus" ? import_exodus(file, read_import(file)) : import_libchecker(file, said);
  const std::string against = parsed->count("against") != 0 ? (*parsed)["against"].as<std::string>() : "";
  write_drafts(drafts, {(*parsed)["output"].as<std::string>(), against}, said);
  std::string text;
  for (const std::string& line : said) text += line + "\n";
  const auto written = std::count_if(said.begin(), said.end(), [](const std::string& line) {
    return line.find(": written: ") != std::string::npos;
  });
  print(text + std::to_string(written) + " drafts written, " +
        std::to_string(said.size() - static_cast<std::size_t>(written)) + " records left out\n");
  return kDone;
}

}  // namespace sdkprint::cli
