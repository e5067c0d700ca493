/// The form of the programs that stand beside a vendor's SDK: a JSON value a line in, one out.
#pragma once

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

namespace liveblocks_tests {

/// Answers every line of standard input; what `main()` returns.
template <class Answer>
int answerLines(const Answer& answer) {
  try {
    for (std::string line; std::getline(std::cin, line);) {
      std::cout << nlohmann::json(answer(nlohmann::json::parse(line))).dump() << '\n';
    }
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}

}  // namespace liveblocks_tests
