#include "behaviour/app_code.h"

#include <algorithm>
#include <unordered_map>

#include "behaviour/app_classes.h"
#include "behaviour/call_index.h"
#include "behaviour/callback_table.h"
#include "behaviour/host_search.h"
#include "behaviour/reach_search.h"
#include "behaviour/use_settler.h"
#include "format/mutf8.h"

namespace sdkprint {
namespace {

constexpr std::uint32_t kNone = AppClasses::kNone;

/// Bytes of text in results of one app: names of hostile files are long.
constexpr std::uint64_t kTextBytes = std::uint64_t{64} << 20;

class Linker {
 public:
  Linker(const CatalogueIndex& index, std::span<const CodeFacts* const> files, const LinkBudget& budget)
      : index_(index), classes_(files), counter_(budget) {}

  AppCode run(std::span<const EntryPoint> entry_points);

 private:
  using Steps = std::unordered_map<std::uint32_t, std::uint32_t>;  // of the ways, by method

  void add(const SettledUse& settled);
  std::uint32_t number(std::uint32_t method);
  std::uint32_t caller_number(std::uint32_t method);
  void pay(std::uint64_t bytes) { text_left_ -= std::min(text_left_, bytes); }
  std::string api(const Sighting& sighting) const;
  std::string item(const SettledUse& settled) const;
  std::string class_name(std::uint32_t index) const;
  std::uint32_t method_of(const SettledUse& settled, const ReachSearch& reach) const;
  void find_ways(std::span<const EntryPoint> entry_points);
  Reach find_way(std::uint32_t method, const ReachSearch& reach, HostSearch& host, std::uint32_t& way);
  std::uint32_t add_way(const std::vector<ReachStep>& path, Steps& steps);
  void find_callers(CallIndex& calls);

