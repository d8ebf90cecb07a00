#pragma once
// The hot loop: finds in the code of many methods the instructions that refer to something marked.
//
// Where an instruction begins is known only when the width of the one before it is: a chain of two loads and
// an addition that a processor cannot hurry. So two methods are walked side by side, whose chains do not wait
// for each other, and what is found is written without a branch, since nobody could predict it.
#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "behaviour/dex_references.h"
#include "format/bytecode.h"

namespace sdkprint {

/// An instruction that refers to something marked.
struct CodeHit {
  std::uint32_t pc;
  std::uint16_t index;  ///< 0 where the index does not fit (const-string/jumbo)
  std::uint8_t opcode;
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
  std::span<const CodeHit> hits(std::size_t method) const;
  /// Why the walk did not come to the method's end.
  const std::optional<InputError>& error(std::size_t method) const { return jobs_[method].error; }

 private:
  struct Job {
    std::uint32_t lane = 0;
    std::size_t begin = 0, end = 0;
    std::optional<InputError> error;
  };
  struct Lane;
  class Step;
  bool start(Lane& lane, std::span<const Bytes> methods, std::size_t& next);
  void stop(Lane& lane);
  void walk_both(Lane& first, Lane& second) const;
  void walk_alone(Lane& lane, const CodeHit* last) const;
  void walk_long(Lane& lane);

  const DexReferences& references_;
  std::vector<Job> jobs_;
  std::vector<CodeHit> buffers_[2];
};

}  // namespace sdkprint
