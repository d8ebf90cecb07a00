// Which DEX files one class loader sees.
#include "scan/link_units.h"

#include <doctest/doctest.h>

#include "behaviour/code_facts.h"

namespace sdkprint {
namespace {

EntryFacts dex(const std::string& path) {
  EntryFacts facts;
  facts.path = path;
  facts.kind = EntryKind::dex;
  facts.code = std::make_shared<CodeFacts>();
  return facts;
}

ContainerFacts container(ContainerKind kind, const std::string& path, const std::string& package,
                         const std::vector<std::string>& files) {
  ContainerFacts made;
  made.kind = kind;
  made.path = path;
  if (!package.empty()) {
    made.manifest.emplace();
    made.manifest->package = package;
  }
  for (const std::string& file : files) made.entries.push_back(dex(path.empty() ? file : path + "!" + file));
  return made;
}

/// "+classes.dex classes2.dex" for each unit, + for what is installed.
std::vector<std::string> brief(const std::vector<ContainerFacts>& containers, const ContainerFacts* main,
                               const std::vector<EntryFacts>& singles = {}) {
  std::vector<std::string> result;
  for (const LinkUnit& unit : link_units(containers, singles, main)) {
    std::string text = unit.is_installed ? "+" : "-";
    for (const EntryFacts* file : unit.files) text += " " + file->path;
    result.push_back(text);
  }
  return result;
}
using Brief = std::vector<std::string>;

TEST_CASE("numbers of DEX files, as Android counts") {
  CHECK(dex_number("classes.dex") == 1);
  CHECK(dex_number("classes2.dex") == 2);
  CHECK(dex_number("base/dex/classes11.dex") == 11);
  for (const char* name :
       {"classes1.dex", "classes02.dex", "classesA.dex", "other.dex", "classes.dex.bak", ".dex"})
    CHECK(dex_number(name) == 0);
}

TEST_CASE("an APK's numbered files are one unit in their order, others stand alone") {
  std::vector<ContainerFacts> app = {
      container(ContainerKind::apk, "", "a",
                {"classes10.dex", "classes2.dex", "assets/classes3.dex", "classes.dex", "x.dex"})};
  app[0].nested.push_back(
      container(ContainerKind::jar, "assets/plugin.jar", "", {"classes2.dex", "classes.dex"}));
  app[0].nested.push_back(container(ContainerKind::apk, "assets/inner.apk", "a", {"classes.dex"}));
  CHECK(brief(app, &app[0]) == Brief{"+ classes.dex classes2.dex classes10.dex", "- assets/classes3.dex",
                                     "- x.dex",
                                     "- assets/plugin.jar!classes.dex assets/plugin.jar!classes2.dex",
                                     "- assets/inner.apk!classes.dex"});
}

TEST_CASE("splits follow the main archive, another app in the set does not belong") {
  std::vector<ContainerFacts> app = {container(ContainerKind::apk, "split.apk", "a", {"classes.dex"}),
                                     container(ContainerKind::apk, "base.apk", "a", {"classes.dex"}),
                                     container(ContainerKind::apk, "other.apk", "b", {"classes.dex"})};
  CHECK(brief(app, &app[1]) ==
        Brief{"+ base.apk!classes.dex split.apk!classes.dex", "- other.apk!classes.dex"});
  ContainerFacts set = container(ContainerKind::apk_set, "", "", {});
  set.nested = app;
  const std::vector<ContainerFacts> sets = {set};
  CHECK(brief(sets, &sets[0].nested[1]) ==
        Brief{"+ base.apk!classes.dex split.apk!classes.dex", "- other.apk!classes.dex"});
}

TEST_CASE("a bundle's modules are one unit") {
  const std::vector<ContainerFacts> app = {
      container(ContainerKind::aab, "", "a",
                {"feature/dex/classes.dex", "base/dex/classes2.dex", "base/dex/classes.dex"})};
  CHECK(brief(app, &app[0]) == Brief{"+ base/dex/classes.dex base/dex/classes2.dex feature/dex/classes.dex"});
}

TEST_CASE("what has no manifest is not installed") {
  const std::vector<ContainerFacts> app = {container(ContainerKind::jar, "", "", {"classes.dex"})};
  CHECK(brief(app, nullptr, {dex("")}) == Brief{"- classes.dex", "- "});
}

}  // namespace
}  // namespace sdkprint
