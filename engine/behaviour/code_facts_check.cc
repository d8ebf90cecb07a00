#include "behaviour/code_facts_check.h"

#include <algorithm>

namespace sdkprint {
namespace {

constexpr std::uint32_t kNone = DexFacts::kNone;

template <typename T>
bool is_row(std::uint64_t index, const std::vector<T>& rows) {
  return index < rows.size();
}

/// Ends ascend from `begin`, and the last one is `end`.
template <typename Rows, typename End>
bool are_ends(const Rows& rows, std::uint64_t begin, std::uint64_t end, End end_of) {
  for (const auto& row : rows) {
    if (end_of(row) < begin) return false;
    begin = end_of(row);
  }
  return begin == end;
}

class Check {
 public:
  Check(const CatalogueIndex& index, const DexFacts& dex) : index_(index), dex_(dex) {}

  const char* run() const {
    if (!texts()) return "texts do not fit";
    if (!protos()) return "a type of a proto or method does not exist";
    if (!classes()) return "a class refers to what does not exist";
    if (!edges()) return "an edge leads to what does not exist";
    if (!std::all_of(dex_.uses.begin(), dex_.uses.end(),
                     [&](const DexFacts::UseRow& row) { return use(row); })) {
      return "a use refers to what does not exist";
    }
    if (!pending()) return "a pending use refers to what does not exist";
    if (!overrides()) return "an override refers to what does not exist";
    return nullptr;
  }

 private:
  bool type(std::uint32_t index) const { return is_row(index, dex_.type_ends); }
  bool type_or_none(std::uint32_t index) const { return index == kNone || type(index); }
  bool member(std::uint32_t id) const { return id < index_.member_count(); }
  bool text(std::uint64_t id) const { return id < index_.texts().size(); }

  bool texts() const {
    const auto itself = [](std::uint32_t end) { return end; };
    const std::uint32_t types_end = dex_.type_ends.empty() ? 0 : dex_.type_ends.back();
    return are_ends(dex_.type_ends, 0, types_end, itself) &&
           are_ends(dex_.name_ends, types_end, dex_.text.size(), itself);
  }

  bool protos() const {
    return are_ends(dex_.protos, 0, dex_.parameters.size(),
                    [](const DexFacts::Proto& row) { return row.parameters_end; }) &&
           std::all_of(dex_.protos.begin(), dex_.protos.end(),
                       [&](const DexFacts::Proto& row) { return type_or_none(row.return_type); }) &&
           std::all_of(dex_.parameters.begin(), dex_.parameters.end(),
                       [&](std::uint16_t row) { return type(row); }) &&
           std::all_of(dex_.method_ids.begin(), dex_.method_ids.end(), [&](const DexFacts::MethodId& row) {
             return row.name == kNone || is_row(row.name, dex_.name_ends);
           });
  }

  bool classes() const {
    const auto is_sound = [&](const DexFacts::Class& row) {
      return type(row.type) && type_or_none(row.superclass);
    };
    return std::all_of(dex_.classes.begin(), dex_.classes.end(), is_sound) &&
           std::all_of(dex_.interfaces.begin(), dex_.interfaces.end(),
                       [&](std::uint32_t row) { return type(row); }) &&
           are_ends(dex_.classes, 0, dex_.interfaces.size(),
                    [](const DexFacts::Class& row) { return row.interfaces_end; }) &&
           are_ends(dex_.classes, 0, dex_.methods.size(),
                    [](const DexFacts::Class& row) { return row.methods_end; }) &&
           std::all_of(dex_.methods.begin(), dex_.methods.end(),
                       [&](const DexFacts::Method& row) { return is_row(row.id, dex_.method_ids); });
  }

