// sdkprint corpus export: a store for other tools.
#include "console.h"
#include "corpus_commands.h"
#include "query/sqlite_export.h"

namespace sdkprint::cli {

int corpus_export_command(const Arguments& arguments) {
  cxxopts::Options options(
      "sdkprint corpus export",
      "Writes all that a store says as a SQLite 3 database (docs/sqlite-schema.md), at once or not\n"
      "at all; a file of that name is replaced.");
  add_store_option(options);
  options.add_options()("sqlite", "the file to write", cxxopts::value<std::string>(), "FILE")(
      "no-evidence", "leave out evidence, uses and hosts: a much smaller file");
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  if (parsed->count("sqlite") == 0) throw UsageError("name the file: --sqlite FILE");
  const std::string path = (*parsed)["sqlite"].as<std::string>();
  const std::unique_ptr<Store> store = Store::open_for_reading(store_directory(*parsed));
  const StoreView view(*store);
  SqliteExportOptions what;
  what.with_evidence = parsed->count("no-evidence") == 0;
  print(std::to_string(export_sqlite(view, path, what)) + " apps written to " + path + "\n");
  return kDone;
}

}  // namespace sdkprint::cli
