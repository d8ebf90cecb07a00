#include "behaviour/code_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "format/mutf8.h"

namespace sdkprint {
namespace {

/// Methods walked before what was found in them is looked at: their code and their hits fit into a cache.
constexpr std::size_t kBatch = 256;

/// A method that does little but call another one, in 16-bit units: some null checks, a try, a dozen
/// instructions.
constexpr std::size_t kShortCode = 64;

/// Edges of a method, about.
constexpr std::size_t kEdges = 2;

/// So many methods ahead code is fetched into the cache.
constexpr std::size_t kAhead = 8;

constexpr std::size_t kMaxStringUsers = 1'000'000;
constexpr std::size_t kMaxEvents = 1'000'000;  // of pending methods, in one file

constexpr std::uint8_t kFirstInvoke = 0x6e, kLastInvoke = 0x78;
constexpr std::uint8_t kConstString = 0x1a, kConstStringJumbo = 0x1b, kNewInstance = 0x22;

bool is_between(std::uint8_t opcode, std::uint8_t first, std::uint8_t last) {
  return opcode >= first && opcode <= last;
}

/// "com.foo.Bar" to "Lcom/foo/Bar;"; empty when it is no name of a class.
std::string descriptor_of(std::string_view dotted) {
  constexpr std::size_t kLongest = 512;
  if (dotted.size() < 3 || dotted.size() > kLongest || dotted.find('.') == std::string_view::npos) return {};
  std::string descriptor = "L" + std::string(dotted) + ";";
  std::replace(descriptor.begin(), descriptor.end(), '.', '/');
  return descriptor;
}

}  // namespace

CodeReader::CodeReader(const CatalogueIndex& index, const DexFile& dex, const DexMethods* methods,
                       std::size_t& uses_left, ReadBudget& budget, ReadLog& log, DexFacts& facts)
    : index_(index),
      dex_(dex),
      uses_left_(uses_left),
      budget_(budget),
      log_(log),
      facts_(facts),
      tables_(dex, methods, facts, budget, log),
      references_(index, dex, tables_, facts, budget),
      walk_(references_),
      events_(index, references_, facts),
      meanings_(index),
      called_in_(dex.method_count()),
      made_in_(dex.type_count()),
      initialized_in_(dex.type_count()) {
  for (std::uint32_t method = 0; method < called_in_.size(); ++method) {
    if (!references_.is_edge(method)) called_in_[method] = kNoEdge;
  }
  dispatched_in_ = called_in_;
  facts_.edge_targets.reserve(kEdges * facts_.methods.size());
  facts_.edge_places.reserve(kEdges * facts_.methods.size());
}

/// No more uses are kept.
bool CodeReader::is_full() {
  if (uses_left_ == 0) log_.over_limit("more uses than are kept");
  if (facts_.events.size() > kMaxEvents) log_.over_limit("more calls through unknown classes than are kept");
  return uses_left_ == 0 || facts_.events.size() > kMaxEvents;
}

/// Nothing more is read of the file.
bool CodeReader::is_over() {
  if (budget_.names == 0) log_.over_limit("names add up to more than the file holds");
  is_full();
  return log_.is_over_limit();
}

void CodeReader::run() {
  find_overrides();
  std::uint32_t method = 0;
  while (method < facts_.methods.size() && !is_over()) {
    work_.clear(), insns_.clear();
    const std::uint32_t first = method;
    while (method < facts_.methods.size() && method - first < kBatch) add_work(method++);
    walk_batch();
  }
  close_methods(static_cast<std::uint32_t>(facts_.methods.size()));
}

/// Methods before that one have all their edges.
void CodeReader::close_methods(std::uint32_t end) {
  for (; method_ < end; ++method_) {
    facts_.methods[method_].edges_end = static_cast<std::uint32_t>(facts_.edge_targets.size());
  }
}

/// Methods that are not read keep the place of their edges all the same.
void CodeReader::add_work(std::uint32_t method) {
  const std::vector<std::uint32_t>& offsets = tables_.code_offsets();
  const std::uint32_t code_off = offsets[method];
  if (method + kAhead < offsets.size()) dex_.prefetch_code(offsets[method + kAhead]);
  if (code_off == 0 || log_.is_over_limit()) return;
  try {
    const Bytes insns = dex_.insns(code_off);
    if (insns.size() > budget_.code) {
      return log_.over_limit(
          "instructions add up to more than the file holds (methods share them on purpose?)");
    }
    ReadBudget::spend(budget_.code, insns.size());
    work_.push_back(method);
    insns_.push_back(insns);
  } catch (const InputError& error) {
    log_.broken_part(error, "code of method " + std::to_string(facts_.methods[method].id));
  }
}

void CodeReader::walk_batch() {
  walk_.walk(insns_);
  for (std::size_t i = 0; i < work_.size(); ++i) {
    close_methods(work_[i]);
    take_number();
    if (walk_.has_errors()) [[unlikely]] {
      if (const InputError* error = walk_.error(i)) broken(work_[i], *error);
    }
    read_method({work_[i], insns_[i]}, walk_.hits(i));
  }
}

/// For the next method. When all are used up, they begin anew.
void CodeReader::take_number() {
  if (++number_ != kNoEdge) [[likely]]
    return;
  for (Seen* seen : {&called_in_, &dispatched_in_, &made_in_, &initialized_in_}) {
    for (std::uint16_t& last : *seen) last = last == kNoEdge ? kNoEdge : 0;
  }
  number_ = 1;
}

/// ART would refuse the class. What stands before is told all the same.
void CodeReader::broken(std::uint32_t method, const InputError& error) {
  std::string where;
  if (log_.wants_more()) where = "code of " + mutf8_to_utf8(facts_.method_text(facts_.methods[method].id));
  log_.broken_part(error, where);
}

void CodeReader::read_method(const Work& work, std::span<const CodeHit> hits) {
  if (work.insns.size() / 2 <= kShortCode) facts_.methods[work.method].flags |= DexFacts::kIsShort;
  events_.clear();
  for (const CodeHit& hit : hits) {
    if (is_between(hit.opcode(), kFirstInvoke, kLastInvoke)) {
      read_call(hit);
    } else {
      read_hit(work, hit);
    }
  }
  if (events_.events().empty()) [[likely]]
    return;
  if (events_.looks_up_classes()) find_reflection(work, events_.makes_objects());
  if (is_full()) return;
  const DexCode code = dex_.code(tables_.code_offsets()[work.method]);
  events_.find_constants(code);
  if (events_.is_pending()) {
    keep_pending(work.method, code);
  } else {
    keep_uses(work.method, code);
  }
}

/// Any hit but a call.
void CodeReader::read_hit(const Work& work, const CodeHit& hit) {
  const std::uint8_t opcode = hit.opcode();
  if (opcode == kNewInstance) {
    add_once(made_in_, EdgeKind::make, hit.index(), hit.pc);
  } else if (is_between(opcode, 0x60, 0x6d)) {
    read_static_field(work, hit);
  } else if (is_between(opcode, 0x52, 0x58)) {
    events_.add_field(hit);
  } else if (opcode == kConstString) {
    read_string(work, hit.pc, hit.index());
  } else if (opcode == kConstStringJumbo) {
    const Reader code(work.insns, "dex code");
    read_string(work, hit.pc, code.at<std::uint32_t>(std::size_t{hit.pc} * 2 + 2));
  } else if (opcode >= 0xfa) {
    ++facts_.call_sites;
  } else {
    events_.add_type(hit);
  }
}

void CodeReader::watch(const std::vector<std::uint32_t>& strings, std::vector<StringUser>& users) {
  watched_ = &strings;
  users_ = &users;
  for (const std::uint32_t string : strings) references_.mark_string(string);
}

void CodeReader::read_string(const Work& work, std::uint32_t pc, std::uint32_t string) {
  events_.add_string(pc, string);
  if (watched_ == nullptr || users_->size() == kMaxStringUsers) return;
  if (!std::binary_search(watched_->begin(), watched_->end(), string)) return;
  users_->push_back({string, facts_.methods[work.method].id, pc});
}

/// Only rows of method_ids are marked.
inline void CodeReader::read_call(const CodeHit& hit) {
  // invoke-virtual, -super, -direct, -static, -interface, and the same again as ranges; the one between is
  // unused and never marked.
  constexpr EdgeKind kKinds[kLastInvoke - kFirstInvoke + 1] = {
      EdgeKind::dispatch, EdgeKind::super,       EdgeKind::direct,   EdgeKind::static_call,
      EdgeKind::dispatch, EdgeKind::direct,      EdgeKind::dispatch, EdgeKind::super,
      EdgeKind::direct,   EdgeKind::static_call, EdgeKind::dispatch};
  if (references_.is_known_call(hit.index())) [[unlikely]]
    events_.add_call(hit);
  const EdgeKind kind = kKinds[hit.opcode() - kFirstInvoke];
  add_once(kind == EdgeKind::dispatch ? dispatched_in_ : called_in_, kind, hit.index(), hit.pc);
}

/// Only rows of field_ids are marked.
void CodeReader::read_static_field(const Work& work, const CodeHit& hit) {
  if (hit.opcode() <= 0x66) events_.add_field(hit);
  const std::uint16_t type = dex_.field(hit.index()).class_idx;
  // Whoever runs a class's own code has initialised it.
  if (type == facts_.method_ids[facts_.methods[work.method].id].type || !tables_.may_initialize(type)) return;
  add_once(initialized_in_, EdgeKind::initialize, type, hit.pc);
}

inline void CodeReader::add_once(Seen& seen, EdgeKind kind, std::uint16_t target, std::uint32_t pc) {
  std::uint16_t& last = seen[target];
  if (last == number_ || last == kNoEdge) return;
  last = number_;
  add_edge(kind, target, pc);
}

inline void CodeReader::add_edge(EdgeKind kind, std::uint16_t target, std::uint32_t pc) {
  constexpr std::uint32_t kLastPc = (std::uint32_t{1} << DexFacts::kPcBits) - 1;
  facts_.edge_targets.push_back(target);
  facts_.edge_places.push_back(static_cast<std::uint32_t>(kind) << DexFacts::kPcBits | std::min(pc, kLastPc));
}

/// A method that looks classes up by name is walked once more for its strings.
void CodeReader::find_reflection(const Work& work, bool makes_objects) {
  const EdgeKind kind = makes_objects ? EdgeKind::reflect_make : EdgeKind::reflect;
  InstructionWalker walker(work.insns);
  Instruction instruction;
  try {
    while (walker.next_brief(instruction)) {
      if (instruction.opcode != kConstString && instruction.opcode != kConstStringJumbo) continue;
      if (instruction.index < dex_.string_count()) {
        reflect(kind, instruction.pc, dex_.string(instruction.index));
      }
    }
  } catch (const InputError&) {
    // Said when the method was walked.
  }
}

void CodeReader::reflect(EdgeKind kind, std::uint32_t pc, std::string_view name) {
  ReadBudget::spend(budget_.names, name.size() + 1);
  const std::string descriptor = descriptor_of(name);
  if (descriptor.empty() || is_platform_name(descriptor) || facts_.reflected.size() > UINT16_MAX) return;
  facts_.reflected.push_back(descriptor_hash(descriptor));
  add_edge(kind, static_cast<std::uint16_t>(facts_.reflected.size() - 1), pc);
}

std::uint32_t CodeReader::line(const DexCode& code, std::uint32_t pc) {
  return dex_.line(code.debug_info_off, pc, budget_.lines).value_or(DexFacts::kNone);
}

void CodeReader::keep_uses(std::uint32_t method, const DexCode& code) {
  for (const Sighting& sighting : meanings_.find(events_.events())) {
    if (is_full()) return;
    facts_.uses.push_back({method, line(code, sighting.pc),
                           std::uint64_t{code.insns_off} + std::uint64_t{sighting.pc} * 2, sighting});
    --uses_left_;
  }
}

void CodeReader::keep_pending(std::uint32_t method, const DexCode& code) {
  for (const UseEvent& event : events_.events()) {
    facts_.events.push_back(event);
    facts_.event_lines.push_back(line(code, event.pc));
  }
  facts_.pending_methods.push_back(
      {method, code.insns_off, static_cast<std::uint32_t>(facts_.events.size())});
}

/// Methods that may override one of the catalogue's: whether their classes do is told by the whole app.
void CodeReader::find_overrides() {
  std::vector<bool> is_target(index_.texts().size());
  for (const CatalogueIndex::OverrideTarget& target : index_.override_targets()) {
    if (target.name != DexFacts::kNone) is_target[target.name] = true;
  }
  for (std::uint32_t i = 0; i < facts_.methods.size(); ++i) {
    if ((facts_.methods[i].flags & DexFacts::kIsDirect) != 0) continue;
    const std::uint32_t text = references_.names().text(dex_.method(facts_.methods[i].id).name_idx);
    if (text != DexFacts::kNone && is_target[text]) add_override(i, text);
  }
}

void CodeReader::add_override(std::uint32_t method, std::uint32_t text) {
  DexFacts::OverrideRow row{method, text, DexFacts::kNone, 0,
                            references_.names().proto_hash(dex_.method(facts_.methods[method].id).proto_idx)};
  const std::uint32_t code_off = tables_.code_offsets()[method];
  try {
    if (code_off != 0) {
      const DexCode code = dex_.code(code_off);
      row.insns_off = code.insns_off;
      row.line = line(code, 0);
    }
  } catch (const InputError&) {
    // Said when the code is walked.
  }
  facts_.overrides.push_back(row);
}

}  // namespace sdkprint
