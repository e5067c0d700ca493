// "Why was this request refused?": reads requests, a JSON object a line, and prints what RequestAuthenticator makes of
// each. README.md tells the form of the lines.

#include <cstddef>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

#include "answer.hpp"
#include "inspection.hpp"
#include "lines.hpp"

namespace {

using namespace inspect_request;
using nlohmann::json;

constexpr std::size_t maxLine = std::size_t{1} << 20;

void answerAll(std::istream& input, std::ostream& output) {
  Inspector inspector;
  std::string line;
  for (LineRead read = readLine(input, line, maxLine); read != LineRead::none; read = readLine(input, line, maxLine)) {
    const json answer =
        read == LineRead::whole ? inspector.answer(line) : answerOf(json(), "the line is longer than 1 MiB");
    output << answer.dump(-1, ' ', false, json::error_handler_t::replace) << std::endl;
  }
}

}  // namespace

int main() {
  try {
    std::ios::sync_with_stdio(false);
    answerAll(std::cin, std::cout);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << "inspect_request: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
