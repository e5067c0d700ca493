/// run_vectors <file>...: runs test vectors of Project Wycheproof, which are not part of this project.
#include <iostream>

#include "run_files.hpp"

int main(int argc, char** argv) { return vectors::runFiles({argv + 1, argv + argc}, std::cout, std::cerr); }
