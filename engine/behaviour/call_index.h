#pragma once
// The call graph backwards: who calls a method, whether or not that code was reached. Virtual calls may lead
// to every override below the class that they name (class hierarchy analysis), made or not.
//
// Edges are kept in lists, one for each thing that instructions of a unit name: a row of method_ids that is
// called virtually, one that is called as what it is, a type of which objects are made, one that is
// initialised. What leads to a method is told as lists: a list that leads to all overrides of a method is
// there once, not once for each of them.
#include <cstdint>
#include <span>
#include <vector>

#include "behaviour/callback_table.h"
#include "behaviour/step_counter.h"

namespace sdkprint {

struct CallSite {
  std::uint32_t method;  ///< the caller
  std::uint32_t pc;      ///< of the instruction
  StepKind kind;         ///< how it leads to the one called
  std::uint32_t depth = 1;
  std::uint32_t callee = 0xffffffff;  ///< the method it calls
};

/// Borrows its arguments; belongs to one thread. Everything throws OverBudget.
class CallIndex {
 public:
  static constexpr std::uint32_t kNone = AppClasses::kNone;

  struct Caller {
    std::uint32_t method, pc;
  };
  /// A list whose callers lead to a method, and how.
  struct Source {
    std::uint32_t list;
    StepKind kind;
  };

  CallIndex(const AppClasses& classes, StepCounter& counter);

  std::uint32_t list_count() const { return static_cast<std::uint32_t>(begin_.size() - 2); }
  /// By method; each method once.
  std::span<const Caller> callers(std::uint32_t list) const {
    return std::span(callers_).subspan(begin_[list], begin_[list + 1] - begin_[list]);
  }
  /// Calls visit(list) for each list that the method stands in.
  template <typename Visit>
  void for_each_list(std::uint32_t method, Visit visit) const;

  /// All that lead to the method in one step. None of the lists is empty.
  void sources(std::uint32_t method, std::vector<Source>& out);
  /// Those that call the method, directly or over others, `depth` steps up; nearest first, at most `limit`.
  /// Only calls count: neither callbacks nor initialisers.
  void callers(std::uint32_t method, std::uint32_t depth, std::size_t limit, std::vector<CallSite>& out);
  /// The platform may call it back once there is an object.
  Callback callback(std::uint32_t method);

 private:
  /// A row of method_ids that code calls, by what it names.
  struct Called {
    std::uint64_t signature;
    std::uint32_t dispatches, calls;  ///< lists
  };
  struct Named {
    std::uint32_t unit, type;
  };

  void build_lists();
  void build_called();
  void build_types();
  std::uint32_t list_of(std::uint32_t unit, EdgeKind kind, std::uint32_t target) const;
  std::span<const Called> called(std::uint32_t index, std::uint64_t signature) const;
  void add_source(std::uint32_t list, StepKind kind, std::vector<Source>& out) const;
  void add_calls(std::uint32_t method, std::vector<Source>& out);
  void find_named_classes(std::uint32_t method);
  void add_inheriting(std::uint32_t method);
  void add_initializers(std::uint32_t method, std::vector<Source>& out);
  void add_callbacks(std::uint32_t method, StepKind kind, std::vector<Source>& out);
  void add_makers(std::uint32_t index, bool initializes, StepKind kind, std::vector<Source>& out);
  void find_callers(std::uint32_t method);

  const AppClasses& classes_;
  StepCounter& counter_;
  CallbackTable callbacks_;
  std::vector<std::uint32_t> first_list_;  // by unit
  std::vector<std::uint32_t> begin_;       // by list
  std::vector<Caller> callers_;
  std::vector<std::uint32_t> called_begin_;   // by class
  std::vector<Called> called_;                // that name the class; by signature
  std::vector<std::uint32_t> types_begin_;    // by class
  std::vector<Named> types_;                  // that name the class
  std::vector<std::uint32_t> named_classes_;  // that calls of the method in question may name
  std::size_t inheriting_ = 0;                // so many of them run that very method, the others may
  std::vector<std::uint32_t> seen_;           // by class: the last question
  std::uint32_t question_ = 0;
  std::vector<Source> sources_;
  std::vector<CallSite> sites_;
  std::uint64_t initializer_ = AppClasses::signature(descriptor_hash("<clinit>"), "()V");
};

inline std::uint32_t CallIndex::list_of(std::uint32_t unit, EdgeKind kind, std::uint32_t target) const {
  const DexFacts& facts = *classes_.units()[unit].facts;
  const std::uint32_t methods = static_cast<std::uint32_t>(facts.method_ids.size());
  const std::uint32_t types = static_cast<std::uint32_t>(facts.type_hashes.size());
  switch (kind) {
    case EdgeKind::dispatch:
      return first_list_[unit] + target;
    case EdgeKind::direct:
    case EdgeKind::static_call:
    case EdgeKind::super:
      return first_list_[unit] + methods + target;
    case EdgeKind::make:
      return first_list_[unit] + 2 * methods + target;
    case EdgeKind::initialize:
      return first_list_[unit] + 2 * methods + types + target;
    case EdgeKind::reflect:
    case EdgeKind::reflect_make:
      break;  // lead to no method that is looked for
  }
  return kNone;
}

template <typename Visit>
void CallIndex::for_each_list(std::uint32_t method, Visit visit) const {
  const std::uint32_t unit = classes_.at(classes_.class_of_method(method)).unit;
  const DexFacts& facts = *classes_.units()[unit].facts;
  const std::uint32_t row = method - classes_.units()[unit].first_method;
  for (std::uint32_t edge = row == 0 ? 0 : facts.methods[row - 1].edges_end;
       edge < facts.methods[row].edges_end; ++edge) {
    const EdgeKind kind = static_cast<EdgeKind>(facts.edge_places[edge] >> DexFacts::kPcBits);
    const std::uint32_t list = list_of(unit, kind, facts.edge_targets[edge]);
    if (list != kNone) visit(list);
  }
}

}  // namespace sdkprint
