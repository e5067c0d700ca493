/// run_vectors <file>...: runs test vectors of Project Wycheproof, which are not part of this project.
#include <iostream>

#include "run_files.hpp"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "Name files of test vectors, such as rsa_signature_2048_sha256_test.json of Wycheproof.\n";
    return 2;
  }
  return vectors::runFiles({argv + 1, argv + argc}, std::cout, std::cerr);
}
