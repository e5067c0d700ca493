/// Soaks the asynchronous auth endpoint: a mixed load while Clerk and Liveblocks have all sorts of trouble. Each
/// response is compared with a model.
#include <exception>
#include <iostream>

#include "options.hpp"
#include "run.hpp"

int main(int count, char** arguments) {
  try {
    return soak::Run(soak::readOptions(count, arguments)).run() ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "liveblocks_soak: " << error.what() << "\n" << soak::usage();
    return 2;
  }
}
