#include "scan/explain.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "base/error.h"
#include "format/disassembly.h"
#include "format/mutf8.h"
#include "scan/entry_reader.h"

namespace sdkprint {
namespace {

constexpr std::size_t kContext = 5;  // instructions to either side
constexpr std::uint32_t kCodeItemHeader = 16;

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out + "'";
}

std::string hex(std::uint64_t value, int digits) {
  char text[24];
  std::snprintf(text, sizeof text, "%0*llx", digits, static_cast<unsigned long long>(value));
  return text;
}

class Explainer {
 public:
  Explainer(const AppInput& input, const Limits& limits) : input_(input), limits_(limits) {}

  ExplainedUse explain(const ReachedUse& reached);

 private:
  struct Entry {
    std::vector<std::uint8_t> bytes;
    std::vector<DexFile> dexes;
    std::string error;
  };
  Entry& entry(const std::string& path);
  CodeExcerpt excerpt_at(const Use& use);
  CodeExcerpt excerpt_of(const CallerFrame& frame, const std::string& path);
  CodeExcerpt excerpt(const DexFile& dex, const DexCode& code, const std::string& method, std::uint32_t pc);
  std::vector<std::string> commands(const Use& use);
  std::string extract(const std::string& path, std::string& file);

  const AppInput& input_;
  const Limits& limits_;
  std::map<std::string, Entry> entries_;
};

Explainer::Entry& Explainer::entry(const std::string& path) {
  const auto [row, is_new] = entries_.try_emplace(path);
  if (!is_new) return row->second;
  try {
    row->second.bytes = read_entry(input_, path, limits_);
    row->second.dexes = DexFile::open(row->second.bytes);
  } catch (const InputError& error) {
    row->second.error = error.what();
  }
  return row->second;
}

CodeExcerpt Explainer::excerpt(const DexFile& dex, const DexCode& code, const std::string& method,
                               std::uint32_t pc) {
  CodeExcerpt excerpt;
  excerpt.method = method;
  for (const DisassembledLine& line : disassemble_around(dex, code, pc, kContext)) {
    excerpt.lines.push_back({mutf8_to_utf8(to_dexdump_line(line)), line.pc == pc});
  }
  if (excerpt.lines.empty()) excerpt.absent = "no instruction begins at this place";
  return excerpt;
}

/// The use's offset tells its code item: of an 041 container's dex files, the one whose method it is.
CodeExcerpt Explainer::excerpt_at(const Use& use) {
  CodeExcerpt none;
  none.method = use.method;
  if (use.method.empty() || !use.offset || use.via == UseVia::manifest) return none;
  Entry& source = entry(use.entry);
  none.absent = source.error;
  for (const DexFile& dex : source.dexes) {
    try {
      const std::optional<DexCode> named =
          source.dexes.size() > 1 ? find_code(dex, use.method) : std::nullopt;
      if (source.dexes.size() > 1 && !named) continue;
      const std::uint64_t insns = *use.offset - std::uint64_t{use.pc} * 2;
      return excerpt(dex, dex.code(static_cast<std::uint32_t>(insns - kCodeItemHeader)), use.method, use.pc);
    } catch (const InputError& error) {
      none.absent = error.what();
    }
  }
  return none;
}

/// A frame's class may be in any of the app's DEX files that uses lie in; it is looked for beside the use
/// first.
CodeExcerpt Explainer::excerpt_of(const CallerFrame& frame, const std::string& path) {
  std::vector<std::string> places = {path};
  for (const auto& [other, source] : entries_) places.push_back(other);
  CodeExcerpt none;
  none.method = frame.method;
  none.absent = "its class is in another DEX file";
  for (const std::string& place : places) {
    for (const DexFile& dex : entry(place).dexes) {
      try {
        if (const std::optional<DexCode> code = find_code(dex, frame.method))
          return excerpt(dex, *code, frame.method, frame.pc);
      } catch (const InputError& error) {
        none.absent = error.what();
      }
    }
  }
  return none;
}

/// The command that brings an entry to a file of the same name.
std::string Explainer::extract(const std::string& path, std::string& file) {
  const std::vector<std::string> steps = entry_steps(input_, path, limits_);
  std::string archive = quoted(steps.front());
  file = archive;
  std::string command;
  for (std::size_t i = 1; i < steps.size(); ++i) {
    file = quoted(steps[i].substr(steps[i].rfind('/') + 1));
    command +=
        (command.empty() ? "" : " && ") + ("unzip -p " + archive + " " + quoted(steps[i]) + " >" + file);
    archive = file;
  }
  return command;
}

std::vector<std::string> Explainer::commands(const Use& use) {
  std::vector<std::string> result;
  std::string file;
  const auto add = [&](const std::string& command) {
    if (!command.empty()) result.push_back(command);
  };
  try {
    if (use.via == UseVia::manifest) {
      const std::string name = use.item.substr(use.item.find(':') + 1);
      add("aapt dump xmltree " + quoted(input_.paths.front()) + " AndroidManifest.xml | grep -n -B10 -F " +
          quoted(name));
      return result;
    }
    add(extract(use.entry, file));
    if (use.via == UseVia::native_import) {
      add("readelf -W --dyn-syms " + file + " | grep -w " + quoted(use.api));
    } else if (use.method.empty()) {
      std::string descriptor = "L" + use.class_name + ";";
      std::replace(descriptor.begin(), descriptor.end(), '.', '/');
      add("dexdump -l plain " + file + " | grep -a -A6 -F " +
          quoted("Class descriptor  : '" + descriptor + "'"));
    } else if (use.offset) {
      add("dexdump -d " + file + " | grep -a -B5 -A5 '^" + hex(*use.offset, 6) + ":'");
      add("dexdump -d " + file + " | grep -a '|\\[" +
          hex(*use.offset - std::uint64_t{use.pc} * 2 - kCodeItemHeader, 6) + "\\]'");
    }
  } catch (const InputError&) {
    // The excerpt says why.
  }
  return result;
}

ExplainedUse Explainer::explain(const ReachedUse& reached) {
  ExplainedUse use;
  use.reached = reached;
  use.code = excerpt_at(reached.use);
  for (const CallerFrame& frame : reached.through)
    use.through.push_back(excerpt_of(frame, reached.use.entry));
  use.verify = commands(reached.use);
  return use;
}

std::string listed(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ", ") + id;
  return text.empty() ? "none" : text;
}

