#include "lint/key_places.h"

#include <algorithm>

namespace sdkprint {
namespace {

const TomlMember* find(const TomlNode& table, std::string_view key) {
  const auto found = std::find_if(table.members.begin(), table.members.end(),
                                  [&](const TomlMember& member) { return member.key == key; });
  return found == table.members.end() ? nullptr : &*found;
}

}  // namespace

KeyPlaces::KeyPlaces(const std::vector<SignatureSource>& sources) {
  for (const SignatureSource& source : sources) {
    std::vector<Diagnostic> ignored;  // the parser has said it
    const std::optional<TomlNode> document = parse_toml(source.path, source.text, ignored);
    if (!document) continue;
    for (const TomlMember& member : document->members) add(source.path, member);
  }
}

void KeyPlaces::add(const std::string& path, const TomlMember& records) {
  if (records.value.kind != TomlNode::Kind::array) return;
  for (const TomlNode& record : records.value.items) {
    if (const TomlMember* id = find(record, "id"); id != nullptr && id->value.kind == TomlNode::Kind::text) {
      if (records.key == "sdk") sdk_ids_.push_back(id->value.text);
      if (records.key == "vendor")
        vendors_.try_emplace(id->value.text, SourcePlace{path, record.line, record.column});
    }
    records_.try_emplace(Key(path, record.line, record.column), record);
  }
}

const TomlNode* KeyPlaces::value(const SourcePlace& record, std::string_view key) const {
  const auto found = records_.find(Key(record.file, record.line, record.column));
  const TomlMember* member = found == records_.end() ? nullptr : find(found->second, key);
  return member == nullptr ? nullptr : &member->value;
}

SourcePlace KeyPlaces::of(const SourcePlace& record, std::string_view key, std::size_t item) const {
  const TomlNode* found = value(record, key);
  if (found == nullptr) return record;
  const TomlNode& node = item < found->items.size() ? found->items[item] : *found;
  return {record.file, node.line, node.column};
}

bool KeyPlaces::is_true(const SourcePlace& record, std::string_view key) const {
  const TomlNode* found = value(record, key);
  return found != nullptr && found->boolean;
}

SourcePlace KeyPlaces::vendor(std::string_view id) const {
  const auto found = vendors_.find(id);
  return found == vendors_.end() ? SourcePlace{"vendors.toml", 1, 1} : found->second;
}

}  // namespace sdkprint
