#include "signature/table_reader.h"

#include <algorithm>
#include <limits>
#include <set>

namespace sdkprint {
namespace {

constexpr std::size_t kMaxIdentifierLength = 64;

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_identifier(std::string_view id) {
  if (id.empty() || id.size() > kMaxIdentifierLength || id.front() == '-' || id.back() == '-') return false;
  if (id.find("--") != std::string_view::npos) return false;
  return std::all_of(id.begin(), id.end(), [](char c) { return is_lower_or_digit(c) || c == '-'; });
}

/// "JPush SDK" → "jpush-sdk"
std::string as_identifier(std::string_view text) {
  std::string id;
  for (const char c : text.substr(0, kMaxIdentifierLength)) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (is_lower_or_digit(lower)) {
      id += lower;
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  while (id.ends_with('-')) id.pop_back();
  return id;
}

bool is_url(std::string_view url) {
  std::string_view rest;
  if (url.starts_with("https://")) rest = url.substr(8);
  if (url.starts_with("http://")) rest = url.substr(7);
  return !rest.empty() && rest.front() != '/' && rest.find_first_of(" \"<>\\") == std::string_view::npos;
}

}  // namespace

bool FileComplaints::accept(const SourcePlace& place, const Verdict& verdict) {
  if (verdict) add(place, verdict->message, verdict->hint, code::kPattern);
  return !verdict;
}

TableReader::TableReader(FileComplaints& complaints, const TomlNode& table, std::string where,
                         std::span<const std::string_view> keys)
    : complaints_(&complaints), table_(&table), where_(std::move(where)) {
  for (const TomlMember& member : table.members) {
    if (std::find(keys.begin(), keys.end(), member.key) != keys.end()) continue;
    complaints.add(
        complaints.place(member),
        "unknown key " + in_quotes(member.key) + " in " + where_ + "; expected one of " + joined(keys),
        did_you_mean(member.key, keys));
  }
}

const TomlMember* TableReader::find(std::string_view key) const {
  const auto found = std::find_if(table_->members.begin(), table_->members.end(),
                                  [&](const TomlMember& member) { return member.key == key; });
  return found == table_->members.end() ? nullptr : &*found;
}

const TomlMember* TableReader::require(std::string_view key) const {
  const TomlMember* member = find(key);
  if (member == nullptr)
    complaints_->add(place(), "expected the key " + in_quotes(key) + " in " + where_ + ", found none");
  return member;
}

bool TableReader::has_kind(const TomlMember& member, TomlNode::Kind kind, std::string_view expected) const {
  if (member.value.kind == kind) return true;
  complaints_->add(complaints_->place(member.value), "expected " + std::string(expected) + " for " +
                                                         in_quotes(member.key) + " in " + where_ +
                                                         ", found " + describe(member.value));
  return false;
}

std::optional<PlacedText> TableReader::checked_text(const TomlNode& value, std::string_view key) const {
  const SourcePlace place = complaints_->place(value);
  if (value.kind != TomlNode::Kind::text) {
    complaints_->add(
        place, "expected a string for " + in_quotes(key) + " in " + where_ + ", found " + describe(value));
    return std::nullopt;
  }
  if (!complaints_->accept(place, object_to_text(value.text))) return std::nullopt;
  if (value.text.front() == ' ' || value.text.back() == ' ') {
    complaints_->add(place, "expected no blank at an end, found " + in_quotes(value.text));
    return std::nullopt;
  }
  return PlacedText{value.text, place};
}

std::optional<PlacedText> TableReader::text(std::string_view key) const {
  const TomlMember* member = find(key);
  return member == nullptr ? std::nullopt : checked_text(member->value, key);
}

std::optional<PlacedText> TableReader::required_text(std::string_view key) const {
  return require(key) == nullptr ? std::nullopt : text(key);
}

std::optional<PlacedText> TableReader::url(std::string_view key) const {
  std::optional<PlacedText> result = text(key);
  if (!result || is_url(result->text)) return result;
  complaints_->add(result->place, "expected an address that begins with https:// or http:// for " +
                                      in_quotes(key) + ", without blanks or quotes, found " +
                                      in_quotes(result->text));
  return std::nullopt;
}

bool TableReader::check_identifier(const PlacedText& text) const {
  if (is_identifier(text.text)) return true;
  const std::string guess = as_identifier(text.text);
  complaints_->add(text.place,
                   "expected an id of lower-case letters and digits, joined by single hyphens, of at most " +
                       std::to_string(kMaxIdentifierLength) + " characters; found " + in_quotes(text.text),
                   guess.empty() ? "" : "write " + in_quotes(guess));
  return false;
}

std::optional<PlacedText> TableReader::identifier(std::string_view key) const {
  std::optional<PlacedText> result = text(key);
  if (result && !check_identifier(*result)) return std::nullopt;
  return result;
}

std::optional<PlacedText> TableReader::required_identifier(std::string_view key) const {
  return require(key) == nullptr ? std::nullopt : identifier(key);
}

bool TableReader::boolean(std::string_view key, bool otherwise) const {
  const TomlMember* member = find(key);
  if (member == nullptr || !has_kind(*member, TomlNode::Kind::boolean, "true or false")) return otherwise;
  return member->value.boolean;
}

std::uint32_t TableReader::number(std::string_view key, std::uint32_t otherwise, std::uint32_t least) const {
  constexpr std::int64_t kMost = 1'000'000;
  const TomlMember* member = find(key);
  if (member == nullptr || !has_kind(*member, TomlNode::Kind::integer, "an integer")) return otherwise;
  const std::int64_t value = member->value.integer;
  if (value >= least && value <= kMost) return static_cast<std::uint32_t>(value);
  complaints_->add(complaints_->place(member->value),
                   "expected " + std::to_string(least) + " to " + std::to_string(kMost) + " for " +
                       in_quotes(key) + " in " + where_ + ", found " + std::to_string(value));
  return otherwise;
}

std::vector<PlacedText> TableReader::texts(std::string_view key) const {
  std::vector<PlacedText> result;
  const TomlMember* member = find(key);
  if (member == nullptr || !has_kind(*member, TomlNode::Kind::array, "an array of strings")) return result;
  std::set<std::string_view> seen;
  for (const TomlNode& item : member->value.items) {
    std::optional<PlacedText> text = checked_text(item, key);
    if (!text) continue;
    if (!seen.insert(item.text).second) {
      complaints_->add(text->place, in_quotes(item.text) + " stands twice in " + in_quotes(key),
                       "leave one out");
      continue;
    }
    result.push_back(std::move(*text));
  }
  return result;
}

std::vector<PlacedText> TableReader::identifiers(std::string_view key) const {
  std::vector<PlacedText> result = texts(key);
  std::erase_if(result, [&](const PlacedText& text) { return !check_identifier(text); });
  return result;
}

std::optional<std::size_t> TableReader::word(std::string_view key,
                                             std::span<const std::string_view> words) const {
  const std::optional<PlacedText> chosen = text(key);
  if (!chosen) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), chosen->text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  complaints_->add(
      chosen->place,
      "expected one of " + joined(words) + " for " + in_quotes(key) + ", found " + in_quotes(chosen->text),
      did_you_mean(chosen->text, words));
  return std::nullopt;
}

std::vector<const TomlNode*> TableReader::tables(std::string_view key) const {
  std::vector<const TomlNode*> result;
  const TomlMember* member = find(key);
  if (member == nullptr) return result;
  const TomlNode& value = member->value;
  const std::string written = "[[" + std::string(key) + "]]";
  if (value.kind != TomlNode::Kind::array || value.items.empty()) {
    complaints_->add(complaints_->place(value),
                     "expected " + written + " tables in " + where_ + ", found " + describe(value),
                     value.kind == TomlNode::Kind::table ? "write the brackets twice" : "");
    return result;
  }
  for (const TomlNode& item : value.items) {
    if (item.kind == TomlNode::Kind::table) {
      result.push_back(&item);
    } else {
      complaints_->add(complaints_->place(item),
                       "expected a table in " + written + ", found " + describe(item));
    }
  }
  return result;
}

const TomlNode* TableReader::table(std::string_view key) const {
  const TomlMember* member = find(key);
  if (member == nullptr || !has_kind(*member, TomlNode::Kind::table, "a table")) return nullptr;
  return &member->value;
}

}  // namespace sdkprint