/// Owners of the report that show any behaviour.
std::vector<std::string> owners_of(const AppReport& report) {
  std::vector<std::string> ids;
  for (const Finding& finding : report.findings) {
    if (!finding.behaviours.empty()) ids.push_back(finding.sdk);
  }
  if (!report.own_behaviours.empty()) ids.push_back("app");
  for (const PackageBehaviours& row : report.unattributed_behaviours) ids.push_back("package:" + row.package);
  return ids;
}

const std::vector<BehaviourFinding>& behaviours_of(const AppReport& report, const std::string& owner,
                                                   Explanation& explanation) {
  if (owner == "app") return report.own_behaviours;
  for (const Finding& finding : report.findings) {
    if (finding.sdk != owner) continue;
    explanation.name = finding.name, explanation.name_zh = finding.name_zh;
    explanation.version = finding.version.value_or("");
    return finding.behaviours;
  }
  for (const PackageBehaviours& row : report.unattributed_behaviours) {
    if ("package:" + row.package == owner) return row.behaviours;
  }
  throw Error(report.app.path + ": nothing was found of \"" + owner +
              "\"; owners with behaviours: " + listed(owners_of(report)));
}

}  // namespace

Explanation explain(const AppInput& input, const AppReport& report, const std::string& owner,
                    const std::string& behaviour, const Limits& limits) {
  Explanation explanation;
  explanation.app = report.app;
  explanation.database_fingerprint = report.database_fingerprint;
  explanation.owner = owner;
  explanation.is_reach_known = report.is_reach_known;
  explanation.coverage = report.coverage;
  Explainer explainer(input, limits);
  std::vector<std::string> ids;
  for (const BehaviourFinding& finding : behaviours_of(report, owner, explanation)) {
    ids.push_back(finding.id);
    if (!behaviour.empty() && finding.id != behaviour) continue;
    ExplainedBehaviour explained;
    explained.finding = finding;
    explained.finding.uses.clear();
    for (const ReachedUse& use : finding.uses) explained.uses.push_back(explainer.explain(use));
    explanation.behaviours.push_back(std::move(explained));
  }
  if (!behaviour.empty() && explanation.behaviours.empty()) {
    throw Error(report.app.path + ": no behaviour \"" + behaviour + "\" of " + owner +
                "; there is: " + listed(ids));
  }
  return explanation;
}

}  // namespace sdkprint
