#pragma once
// The call graph backwards: who calls a method, whether or not that code was reached. Virtual calls may lead
// to every override below the class that they name (class hierarchy analysis), made or not.
#include <cstdint>
#include <utility>
#include <vector>

#include "behaviour/callback_table.h"
#include "behaviour/step_counter.h"

namespace sdkprint {

struct CallSite {
  std::uint32_t method;  ///< the caller
  std::uint32_t pc;      ///< of the instruction
  StepKind kind;         ///< how it leads to the one called
  std::uint32_t depth = 1;
  std::uint32_t callee = 0xffffffff;  ///< the method it calls; only told by the search over several steps
};

/// Borrows its arguments; belongs to one thread. Built when it is first asked. Everything throws OverBudget.
class CallIndex {
 public:
  static constexpr std::uint32_t kNone = AppClasses::kNone;

  CallIndex(const AppClasses& classes, StepCounter& counter)
      : classes_(classes), counter_(counter), callbacks_(classes), seen_(classes.size()) {}

  /// All that lead to the method in one step, each once, by number.
  void callers(std::uint32_t method, std::vector<CallSite>& out);
  /// Those that call it, directly or over others, `depth` steps up; nearest first, at most `limit`. Only
  /// calls count: neither callbacks nor initialisers.
  void callers(std::uint32_t method, std::uint32_t depth, std::size_t limit, std::vector<CallSite>& out);
  /// The platform may call it back once there is an object.
  Callback callback(std::uint32_t method);

 private:
  /// Edges of one unit by what they lead to: rows of method_ids, then types made, then types initialised.
  struct Incoming {
    std::vector<std::uint32_t> begin, edges;
  };
  struct Named {
    std::uint32_t unit, row;  ///< of method_ids, or of types
  };

  void build();
  void build_unit(std::uint32_t unit);
  void build_calls();
  void build_types();
  std::span<const std::uint32_t> incoming(std::uint32_t unit, std::size_t target) const;
  CallSite site(std::uint32_t unit, std::uint32_t edge, StepKind kind) const;
  EdgeKind edge_kind(std::uint32_t unit, std::uint32_t edge) const;
  void add_calls(std::uint32_t method, std::vector<CallSite>& out);
  void find_named_classes(std::uint32_t method);
  void add_inheriting(std::uint32_t method);
  void add_initializers(std::uint32_t method, std::vector<CallSite>& out);
  void add_callbacks(std::uint32_t method, StepKind kind, std::vector<CallSite>& out);
  void add_makers(std::uint32_t index, bool initializes, StepKind kind, std::vector<CallSite>& out);

  const AppClasses& classes_;
  StepCounter& counter_;
  CallbackTable callbacks_;
  bool is_built_ = false;
  std::vector<Incoming> incoming_;            // by unit
  std::vector<Named> called_;                 // rows of method_ids
  HashIndex by_call_;                         // of called_, by class named and signature
  std::vector<std::uint32_t> types_begin_;    // by class
  std::vector<Named> types_;                  // that name the class
  std::vector<std::uint32_t> named_classes_;  // that calls of the method in question may name
  std::size_t inheriting_ = 0;                // so many of them run that very method, the others may
  std::vector<std::uint32_t> seen_;           // by class: the last question
  std::uint32_t question_ = 0;
  std::uint64_t initializer_ = AppClasses::signature(descriptor_hash("<clinit>"), "()V");
};

}  // namespace sdkprint
