#include "common/program.hpp"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string_view>

#include "common/environment.hpp"

namespace examples {
namespace {

bool wantsDemo(const std::string& name, int count, char** arguments) {
  if (count == 1) return false;
  if (count == 2 && std::string_view(arguments[1]) == "--demo") return true;
  throw std::invalid_argument("usage: " + name + " [--demo]");
}

liveblocks::LogLevel leastLevel() {
  const std::string level = variable("LOG_LEVEL", "warning");
  if (level == "warning") return liveblocks::LogLevel::warning;
  if (level == "info") return liveblocks::LogLevel::info;
  throw std::invalid_argument("LOG_LEVEL must be info or warning");
}

}  // namespace

int runProgram(const std::string& name, const std::function<void()>& run) {
  try {
    run();
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << name << ": " << error.what() << std::endl;
    return EXIT_FAILURE;
  }
}

int runProgram(const std::string& name, int count, char** arguments, const std::function<void(bool demo)>& run) {
  return runProgram(name, [&] { run(wantsDemo(name, count, arguments)); });
}

void announceDemo() {
  std::cout << "demo: a local Clerk signs people in, CLERK_* is not used, loopback only" << std::endl;
}

liveblocks::Log logOf(const std::string& name) {
  return [name, least = leastLevel()](liveblocks::LogLevel level, std::string_view message) {
    if (level >= least) std::cerr << (name + ": " + std::string(message) + "\n");
  };
}

}  // namespace examples
