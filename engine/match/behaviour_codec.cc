#include "match/behaviour_codec.h"

#include <array>

#include "match/codec_parts.h"

namespace sdkprint {
namespace {

constexpr std::size_t kSeverityCount = 3, kRuleKindCount = 3;

// The members of one type, in the order in which they are stored.
constexpr std::array kTexts = {&Behaviour::id,       &Behaviour::name,         &Behaviour::name_zh,
                               &Behaviour::category, &Behaviour::data_type_zh, &Behaviour::standard};
constexpr std::array kMemberLists = {&Behaviour::methods,         &Behaviour::weak_methods,
                                     &Behaviour::context_methods, &Behaviour::context_fields,
                                     &Behaviour::fields,          &Behaviour::overrides};
constexpr std::array kTextLists = {&Behaviour::strings,        &Behaviour::receiver_subtypes,
                                   &Behaviour::native_symbols, &Behaviour::manifest,
                                   &Behaviour::permissions,    &Behaviour::notice_labels};

void write_member(ByteWriter& out, const MemberRef& member) {
  for (const std::string* text : {&member.class_descriptor, &member.name, &member.descriptor})
    out.text(*text);
}

MemberRef read_member(Reader& in) {
  MemberRef member;
  for (std::string* text : {&member.class_descriptor, &member.name, &member.descriptor})
    *text = read_text(in);
  return member;
}

void write_behaviour(ByteWriter& out, const Behaviour& behaviour) {
  for (const auto text : kTexts) out.text(behaviour.*text);
  out.u8(static_cast<std::uint8_t>(behaviour.severity));
  out.u8(behaviour.lead_only ? 1 : 0);
  for (const auto list : kMemberLists) {
    write_list(out, behaviour.*list, [&](const MemberRef& member) { write_member(out, member); });
  }
  for (const auto list : kTextLists) write_texts(out, behaviour.*list);
  write_list(out, behaviour.constants,
             [&](std::int64_t value) { out.u64(static_cast<std::uint64_t>(value)); });
}

Behaviour read_behaviour(Reader& in) {
  Behaviour behaviour;
  for (const auto text : kTexts) behaviour.*text = read_text(in);
  behaviour.severity = read_enum<Severity>(in, kSeverityCount);
  behaviour.lead_only = in.u8() != 0;
  for (const auto list : kMemberLists)
    behaviour.*list = read_list<MemberRef>(in, [&] { return read_member(in); });
  for (const auto list : kTextLists) behaviour.*list = read_texts(in);
  behaviour.constants = read_list<std::int64_t>(in, [&] { return static_cast<std::int64_t>(in.u64()); });
  return behaviour;
}

void write_permission(ByteWriter& out, const Permission& permission) {
  for (const std::string* text : {&permission.id, &permission.name_zh, &permission.category,
                                  &permission.category_zh, &permission.protection}) {
    out.text(*text);
  }
}

Permission read_permission(Reader& in) {
  Permission permission;
  for (std::string* text : {&permission.id, &permission.name_zh, &permission.category,
                            &permission.category_zh, &permission.protection}) {
    *text = read_text(in);
  }
  return permission;
}

void write_rule(ByteWriter& out, const PermissionRule& rule) {
  out.u8(static_cast<std::uint8_t>(rule.kind));
  for (const std::string* text : {&rule.permission, &rule.reason, &rule.reason_zh, &rule.source})
    out.text(*text);
  write_texts(out, rule.behaviours);
  out.u32(rule.device_api);
  out.u32(rule.target_sdk);
}

PermissionRule read_rule(Reader& in) {
  PermissionRule rule;
  rule.kind = read_enum<PermissionRule::Kind>(in, kRuleKindCount);
  for (std::string* text : {&rule.permission, &rule.reason, &rule.reason_zh, &rule.source})
    *text = read_text(in);
  rule.behaviours = read_texts(in);
  rule.device_api = in.u32();
  rule.target_sdk = in.u32();
  return rule;
}

void write_benign(ByteWriter& out, const BenignClass& benign) {
  out.text(benign.class_name);
  write_texts(out, benign.behaviours);
}

BenignClass read_benign_class(Reader& in) {
  BenignClass benign;
  benign.class_name = read_text(in);
  benign.behaviours = read_texts(in);
  return benign;
}

}  // namespace

void encode(const BehaviourSet& set, ByteWriter& out) {
  write_list(out, set.categories, [&](const DataCategory& category) {
    for (const std::string* text : {&category.id, &category.name, &category.name_zh}) out.text(*text);
  });
  write_list(out, set.behaviours, [&](const Behaviour& behaviour) { write_behaviour(out, behaviour); });
  write_list(out, set.permissions, [&](const Permission& one) { write_permission(out, one); });
  write_list(out, set.permission_rules, [&](const PermissionRule& one) { write_rule(out, one); });
  write_list(out, set.benign, [&](const BenignClass& one) { write_benign(out, one); });
}

BehaviourSet decode_behaviours(Reader& in) {
  BehaviourSet set;
  set.categories = read_list<DataCategory>(in, [&] {
    DataCategory category;
    for (std::string* text : {&category.id, &category.name, &category.name_zh}) *text = read_text(in);
    return category;
  });
  set.behaviours = read_list<Behaviour>(in, [&] { return read_behaviour(in); });
  set.permissions = read_list<Permission>(in, [&] { return read_permission(in); });
  set.permission_rules = read_list<PermissionRule>(in, [&] { return read_rule(in); });
  set.benign = read_list<BenignClass>(in, [&] { return read_benign_class(in); });
  return set;
}

}  // namespace sdkprint
