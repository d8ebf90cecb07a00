#include "signature/behaviour_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "signature/member_ref.h"
#include "signature/permission_reader.h"
#include "signature/records.h"

namespace sdkprint {
namespace {

constexpr std::array<std::string_view, 1> kBehaviourFileKeys = {"behaviour"};
constexpr std::array<std::string_view, 1> kGroupFileKeys = {"group"};
constexpr std::array<std::string_view, 2> kGroupKeys = {"id", "methods"};
constexpr std::array<std::string_view, 21> kBehaviourKeys = {"id",
                                                             "name",
                                                             "name_zh",
                                                             "data_type_zh",
                                                             "standard",
                                                             "severity",
                                                             "lead_only",
                                                             "methods",
                                                             "weak_methods",
                                                             "context_methods",
                                                             "context_groups",
                                                             "fields",
                                                             "strings",
                                                             "context_fields",
                                                             "constants",
                                                             "overrides",
                                                             "native_symbols",
                                                             "manifest",
                                                             "permissions",
                                                             "receiver_subtypes",
                                                             "notice_labels"};
constexpr std::array<std::string_view, 3> kSeverities = {"low", "medium", "high"};
/// Guessing costs a comparison with every id: enough is enough.
constexpr std::size_t kMaxGuesses = 200;

struct PlacedMember {
  MemberRef member;
  std::string text;
  SourcePlace place;
};

struct GroupRecord {
  std::string id;
  SourcePlace id_place;
  std::vector<PlacedMember> methods;
};

struct BehaviourRecord {
  Behaviour behaviour;
  SourcePlace id_place, category_place;
  std::vector<PlacedText> groups;
  std::vector<PlacedMember> context_methods;
  std::vector<SourcePlace> receiver_places;  ///< parallel to behaviour.receiver_subtypes
  bool sound = true;
};

bool is_shared(const SignatureSource& source, std::string_view file_name) {
  return source.category.empty() && source.path.substr(source.path.rfind('/') + 1) == file_name;
}

std::string text_of(const std::optional<PlacedText>& text) { return text ? text->text : std::string(); }

std::vector<PlacedMember> read_members(const TableReader& reader, std::string_view key, MemberForm form) {
  std::vector<PlacedMember> result;
  for (PlacedText& text : reader.texts(key)) {
    PlacedMember member{{}, std::move(text.text), std::move(text.place)};
    if (reader.complaints().accept(member.place, parse_member(member.text, form, member.member))) {
      result.push_back(std::move(member));
    }
  }
  return result;
}

std::vector<MemberRef> members_of(std::vector<PlacedMember> placed) {
  std::vector<MemberRef> members;
  for (PlacedMember& one : placed) members.push_back(std::move(one.member));
  return members;
}

/// Complains of the members of `list` that stand in `other` too.
void refuse_shared(const TableReader& reader, const std::vector<PlacedMember>& list, std::string_view key,
                   const std::vector<PlacedMember>& other, std::string_view other_key,
                   const std::string& hint) {
  std::set<std::string_view> texts;
  for (const PlacedMember& one : other) texts.insert(one.text);
  for (const PlacedMember& one : list) {
    if (!texts.contains(one.text)) continue;
    reader.complaints().add(
        one.place, in_quotes(one.text) + " stands in " + in_quotes(key) + " and in " + in_quotes(other_key),
        hint);
  }
}

std::vector<std::int64_t> read_constants(const TableReader& reader) {
  std::vector<std::int64_t> result;
  const TomlMember* member = reader.find("constants");
  if (member == nullptr) return result;
  FileComplaints& complaints = reader.complaints();
  if (member->value.kind != TomlNode::Kind::array) {
    complaints.add(complaints.place(member->value), "expected an array of integers for \"constants\" in " +
                                                        reader.where() + ", found " +
                                                        describe(member->value));
    return result;
  }
  for (const TomlNode& item : member->value.items) {
    if (item.kind != TomlNode::Kind::integer) {
      complaints.add(complaints.place(item), "expected an integer for \"constants\" in " + reader.where() +
                                                 ", found " + describe(item));
    } else if (std::find(result.begin(), result.end(), item.integer) != result.end()) {
      complaints.add(complaints.place(item), std::to_string(item.integer) + " stands twice in \"constants\"",
                     "leave one out");
    } else {
      result.push_back(item.integer);
    }
  }
  return result;
}

Verdict object_to_native_symbol(std::string_view symbol) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
  };
  if (std::all_of(symbol.begin(), symbol.end(), is_allowed)) return std::nullopt;
  return Objection{"expected the name of an imported symbol, found " + in_quotes(symbol),
                   "without wildcards"};
}

