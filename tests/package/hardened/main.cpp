// copy <text> <index>: with a text that is too long, or an index beyond 2, the program must be ended by what it was
// built with.
#include <cstdlib>
#include <string>

#include "copied.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const bool isCopied = firstOfCopy(argv[1]) == argv[1][0];
  return isCopied && elementOf({0, 1, 2}, std::stoul(argv[2])) == std::stoi(argv[2]) ? 0 : 1;
}
