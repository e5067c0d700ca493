#include "json_lines/program.hpp"

#include <cstddef>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "json_lines/lines.hpp"

namespace json_lines {
namespace {

constexpr std::size_t maxLine = std::size_t{1} << 20;

void answerAll(std::istream& input, std::ostream& output, const Answer& answer, const Refuse& refuse) {
  std::string line;
  for (LineRead read = readLine(input, line, maxLine); read != LineRead::none; read = readLine(input, line, maxLine)) {
    output << (read == LineRead::whole ? answer(line) : refuse("the line is longer than 1 MiB")) << std::endl;
  }
}

}  // namespace

int answerLines(const std::string& program, const Answer& answer, const Refuse& refuse) {
  try {
    std::ios::sync_with_stdio(false);
    answerAll(std::cin, std::cout, answer, refuse);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << program << ": " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}

}  // namespace json_lines
