#include "behaviour/use_events.h"

#include <algorithm>

namespace sdkprint {
namespace {

constexpr std::uint8_t kConstClass = 0x1c;
constexpr std::uint8_t kInvokeStatic = 0x71, kInvokeStaticRange = 0x77;
constexpr std::uint32_t kNone = CatalogueIndex::kNone;

}  // namespace

void EventReader::add_call(const CodeHit& hit) {
  const DexReferences::Calls calls = references_.calls(hit.index());
  for (const DexReferences::MethodRole& role : calls.roles) {
    UseEvent event;
    event.pc = hit.pc;
    event.id = role.member;
    event.method_idx = hit.index();
    event.role = role.role;
    event.through_subclass = role.through_subclass;
    const MemberRole meaning = index_.member(role.member).roles[role.role].role;
    if (meaning == MemberRole::class_lookup) looks_up_classes_ = true;
    if (meaning == MemberRole::object_maker) makes_objects_ = true;
    events_.push_back(event);
  }
  if (calls.pending != kNone) add_candidates(hit, calls.pending);
}

/// Whatever the call may turn out to mean.
void EventReader::add_candidates(const CodeHit& hit, std::uint32_t pending) {
  is_pending_ = true;
  UseEvent event;
  event.pc = hit.pc;
  event.method_idx = hit.index();
  event.kind = UseEvent::Kind::pending_call;
  event.id = pending;
  events_.push_back(event);
  const DexFacts::PendingCall& call = facts_.pending_calls[pending];
  const auto [begin, end] = index_.methods_named(call.text);
  event.kind = UseEvent::Kind::call;
  event.through_subclass = event.is_candidate = true;
  for (event.id = begin; event.id < end; ++event.id) {
    const CatalogueIndex::Member& member = index_.member(event.id);
    if (!member.fits(call.proto)) continue;
    for (event.role = 0; event.role < member.roles.size(); ++event.role) events_.push_back(event);
  }
}

void EventReader::add_field(const CodeHit& hit) {
  const std::uint32_t member = references_.field(hit.index());
  if (member == kNone) return;
  UseEvent event;
  event.pc = hit.pc;
  event.id = member;
  event.kind = UseEvent::Kind::field;
  events_.push_back(event);
}

void EventReader::add_string(std::uint32_t pc, std::uint32_t string_idx) {
  const std::uint32_t text = references_.names().text(string_idx);
  if (text == kNone) return;
  UseEvent event;
  event.pc = pc;
  event.id = text;
  event.kind = UseEvent::Kind::text;
  events_.push_back(event);
}

void EventReader::add_type(const CodeHit& hit) {
  const std::uint32_t class_id = references_.names().class_of_type(hit.index());
  if (class_id == kNone) return;
  UseEvent event;
  event.pc = hit.pc;
  event.id = class_id;
  event.kind = hit.opcode() == kConstClass ? UseEvent::Kind::class_literal : UseEvent::Kind::cast;
  events_.push_back(event);
}

bool EventReader::wants_constant(const UseEvent& event) const {
  if (event.kind != UseEvent::Kind::call) return false;
  const CatalogueIndex::Role& role = index_.member(event.id).roles[event.role];
  return role.role == MemberRole::context_method && !index_.rules()[role.behaviour].constants.empty();
}

void EventReader::find_constants(const DexCode& code) {
  bool is_begun = false;
  for (UseEvent& event : events_) {
    if (!wants_constant(event)) continue;
    if (!is_begun) tracker_.begin(code);
    is_begun = true;
    if (!tracker_.advance_to(event.pc)) return;
    find_constant(event);
  }
}

void EventReader::find_constant(UseEvent& event) {
  const CatalogueIndex::Member& member = index_.member(event.id);
  const std::vector<std::int64_t>& constants = index_.rules()[member.roles[event.role].behaviour].constants;
  const Instruction& call = tracker_.instruction();
  const bool is_static = call.opcode == kInvokeStatic || call.opcode == kInvokeStaticRange;
  const bool knows_types = !member.descriptor.empty();
  for (std::uint32_t i = is_static ? 0 : 1; i < call.arg_count; ++i) {
    const std::uint32_t argument = is_static ? i : i - 1;
    const bool is_integer = argument < member.integer_arguments.size() && member.integer_arguments[argument];
    if (knows_types && !is_integer) continue;
    const std::uint32_t reg = call.is_range ? call.args[0] + i : call.args[i];
    const std::optional<std::int64_t> value = tracker_.value(reg);
    if (!value || !std::binary_search(constants.begin(), constants.end(), *value)) continue;
    event.has_constant = true;
    event.constant = *value;
    return;
  }
}

}  // namespace sdkprint