Verdict object_to_manifest_item(std::string_view item) {
  Pattern pattern;
  pattern.surface = Surface::manifest;
  pattern.kind = Pattern::Kind::exact;
  pattern.text = item;
  return object_to_pattern(pattern);
}

template <typename Rule>
std::vector<std::string> read_checked(const TableReader& reader, std::string_view key,
                                      const Rule& object_to) {
  std::vector<std::string> result;
  for (PlacedText& text : reader.texts(key)) {
    if (reader.complaints().accept(text.place, object_to(text.text))) result.push_back(std::move(text.text));
  }
  return result;
}

void read_description(const TableReader& reader, BehaviourRecord& record) {
  Behaviour& behaviour = record.behaviour;
  if (std::optional<PlacedText> id = reader.required_identifier("id")) {
    behaviour.id = std::move(id->text);
    record.id_place = std::move(id->place);
  }
  behaviour.name = text_of(reader.required_text("name"));
  behaviour.name_zh = text_of(reader.required_text("name_zh"));
  behaviour.data_type_zh = text_of(reader.text("data_type_zh"));
  behaviour.standard = text_of(reader.text("standard"));
  reader.require("severity");
  if (const std::optional<std::size_t> severity = reader.word("severity", kSeverities)) {
    behaviour.severity = static_cast<Severity>(*severity);
  }
  behaviour.lead_only = reader.boolean("lead_only", false);
  const auto any = [](std::string_view) { return Verdict(); };
  behaviour.notice_labels = read_checked(reader, "notice_labels", any);
  behaviour.permissions =
      read_checked(reader, "permissions", [](std::string_view text) { return object_to_java_name(text); });
}

/// The evidence but for context methods, whose groups are known only when all files are read.
void read_evidence(const TableReader& reader, BehaviourRecord& record) {
  Behaviour& behaviour = record.behaviour;
  std::vector<PlacedMember> methods = read_members(reader, "methods", MemberForm::method);
  std::vector<PlacedMember> weak = read_members(reader, "weak_methods", MemberForm::method);
  record.context_methods = read_members(reader, "context_methods", MemberForm::method);
  refuse_shared(reader, weak, "weak_methods", methods, "methods", "one call is enough, or it is a lead");
  refuse_shared(reader, record.context_methods, "context_methods", methods, "methods",
                "one call is enough, or it needs a context");
  if (const TomlMember* member = reader.find("weak_methods"); member != nullptr && behaviour.lead_only) {
    reader.complaints().add(reader.complaints().place(*member),
                            "expected no \"weak_methods\" where lead_only is true",
                            "move them to \"methods\": all of them are leads");
  }
  std::vector<PlacedMember> fields = read_members(reader, "fields", MemberForm::field);
  std::vector<PlacedMember> context_fields = read_members(reader, "context_fields", MemberForm::field);
  refuse_shared(reader, context_fields, "context_fields", fields, "fields",
                "one read is enough, or it is a context");
  behaviour.methods = members_of(std::move(methods));
  behaviour.weak_methods = members_of(std::move(weak));
  behaviour.fields = members_of(std::move(fields));
  behaviour.context_fields = members_of(std::move(context_fields));
  behaviour.overrides = members_of(read_members(reader, "overrides", MemberForm::class_or_method));
  for (PlacedText& text : reader.texts("strings")) behaviour.strings.push_back(std::move(text.text));
  behaviour.constants = read_constants(reader);
  behaviour.native_symbols = read_checked(reader, "native_symbols", object_to_native_symbol);
  behaviour.manifest = read_checked(reader, "manifest", object_to_manifest_item);
}

