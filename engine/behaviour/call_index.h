#pragma once
// The call graph backwards: who calls a method, whether or not that code was reached. Virtual calls may lead
// to every override below the class that they name (class hierarchy analysis), made or not.
//
// Edges are kept in lists, one for each thing that instructions of a unit name: a row of method_ids that is
// called virtually, one that is called as what it is, a type of which objects are made, one that is
// initialised. What leads to a method is told as lists: a list that leads to all overrides of a method is
// there once, not once for each of them.
#include <array>
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

  /// A list whose callers lead to a method, and how.
  struct Source {
    std::uint32_t list;
    StepKind kind;
  };

  CallIndex(const AppClasses& classes, CallbackTable& callbacks, StepCounter& counter);

  std::uint32_t list_count() const { return no_list_; }
  /// Methods, ascending.
  std::span<const std::uint32_t> callers(std::uint32_t list) const {
    return std::span(callers_).subspan(begin_[list], begin_[list + 1] - begin_[list]);
  }
  /// All that lead to the method in one step. None of the lists is empty.
  void sources(std::uint32_t method, std::vector<Source>& out);
  /// Those that call the method, directly or over others, `depth` steps up; nearest first, at most `limit`.
  /// Only calls count: neither callbacks nor initialisers.
  void callers(std::uint32_t method, std::uint32_t depth, std::size_t limit, std::vector<CallSite>& out);
  /// The platform may call it back once there is an object.
  Callback callback(std::uint32_t method);

 private:
  /// A row of method_ids that code calls and that may lead to a method of another class.
  struct Called {
    std::uint64_t signature;
    std::uint32_t index;              ///< the class that it names
    std::uint32_t dispatches, calls;  ///< lists
    bool operator<(const Called& other) const {
      return signature != other.signature ? signature < other.signature : index < other.index;
    }
  };
  struct Named {
    std::uint32_t unit, type;
  };
  using FirstLists = std::array<std::uint32_t, kEdgeKindCount>;
  /// The list that an edge of a unit stands in; no_list_ or more: none.
  class ListOfEdge {
   public:
    ListOfEdge(const FirstLists& first, const DexFacts& facts)
        : first_(first), places_(facts.edge_places.data()), targets_(facts.edge_targets.data()) {}
    std::uint32_t operator()(std::size_t edge) const {
      return first_[places_[edge] >> DexFacts::kPcBits] + targets_[edge];
    }

   private:
    FirstLists first_;
    const std::uint32_t* places_;
    const std::uint16_t* targets_;
  };

  void number_lists();
  void build_lists();
  void build_called();
  void build_types();
  std::uint32_t list_of(std::uint32_t unit, EdgeKind kind, std::uint32_t target) const {
    return first_lists_[unit][static_cast<std::size_t>(kind)] + target;
  }
  std::size_t bucket(std::uint64_t signature) const { return signature >> signature_shift_; }
  bool may_be_called(std::uint64_t signature) const {
    const std::uint64_t bit = signature % (64 * kSignatureWords);
    return (signatures_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  std::span<const Called> called(std::uint64_t signature) const;
  void add_source(std::uint32_t list, StepKind kind, std::vector<Source>& out) const;
  void add_called(std::span<const Called> called, bool is_exact, std::vector<Source>& out);
  void add_calls(std::uint32_t method, std::vector<Source>& out);
  bool is_simple(std::uint32_t own, std::span<const Called> called) const;
  void add_calls_of_relatives(std::uint32_t method, std::span<const Called> called, std::vector<Source>& out);
  bool inherits(std::uint32_t index, std::uint32_t from, std::uint32_t method);
  void add_calls_of_named(std::span<const Called> called, std::vector<Source>& out);
  void find_named_classes(std::uint32_t method);
  void add_inheriting(std::uint32_t method);
  void add_ancestors();
  void add_initializers(std::uint32_t method, std::vector<Source>& out);
  void add_callbacks(std::uint32_t method, StepKind kind, std::vector<Source>& out);
  void add_makers(std::uint32_t index, bool initializes, StepKind kind, std::vector<Source>& out);
  std::uint32_t pc(std::uint32_t caller, std::uint32_t list);
  void find_callers(std::uint32_t method);

  const AppClasses& classes_;
  StepCounter& counter_;
  CallbackTable& callbacks_;
  std::vector<FirstLists> first_lists_;  // by unit
  std::uint32_t no_list_ = 0;            // the first that is none
  std::vector<std::uint32_t> begin_;     // by list
  std::vector<std::uint32_t> callers_;
  /// Bits of the signatures that are called: small enough for a cache, and most are not among them.
  static constexpr std::size_t kSignatureWords = 4096;
  std::vector<std::uint64_t> signatures_;
  int signature_shift_ = 0;
  std::vector<std::uint32_t> called_begin_;   // by a signature's highest bits
  std::vector<Called> called_;                // sorted
  std::vector<std::uint32_t> types_begin_;    // by class
  std::vector<Named> types_;                  // that name the class
  std::vector<std::uint32_t> named_classes_;  // that calls of the method in question may name
  std::size_t inheriting_ = 0;                // so many of them run that very method, the others may
  std::vector<std::uint32_t> seen_, named_;   // by class: the last question
  std::uint32_t question_ = 0;
  std::vector<Source> sources_;
  std::vector<CallSite> sites_;
  std::uint64_t initializer_ = AppClasses::signature(descriptor_hash("<clinit>"), "()V");
};

}  // namespace sdkprint
