#include "behaviour/app_code.h"

#include <algorithm>
#include <unordered_map>

#include "behaviour/app_classes.h"
#include "behaviour/call_index.h"
#include "behaviour/host_search.h"
#include "behaviour/reach_search.h"
#include "behaviour/use_settler.h"
#include "format/mutf8.h"

namespace sdkprint {
namespace {

constexpr std::uint32_t kNone = AppClasses::kNone;

/// Bytes of text in results of one app. Names of hostile files are long, and each path tells many.
constexpr std::uint64_t kTextBytes = std::uint64_t{64} << 20;

class Linker {
 public:
  Linker(const CatalogueIndex& index, std::span<const CodeFacts* const> files, const LinkBudget& budget)
      : index_(index), classes_(files), counter_(budget) {}

  AppCode run(std::span<const EntryPoint> entry_points);

 private:
  void add(const SettledUse& settled);
  const std::string& text(std::uint32_t method);
  std::string api(const Sighting& sighting) const;
  std::string item(const SettledUse& settled) const;
  std::string class_name(std::uint32_t index) const;
  std::uint32_t method_of(const SettledUse& settled, const ReachSearch& reach) const;
  void find_ways(std::span<const EntryPoint> entry_points);
  CallerFrame frame(const CallSite& site, const ReachSearch& reach, const HostSearch& host);
  Reach tell(std::uint32_t method, const ReachSearch& reach, const HostSearch& host,
             std::vector<PathStep>& path);
  void tell(const std::vector<ReachStep>& steps, std::vector<PathStep>& path);
  void find_callers(CallIndex& calls);

  const CatalogueIndex& index_;
  AppClasses classes_;
  StepCounter counter_;
  std::unordered_map<std::uint32_t, std::string> texts_;  // of methods: ways to many uses share them
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
      use.path.clear(), use.callers.clear();
    }
    result_.problems.push_back(
        {"", "limit", std::string("call graph: ") + over.what + "; what reaches the uses is not told", true});
  }
  if (text_left_ == 0) {
    result_.problems.push_back(
        {"", "limit", "names and paths of the uses take more than 64 MiB; some are left out", true});
  }
  return std::move(result_);
}

const std::string& Linker::text(std::uint32_t method) {
  std::string& text = texts_[method];
  if (text.empty()) text = classes_.text(method);
  return text;
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
  if (settled.method != kNone) use.method = text(settled.method);
  use.pc = sighting.pc;
  if (settled.line != kNone) use.line = settled.line;
  if (settled.offset != SettledUse::kNoOffset) use.offset = settled.offset;
  text_left_ -= std::min<std::uint64_t>(text_left_, sizeof(LinkedUse) + use.api.size() + use.item.size() +
                                                        use.class_name.size() + use.method.size());
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
  ReachSearch reach(classes_, counter_);
  reach.run(entry_points);
  CallIndex calls(classes_, counter_);
  HostSearch host(classes_, calls, reach);
  find_callers(calls);
  for (std::size_t i = 0; i < settled_.size(); ++i) {
    const std::uint32_t method = settled_[i].method;
    if (method != kNone && !reach.is_reached(method)) host.add_goal(method);
    for (const CallSite& site : callers_[i]) {
      if (!reach.is_reached(site.method)) host.add_goal(site.method);
    }
  }
  host.run();
  for (std::size_t i = 0; i < settled_.size(); ++i) {
    LinkedUse& use = result_.uses[i];
    const std::uint32_t method = method_of(settled_[i], reach);
    if (method != kNone) use.reach = tell(method, reach, host, use.path);
    for (const CallSite& site : callers_[i]) use.callers.push_back(frame(site, reach, host));
  }
}

CallerFrame Linker::frame(const CallSite& site, const ReachSearch& reach, const HostSearch& host) {
  CallerFrame frame;
  frame.depth = site.depth;
  frame.pc = site.pc;
  frame.kind = site.kind;
  frame.is_short = (classes_.method(site.method).flags & DexFacts::kIsShort) != 0;
  frame.class_name = class_name(classes_.class_of_method(site.method));
  frame.method = text(site.method);
  frame.calls = text(site.callee);
  frame.reach = tell(site.method, reach, host, frame.path);
  return frame;
}

Reach Linker::tell(std::uint32_t method, const ReachSearch& reach, const HostSearch& host,
                   std::vector<PathStep>& path) {
  if (reach.is_reached(method)) {
    tell(reach.path(method), path);
    return reach.state(method).reach;
  }
  if (!host.is_reached(method)) return Reach::not_established;
  tell(host.path(method), path);
  return Reach::host_call;
}

void Linker::tell(const std::vector<ReachStep>& steps, std::vector<PathStep>& path) {
  path.reserve(steps.size());
  for (const ReachStep& step : steps) {
    if (text_left_ == 0) return;
    path.push_back({step.kind, text(step.method)});
    text_left_ -= std::min<std::uint64_t>(text_left_, sizeof(PathStep) + path.back().method.size());
  }
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
