// sdkprint signature export: our signatures in the forms of others.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "console.h"
#include "default_database.h"
#include "lint/key_places.h"
#include "report/exodus.h"

namespace sdkprint::cli {
namespace {

using Json = nlohmann::ordered_json;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// A package with εxodus' closing dot, a class without; the dots stand for slashes too, as in its own list.
std::string code_alternative(const Pattern& pattern) {
  std::string text;
  for (const char c : pattern.text) text += c == '$' ? std::string("\\$") : std::string(1, c);
  const std::size_t last = pattern.text.rfind('.') + 1;  // npos + 1 is 0
  const bool is_class =
      pattern.kind == Pattern::Kind::exact || (last < pattern.text.size() && is_upper(pattern.text[last]));
  return is_class ? text : text + ".";
}

std::string host_alternative(const Pattern& pattern) {
  std::string text;
  for (const char c : pattern.text) text += c == '.' ? std::string("\\.") : std::string(1, c);
  return text;
}

/// Only what a pattern of the kind can say in εxodus' form; weak patterns count with others only, which it
/// cannot say.
std::string signature(const Sdk& sdk, Surface surface, std::initializer_list<Pattern::Kind> kinds,
                      std::string (*alternative)(const Pattern&)) {
  std::string text;
  for (const Pattern& pattern : sdk.patterns) {
    if (pattern.surface != surface || pattern.weak ||
        std::find(kinds.begin(), kinds.end(), pattern.kind) == kinds.end())
      continue;
    text += (text.empty() ? "" : "|") + alternative(pattern);
  }
  return text;
}

std::string exodus_list(const SignatureSet& set, const KeyPlaces& places) {
  Json trackers = Json::object();
  for (const Sdk& sdk : set.sdks) {
    const std::optional<std::string_view> category = exodus_category(sdk.category);
    if (!category || sdk.kind != Sdk::Kind::sdk || places.is_true(sdk.place, "draft")) continue;
    const std::string code =
        signature(sdk, Surface::class_name, {Pattern::Kind::prefix, Pattern::Kind::exact}, code_alternative);
    const std::string network =
        signature(sdk, Surface::host, {Pattern::Kind::domain, Pattern::Kind::exact}, host_alternative);
    if (code.empty() && network.empty()) continue;
    const std::uint32_t number = exodus_number(sdk.id);
    trackers[std::to_string(number)] = {{"id", number},
                                        {"name", sdk.name},
                                        {"description", ""},
                                        {"creation_date", ""},
                                        {"code_signature", code},
                                        {"network_signature", network},
                                        {"website", sdk.homepage},
                                        {"categories", Json::array({*category})}};
  }
  return Json{{"trackers", std::move(trackers)}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

int export_command(const Arguments& arguments) {
  cxxopts::Options options(
      "sdkprint signature export",
      "Prints the trackers of a folder of signatures as others read them: exodus' trackers list (JSON).");
  options.add_options()("to", "exodus", cxxopts::value<std::string>(), "FORMAT")(
      "signatures", "", cxxopts::value<std::vector<std::string>>());
  options.positional_help("SIGNATURES");
  options.parse_positional({"signatures"});
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  if (parsed->count("to") == 0) throw UsageError("name the format with --to exodus");
  one_of(*parsed, "to", {"exodus"});
  if (parsed->count("signatures") == 0 || (*parsed)["signatures"].as<std::vector<std::string>>().size() != 1)
    throw UsageError("name one folder of signatures");
  const std::string folder = (*parsed)["signatures"].as<std::vector<std::string>>().front();
  print(exodus_list(load_signatures(folder).signatures, KeyPlaces(read_signature_folder(folder))));
  return kDone;
}

}  // namespace sdkprint::cli
