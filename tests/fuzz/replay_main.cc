// Runs a fuzz target without libFuzzer: every seed, its prefixes, seeded byte flips, and any files named on
// the command line (crashes found by libFuzzer). `--write DIR` writes the seeds as a libFuzzer corpus
// instead.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "fuzz_target.h"

namespace {

void replay(const std::vector<std::uint8_t>& input) {
  // A fresh block of exactly this size, so that ASan sees any read past its end.
  const std::vector<std::uint8_t> copy(input);
  LLVMFuzzerTestOneInput(copy.data(), copy.size());
}

int write_seeds(const std::string& directory) {
  int number = 0;
  for (const auto& seed : fuzz_seeds()) {
    std::ofstream file(directory + "/seed-" + std::to_string(number++), std::ios::binary);
    file.write(reinterpret_cast<const char*>(seed.data()), static_cast<std::streamsize>(seed.size()));
    if (!file) return std::fprintf(stderr, "cannot write to %s\n", directory.c_str()), 2;
  }
  return 0;
}

void replay_seed(const std::vector<std::uint8_t>& seed, std::mt19937& random) {
  replay(seed);
  const std::size_t step = seed.size() / 512 + 1;
  for (std::size_t size = 0; size < seed.size(); size += step) {
    replay(std::vector<std::uint8_t>(seed.begin(), seed.begin() + static_cast<std::ptrdiff_t>(size)));
  }
  for (int round = 0; round < 500 && !seed.empty(); ++round) {
    std::vector<std::uint8_t> damaged = seed;
    damaged[random() % damaged.size()] = static_cast<std::uint8_t>(random());
    damaged[random() % damaged.size()] ^= static_cast<std::uint8_t>(1u << (random() % 8));
    replay(damaged);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--write") return write_seeds(argv[2]);
  std::mt19937 random(7);
  for (const auto& seed : fuzz_seeds()) replay_seed(seed, random);
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    replay(std::vector<std::uint8_t>(std::istreambuf_iterator<char>(file), {}));
  }
  std::printf("%zu seeds replayed\n", fuzz_seeds().size());
}
