#pragma once
// Apps of dex files made by DexBuilder, linked with entry points: one use of one behaviour, wherever track()
// is.
#include <string>
#include <vector>

#include "behaviour/app_code.h"
#include "use_fixture.h"

namespace sdkprint::test {

/// Code that shows the behaviour.
inline Code track() { return Code().invoke_static("Lx/Platform;", "track", "()V").return_void(); }

inline const BehaviourSet& track_set() {
  static const UseFixture fixture = [] {
    UseFixture made;
    made.behaviour("track").methods = {member("Lx/Platform;.track:()V")};
    return made;
  }();
  return fixture.set();
}

inline AppCode link(std::vector<DexBuilder> app, const std::vector<EntryPoint>& entries,
                    const LinkBudget& budget = link_budget()) {
  const CatalogueIndex index(track_set());
  std::vector<CodeFacts> facts;
  for (DexBuilder& dex : app) {
    const ByteVector bytes = dex.build();
    facts.push_back(read_code(index, DexFile::open(bytes)));
  }
  std::vector<const CodeFacts*> all;
  for (const CodeFacts& row : facts) all.push_back(&row);
  return link_code(index, all, entries, budget);
}

/// "Lapp/A;.m:()V screen: entry Lapp/B;.onCreate:()V, call Lapp/A;.m:()V", one for each use.
inline std::vector<std::string> ways(std::vector<DexBuilder> app, const std::vector<EntryPoint>& entries) {
  std::vector<std::string> lines;
  const AppCode code = link(std::move(app), entries);
  for (const LinkedUse& use : code.uses) {
    const std::vector<PathStep> path = code.ways.path(use.way);
    std::string line = use.use.method + ' ' + std::string(name(use.reach));
    for (std::size_t i = 0; i < path.size(); ++i) {
      line += (i == 0 ? ": " : ", ") + std::string(name(path[i].kind)) + ' ' + path[i].method;
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace sdkprint::test
