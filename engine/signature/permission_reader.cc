#include "signature/permission_reader.h"

#include <algorithm>
#include <array>
#include <map>

namespace sdkprint {
namespace {

constexpr std::array<std::string_view, 2> kPermissionFileKeys = {"permission", "rule"};
constexpr std::array<std::string_view, 5> kPermissionKeys = {"id", "name_zh", "category", "category_zh",
                                                             "protection"};
constexpr std::array<std::string_view, 8> kRuleKeys = {"kind",       "permission", "behaviours", "device_api",
                                                       "target_sdk", "reason",     "reason_zh",  "source"};
constexpr std::array<std::string_view, 3> kRuleKinds = {"void", "needed", "optional"};
constexpr std::array<std::string_view, 1> kBenignFileKeys = {"benign"};
constexpr std::array<std::string_view, 2> kBenignKeys = {"class", "behaviours"};

std::string text_of(std::optional<PlacedText> text) { return text ? std::move(text->text) : std::string(); }

/// A dotted name, checked.
std::optional<PlacedText> java_name(const TableReader& reader, std::string_view key) {
  std::optional<PlacedText> text = reader.required_text(key);
  if (text && !reader.complaints().accept(text->place, object_to_java_name(text->text))) return std::nullopt;
  return text;
}

Verdict object_to_protection(std::string_view text) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '|';
  };
  if (std::all_of(text.begin(), text.end(), is_allowed)) return std::nullopt;
  return Objection{"expected a protection level such as \"signature|appop\", found " + in_quotes(text), ""};
}

/// The ids under a key, sorted; each is to be checked later.
std::vector<std::string> behaviour_ids(const TableReader& reader, std::string_view key,
                                       PermissionRecords& records) {
  std::vector<std::string> ids;
  for (PlacedText& id : reader.identifiers(key)) {
    ids.push_back(id.text);
    records.behaviours.push_back({std::move(id.text), std::move(id.place)});
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

void read_permission(FileComplaints& complaints, const TomlNode& table, PermissionRecords& records) {
  const std::size_t before = complaints.count();
  const TableReader reader(complaints, table, "[[permission]]", kPermissionKeys);
  Permission permission;
  permission.place = reader.place();
  permission.id = text_of(java_name(reader, "id"));
  permission.name_zh = text_of(reader.required_text("name_zh"));
  permission.category = text_of(reader.required_text("category"));
  permission.category_zh = text_of(reader.required_text("category_zh"));
  if (std::optional<PlacedText> level = reader.text("protection")) {
    complaints.accept(level->place, object_to_protection(level->text));
    permission.protection = std::move(level->text);
  }
  if (complaints.count() == before) records.permissions.push_back(std::move(permission));
}

void read_rule(FileComplaints& complaints, const TomlNode& table, PermissionRecords& records) {
  const std::size_t before = complaints.count();
  const TableReader reader(complaints, table, "[[rule]]", kRuleKeys);
  PermissionRule rule;
  reader.require("kind");
  if (const std::optional<std::size_t> kind = reader.word("kind", kRuleKinds)) {
    rule.kind = static_cast<PermissionRule::Kind>(*kind);
  }
  if (std::optional<PlacedText> permission = java_name(reader, "permission")) {
    records.rule_permissions.push_back({permission->text, permission->place});
    rule.permission = std::move(permission->text);
  }
  rule.behaviours = behaviour_ids(reader, "behaviours", records);
  rule.device_api = reader.number("device_api", 0, 1);
  rule.target_sdk = reader.number("target_sdk", 0, 1);
  rule.reason = text_of(reader.required_text("reason"));
  rule.reason_zh = text_of(reader.required_text("reason_zh"));
  reader.require("source");
  rule.source = text_of(reader.url("source"));
  if (complaints.count() != before) return;
  if (rule.kind != PermissionRule::Kind::optional && rule.device_api == 0) {
    complaints.add(reader.place(), "expected \"device_api\" in [[rule]], found none",
                   "the API level of the first Android that does so");
  }
  if (rule.kind != PermissionRule::Kind::voided && rule.behaviours.empty()) {
    complaints.add(reader.place(), "expected \"behaviours\" in [[rule]], found none",
                   "only a rule of the kind \"void\" may be meant for all");
  }
  if (complaints.count() == before) records.rules.push_back(std::move(rule));
}

}  // namespace

void read_permissions(FileComplaints& complaints, const TomlNode& document, PermissionRecords& records) {
  const TableReader reader(complaints, document, "permissions.toml", kPermissionFileKeys);
  if (reader.require("permission") == nullptr) return;
  for (const TomlNode* table : reader.tables("permission")) read_permission(complaints, *table, records);
  for (const TomlNode* table : reader.tables("rule")) read_rule(complaints, *table, records);
}

void read_benign(FileComplaints& complaints, const TomlNode& document, PermissionRecords& records) {
  const TableReader reader(complaints, document, "benign.toml", kBenignFileKeys);
  if (reader.require("benign") == nullptr) return;
  for (const TomlNode* table : reader.tables("benign")) {
    const std::size_t before = complaints.count();
    const TableReader fields(complaints, *table, "[[benign]]", kBenignKeys);
    BenignClass benign;
    benign.class_name = text_of(java_name(fields, "class"));
    fields.require("behaviours");
    benign.behaviours = behaviour_ids(fields, "behaviours", records);
    if (complaints.count() == before) records.benign.push_back(std::move(benign));
  }
}

void finish_permissions(PermissionRecords& records, const std::function<bool(std::string_view)>& is_behaviour,
                        const std::function<void(const SourcePlace&, std::string, std::string)>& complain) {
  std::map<std::string_view, const Permission*> known;
  for (const Permission& permission : records.permissions) {
    const auto [first, is_new] = known.try_emplace(permission.id, &permission);
    if (is_new) continue;
    complain(permission.place,
             in_quotes(permission.id) + " stands at " + to_string(first->second->place) + " already",
             "merge them");
  }
  for (const PermissionRecords::Reference& reference : records.rule_permissions) {
    if (!records.permissions_complete || known.contains(reference.id)) continue;
    complain(reference.place,
             "expected a permission of [[permission]], found " + in_quotes(reference.id) +
                 ", which none has as its id",
             "add it to permissions.toml");
  }
  for (const PermissionRecords::Reference& reference : records.behaviours) {
    if (is_behaviour(reference.id)) continue;
    complain(reference.place,
             "expected the id of a behaviour, found " + in_quotes(reference.id) + ", which none has", "");
  }
  std::stable_sort(records.permissions.begin(), records.permissions.end(),
                   [](const Permission& a, const Permission& b) { return a.id < b.id; });
  std::stable_sort(records.benign.begin(), records.benign.end(),
                   [](const BenignClass& a, const BenignClass& b) { return a.class_name < b.class_name; });
}

}  // namespace sdkprint