  bool edges() const {
    if (dex_.edge_targets.size() != dex_.edge_places.size()) return false;
    if (!are_ends(dex_.methods, 0, dex_.edge_targets.size(),
                  [](const DexFacts::Method& row) { return row.edges_end; })) {
      return false;
    }
    for (std::size_t i = 0; i < dex_.edge_targets.size(); ++i) {
      if (!edge(dex_.edge_places[i] >> DexFacts::kPcBits, dex_.edge_targets[i])) return false;
    }
    return true;
  }

  bool edge(std::uint32_t kind, std::uint16_t target) const {
    if (kind >= kEdgeKindCount) return false;
    switch (static_cast<EdgeKind>(kind)) {
      case EdgeKind::make:
      case EdgeKind::initialize:
        return type(target);
      case EdgeKind::reflect:
      case EdgeKind::reflect_make:
        return is_row(target, dex_.reflected);
      default:
        return is_row(target, dex_.method_ids);
    }
  }

  bool use(const DexFacts::UseRow& row) const {
    const Sighting& sighting = row.sighting;
    if (!is_row(row.method, dex_.methods) || sighting.behaviour >= index_.rules().size()) return false;
    if (sighting.member != kNone && !member(sighting.member)) return false;
    const std::uint64_t item = static_cast<std::uint64_t>(sighting.item);
    switch (sighting.item_kind) {
      case Sighting::Item::text:
        return text(item);
      case Sighting::Item::member:
        return item < index_.member_count();
      case Sighting::Item::method:
        return is_row(item, dex_.method_ids);
      case Sighting::Item::integer:
      case Sighting::Item::none:
        break;
    }
    return true;
  }

  bool pending() const {
    if (dex_.events.size() != dex_.event_lines.size()) return false;
    if (!are_ends(dex_.pending_methods, 0, dex_.events.size(),
                  [](const DexFacts::PendingMethod& row) { return row.events_end; })) {
      return false;
    }
    std::uint32_t begin = 0;
    for (const DexFacts::PendingMethod& row : dex_.pending_methods) {
      if (!is_row(row.method, dex_.methods)) return false;
      // Lines are found by pc.
      if (!std::is_sorted(dex_.events.begin() + begin, dex_.events.begin() + row.events_end,
                          [](const UseEvent& a, const UseEvent& b) { return a.pc < b.pc; })) {
        return false;
      }
      begin = row.events_end;
    }
    return std::all_of(dex_.events.begin(), dex_.events.end(),
                       [&](const UseEvent& row) { return event(row); }) &&
           std::all_of(dex_.pending_calls.begin(), dex_.pending_calls.end(),
                       [&](const DexFacts::PendingCall& row) {
                         return is_row(row.id, dex_.method_ids) && type(row.type) && text(row.text);
                       });
  }

  bool event(const UseEvent& row) const {
    switch (row.kind) {
      case UseEvent::Kind::call:
        return member(row.id) && row.role < index_.member(row.id).roles.size() &&
               is_row(row.method_idx, dex_.method_ids);
      case UseEvent::Kind::pending_call:
        return is_row(row.id, dex_.pending_calls);
      case UseEvent::Kind::field:
        return member(row.id) && is_field(index_.member(row.id));
      case UseEvent::Kind::text:
        return text(row.id);
      case UseEvent::Kind::class_literal:
      case UseEvent::Kind::cast:
        return row.id < index_.class_count();
    }
    return false;
  }

  static bool is_field(const CatalogueIndex::Member& member) {
    return std::all_of(member.roles.begin(), member.roles.end(), [](const CatalogueIndex::Role& role) {
      return role.role == MemberRole::field || role.role == MemberRole::context_field;
    });
  }

  bool overrides() const {
    return std::all_of(dex_.overrides.begin(), dex_.overrides.end(), [&](const DexFacts::OverrideRow& row) {
      return is_row(row.method, dex_.methods) && text(row.text);
    });
  }

  const CatalogueIndex& index_;
  const DexFacts& dex_;
};

}  // namespace

const char* find_fault(const CatalogueIndex& index, const DexFacts& dex) { return Check(index, dex).run(); }

}  // namespace sdkprint
