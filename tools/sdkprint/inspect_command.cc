// sdkprint inspect: what signature authors live in.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "console.h"
#include "default_database.h"
#include "report/display.h"
#include "scan/app_scanner.h"
#include "scan/manifest_scan.h"

namespace sdkprint::cli {
namespace {

using Json = nlohmann::ordered_json;

/// A package and what lies below it.
struct PackageNode {
  std::map<std::string, PackageNode> children;
  std::uint64_t classes = 0, code_bytes = 0;
  std::map<std::string, std::uint64_t> owners;  // id ("" = nobody) → classes
};

void add_class(PackageNode& root, const ClassItem& item) {
  PackageNode* node = &root;
  std::string_view rest = item.name;
  for (;;) {
    node->classes += 1;
    node->code_bytes += item.code_bytes;
    node->owners[item.owner] += 1;
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos) return;
    node = &node->children[std::string(rest.substr(0, dot))];
    rest = rest.substr(dot + 1);
  }
}

std::string owners_of(const PackageNode& node) {
  std::string text;
  for (const auto& [id, count] : node.owners) {
    if (id.empty()) continue;
    text += (text.empty() ? "" : ", ") + id;
    if (count != node.classes) text += " " + std::to_string(count);
  }
  return text;
}

/// Chains of packages with one child are one line ("com.foo.bar").
void print_tree(const PackageNode& node, const std::string& name, std::size_t indent, std::size_t depth,
                std::string& out) {
  if (node.children.size() == 1 && node.children.begin()->second.classes == node.classes) {
    const auto& [child_name, child] = *node.children.begin();
    print_tree(child, name.empty() ? child_name : name + "." + child_name, indent, depth, out);
    return;
  }
  if (!name.empty()) {
    out += pad_right(std::string(indent, ' ') + escape_for_terminal(name), 60) +
           pad_left(std::to_string(node.classes), 8) + pad_left(std::to_string(node.code_bytes), 12) + "  " +
           owners_of(node) + "\n";
  }
  if (depth == 0) return;
  for (const auto& [child_name, child] : node.children) {
    print_tree(child, child_name, name.empty() ? indent : indent + 2, name.empty() ? depth : depth - 1, out);
  }
}

void heading(std::string& out, const std::string& title, std::size_t count) {
  out += "\n" + title + " (" + std::to_string(count) + ")\n";
}

void print_overview(const Inspection& inspection, std::size_t depth, std::string& out) {
  const AppReport& report = inspection.report;
  out += escape_for_terminal(report.app.path) + "\n  " + report.app.kind + "  " +
         escape_for_terminal(report.app.package) + "  " + escape_for_terminal(report.app.version_name) + "\n";
  for (const AppCertificate& one : report.app.certificates) {
    out += "  certificate " + one.sha256 + "  " + escape_for_terminal(one.subject) + "\n";
  }
  if (inspection.manifest) {
    const std::vector<std::string> items = manifest_items(*inspection.manifest);
    heading(out, "manifest", items.size());
    for (const std::string& item : items) out += "  " + escape_for_terminal(item) + "\n";
  }
  PackageNode root;
  std::map<std::string, std::set<std::string>> libraries;
  std::array<std::size_t, kSurfaceCount> counts{};
  for (const InspectedEntry& entry : inspection.entries) {
    for (const ClassItem& item : entry.surfaces->classes) add_class(root, item);
    for (const std::string& library : entry.surfaces->of(Surface::library))
      libraries[library].insert(entry.path);
    for (const Surface surface : kSurfaces) {
      counts[static_cast<std::size_t>(surface)] += entry.surfaces->of(surface).size();
    }
  }
  heading(out, "native libraries", libraries.size());
  for (const auto& [library, entries] : libraries) {
    out += "  " + pad_right(escape_for_terminal(library), 40) + " " + std::to_string(entries.size()) + "  " +
           escape_for_terminal(*entries.begin()) + "\n";
  }
  heading(out, "classes: package, classes, code bytes, owners", root.classes);
  print_tree(root, "", 2, depth, out);
  out += "\nother surfaces (print one with --surface):\n";
  for (const Surface surface : kSurfaces) {
    if (surface == Surface::class_name || surface == Surface::library) continue;
    out += "  " + pad_right(name(surface), 16) + std::to_string(counts[static_cast<std::size_t>(surface)]) +
           "\n";
  }
}

/// Items of one surface of one entry; classes carry code size and owner.
template <typename Visit>
void for_each_item(const InspectedEntry& entry, Surface surface, const std::string& contains, Visit visit) {
  const auto wanted = [&](const std::string& item) { return item.find(contains) != std::string::npos; };
  if (surface == Surface::class_name) {
    for (const ClassItem& item : entry.surfaces->classes) {
      if (wanted(item.name)) visit(item.name, &item);
    }
    return;
  }
  for (const std::string& item : entry.surfaces->of(surface)) {
    if (wanted(item)) visit(item, nullptr);
  }
}

void print_surface(const Inspection& inspection, Surface surface, const std::string& contains, bool ndjson,
                   std::string& out) {
  for (const InspectedEntry& entry : inspection.entries) {
    for_each_item(entry, surface, contains, [&](const std::string& item, const ClassItem* details) {
      if (ndjson) {
        Json json = {{"entry", entry.path}, {"surface", name(surface)}, {"item", item}};
        if (details != nullptr) json["code_bytes"] = details->code_bytes, json["owner"] = details->owner;
        out += json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
      } else {
        out += escape_for_terminal(entry.path) + "\t" + escape_for_terminal(item);
        if (details != nullptr) out += "\t" + std::to_string(details->code_bytes) + "\t" + details->owner;
        out += "\n";
      }
    });
  }
}

}  // namespace

