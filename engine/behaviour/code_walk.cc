#include "behaviour/code_walk.h"

#include <algorithm>

namespace sdkprint {
namespace {

/// 0 when there is no instruction: whoever wants to know why asks again.
[[gnu::noinline]] std::uint32_t width_or_none(Reader reader, std::uint32_t size, std::uint32_t pc) {
  try {
    return bytecode::irregular_width(reader, size, pc);
  } catch (const InputError&) {
    return 0;
  }
}

}  // namespace

/// A method being walked.
struct CodeWalk::Lane {
  std::uint32_t number = 0;
  std::uint32_t pc = 0, end = 0, size = 0;  // in units; ends early where the code is broken
  std::size_t method = 0, found = 0;
  Reader reader{{}, "dex code"};
  CodeHit* hits = nullptr;  // room for one in each unit that is left
  bool is_running() const { return pc < end; }
};

/// Takes the next method. False when there is none.
bool CodeWalk::start(Lane& lane, std::span<const Bytes> methods, std::size_t& next) {
  while (next < methods.size()) {
    const std::size_t method = next++;
    const std::size_t units = methods[method].size() / 2;
    std::vector<CodeHit>& buffer = buffers_[lane.number];
    if (buffer.size() < lane.found + kHitsPerMethod) buffer.resize(2 * (lane.found + kHitsPerMethod));
    jobs_[method].lane = lane.number;
    jobs_[method].begin = jobs_[method].end = lane.found;
    lane.reader = Reader(methods[method], "dex code");
    lane.method = method;
    lane.hits = buffer.data();
    lane.pc = 0;
    lane.size = lane.end = static_cast<std::uint32_t>(units);
    if (units <= kHitsPerMethod) return true;
    walk_long(lane);
    stop(lane);
  }
  return false;
}

void CodeWalk::stop(Lane& lane) {
  Job& job = jobs_[lane.method];
  job.end = lane.found;
  if (lane.end == lane.size || job.error) return;
  try {
    bytecode::irregular_width(lane.reader, lane.size, lane.pc);
  } catch (const InputError& error) {
    job.error = error;
  }
}

inline void CodeWalk::step(Lane& lane) const {
  const std::uint16_t unit = lane.reader.at<std::uint16_t>(std::size_t{lane.pc} * 2);
  const DexReferences::Mark mark = references_.marks()[unit & 0xff];
  std::uint32_t width = mark.width;
  // One comparison for "no fixed width" (0 wraps around) and "does not fit".
  if (width - 1 >= lane.size - lane.pc) [[unlikely]] {
    width = width_or_none(lane.reader, lane.size, lane.pc);
    if (width == 0) {
      lane.end = lane.pc;
      return;
    }
  }
  const std::uint16_t index = static_cast<std::uint16_t>(
      lane.reader.at<std::uint16_t>(std::size_t{lane.pc + (mark.index_mask & 1u)} * 2) & mark.index_mask);
  lane.hits[lane.found] = {lane.pc, index, static_cast<std::uint8_t>(unit)};
  lane.found += references_.is_marked(mark, index) ? 1 : 0;
  lane.pc += width;
}

/// Copies that nothing points to stay in registers.
void CodeWalk::walk_both(Lane& first, Lane& second) const {
  Lane a = first, b = second;
  while (a.is_running() && b.is_running()) {
    step(a);
    step(b);
  }
  first = a, second = b;
}

void CodeWalk::walk_alone(Lane& lane) const {
  Lane a = lane;
  while (a.is_running()) step(a);
  lane = a;
}

/// Code without end, of a file that no compiler wrote: as far as there is room.
void CodeWalk::walk_long(Lane& lane) {
  const std::size_t limit = lane.found + kHitsPerMethod;
  while (lane.is_running() && lane.found + 1 < limit) step(lane);
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
      walk_alone(runs_a ? a : b);
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