  const CatalogueIndex& index_;
  AppClasses classes_;
  StepCounter counter_;
  std::unordered_map<std::uint32_t, std::uint32_t> numbers_;  // of methods in the result
  Steps reached_steps_, host_steps_;
  std::vector<SettledUse> settled_;
  std::vector<std::vector<CallSite>> callers_;  // of each
  AppCode result_;
  std::uint64_t text_left_ = kTextBytes;
};

AppCode Linker::run(std::span<const EntryPoint> entry_points) {
  settled_ = UseSettler(index_, classes_).settle();
  for (const SettledUse& settled : settled_) add(settled);
  settled_.resize(result_.uses.size());
  try {
    find_ways(entry_points);
  } catch (const OverBudget& over) {
    result_.is_reach_known = false;
    for (LinkedUse& use : result_.uses) {
      use.reach = Reach::not_established;
      use.way = CallWays::kNone;
      use.callers.clear();
    }
    result_.ways.steps.clear();
    result_.problems.push_back(
        {"", "limit", std::string("call graph: ") + over.what + "; what reaches the uses is not told", true});
  }
  if (text_left_ == 0) {
    result_.problems.push_back(
        {"", "limit", "names of the uses and of the ways to them take more than 64 MiB; some are left out",
         true});
  }
  return std::move(result_);
}

/// kNone when there is no room for it.
std::uint32_t Linker::number(std::uint32_t method) {
  const auto [row, is_new] = numbers_.try_emplace(method, CallWays::kNone);
  if (!is_new || text_left_ == 0) return row->second;
  std::vector<CallWays::Method>& methods = result_.ways.methods;
  row->second = static_cast<std::uint32_t>(methods.size());
  methods.push_back({"", classes_.text(method), (classes_.method(method).flags & DexFacts::kIsShort) != 0});
  pay(sizeof(CallWays::Method) + methods.back().text.size());
  return row->second;
}

std::uint32_t Linker::caller_number(std::uint32_t method) {
  const std::uint32_t row = number(method);
  if (row == CallWays::kNone) return row;
  std::string& name = result_.ways.methods[row].class_name;
  if (name.empty()) {
    name = class_name(classes_.class_of_method(method));
    pay(name.size());
  }
  return row;
}

void Linker::add(const SettledUse& settled) {
  if (text_left_ == 0) return;
  LinkedUse linked;
  linked.file = classes_.units()[classes_.at(settled.class_index).unit].file;
  Use& use = linked.use;
  const Sighting& sighting = settled.sighting;
  use.via = sighting.via;
  use.behaviour = sighting.behaviour;
  use.strength = sighting.strength;
  if (sighting.via == UseVia::override) {
    use.behaviour = index_.override_targets()[sighting.member].behaviour;
    use.strength = index_.rules()[use.behaviour].lead_only ? UseStrength::lead : UseStrength::confirmed;
  }
  use.api = api(sighting);
  use.item = item(settled);
  use.class_name = class_name(settled.class_index);
  if (settled.method != kNone) {
    linked.method = number(settled.method);
    use.method = linked.method != CallWays::kNone ? result_.ways.methods[linked.method].text
                                                  : classes_.text(settled.method);
  }
  use.pc = sighting.pc;
  if (settled.line != kNone) use.line = settled.line;
  if (settled.offset != SettledUse::kNoOffset) use.offset = settled.offset;
  pay(sizeof(LinkedUse) + use.api.size() + use.item.size() + use.class_name.size() + use.method.size());
  result_.uses.push_back(std::move(linked));
}

std::string Linker::api(const Sighting& sighting) const {
  if (sighting.via == UseVia::override) return index_.override_targets()[sighting.member].display;
  if (sighting.member == kNone) return {};
  std::string text = index_.member(sighting.member).display;
  // Reflection was told no types that could be read.
  if (sighting.via == UseVia::reflection) text.resize(std::min(text.find(':'), text.size()));
  return text;
}

std::string Linker::item(const SettledUse& settled) const {
  const Sighting& sighting = settled.sighting;
  const std::uint32_t item = static_cast<std::uint32_t>(sighting.item);
  switch (sighting.item_kind) {
    case Sighting::Item::text:
      return index_.texts()[item].text;
    case Sighting::Item::member:
      return index_.member(item).display;
    case Sighting::Item::method:
      return printable_method(*classes_.units()[classes_.at(settled.class_index).unit].facts, item);
    case Sighting::Item::integer:
      return std::to_string(sighting.item);
    case Sighting::Item::none:
      break;
  }
  return {};
}

/// Dotted.
std::string Linker::class_name(std::uint32_t index) const {
  const AppClasses::Class& row = classes_.at(index);
  const DexFacts& facts = *classes_.units()[row.unit].facts;
  std::string_view descriptor = facts.type_text(facts.classes[row.row].type);
  if (descriptor.starts_with('L') && descriptor.ends_with(';')) {
    descriptor = descriptor.substr(1, descriptor.size() - 2);
  }
  std::string name = mutf8_to_utf8(descriptor);
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

/// Of a class as a whole, its method that is reached first.
std::uint32_t Linker::method_of(const SettledUse& settled, const ReachSearch& reach) const {
  if (settled.method != kNone) return settled.method;
  const AppClasses::Class& row = classes_.at(settled.class_index);
  std::uint32_t best = kNone;
  for (std::uint32_t method = row.methods_begin; method < row.methods_end; ++method) {
    if (!reach.is_reached(method)) continue;
    if (best == kNone || reach.state(method).reach > reach.state(best).reach) best = method;
  }
  return best;
}

void Linker::find_ways(std::span<const EntryPoint> entry_points) {
  CallbackTable callbacks(classes_);
  ReachSearch reach(classes_, callbacks, counter_);
  reach.run(entry_points);
  CallIndex calls(classes_, callbacks, counter_);
  HostSearch host(classes_, calls, reach, counter_);
  find_callers(calls);
  for (std::size_t i = 0; i < settled_.size(); ++i) {
    LinkedUse& use = result_.uses[i];
    const std::uint32_t method = method_of(settled_[i], reach);
    if (method != kNone) use.reach = find_way(method, reach, host, use.way);
    for (const CallSite& site : callers_[i]) {
      LinkedCaller caller{site.depth, caller_number(site.method), site.pc, site.kind, number(site.callee)};
      if (caller.method == CallWays::kNone || caller.calls == CallWays::kNone) continue;
      caller.reach = find_way(site.method, reach, host, caller.way);
      use.callers.push_back(caller);
    }
  }
}

Reach Linker::find_way(std::uint32_t method, const ReachSearch& reach, HostSearch& host, std::uint32_t& way) {
  const bool is_reached = reach.is_reached(method);
  if (!is_reached && !host.is_reached(method)) return Reach::not_established;
  Steps& steps = is_reached ? reached_steps_ : host_steps_;
  const auto known = steps.find(method);
  if (known != steps.end())
    way = known->second;
  else
    way = add_way(is_reached ? reach.path(method) : host.path(method), steps);
  return is_reached ? reach.state(method).reach : Reach::host_call;
}

/// Both searches remember one predecessor of each method, so that ways with a common method have a common
/// beginning.
std::uint32_t Linker::add_way(const std::vector<ReachStep>& path, Steps& steps) {
  std::uint32_t way = CallWays::kNone;
  for (const ReachStep& step : path) {
    const auto [row, is_new] = steps.try_emplace(step.method, CallWays::kNone);
    if (is_new) {
      const std::uint32_t method = number(step.method);
      if (method == CallWays::kNone) {
        steps.erase(row);
        return way;
      }
      row->second = static_cast<std::uint32_t>(result_.ways.steps.size());
      result_.ways.steps.push_back({method, way, step.kind});
      pay(sizeof(CallWays::Step));
    }
    way = row->second;
  }
  return way;
}

/// Of uses in short methods: who calls them, a few steps up.
void Linker::find_callers(CallIndex& calls) {
  constexpr std::size_t kFrames = 16;
  constexpr std::uint32_t kDepth = 3;
  callers_.resize(settled_.size());
  for (std::size_t i = 0; i < settled_.size(); ++i) {
    const std::uint32_t method = settled_[i].method;
    if (method == kNone || (classes_.method(method).flags & DexFacts::kIsShort) == 0) continue;
    if (i > 0 && settled_[i - 1].method == method) {
      callers_[i] = callers_[i - 1];
    } else {
      calls.callers(method, kDepth, kFrames, callers_[i]);
    }
  }
}

}  // namespace

AppCode link_code(const CatalogueIndex& index, std::span<const CodeFacts* const> files,
                  std::span<const EntryPoint> entry_points, const LinkBudget& budget) {
  return Linker(index, files, budget).run(entry_points);
}

}  // namespace sdkprint
