#pragma once
// The contract of a fuzz target: a file fuzz_<parser>.cc defines both functions below. Linked with libFuzzer
// it fuzzes; linked with replay_main.cc it is a ctest that runs every seed, its truncations and seeded flips.
#include <cstddef>
#include <cstdint>
#include <vector>

/// Feeds one input to the parser. InputError is caught inside; anything else is a finding.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// Well-formed and malformed starting points, made by the byte builders of tests/support (no binary files).
std::vector<std::vector<std::uint8_t>> fuzz_seeds();
