#include "behaviour/code_walk.h"

#include <algorithm>

namespace sdkprint {
namespace {

constexpr const char* kWhat = "dex code";

/// 0 when there is no instruction: whoever wants to know why asks again.
[[gnu::noinline]] std::uint32_t width_or_none(Bytes insns, std::uint32_t pc) {
  try {
    return bytecode::irregular_width(Reader(insns, kWhat), static_cast<std::uint32_t>(insns.size() / 2), pc);
  } catch (const InputError&) {
    return 0;
  }
}

}  // namespace

/// A method being walked.
struct CodeWalk::Lane {
  std::uint32_t number = 0;
  std::uint32_t pc = 0, end = 0;  // in units; `end` comes early where the code is broken
  std::size_t method = 0, found = 0;
  Bytes insns;
  CodeHit* hits = nullptr;  // room for one in each unit that is left
  std::uint32_t size() const { return static_cast<std::uint32_t>(insns.size() / sizeof(std::uint16_t)); }
  bool is_running() const { return pc < end; }
};

/// The same while it is walked, in variables that nothing points to, so that they stay in registers.
class CodeWalk::Step {
 public:
  explicit Step(const DexReferences& references)
      : marks_(references.marks().data()), bits_(references.bits().data()) {}

  [[gnu::always_inline]] void operator()(const UnitReader& units, std::uint32_t& pc, std::uint32_t& end,
                                         CodeHit*& out) const {
    const std::uint16_t unit = units.at(pc);
    const DexReferences::Mark mark = marks_[unit & 0xff];
    std::uint32_t width = mark.width;
    // One comparison for "no fixed width" (0 wraps around) and "does not fit".
    if (width - 1 >= units.size() - pc) [[unlikely]] {
      width = width_or_none(units.bytes(), pc);
      if (width == 0) {
        end = pc;
        return;
      }
    }
    const std::uint32_t index = units.at(pc + (mark.index_mask & 1u)) & mark.index_mask;
    const std::uint64_t bit = std::uint64_t{mark.first_bit} + index;
    *out = {pc, static_cast<std::uint16_t>(index), static_cast<std::uint8_t>(unit)};
    out += bits_[bit / 64] >> (bit % 64) & 1;
    pc += width;
  }

 private:
  const DexReferences::Mark* marks_;
  const std::uint64_t* bits_;
};

/// Takes the next method. False when there is none.
bool CodeWalk::start(Lane& lane, std::span<const Bytes> methods, std::size_t& next) {
  while (next < methods.size()) {
    const std::size_t method = next++;
    lane.insns = methods[method];
    const std::size_t room = lane.found + std::min<std::size_t>(lane.size(), kHitsPerMethod);
    std::vector<CodeHit>& buffer = buffers_[lane.number];
    if (buffer.size() < room) buffer.resize(2 * room);
    jobs_[method].lane = lane.number;
    jobs_[method].begin = jobs_[method].end = lane.found;
    lane.method = method;
    lane.hits = buffer.data();
    lane.pc = 0;
    lane.end = lane.size();
    if (lane.size() <= kHitsPerMethod) return true;
    walk_long(lane);
    stop(lane);
  }
  return false;
}

void CodeWalk::stop(Lane& lane) {
  Job& job = jobs_[lane.method];
  job.end = lane.found;
  if (lane.end == lane.size() || job.error) return;
  try {
    bytecode::irregular_width(Reader(lane.insns, kWhat), lane.size(), lane.pc);
  } catch (const InputError& error) {
    job.error = error;
  }
}

/// Until one of them ends.
void CodeWalk::walk_both(Lane& first, Lane& second) const {
  const Step step(references_);
  const UnitReader units_a(first.insns, kWhat), units_b(second.insns, kWhat);
  std::uint32_t pc_a = first.pc, pc_b = second.pc, end_a = first.end, end_b = second.end;
  CodeHit *out_a = first.hits + first.found, *out_b = second.hits + second.found;
  while (pc_a < end_a && pc_b < end_b) {
    step(units_a, pc_a, end_a, out_a);
    step(units_b, pc_b, end_b, out_b);
  }
  first.pc = pc_a, first.end = end_a, first.found = static_cast<std::size_t>(out_a - first.hits);
  second.pc = pc_b, second.end = end_b, second.found = static_cast<std::size_t>(out_b - second.hits);
}

/// Until it ends, or what is found reaches `last`.
void CodeWalk::walk_alone(Lane& lane, const CodeHit* last) const {
  const Step step(references_);
  const UnitReader units(lane.insns, kWhat);
  std::uint32_t pc = lane.pc, end = lane.end;
  CodeHit* out = lane.hits + lane.found;
  while (pc < end && out != last) step(units, pc, end, out);
  lane.pc = pc, lane.end = end, lane.found = static_cast<std::size_t>(out - lane.hits);
}

/// Code without end, of a file that no compiler wrote: as far as there is room.
void CodeWalk::walk_long(Lane& lane) {
  // The last one is written before it is known whether it counts.
  walk_alone(lane, lane.hits + lane.found + kHitsPerMethod - 1);
  if (!lane.is_running()) return;
  jobs_[lane.method].error =
      InputError(InputError::Kind::limit, "more references of interest than any compiler writes");
}

void CodeWalk::walk(std::span<const Bytes> methods) {
  jobs_.assign(methods.size(), {});
  std::size_t next = 0;
  Lane a, b;
  b.number = 1;
  bool runs_a = start(a, methods, next), runs_b = start(b, methods, next);
  while (runs_a || runs_b) {
    if (runs_a && runs_b) {
      walk_both(a, b);
    } else {
      Lane& lane = runs_a ? a : b;
      const std::vector<CodeHit>& buffer = buffers_[lane.number];
      walk_alone(lane, buffer.data() + buffer.size());
    }
    if (runs_a && !a.is_running()) stop(a), runs_a = start(a, methods, next);
    if (runs_b && !b.is_running()) stop(b), runs_b = start(b, methods, next);
  }
}

std::span<const CodeHit> CodeWalk::hits(std::size_t method) const {
  const Job& job = jobs_[method];
  return std::span(buffers_[job.lane]).subspan(job.begin, job.end - job.begin);
}

}  // namespace sdkprint
