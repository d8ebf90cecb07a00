#pragma once
// Reads the code of one dex file into DexFacts: the walk, and what is kept of what it finds.
#include <vector>

#include "behaviour/code_walk.h"
#include "behaviour/dex_references.h"
#include "behaviour/dex_tables.h"
#include "behaviour/method_uses.h"
#include "behaviour/use_events.h"

namespace sdkprint {

/// Borrows its arguments; belongs to one thread. `methods` may be null. Throws InputError when the file's
/// tables cannot be read.
class CodeReader {
 public:
  CodeReader(const CatalogueIndex& index, const DexFile& dex, const DexMethods* methods,
             std::size_t& uses_left, ReadBudget& budget, ReadLog& log, DexFacts& facts);
  /// Before run(): tells who loads these strings (ascending). Borrows both.
  void watch(const std::vector<std::uint32_t>& strings, std::vector<StringUser>& users);
  void run();

 private:
  struct Work {
    std::uint32_t method;
    Bytes insns;
  };
  /// The method (by its number, from 1 on) that an edge to a row was last seen in, as each edge is kept once;
  /// kNoEdge: calls of the row are none.
  using Seen = std::vector<std::uint16_t>;
  static constexpr std::uint16_t kNoEdge = 0xffff;

  void walk_batch();
  void take_number();
  void close_methods(std::uint32_t end);
  void add_work(std::uint32_t method);
  void read_method(const Work& work, std::span<const CodeHit> hits);
  void read_hit(const Work& work, const CodeHit& hit);
  void read_string(const Work& work, std::uint32_t pc, std::uint32_t string);
  void read_call(const CodeHit& hit);
  void read_static_field(const Work& work, const CodeHit& hit);
  void add_edge(EdgeKind kind, std::uint16_t target, std::uint32_t pc);
  void add_once(Seen& seen, EdgeKind kind, std::uint16_t target, std::uint32_t pc);
  void find_reflection(const Work& work, bool makes_objects);
  void reflect(EdgeKind kind, std::uint32_t pc, std::string_view name);
  void keep_uses(std::uint32_t method, const DexCode& code);
  void keep_pending(std::uint32_t method, const DexCode& code);
  void find_overrides();
  void add_override(std::uint32_t method, std::uint32_t text);
  std::uint32_t line(const DexCode& code, std::uint32_t pc);
  void broken(std::uint32_t method, const InputError& error);
  bool is_full();
  bool is_over();

  const CatalogueIndex& index_;
  const DexFile& dex_;
  std::size_t& uses_left_;
  ReadBudget& budget_;
  ReadLog& log_;
  DexFacts& facts_;
  DexTables tables_;
  DexReferences references_;
  CodeWalk walk_;
  EventReader events_;
  MethodUses meanings_;
  std::vector<std::uint32_t> work_;  // methods of the batch
  std::vector<Bytes> insns_;         // of each
  Seen called_in_, dispatched_in_, made_in_, initialized_in_;
  const std::vector<std::uint32_t>* watched_ = nullptr;
  std::vector<StringUser>* users_ = nullptr;
  std::uint32_t method_ = 0;  // the first whose edges are not complete
  std::uint16_t number_ = 0;
};

}  // namespace sdkprint
