#pragma once
// The hot loop: finds in the code of many methods the instructions that refer to something marked.
//
// Where an instruction begins is known only when the width of the one before it is: a chain of two loads and
// an addition that a processor cannot hurry. So some methods are walked side by side, each in a lane of its
// own; their chains do not wait for each other. A lane that comes to the end of its method takes the next
// one. What is found is written without a branch, since nobody could predict it.
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/error.h"
#include "behaviour/dex_references.h"
#include "format/bytecode.h"

namespace sdkprint {

/// An instruction that refers to something marked.
struct CodeHit {
  std::uint32_t units;  ///< the first two, the second one 0 where it is no index (const-string/jumbo)
  std::uint32_t pc;
  std::uint8_t opcode() const { return static_cast<std::uint8_t>(units); }
  std::uint16_t index() const { return static_cast<std::uint16_t>(units >> 16); }
};

/// Borrows the references; memory is reused from batch to batch. Belongs to one thread.
class CodeWalk {
 public:
  /// No compiler comes near: a method's branches reach 32 Ki units at most in practice.
  static constexpr std::size_t kHitsPerMethod = std::size_t{1} << 16;

  explicit CodeWalk(const DexReferences& references) : references_(references) {}

  /// Walks the code of some methods.
  void walk(std::span<const Bytes> methods);
  /// In the order of the code; valid until the next walk.
  std::span<const CodeHit> hits(std::size_t method) const {
    const Job& job = jobs_[method];
    return {buffers_[job.lane].get() + job.begin, job.end - job.begin};
  }
  bool has_errors() const { return !errors_.empty(); }
  /// Why the walk did not come to the method's end, or null.
  const InputError* error(std::size_t method) const;

 private:
  static constexpr std::uint32_t kLanes = 3;  // two were slower; what they hold fills the registers of x86-64

  struct Job {
    std::uint32_t lane = 0, begin = 0, end = 0;  // of hits
  };
  /// What a lane walks, and from where on.
  struct Turn {
    Bytes insns;  // empty: there is nothing left
    std::uint32_t pc;
    CodeHit* out;
  };
  struct Lane;
  class Step;

  std::uint32_t irregular_width(std::size_t method, Bytes insns, std::uint32_t pc);
  CodeHit* cut_off(std::size_t method, Bytes insns, const CodeHit* begin, CodeHit* out);
  bool is_inside(std::size_t method, Turn& turn, const CodeHit* begin);
  Turn start(std::uint32_t lane, CodeHit* out);
  Turn next_turn(std::uint32_t lane, Turn turn);
  CodeHit* walk_long(std::size_t method, Turn turn);
  bool advance(std::uint32_t number, const Step& step, Lane& lane);
  void walk_lanes();

  const DexReferences& references_;
  std::span<const Bytes> methods_;
  std::size_t next_ = 0;
  std::array<std::size_t, kLanes> current_{};  // the method that a lane walks
  std::vector<Job> jobs_;
  std::array<std::unique_ptr<CodeHit[]>, kLanes> buffers_;
  std::size_t room_ = 0;                                    // in each of them
  std::vector<std::pair<std::size_t, InputError>> errors_;  // by method
};

}  // namespace sdkprint
