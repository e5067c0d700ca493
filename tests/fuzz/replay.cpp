/// Runs a fuzz target without libFuzzer: `fuzz_<name> <file>...` over these files, and `fuzz_<name> --mutations
/// <number>` over its seeds and a fixed sequence of so many mutations of each.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include "fuzz_target.hpp"

namespace {

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

class Mutator {
 public:
  explicit Mutator(const std::vector<std::string>& seeds) : seeds_(seeds) {}

  /// The input with one to four changes.
  std::string mutate(std::string input) {
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) change(input);
    return input;
  }

 private:
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

  void change(std::string& input) {
    using namespace std::string_view_literals;
    constexpr std::string_view bytes = "\"{}[]:,\\.=-_+/ \n\0\x7F\x80\xFF\x30\x61\x41"sv;
    const std::size_t at = below(input.size() + 1);
    const std::size_t size = below(std::min<std::size_t>(input.size() - at, 64) + 1);
    switch (below(6)) {
      case 0:
        if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << below(8)));
        break;
      case 1:
        input.insert(at, 1, bytes[below(bytes.size())]);
        break;
      case 2:
        input.erase(at, size);
        break;
      case 3:
        input.insert(below(input.size() + 1), input.substr(at, size));
        break;
      case 4:
        input.resize(at);
        break;
      default: {
        const std::string& other = seeds_[below(seeds_.size())];
        input = input.substr(0, at) + other.substr(below(other.size() + 1));
      }
    }
  }

  const std::vector<std::string>& seeds_;
  std::mt19937_64 random_{1};
};

void runFiles(char** first, char** last) {
  for (; first != last; ++first) {
    std::ifstream file(*first, std::ios::binary);
    run(std::string(std::istreambuf_iterator<char>(file), {}));
  }
}

void runMutations(int mutationsPerSeed) {
  const std::vector<std::string> seeds = fuzzing::seeds();
  Mutator mutator(seeds);
  for (const std::string& seed : seeds) {
    run(seed);
    for (int i = 0; i < mutationsPerSeed; ++i) run(mutator.mutate(seed));
  }
  std::printf("%zu seeds, %d mutations of each\n", seeds.size(), mutationsPerSeed);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && argv[1] == std::string_view("--mutations")) {
    runMutations(std::stoi(argv[2]));
    return 0;
  }
  if (argc == 1) {
    std::fprintf(stderr, "Name files, or a number with --mutations.\n");
    return 2;
  }
  runFiles(argv + 1, argv + argc);
  return 0;
}