/// A context without a method to stand beside, or the reverse, would never be found.
void check_context(const TableReader& reader, const BehaviourRecord& record) {
  FileComplaints& complaints = reader.complaints();
  const bool has_methods =
      reader.find("context_methods") != nullptr || reader.find("context_groups") != nullptr;
  const bool has_context = reader.find("context_fields") != nullptr || reader.find("constants") != nullptr ||
                           reader.find("strings") != nullptr;
  for (const std::string_view key : {"context_fields", "constants"}) {
    const TomlMember* member = reader.find(key);
    if (member == nullptr || has_methods) continue;
    complaints.add(
        complaints.place(*member),
        "expected \"context_methods\" or \"context_groups\" beside " + in_quotes(key) + ", found neither",
        "they count only in the same method as one of those");
  }
  for (const std::string_view key : {"context_methods", "context_groups"}) {
    const TomlMember* member = reader.find(key);
    if (member == nullptr || has_context) continue;
    complaints.add(
        complaints.place(*member),
        "expected \"strings\", \"context_fields\" or \"constants\" beside " + in_quotes(key) + ", found none",
        "what is enough alone belongs in \"methods\"");
  }
  const Behaviour& behaviour = record.behaviour;
  if (behaviour.methods.empty() && behaviour.weak_methods.empty() && !has_methods &&
      behaviour.fields.empty() && behaviour.strings.empty() && behaviour.overrides.empty() &&
      behaviour.native_symbols.empty() && behaviour.manifest.empty()) {
    complaints.add(reader.place(),
                   "expected something that shows the behaviour in [[behaviour]], found nothing",
                   "methods, fields, strings, overrides, native_symbols or manifest");
  }
}

BehaviourRecord read_behaviour(FileComplaints& complaints, const TomlNode& table,
                               const std::string& category) {
  const std::size_t complaints_before = complaints.count();
  const TableReader reader(complaints, table, "[[behaviour]]", kBehaviourKeys);
  BehaviourRecord record;
  record.behaviour.category = category;
  record.behaviour.place = record.id_place = reader.place();
  record.category_place = {complaints.file(), 1, 1};
  read_description(reader, record);
  read_evidence(reader, record);
  record.groups = reader.identifiers("context_groups");
  for (PlacedMember& subtype : read_members(reader, "receiver_subtypes", MemberForm::class_only)) {
    record.behaviour.receiver_subtypes.push_back(std::move(subtype.text));
    record.receiver_places.push_back(std::move(subtype.place));
  }
  if (complaints.count() == complaints_before) check_context(reader, record);
  record.sound = complaints.count() == complaints_before;
  return record;
}

class BehaviourParser {
 public:
  explicit BehaviourParser(std::vector<Diagnostic>& diagnostics) : diagnostics_(diagnostics) {}

  void read(const SignatureSource& source) {
    std::vector<Diagnostic> own;
    FileComplaints complaints(source.path, own);
    if (const std::optional<TomlNode> document = parse_toml(source.path, source.text, own)) {
      read_document(source, complaints, *document);
    } else if (!source.category.empty()) {
      behaviours_complete_ = false;
    } else {
      if (is_shared(source, "groups.toml")) groups_complete_ = false;
      if (is_shared(source, "permissions.toml")) permissions_.permissions_complete = false;
      if (is_shared(source, "categories.toml")) shared_.categories_complete = false;
    }
    append_of_file(std::move(own), diagnostics_);
  }

  void require_categories(const std::vector<const SignatureSource*>& sources) {
    if (sources.empty() || std::any_of(sources.begin(), sources.end(), [](const SignatureSource* source) {
          return is_shared(*source, "categories.toml");
        })) {
      return;
    }
    shared_.categories_complete = false;
    complain({"categories.toml", 1, 1}, "expected the file categories.toml among the behaviours, found none",
             "it stands beside the files of behaviours");
  }

