#include "scan/app_uses.h"

#include "behaviour/app_code.h"
#include "scan/link_units.h"
#include "scan/manifest_behaviours.h"

namespace sdkprint {
namespace {

class Gatherer {
 public:
  Gatherer(const PatternDatabase& database, LinkBudget budget) : database_(database), budget_(budget) {}

  void link(const LinkUnit& unit, const std::vector<EntryPoint>& entry_points) {
    std::vector<const CodeFacts*> files;
    for (const EntryFacts* file : unit.files) files.push_back(file->code.get());
    AppCode code = link_code(database_.catalogue(), files, entry_points, budget_);
    for (LinkedUse& linked : code.uses) {
      linked.use.entry = unit.files[linked.file]->path;
      renumber(linked);
      result_.uses.push_back(std::move(linked));
    }
    add_ways(std::move(code.ways));
    if (!code.is_reach_known) result_.is_reach_known = false;
    for (Problem& problem : code.problems) result_.problems.push_back(std::move(problem));
  }

  /// Ways of this unit come after those of the units before.
  void renumber(LinkedUse& linked) const {
    const std::uint32_t methods = static_cast<std::uint32_t>(result_.ways.methods.size());
    const std::uint32_t steps = static_cast<std::uint32_t>(result_.ways.steps.size());
    if (linked.method != CallWays::kNone) linked.method += methods;
    if (linked.way != CallWays::kNone) linked.way += steps;
    for (LinkedCaller& caller : linked.callers) {
      caller.method += methods;
      caller.calls += methods;
      if (caller.way != CallWays::kNone) caller.way += steps;
    }
  }

  void add_ways(CallWays ways) {
    const std::uint32_t methods = static_cast<std::uint32_t>(result_.ways.methods.size());
    const std::uint32_t steps = static_cast<std::uint32_t>(result_.ways.steps.size());
    for (CallWays::Step& step : ways.steps) {
      step.method += methods;
      if (step.from != CallWays::kNone) step.from += steps;
    }
    result_.ways.steps.insert(result_.ways.steps.end(), ways.steps.begin(), ways.steps.end());
    result_.ways.methods.insert(result_.ways.methods.end(), std::make_move_iterator(ways.methods.begin()),
                                std::make_move_iterator(ways.methods.end()));
  }

  void add_native(const EntryFacts& entry) {
    for (const Use& use : entry.native_uses) {
      LinkedUse& linked = result_.uses.emplace_back();
      linked.use = use;
      linked.use.entry = entry.path;
    }
  }

  void add_manifest(const ContainerFacts& container) {
    for (const EntryFacts& entry : container.entries) {
      if (entry.kind != EntryKind::manifest) continue;
      std::vector<LinkedUse> uses = manifest_uses(database_.behaviours(), *container.manifest, entry.path);
      result_.uses.insert(result_.uses.end(), std::make_move_iterator(uses.begin()),
                          std::make_move_iterator(uses.end()));
    }
  }

  AppUses take() { return std::move(result_); }

 private:
  const PatternDatabase& database_;
  const LinkBudget budget_;
  AppUses result_;
};

}  // namespace

AppUses find_app_uses(const PatternDatabase& database, const std::vector<ContainerFacts>& containers,
                      const std::vector<EntryFacts>& singles, const ContainerFacts* main,
                      std::chrono::steady_clock::time_point deadline) {
  LinkBudget budget;
  budget.deadline = deadline;
  Gatherer gatherer(database, budget);
  const std::vector<EntryPoint> starts =
      main != nullptr ? entry_points(*main->manifest) : std::vector<EntryPoint>();
  for (const LinkUnit& unit : link_units(containers, singles, main)) {
    gatherer.link(unit, unit.is_installed ? starts : std::vector<EntryPoint>());
  }
  for (const ContainerFacts& container : containers) {
    for (const EntryFacts* entry : all_entries(container)) gatherer.add_native(*entry);
  }
  for (const EntryFacts& single : singles) gatherer.add_native(single);
  if (main != nullptr) gatherer.add_manifest(*main);
  return gatherer.take();
}

}  // namespace sdkprint
