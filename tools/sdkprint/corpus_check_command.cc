// sdkprint corpus check: is the store whole, and what does it say.
#include "console.h"
#include "corpus_commands.h"
#include "store/corpus_check.h"

namespace sdkprint::cli {

int corpus_check_command(const Arguments& arguments) {
  cxxopts::Options options(
      "sdkprint corpus check",
      "Verifies a store: every record can be read, indexes and reports agree. Prints what is in it,\n"
      "and a digest that two stores share when they say the same, in whatever order they were made.");
  add_store_option(options);
  options.add_options()("digest", "print the digest only");
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  const std::unique_ptr<Store> store = Store::open_for_reading(store_directory(*parsed));
  const CheckResult result = check_store(*store, [](const std::string& complaint) { complain(complaint); });
  if (parsed->count("digest") != 0) {
    print(result.digest + "\n");
  } else {
    print(std::to_string(result.apps) + " apps, " + std::to_string(result.paths) + " paths (" +
          std::to_string(result.unreadable_paths) + " of them unreadable), " + std::to_string(result.terms) +
          " index rows, " + std::to_string(result.archived) + " apps archived with " +
          std::to_string(result.images) + " entries, " + std::to_string(store->environment().file_bytes()) +
          " bytes\ndigest " + result.digest + "\n" +
          (result.complaints == 0 ? "sound" : std::to_string(result.complaints) + " complaints") + "\n");
  }
  return result.complaints == 0 ? kDone : kDoneWithProblems;
}

}  // namespace sdkprint::cli