  BehaviourSet finish() {
    index(
        "category", shared_.categories,
        [](const CategoryRecord& r) -> const std::string& { return r.category.id; }, categories_);
    index(
        "group", groups_, [](const GroupRecord& r) -> const std::string& { return r.id; }, group_index_);
    index(
        "behaviour", records_, [](const BehaviourRecord& r) -> const std::string& { return r.behaviour.id; },
        behaviours_);
    for (BehaviourRecord& record : records_) {
      check_category(record);
      add_context_methods(record);
      check_receivers(record);
    }
    finish_permissions(
        permissions_, [&](std::string_view id) { return behaviours_.contains(id) || !behaviours_complete_; },
        [&](const SourcePlace& place, std::string message, std::string hint) {
          complain(place, std::move(message), std::move(hint));
        });
    return take();
  }

 private:
  template <typename Record>
  using Index = std::map<std::string_view, const Record*>;

  void complain(const SourcePlace& place, std::string message, std::string hint) {
    diagnostics_.push_back({place, std::move(message), std::move(hint)});
  }

  void read_document(const SignatureSource& source, FileComplaints& complaints, const TomlNode& document) {
    if (is_shared(source, "categories.toml")) {
      read_categories(complaints, document, shared_);
    } else if (is_shared(source, "groups.toml")) {
      read_groups(complaints, document);
    } else if (is_shared(source, "permissions.toml")) {
      read_permissions(complaints, document, permissions_);
    } else if (is_shared(source, "benign.toml")) {
      read_benign(complaints, document, permissions_);
    } else {
      const TableReader reader(complaints, document, "a file of behaviours", kBehaviourFileKeys);
      if (reader.require("behaviour") == nullptr) return;
      for (const TomlNode* table : reader.tables("behaviour")) {
        records_.push_back(read_behaviour(complaints, *table, source.category));
      }
    }
  }

  void read_groups(FileComplaints& complaints, const TomlNode& document) {
    const TableReader reader(complaints, document, "groups.toml", kGroupFileKeys);
    if (reader.require("group") == nullptr) return;
    for (const TomlNode* table : reader.tables("group")) {
      const TableReader fields(complaints, *table, "[[group]]", kGroupKeys);
      GroupRecord group;
      group.id_place = fields.place();
      if (std::optional<PlacedText> id = fields.required_identifier("id")) {
        group.id = std::move(id->text);
        group.id_place = std::move(id->place);
      }
      fields.require("methods");
      group.methods = read_members(fields, "methods", MemberForm::method);
      groups_.push_back(std::move(group));
    }
  }

  template <typename Record, typename IdOf>
  void index(std::string_view what, std::vector<Record>& records, const IdOf& id_of, Index<Record>& index) {
    for (Record& record : records) {
      const std::string& id = id_of(record);
      if (id.empty()) continue;
      const auto [first, is_new] = index.try_emplace(id, &record);
      if (is_new) continue;
      if constexpr (requires { record.sound; }) record.sound = false;
      complain(record.id_place,
               "expected an id of its own, found " + in_quotes(id) + ", which the " + std::string(what) +
                   " at " + to_string(first->second->id_place) + " has",
               "rename or merge them");
    }
  }

  template <typename Record>
  std::string guess(std::string_view id, const Index<Record>& index, std::string otherwise) {
    if (++guesses_ > kMaxGuesses) return otherwise;
    std::vector<std::string_view> ids;
    for (const auto& [known, record] : index) ids.push_back(known);
    std::string hint = did_you_mean(id, ids);
    return hint.empty() ? otherwise : hint;
  }

  void check_category(BehaviourRecord& record) {
    const std::string& id = record.behaviour.category;
    const auto found = categories_.find(id);
    if (found != categories_.end() && found->second->sound) return;
    record.sound = false;
    if (found != categories_.end() || !shared_.categories_complete) return;
    if (!unknown_categories_.insert(record.category_place.file).second) return;  // said of this file already
    complain(record.category_place,
             "expected the id of a category as the file's name, found " + in_quotes(id) + ", which none has",
             guess(id, categories_, "add it to categories.toml"));
  }

