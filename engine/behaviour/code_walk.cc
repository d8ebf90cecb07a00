#include "behaviour/code_walk.h"

#include <algorithm>

namespace sdkprint {
namespace {

constexpr const char* kWhat = "dex code";

std::uint32_t units_of(Bytes insns) {
  return static_cast<std::uint32_t>(insns.size() / sizeof(std::uint16_t));
}

}  // namespace

/// A method being walked. The loop's own, and nothing points to it, so that it stays in registers.
struct CodeWalk::Lane {
  explicit Lane(const Turn& turn) : units(turn.insns, kWhat), pc(turn.pc), out(turn.out) {}
  bool is_idle() const { return units.size() == 0; }

  UnitReader units;
  std::uint32_t pc;
  CodeHit* out;
};

/// Walks one instruction that is not the last unit. False when the next one is, or there is none, or it was
/// no ordinary instruction.
class CodeWalk::Step {
 public:
  explicit Step(const DexReferences& references)
      : marks_(references.marks()), bits_(references.bits().data()) {}

  [[gnu::always_inline]] bool operator()(Lane& lane) const {
    std::uint32_t units = lane.units.pair_at(lane.pc);
    const std::uint32_t opcode = units & 0xff;
    units &= marks_.mask[opcode];
    const std::uint32_t bit = marks_.first_bit[opcode] + (units >> 16);
    *lane.out = {units, lane.pc};
    lane.out += bits_[bit / 64] >> (bit % 64) & 1;
    lane.pc += marks_.width[opcode];
    return lane.pc < lane.units.pairs();
  }

 private:
  const DexReferences::Marks& marks_;
  const std::uint64_t* bits_;
};

/// Of broken code all that is left: the walk ends there.
std::uint32_t CodeWalk::irregular_width(std::size_t method, Bytes insns, std::uint32_t pc) {
  const std::uint32_t size = units_of(insns);
  try {
    return bytecode::irregular_width(Reader(insns, kWhat), size, pc);
  } catch (const InputError& error) {
    errors_.emplace_back(method, error);
    return size - pc;
  }
}

/// Of code whose last instruction does not fit: that one does not count.
CodeHit* CodeWalk::cut_off(std::size_t method, Bytes insns, const CodeHit* begin, CodeHit* out) {
  const UnitReader units(insns, kWhat);
  std::uint32_t pc = 0;
  for (;;) {
    const std::uint32_t width = references_.marks().width[units.at(pc) & 0xff];
    if (width <= units.size() - pc) {
      pc += width;
      continue;
    }
    if (width != DexReferences::Marks::kNoWidth) break;
    pc += irregular_width(method, insns, pc);
  }
  irregular_width(method, insns, pc);
  return out != begin && out[-1].pc == pc ? out - 1 : out;
}

/// After an instruction that led past the last but one unit. False when the method has ended, as it mostly
/// has.
bool CodeWalk::is_inside(std::size_t method, Turn& turn, const CodeHit* begin) {
  const UnitReader units(turn.insns, kWhat);
  const DexReferences::Marks& marks = references_.marks();
  if (turn.pc >= marks.kNoWidth) {
    turn.pc -= marks.kNoWidth;
    turn.pc += irregular_width(method, turn.insns, turn.pc);
  }
  if (turn.pc + 1 < units.size()) return true;
  if (turn.pc + 1 == units.size()) {
    // No instruction of one unit refers to anything: it only matters that it is one.
    if (marks.width[units.at(turn.pc) & 0xff] != 1) irregular_width(method, turn.insns, turn.pc);
  } else if (turn.pc != units.size()) {
    turn.out = cut_off(method, turn.insns, begin, turn.out);
  }
  return false;
}

/// What the lane does now that its method may have ended.
[[gnu::noinline]] CodeWalk::Turn CodeWalk::next_turn(std::uint32_t lane, Turn turn) {
  const std::size_t method = current_[lane];
  Job& job = jobs_[method];
  if (is_inside(method, turn, buffers_[lane].get() + job.begin)) return turn;
  job.end = static_cast<std::uint32_t>(turn.out - buffers_[lane].get());
  return start(lane, turn.out);
}

/// The next method of two units or more.
CodeWalk::Turn CodeWalk::start(std::uint32_t lane, CodeHit* out) {
  while (next_ < methods_.size()) {
    const std::size_t method = next_++;
    Turn turn{methods_[method], 0, out};
    const std::uint32_t place = static_cast<std::uint32_t>(out - buffers_[lane].get());
    jobs_[method] = {lane, place, place};
    const std::uint32_t size = units_of(turn.insns);
    if (size < 2) {
      if (size == 1) is_inside(method, turn, out);
      continue;
    }
    current_[lane] = method;
    if (size <= kHitsPerMethod) [[likely]]
      return turn;
    out = walk_long(method, turn);
    jobs_[method].end = static_cast<std::uint32_t>(out - buffers_[lane].get());
  }
  return {{}, 0, out};
}

/// Code without end, of a file that no compiler wrote: as far as there is room. The last hit is written
/// before it is known whether it counts.
CodeHit* CodeWalk::walk_long(std::size_t method, Turn turn) {
  const Step step(references_);
  const CodeHit *begin = turn.out, *last = begin + kHitsPerMethod - 1;
  if (units_of(turn.insns) < DexReferences::Marks::kNoWidth) {
    Lane lane(turn);
    while (lane.out != last) {
      if (step(lane)) continue;
      turn = {turn.insns, lane.pc, lane.out};
      if (!is_inside(method, turn, begin)) return turn.out;
      lane = Lane(turn);
    }
    turn.out = lane.out;
  }
  errors_.emplace_back(
      method, InputError(InputError::Kind::limit, "more references of interest than any compiler writes"));
  return turn.out;
}

/// One instruction of a lane. False when there is no more work for it.
[[gnu::always_inline]] inline bool CodeWalk::advance(std::uint32_t number, const Step& step, Lane& lane) {
  if (step(lane)) [[likely]]
    return true;
  lane = Lane(next_turn(number, {lane.units.bytes(), lane.pc, lane.out}));
  return !lane.is_idle();
}

/// Side by side for as long as there are methods for all lanes; then what each lane still holds.
void CodeWalk::walk_lanes() {
  const Step step(references_);
  Lane a(start(0, buffers_[0].get())), b(start(1, buffers_[1].get())), c(start(2, buffers_[2].get()));
  bool is_full = !a.is_idle() && !b.is_idle() && !c.is_idle();
  while (is_full) {
    is_full = advance(0, step, a);
    is_full &= advance(1, step, b);
    is_full &= advance(2, step, c);
  }
  while (!a.is_idle()) advance(0, step, a);
  while (!b.is_idle()) advance(1, step, b);
  while (!c.is_idle()) advance(2, step, c);
}

void CodeWalk::walk(std::span<const Bytes> methods) {
  methods_ = methods;
  next_ = 0;
  errors_.clear();
  jobs_.resize(methods.size());
  // Room for one in each unit of all methods, and for the one that does not count.
  std::size_t room = 1;
  for (const Bytes insns : methods) room += std::min<std::size_t>(units_of(insns), kHitsPerMethod);
  if (room > room_) {
    room_ = 2 * room;
    for (auto& buffer : buffers_) buffer = std::make_unique_for_overwrite<CodeHit[]>(room_);
  }
  walk_lanes();
}

const InputError* CodeWalk::error(std::size_t method) const {
  for (const auto& [number, error] : errors_) {
    if (number == method) return &error;
  }
  return nullptr;
}

}  // namespace sdkprint