int inspect_command(const Arguments& arguments) {
  cxxopts::Options options(
      "sdkprint inspect",
      "Shows what signatures can speak about: the manifest, the class tree with its owners, native\n"
      "libraries, and with --surface every item of a surface, one a line.");
  options.add_options()("db", "compiled signature database (for the owners)", cxxopts::value<std::string>(),
                        "FILE")(
      "surface", "class, reference, string, library, symbol, native-string, entry, manifest, host",
      cxxopts::value<std::string>(), "NAME")("contains", "only items that contain this text",
                                             cxxopts::value<std::string>()->default_value(""), "TEXT")(
      "depth", "levels of the class tree", cxxopts::value<std::size_t>()->default_value("3"), "N")(
      "format", "text, ndjson (with --surface)", cxxopts::value<std::string>()->default_value("text"),
      "FORMAT")("paths", "", cxxopts::value<std::vector<std::string>>());
  add_limit_options(options);
  options.positional_help("APP…");
  options.parse_positional({"paths"});
  const std::optional<cxxopts::ParseResult> parsed = parse(options, arguments);
  if (!parsed) return kDone;
  if (parsed->count("paths") == 0) throw UsageError("name an app (several files are the splits of one app)");
  std::optional<Surface> surface;
  if (parsed->count("surface") != 0) {
    surface = surface_from_name((*parsed)["surface"].as<std::string>());
    if (!surface) throw UsageError("\"" + (*parsed)["surface"].as<std::string>() + "\" is no surface");
  }
  const bool ndjson = one_of(*parsed, "format", {"text", "ndjson"}) == "ndjson";
  const std::optional<std::string> database_path =
      parsed->count("db") != 0 ? std::optional((*parsed)["db"].as<std::string>()) : std::nullopt;
  const PatternDatabase database = open_database(database_path);
  const Matcher matcher(database);
  const Inspection inspection =
      inspect_app(matcher, {(*parsed)["paths"].as<std::vector<std::string>>()}, limits(*parsed));
  std::string out;
  if (surface)
    print_surface(inspection, *surface, (*parsed)["contains"].as<std::string>(), ndjson, out);
  else
    print_overview(inspection, (*parsed)["depth"].as<std::size_t>(), out);
  print(out);
  bool lost = false;
  for (const Problem& problem : inspection.report.problems) {
    lost = lost || problem.loss;
    complain((problem.entry.empty() ? "" : problem.entry + ": ") + problem.message);
  }
  return lost ? kDoneWithProblems : kDone;
}

}  // namespace sdkprint::cli