  void add_context_methods(BehaviourRecord& record) {
    std::vector<MemberRef>& members = record.behaviour.context_methods;
    std::map<std::string_view, std::string_view> group_of;  // method → the group that has it
    std::set<std::string> enough;
    for (const MemberRef& method : record.behaviour.methods) enough.insert(to_string(method));
    for (const PlacedText& id : record.groups) {
      const auto group = group_index_.find(id.text);
      if (group == group_index_.end()) {
        record.sound = false;
        if (!groups_complete_) continue;
        complain(id.place, "expected the id of a group, found " + in_quotes(id.text) + ", which none has",
                 guess(id.text, group_index_, "add it to groups.toml"));
        continue;
      }
      for (const PlacedMember& method : group->second->methods) {
        if (enough.contains(method.text)) {
          record.sound = false;
          complain(id.place,
                   in_quotes(method.text) + " stands in \"methods\" and in the group " + in_quotes(id.text),
                   "one call is enough, or it needs a context");
        }
        if (group_of.try_emplace(method.text, id.text).second) members.push_back(method.member);
      }
    }
    for (PlacedMember& method : record.context_methods) {
      const auto group = group_of.find(method.text);
      if (group == group_of.end()) {
        members.push_back(method.member);
        continue;
      }
      record.sound = false;
      complain(method.place,
               in_quotes(method.text) + " stands in \"context_methods\" and in the group " +
                   in_quotes(group->second),
               "leave it out");
    }
  }

  /// A receiver's class replaces the method's: it must be the class of one.
  void check_receivers(BehaviourRecord& record) {
    const Behaviour& behaviour = record.behaviour;
    if (!record.sound) return;
    std::set<std::string_view> owners;
    for (const std::vector<MemberRef>* list :
         {&behaviour.methods, &behaviour.weak_methods, &behaviour.context_methods}) {
      for (const MemberRef& member : *list) owners.insert(member.class_descriptor);
    }
    for (std::size_t i = 0; i < behaviour.receiver_subtypes.size(); ++i) {
      if (owners.contains(behaviour.receiver_subtypes[i])) continue;
      record.sound = false;
      complain(record.receiver_places[i],
               "expected the class of one of the methods in \"receiver_subtypes\", found " +
                   in_quotes(behaviour.receiver_subtypes[i]),
               "a call on a subclass counts as a call of that class's method");
    }
  }

  BehaviourSet take() {
    BehaviourSet set;
    for (CategoryRecord& record : shared_.categories) {
      if (!record.sound) continue;
      Category& category = record.category;
      set.categories.push_back({category.id, category.name, category.name_zh});
    }
    for (BehaviourRecord& record : records_) {
      if (record.sound) set.behaviours.push_back(record.behaviour);
    }
    const auto by_id = [](const auto& a, const auto& b) { return a.id < b.id; };
    std::sort(set.categories.begin(), set.categories.end(), by_id);
    std::sort(set.behaviours.begin(), set.behaviours.end(), by_id);
    set.permissions = std::move(permissions_.permissions);
    set.permission_rules = std::move(permissions_.rules);
    set.benign = std::move(permissions_.benign);
    return set;
  }

  std::vector<Diagnostic>& diagnostics_;
  Records shared_;  // its categories only
  std::vector<GroupRecord> groups_;
  std::vector<BehaviourRecord> records_;
  PermissionRecords permissions_;
  bool groups_complete_ = true, behaviours_complete_ = true;
  Index<CategoryRecord> categories_;
  Index<GroupRecord> group_index_;
  Index<BehaviourRecord> behaviours_;
  std::set<std::string> unknown_categories_;
  std::size_t guesses_ = 0;
};

}  // namespace

BehaviourSet parse_behaviours(const std::vector<SignatureSource>& sources,
                              std::vector<Diagnostic>& diagnostics) {
  std::vector<const SignatureSource*> ordered;
  for (const SignatureSource& source : sources) ordered.push_back(&source);
  std::stable_sort(ordered.begin(), ordered.end(), [](const SignatureSource* a, const SignatureSource* b) {
    return std::tie(a->path, a->category) < std::tie(b->path, b->category);
  });
  std::vector<Diagnostic> found;
  BehaviourParser parser(found);
  parser.require_categories(ordered);
  for (const SignatureSource* source : ordered) parser.read(*source);
  BehaviourSet set = parser.finish();
  sort_by_place(found);
  diagnostics.insert(diagnostics.end(), std::make_move_iterator(found.begin()),
                     std::make_move_iterator(found.end()));
  return set;
}

}  // namespace sdkprint
