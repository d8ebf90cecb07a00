#pragma once
// What a Dalvik instruction does to the registers and to the flow of control, as far as following constants
// needs it. Source: AOSP "Dalvik bytecode", instruction set. All take an opcode.
#include <cstdint>

namespace sdkprint {

/// After it, control may be elsewhere: returns, throw, goto, switches, if-*.
bool is_branch(std::uint8_t opcode);
/// After it, control is elsewhere: returns, throw, goto.
bool ends_straight_line(std::uint8_t opcode);
/// goto and if-*, whose target is in the instruction itself.
bool has_branch_target(std::uint8_t opcode);
bool is_switch(std::uint8_t opcode);
/// All registers stay as they are (vA, if there is one, is a source).
bool writes_nothing(std::uint8_t opcode);
/// The result, a long or double, takes vA and the register after it. Only of opcodes that write.
bool writes_pair(std::uint8_t opcode);
/// const/4 to const-wide/high16: an integer, or the bits of a floating number.
bool loads_number(std::uint8_t opcode);
/// move, move-object and their wide forms between registers, not the results of calls.
bool is_move(std::uint8_t opcode);

}  // namespace sdkprint
