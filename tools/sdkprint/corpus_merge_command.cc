// sdkprint corpus merge: stores of parts of a corpus → one store.
#include <filesystem>

#include "console.h"
#include "corpus_commands.h"
#include "store/corpus_merge.h"

namespace sdkprint::cli {

int corpus_merge_command(const Arguments& arguments) {
  cxxopts::Options options(
      "sdkprint corpus merge",
      "Merges the stores IN into the store OUT, which is made when it is absent. The result does not\n"
      "depend on the order, nor on merging in steps or twice.");
  options.add_options()("stores", "", cxxopts::value<std::vector<std::string>>());
  options.positional_help("OUT IN…");
  options.parse_positional({"stores"});
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const std::vector<std::string> names = parsed->count("stores") != 0
                                             ? (*parsed)["stores"].as<std::vector<std::string>>()
                                             : std::vector<std::string>();
  if (names.size() < 2) throw UsageError("name the store to merge into, and at least one to merge");
  std::vector<std::unique_ptr<Store>> inputs;  // all of them can be read, before anything is written
  for (std::size_t i = 1; i < names.size(); ++i) {
    std::error_code ignored;
    if (std::filesystem::equivalent(names[i], names[0], ignored))
      throw UsageError(names[i] + ": a store cannot be merged into itself");
    inputs.push_back(Store::open_for_reading(names[i]));
  }
  const std::unique_ptr<Store> out = Store::open_for_writing(names[0]);
  std::uint64_t conflicts = 0;
  for (const std::unique_ptr<Store>& in : inputs) {
    const MergeTotals totals =
        merge_store(*in, *out, [](const std::string& conflict) { complain(conflict); });
    conflicts += totals.conflicts;
    print(in->directory() + ": " + std::to_string(totals.apps) + " apps, " + std::to_string(totals.added) +
          " added, " + std::to_string(totals.replaced) + " replaced, " + std::to_string(totals.paths) +
          " paths, " + std::to_string(totals.conflicts) + " conflicts\n");
    if (totals.other_database != 0) {
      complain(std::to_string(totals.other_database) +
               " apps have reports of different databases; sdkprint corpus rematch makes them agree");
    }
  }
  return conflicts == 0 ? kDone : kDoneWithProblems;
}

}  // namespace sdkprint::cli
